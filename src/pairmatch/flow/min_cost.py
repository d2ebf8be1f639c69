"""The entry point of the flow room: choose an engine, check, solve."""

from collections.abc import Callable

from pairmatch.flow.engine import Engine
from pairmatch.flow.network import ArrayLike, FlowNetwork, FlowRangeError, FlowResult
from pairmatch.flow.network_simplex import NetworkSimplexEngine
from pairmatch.flow.ortools_engine import OrToolsEngine

ENGINES: dict[str, Callable[[], Engine]] = {
    "simplex": NetworkSimplexEngine,
    "ortools": OrToolsEngine,
}


def engine_named(name: str) -> Engine:
    """Return the engine of a name; ``"auto"`` is the best one for most networks.

    Raises
    ------
    FlowRangeError
        If there is no such engine.
    """
    if name == "auto":
        return NetworkSimplexEngine()
    if name not in ENGINES:
        raise FlowRangeError(f"no engine {name!r}; there are: auto, {', '.join(ENGINES)}")
    return ENGINES[name]()


def min_cost_flow(
    tail: ArrayLike,
    head: ArrayLike,
    capacity: ArrayLike,
    unit_cost: ArrayLike,
    supply: ArrayLike,
    *,
    lower_bound: ArrayLike | None = None,
    engine: str = "auto",
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
        ``"auto"`` or one of `ENGINES`.

    Returns
    -------
    FlowResult
        OPTIMAL with flow, potentials and exact cost; or INFEASIBLE; or UNBALANCED where supplies
        do not add up to 0. The engine ``simplex`` gives a cut with INFEASIBLE.

    Raises
    ------
    FlowRangeError
        If shapes do not fit, numbers are not integers, or 64 bits could overflow.
    """
    network = FlowNetwork.checked(tail, head, capacity, unit_cost, supply, lower_bound)
    return engine_named(engine).open(network).solve(lambda: False)
