"""What the first solve of a process does besides: kernels are compiled, or loaded from the disk."""

from collections.abc import Callable
from concurrent.futures import Executor, wait
from threading import Event
from typing import Protocol

from pairmatch._kernels import CompilingStoppedError, is_compiled, kernels, stoppable
from pairmatch._rehearsal import (
    rehearse_explanations,
    rehearse_networks,
    rehearse_people,
    rehearse_prices,
    rehearse_problems,
    rehearse_restarts,
)
from pairmatch._second_process import SecondProcess
from pairmatch.arrays import exact_sum
from pairmatch.flow import Engine
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.problem import Problem
from pairmatch.threads import PlainThreads

# between two looks at the clock while another thread compiles
_PAUSE_S = 0.05

# what has been loaded in this process: what is run for that, by which engine
_loaded: set[tuple[str, str]] = set()


class Load(Protocol):
    """Runs kernels so that they are loaded, until told to stop between two of them."""

    __name__: str

    def __call__(self, engine: Engine, stop: Event, compiling: Callable[[], None]) -> None:
        """Load; ``compiling`` is called before a kernel that is not on the disk."""


def _nothing() -> None:
    pass


def load_and_formulate(
    problem: Problem,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    *,
    restarts: bool = False,
) -> Formulation | None:
    """Load kernels if none has run in this process as yet, and turn tables into arrays.

    With machine code on the disk kernels take half a second. The very first time on a machine, or
    after an update, they are compiled, which takes twelve to twenty seconds. A thread of its own
    does that, so that a limit holds whatever keeps the compiler busy, and a second process helps.
    ``restarts`` loads what a solve from an earlier plan needs as well.

    Returns
    -------
    Formulation or None
        None if stopped while kernels were compiled.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    with SecondProcess(engine.name) as second:
        if not _is_prepared(load_kernels, engine, limits, limits.stop, second):
            return None
    if restarts and not _is_prepared(load_restarts, engine, limits, limits.stop):
        return None
    limits.enter("formulate")
    formulation = problem.formulate(executor)
    if not _is_surely_short(formulation):
        return formulation
    return formulation if _is_prepared(load_explanations, engine, limits, limits.stop) else None


def prepare_explanations(engine: Engine, limits: Limits) -> None:
    """Load the kernels that tell why somebody goes without, if that has not been done as yet.

    Most solves need none of them, so that no first solve waits for them unless it does. No limit
    cuts that short: by then a plan may be proven, and a proven shortage is explained.
    """
    _is_prepared(load_explanations, engine, limits, lambda: False)


def _is_prepared(
    load: Load,
    engine: Engine,
    limits: Limits,
    is_over: Callable[[], bool],
    second: SecondProcess | None = None,
) -> bool:
    """Load kernels in a thread of its own, and tell whether that ended before all is over."""
    if _is_loaded(load, engine):
        return True
    total = len(kernels())
    limits.enter("compile", total)
    stop = Event()
    aside = PlainThreads(1)
    try:
        loading = aside.submit(load, engine, stop, second.start if second is not None else _nothing)
        while not wait([loading], timeout=_PAUSE_S).done:
            limits.report(min(_ready(), total), total)
            if second is not None:
                second.look_after()
            if is_over():
                return False
        loading.result()
        return True
    finally:
        # whoever waits for a kernel goes on alone, and begins no other one
        stop.set()
        aside.shutdown(wait=False)


def load_kernels(engine: Engine, stop: Event, compiling: Callable[[], None] = _nothing) -> None:
    """Run the kernels that every solve by an engine may need, until told to stop between two.

    They run on something so small that only compiling and loading take any time. What tells why
    somebody goes without is left for when it is needed, or for a warm-up. ``compiling`` is called
    when the first of them is found not to be on the disk.
    """
    begun = Event()

    def begin() -> None:
        begun.set()
        compiling()

    def rehearse_in_order(engine: Engine) -> None:
        rehearse_people(engine)
        if begun.is_set():
            # of networks, which a solve begins with, a second process compiles all meanwhile
            rehearse_prices(engine)
        rehearse_problems(engine)
        rehearse_networks(engine)

    with stoppable(stop.is_set, begin):
        _run(load_kernels.__name__, engine, rehearse_in_order)


def load_restarts(engine: Engine, stop: Event, compiling: Callable[[], None] = _nothing) -> None:
    """Run the kernels that a solve from an earlier plan needs, as `load_kernels` does."""
    with stoppable(stop.is_set, compiling):
        _run(load_restarts.__name__, engine, rehearse_restarts)


def load_explanations(
    engine: Engine, stop: Event, compiling: Callable[[], None] = _nothing
) -> None:
    """Run the kernels that tell why somebody goes without, as `load_kernels` does."""
    with stoppable(stop.is_set, compiling):
        _run(load_explanations.__name__, engine, rehearse_explanations)


def _run(what: str, engine: Engine, rehearse: Callable[[Engine], None]) -> None:
    try:
        rehearse(engine)
    except CompilingStoppedError:
        return
    _loaded.add((what, engine.name))


def _is_surely_short(formulation: Formulation) -> bool:
    """Tell whether more cadres are wanted than there are places."""
    return exact_sum(formulation.capacity) < exact_sum(formulation.demand)


def _is_loaded(load: Load, engine: Engine) -> bool:
    return (load.__name__, engine.name) in _loaded


def _ready() -> int:
    return sum(map(is_compiled, kernels()))
