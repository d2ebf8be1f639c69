"""``pairmatch workbooks``: lists to hand out, a workbook for each county or unit."""

from argparse import Namespace

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.lists.hand_out import OURS, write_lists
from pairmatch.lists.layout import INDEX
from pairmatch.plan import Plan
from pairmatch.report.folder import check_target
from pairmatch.words import say
from pairmatch.workbooks.sheets import check_can_write_workbooks


def run(arguments: Namespace, stopping: Stopping, display: Display) -> Answer:
    """Write the lists of a saved plan, all of them or none."""
    check_can_write_workbooks()
    check_target(arguments.out, replace=arguments.force, ours=OURS)
    display.phase("read_plan")
    plan = Plan.load(arguments.plan, **read_limits(arguments))
    before = None
    if arguments.before is not None:
        before = Plan.load(arguments.before, **read_limits(arguments))
    lists = write_lists(
        plan,
        arguments.out,
        arguments.by,
        arguments.lang,
        before=before,
        replace=arguments.force,
        progress=display.update,
        unbroken=stopping.held,
    )
    folder = str(arguments.out)
    parameters = {"lists": lists.num_rows, "pairs": plan.pairs.num_rows, "index": INDEX}
    text = say("command.lists", {**parameters, "folder": folder}, arguments.lang)
    document = {"folder": folder, "by": arguments.by, "lists": lists.to_pylist()}
    return Answer(ExitCode.DONE, text, document)
