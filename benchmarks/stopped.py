"""What solves are worth that are stopped by a limit.

Each province is solved to its end, and then again with parts of that time as limits, kernels warm.
Held against what was to be reached: everybody served who can be, how far above the optimum, how far
the bound is off, and how late the plan comes.
"""

from time import perf_counter

import pairmatch as pm
from benchmarks.province import province_tables
from benchmarks.registry import StoppedInstance
from benchmarks.results import Outcome, Timing

WHOLE = "without a limit"
# a plan may come that part of the limit later, and that many seconds
_LATER, _LATER_S = 0.15, 0.3
# the gap that is shown may be this multiple of the true one, and that part of the optimum besides
_TIMES, _BESIDES = 3, 0.1


def run_stopped(instance: StoppedInstance) -> Outcome:
    """Solve a province to its end, and with each limit."""
    problem = pm.Problem.from_tables(**province_tables(instance.geometry, instance.scale))
    # memory that has been touched, as for every other run
    pm.solve(problem)
    best, whole = _timed(problem, WHOLE, None)
    timings = [whole]
    for part, worst in instance.worst.items():
        limit = part * whole.median
        plan, stopped = _timed(problem, f"stopped after {part:g} of its time", limit)
        missing = plan.missing - best.missing
        stopped.detail.update(part=part, limit=limit, missing=missing, worst=worst)
        timings.append(stopped)
    return Outcome(
        instance=instance.name,
        family="stopped",
        phase="stopped",
        size={"cadres": problem.cadres.num_rows, "recipients": problem.recipients.num_rows},
        timings=tuple(timings),
    )


def _timed(problem: pm.Problem, name: str, limit: float | None) -> tuple[pm.Plan, Timing]:
    begin = perf_counter()
    plan = pm.solve(problem, time_limit=limit)
    seconds = perf_counter() - begin
    found = plan.certificate
    scope = f"{plan.status}, {found.scope}"
    return plan, Timing.of(name, [seconds], plan.objective, gap=found.gap, scope=scope)


def above_of(stopped: Timing, best: Timing) -> float:
    """Return how far a plan is above the optimum, as a share of it."""
    return stopped.objective / best.objective - 1


def missed_by(stopped: Timing, best: Timing) -> list[str]:
    """Say what was to be reached by a solve with a limit and was not."""
    detail, above = stopped.detail, above_of(stopped, best)
    found = []
    if detail["missing"]:
        found.append(f"{detail['missing']:.0f} are left out who can be served")
    if above > detail["worst"]:
        found.append(f"more than {detail['worst']:.0%} above the optimum")
    if stopped.gap is None or stopped.gap / best.objective > _TIMES * above + _BESIDES:
        found.append("the gap says too little")
    if stopped.median > (1 + _LATER) * detail["limit"] + _LATER_S:
        found.append("late")
    return found


def stopped_lines(outcomes: list[Outcome]) -> list[str]:
    """Return the table of all provinces and limits."""
    lines = [
        (
            "| instance | part of its time | limit, s | back, s | status, scope | left out "
            "| above the optimum | gap | reached |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for outcome in outcomes:
        best, *rest = outcome.timings
        for stopped in rest:
            detail = stopped.detail
            gap = "none" if stopped.gap is None else f"{stopped.gap / best.objective:.2%}"
            missed = "; ".join(missed_by(stopped, best))
            lines.append(
                f"| {outcome.instance} | {detail['part']:g} | {detail['limit']:.2f} "
                f"| {stopped.median:.2f} | {stopped.scope} | {detail['missing']:.0f} "
                f"| {above_of(stopped, best):.2%} | {gap} "
                f"| {f'**missed**: {missed}' if missed else 'yes'} |"
            )
    return lines
