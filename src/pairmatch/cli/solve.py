"""``pairmatch solve``: from a folder of tables to a folder with the plan."""

from argparse import Namespace
from pathlib import Path

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
    display.phase("read_tables")
    problem = read_problem(
        arguments.folder,
        current=arguments.current,
        unknown_current=arguments.unknown_current,
        **read_limits(arguments),
    )
    # a first signal that comes when the plan is there must not lose it
    with stopping.cancellable():
        plan = solve_shown(
            problem,
            stopping,
            display,
            engine=arguments.engine,
            time_limit=arguments.time_limit,
            threads=arguments.threads,
        )
        return keep(plan, arguments.out, stopping, display, replace=arguments.force)


def solve_shown(
    problem: Problem,
    stopping: Stopping,
    display: Display,
    *,
    engine: str = "auto",
    time_limit: float | None = None,
    threads: int | None = None,
) -> Plan:
    """Solve, showing the progress; the first signal ends it with the best plan so far."""
    with stopping.cancellable() as asked:
        return solve(
            problem,
            engine=engine,
            time_limit=time_limit,
            threads=threads,
            progress=display.update,
            cancel=asked,
        )


def keep(
    plan: Plan, out: Path, stopping: Stopping, display: Display, *, replace: bool = False
) -> Answer:
    """Write a plan and say what it amounts to; a plan that was stopped at nothing is not kept."""
    code = exit_code(plan)
    summary = plan.summary()
    text = summary_text(plan)
    if plan.status is Status.UNSOLVED:
        text += f"\n\n{say('command.nothing_written')}"
        return Answer(code, text, {"out": None, **summary})
    display.phase("write_plan")
    write_result(plan, out, replace=replace, unbroken=stopping.held)
    written = say("command.written", {"folder": str(out)})
    return Answer(code, f"{text}\n\n{written}", {"out": str(out), **summary})


def exit_code(plan: Plan) -> ExitCode:
    """Return 4 for a plan that was stopped, 3 for one that leaves somebody out or breaks a rule."""
    if plan.status in (Status.FEASIBLE, Status.CANCELLED, Status.UNSOLVED):
        return ExitCode.STOPPED
    if plan.status is Status.INFEASIBLE or plan.missing:
        return ExitCode.SHORT
    return ExitCode.DONE
