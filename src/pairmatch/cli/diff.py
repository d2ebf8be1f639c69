"""``pairmatch diff``: what differs between two plans, with causes."""

from argparse import Namespace
from typing import Any

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.explain.diff_file import check_file
from pairmatch.plan import Plan
from pairmatch.words import say


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Compare two saved plans, and write the changes as a table if asked."""
    if arguments.out is not None:
        check_file(arguments.out, replace=arguments.force)
    display.phase("read_plan")
    before, after = (
        Plan.load(folder, **read_limits(arguments))
        for folder in (arguments.before, arguments.after)
    )
    display.phase("diff")
    diff = before.diff(after)
    text = diff.text(arguments.lang)
    document: dict[str, Any] = {
        **diff.summary(),
        "changes_by_recipient": diff.changes.to_pylist(),
        "out": None,
    }
    if arguments.out is not None:
        diff.write(arguments.out, replace=arguments.force)
        written = say("command.written", {"folder": str(arguments.out)}, arguments.lang)
        text += f"\n\n{written}"
        document["out"] = str(arguments.out)
    return Answer(ExitCode.DONE, text, document)
