"""solve(): composes the rooms and computes nothing itself."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from functools import partial

from pairmatch._first_use import load_and_formulate, prepare_explanations
from pairmatch.flow import ENGINES, engine_named
from pairmatch.formulate.restart import restarted
from pairmatch.limits import Limits, Progress
from pairmatch.options import CancelToken, Options
from pairmatch.plan import Plan
from pairmatch.plan.build import build_plan
from pairmatch.plan.starting import carried_over, check_start
from pairmatch.plan.unsolved import unsolved_plan
from pairmatch.problem import Problem
from pairmatch.threads import PlainThreads, available_threads
from pairmatch.transport import solve_people
from pairmatch.tuning import DEFAULT_TUNING, Tuning

_log = logging.getLogger(__name__)


def solve(
    problem: Problem,
    *,
    start: Plan | None = None,
    only: Sequence[str] | None = None,
    most_changes: int | None = None,
    change_km: float = 0,
    engine: str = "auto",
    time_limit: float | None = None,
    threads: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
    executor: Executor | None = None,
    tuning: Tuning | None = None,
) -> Plan:
    """Find the best pairing, and prove it over all pairs.

    Parameters
    ----------
    problem
        Checked tables and policy.
    start
        An earlier plan, of this or of another problem. The solve begins from it, is proven all the
        same and equals one without it on every level; among equal plans it takes the one nearest to
        the start: the last level, ``changed``, counts the pairs of the start that it does not have.
    only
        Areas, units and ids: a pair may be made or given up if its recipient or its cadre is
        inside; all other pairs of the start stand.
    most_changes
        At most that many pairs of the start may change, forced changes included.
    change_km
        What each changed pair costs, kilometres.
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
        A `concurrent.futures.ThreadPoolExecutor` that runs what goes side by side, chunks of
        pricing above all, instead of a pool of its own.
    tuning
        Numbers that change how long it takes, for benchmarks; the levels of the plan are the same.

    Returns
    -------
    Plan
        OPTIMAL, with people missing where there are not enough places; INFEASIBLE where hard
        rules clash; FEASIBLE or CANCELLED where it was stopped, FEASIBLE as well where
        ``most_changes`` leaves a gap; UNSOLVED where it was stopped before there was any plan.

    Raises
    ------
    OptionError
        Before anything runs, with every option that cannot be honoured.
    InputError
        If ``only`` names what is not in the tables or what has to stand outside of it clashes with
        rules there, or more pairs have to change than ``most_changes``.
    CostRangeError
        If numbers are so large that 64-bit integers could overflow.
    """
    _check_options(problem, engine, time_limit, threads, progress, cancel, executor, tuning)
    held = check_start(start, only, most_changes, change_km)
    flow_engine = engine_named(engine)
    workers = available_threads(threads)
    limits = Limits(time_limit, cancel, progress, logs=True)
    with nullcontext(executor) if executor is not None else PlainThreads(workers) as pool:
        _log.info(
            "solve: %d cadres, %d recipients, engine %s",
            problem.cadres.num_rows,
            problem.recipients.num_rows,
            flow_engine.name,
        )
        formulation = load_and_formulate(
            problem, flow_engine, limits, pool, restarts=held is not None
        )
        if formulation is None:
            plan = unsolved_plan(problem, limits, flow_engine.name, held)
        else:
            duals = None
            if start is not None and held is not None:
                pairs, duals = carried_over(start, problem)
                formulation = restarted(formulation, problem.checked, held, pairs)
            state = solve_people(
                formulation, flow_engine, limits, pool, tuning or DEFAULT_TUNING, duals
            )
            plan = build_plan(
                problem,
                formulation,
                state,
                limits,
                flow_engine.name,
                pool,
                partial(prepare_explanations, flow_engine, limits),
                held,
            )
    _log.info(
        "%s: %d pairs, %d cadres missing, %.3f s",
        plan.status,
        plan.pairs.num_rows,
        plan.missing,
        plan.stats.total_seconds,
    )
    return plan


def _check_options(
    problem: object,
    engine: object,
    time_limit: object,
    threads: object,
    progress: object,
    cancel: object,
    executor: object,
    tuning: object,
) -> None:
    options = Options()
    options.instance("problem", problem, Problem, "problem")
    options.engine(engine, ENGINES)
    options.time_limit(time_limit)
    options.threads(threads)
    options.progress(progress)
    options.cancel(cancel)
    options.executor(executor)
    if tuning is not None:
        options.instance("tuning", tuning, Tuning, "tuning")
    options.check()
