"""What the first solve of a process does besides: kernels are compiled, or loaded from the disk."""

from concurrent.futures import Executor, wait
from threading import Event

import numpy as np

from pairmatch._kernels import CompilingStoppedError, is_compiled, kernels, stoppable
from pairmatch._tiny import tiny_network, tiny_problem
from pairmatch.arcs import Pricing, coarsen
from pairmatch.column_generation import Limits, solve_levels
from pairmatch.column_generation.first_plan import first_plan
from pairmatch.column_generation.start import Guess
from pairmatch.flow import Engine, SimplexSession
from pairmatch.formulate.persons import Persons, persons
from pairmatch.plan.build import build_plan
from pairmatch.tables import Problem
from pairmatch.threads import IN_TURN, PlainThreads

# between two looks at the clock while another thread compiles
_PAUSE_S = 0.05

# engines whose kernels have been loaded in this process
_loaded: set[str] = set()


def formulated(
    problem: Problem, engine: Engine, limits: Limits, executor: Executor
) -> Persons | None:
    """Turn tables into arrays, and load kernels meanwhile if none has run in this process as yet.

    With machine code on the disk that takes a fraction of a second, most of it the interpreter's,
    while arrays are mostly made without it. The very first time on a machine, or after an update,
    kernels are compiled, which takes fifteen to twenty seconds. A thread of its own does that, so
    that a limit holds whatever keeps the compiler busy.

    Returns
    -------
    Persons or None
        None if stopped while kernels were compiled.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    if engine.name in _loaded:
        limits.enter("formulate")
        return persons(problem, executor)
    total = len(kernels())
    limits.enter("compile", total)
    stop = Event()
    aside = PlainThreads(2)
    try:
        loading = aside.submit(load_kernels, engine, stop)
        people = aside.submit(_arrays, problem, stop)
        while not wait([loading], timeout=_PAUSE_S).done:
            limits.report(min(_ready(), total), total)
            if limits.stop():
                return None
        loading.result()
        limits.enter("formulate")
        return people.result()
    finally:
        # whoever waits for a kernel goes on alone, and begins no other one
        stop.set()
        aside.shutdown(wait=False)


def load_kernels(engine: Engine, stop: Event) -> None:
    """Run the kernels that every solve by an engine needs, until told to stop between two of them.

    They run on a problem so small that only compiling and loading take any time. What only some
    solves need, for a shortage above all, is left for when it is needed, or for a warm-up.
    """
    try:
        with stoppable(stop.is_set):
            _solve(tiny_problem(), engine)
    except CompilingStoppedError:
        return
    _loaded.add(engine.name)


def _arrays(problem: Problem, stop: Event) -> Persons:
    with stoppable(stop.is_set):
        return persons(problem)


def _ready() -> int:
    return sum(map(is_compiled, kernels()))


def _solve(problem: Problem, engine: Engine) -> None:
    everybody = persons(problem)
    outcome = solve_levels(everybody, engine, Limits(), IN_TURN)
    build_plan(problem, everybody, outcome, Limits(), engine.name, IN_TURN)
    none = np.zeros(0, dtype=np.int64)
    coarsen(outcome.problem).refined(outcome.problem, none, none, none)
    session = engine.open(tiny_network())
    if isinstance(session, SimplexSession):
        session.learn_incidence()
    if outcome.run is not None:
        nobody = Guess(outcome.problem.load.marginal(outcome.problem.start + 1), none, none, none)
        pricing = Pricing(outcome.problem, IN_TURN)
        first_plan(
            outcome.problem, outcome.run.prices, nobody, pricing, Limits().late, Limits().too_late
        )
