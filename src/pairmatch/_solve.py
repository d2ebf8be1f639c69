"""solve(): composes the rooms and computes nothing itself."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext

from pairmatch._first_use import formulated
from pairmatch.column_generation import Limits, Progress, solve_levels
from pairmatch.column_generation.limits import CancelToken
from pairmatch.flow import engine_named
from pairmatch.plan import Plan
from pairmatch.plan.build import build_plan
from pairmatch.tables import Problem
from pairmatch.threads import available_threads


def solve(
    problem: Problem,
    *,
    engine: str = "auto",
    time_limit: float | None = None,
    threads: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
    executor: Executor | None = None,
) -> Plan:
    """Find the best pairing, and prove it over all pairs.

    Parameters
    ----------
    problem
        Checked tables and policy.
    engine
        ``"auto"``, or the name of a flow engine (`pairmatch.flow.ENGINES`).
    time_limit
        Seconds; looked at every few milliseconds, also within the engine ``simplex``. The plan is
        then the best so far, with an honest bound.
    threads
        Threads for pricing; the default is one for each core that this process may use. The plan
        does not depend on it.
    progress
        Called with a `Progress` now and then, in the calling thread.
    cancel
        Anything with ``is_set()``, asked as often as the time limit.
    executor
        Runs what goes side by side, chunks of pricing above all, instead of a pool of threads of
        its own.

    Returns
    -------
    Plan
        OPTIMAL, with people missing where there are not enough places; INFEASIBLE where hard
        rules clash; FEASIBLE or CANCELLED where it was stopped.

    Raises
    ------
    CostRangeError
        If numbers are so large that 64-bit integers could overflow.
    ValueError
        If there is no such engine, or a limit is not a number above 0.
    """
    flow_engine = engine_named(engine)
    workers = available_threads(threads)
    limits = Limits.checked(time_limit, cancel, progress)
    with nullcontext(executor) if executor is not None else ThreadPoolExecutor(workers) as pool:
        everybody = formulated(problem, flow_engine, limits, pool)
        outcome = solve_levels(everybody, flow_engine, limits, pool)
        return build_plan(problem, everybody, outcome, limits, flow_engine.name, pool)
