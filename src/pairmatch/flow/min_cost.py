"""The entry point of `pairmatch.flow`: choose an engine, check, solve."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pairmatch._kernels import CompilingStoppedError, stoppable
from pairmatch.flow.cost_scaling import CostScalingEngine, fits
from pairmatch.flow.engine import Engine
from pairmatch.flow.network import (
    ArrayLike,
    EngineChoice,
    FlowNetwork,
    FlowResult,
    FlowStatus,
)
from pairmatch.flow.network_simplex import NetworkSimplexEngine
from pairmatch.flow.ortools_engine import OrToolsEngine
from pairmatch.options import CancelToken, Options

ENGINES: dict[str, Callable[[], Engine]] = {
    "simplex": NetworkSimplexEngine,
    "scaling": CostScalingEngine,
    "ortools": OrToolsEngine,
}


# from this number of nodes on, a solve from scratch is quicker by cost scaling
_MANY_NODES = 20_000
# and from this number on where all flow is between a few of them: paths are long, pivots too
_MANY_BETWEEN_FEW = 3_000
_FEW = 8
# unless this part or more of all pairs of nodes has an arc
_DENSE = 1 / 64


def choose_engine(network: FlowNetwork, engine: str = "auto") -> EngineChoice:
    """Return the engine that solves a network once and from scratch, and why.

    Parameters
    ----------
    engine
        ``"auto"`` or one of `ENGINES`; ``"scaling"`` leaves numbers that it cannot scale to
        ``"simplex"``.
    """
    many = _MANY_BETWEEN_FEW if np.count_nonzero(network.supply) <= _FEW else _MANY_NODES
    if engine != "auto":
        wanted, why = engine, "asked for"
    elif network.nodes < many:
        wanted, why = "simplex", f"fewer than {many:,} nodes"
    elif network.arcs >= _DENSE * network.nodes**2:
        wanted, why = "simplex", "many arcs for its nodes"
    else:
        wanted, why = "scaling", f"at least {many:,} nodes, solved once and from scratch"
    if wanted == "scaling" and not fits(network):
        return EngineChoice("simplex", "unit costs are too large to be scaled with 64 bits")
    return EngineChoice(wanted, why)


def engine_named(name: str) -> Engine:
    """Return the engine of a name; ``"auto"`` is the one for networks that change and grow.

    Raises
    ------
    OptionError
        If there is no such engine.
    """
    options = Options()
    options.engine(name, ENGINES)
    options.check()
    return NetworkSimplexEngine() if name == "auto" else ENGINES[name]()


def min_cost_flow(
    tail: ArrayLike,
    head: ArrayLike,
    capacity: ArrayLike,
    unit_cost: ArrayLike,
    supply: ArrayLike,
    *,
    lower_bound: ArrayLike | None = None,
    engine: str = "auto",
    time_limit: float | None = None,
    cancel: CancelToken | None = None,
) -> FlowResult:
    """Send all supply at least cost.

    Parameters
    ----------
    tail, head, capacity, unit_cost
        Shape ``(A,)``, integers; costs may be negative, arcs parallel.
    supply
        Shape ``(N,)``, integers adding up to 0: positive where flow enters the network.
    lower_bound
        Shape ``(A,)``, integers from 0 to the capacity; None for 0 everywhere.
    engine
        ``"auto"``, for what `choose_engine` chooses, or one of `ENGINES`.
    time_limit
        Seconds, None for no limit. ``simplex`` and ``scaling`` check it every few milliseconds,
        and between two kernels while these are compiled; ``ortools`` only before it begins.
    cancel
        Anything with ``is_set()``, asked as often as the time limit.

    Returns
    -------
    FlowResult
        OPTIMAL with flow, potentials and exact cost; INFEASIBLE with a cut and with what cannot be
        delivered; UNBALANCED where supplies do not add up to 0; FEASIBLE or STOPPED where it was
        stopped.

    Raises
    ------
    OptionError
        With every option that cannot be honoured.
    FlowRangeError
        If shapes do not fit, numbers are not integers, or 64 bits could overflow.
    """
    options = Options()
    options.engine(engine, ENGINES)
    options.time_limit(time_limit)
    options.cancel(cancel)
    options.check()
    end = None if time_limit is None else time.perf_counter() + time_limit

    def stop() -> bool:
        late = end is not None and time.perf_counter() >= end
        return late or (cancel is not None and cancel.is_set())

    network = FlowNetwork(tail, head, capacity, unit_cost, supply, lower_bound)
    choice = choose_engine(network, engine)
    try:
        with stoppable(stop):
            result = engine_named(choice.engine).open(network).solve(stop)
    except CompilingStoppedError:
        result = FlowResult.without_flow(FlowStatus.STOPPED, network.nodes, network.arcs)
    return replace(result, choice=choice)
