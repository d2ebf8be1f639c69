"""``pairmatch whatif``: the problem of a plan, edited and solved again from it."""

from argparse import Namespace
from dataclasses import replace

from pairmatch.cli.answer import Answer
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.solve import how_to_solve, keep, solve_shown
from pairmatch.cli.stopping import Stopping
from pairmatch.flow import ENGINES
from pairmatch.model.edits import read_scenario
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.report.folder import check_target


def run(arguments: Namespace, stopping: Stopping, display: Display) -> Answer:
    """Apply a scenario to a saved plan; write the plan that results, and say what moved."""
    options = Options()
    options.engine(arguments.engine, ENGINES)
    options.check()
    check_target(arguments.out, replace=arguments.force)
    scenario = read_scenario(arguments.scenario)
    display.phase("read_plan")
    before = Plan.load(arguments.plan, **read_limits(arguments))
    display.phase("edit")
    problem = before.problem.edit(scenario)
    with stopping.cancellable():
        after = solve_shown(problem, stopping, display, start=before, **how_to_solve(arguments))
        answer = keep(
            after, arguments.out, stopping, display, arguments.lang, replace=arguments.force
        )
    document = {**answer.document, "scenario": scenario.name, "diff": None}
    if after.status is Status.UNSOLVED:
        return replace(answer, document=document)
    display.phase("diff")
    diff = before.diff(after)
    document["diff"] = diff.summary()
    return replace(answer, text=f"{diff.text(arguments.lang)}\n\n{answer.text}", document=document)
