"""``pairmatch solve``: from a folder of tables to a folder with the plan."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from pairmatch._solve import solve
from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.flow import ENGINES
from pairmatch.model import (
    Status,
)
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.problem import Problem, read_problem
from pairmatch.report.folder import check_target, write_result
from pairmatch.report.text import summary_text
from pairmatch.words import say


def run(arguments: Namespace, stopping: Stopping, display: Display) -> Answer:
    """Solve a folder of tables."""
    options = Options()
    options.engine(arguments.engine, ENGINES)
    options.check()
    check_target(arguments.out, replace=arguments.force)
    start = None
    if arguments.start is not None:
        display.phase("read_plan")
        start = Plan.load(arguments.start, **read_limits(arguments))
    display.phase("read_tables")
    problem = read_problem(
        arguments.folder,
        strict=arguments.strict,
        current=arguments.current,
        unknown_current=arguments.unknown_current,
        **read_limits(arguments),
    )
    # a first signal that comes when the plan is there must not lose it
    with stopping.cancellable():
        plan = solve_shown(problem, stopping, display, start=start, **how_to_solve(arguments))
        return keep(
            *(plan, arguments.out, stopping, display, arguments.lang), replace=arguments.force
        )


def how_to_solve(arguments: Namespace) -> dict[str, Any]:
    """Return options of `pairmatch.solve` that the command line gives."""
    names = ("engine", "time_limit", "threads", "only", "most_changes", "change_km")
    return {name: getattr(arguments, name) for name in names}


def solve_shown(problem: Problem, stopping: Stopping, display: Display, **options: Any) -> Plan:
    """Solve, showing the progress; the first signal ends it with the best plan so far."""
    with stopping.cancellable() as asked:
        return solve(problem, progress=display.update, cancel=asked, **options)


def keep(
    plan: Plan,
    out: Path,
    stopping: Stopping,
    display: Display,
    language: str,
    *,
    replace: bool = False,
) -> Answer:
    """Write a plan and say what it amounts to; a plan that was stopped at nothing is not kept."""
    code = exit_code(plan)
    summary = plan.summary(language)
    text = summary_text(plan, language)
    if plan.status is Status.UNSOLVED:
        text += f"\n\n{say('command.nothing_written', language=language)}"
        return Answer(code, text, {"out": None, **summary})
    display.phase("write_plan")
    write_result(plan, out, language, replace=replace, unbroken=stopping.held)
    written = say("command.written", {"folder": str(out)}, language)
    return Answer(code, f"{text}\n\n{written}", {"out": str(out), **summary})


def exit_code(plan: Plan) -> ExitCode:
    """Return 4 for a plan that was stopped, 3 for one that leaves somebody out or breaks a rule."""
    if plan.status in (Status.FEASIBLE, Status.CANCELLED, Status.UNSOLVED):
        return ExitCode.STOPPED
    if plan.status is Status.INFEASIBLE or plan.missing:
        return ExitCode.SHORT
    return ExitCode.DONE
