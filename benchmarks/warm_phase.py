"""Single edits on the last network of a solve: warm against cold, on identical data."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter
from typing import TypeAlias

import numpy as np

from benchmarks.province import province_tables
from benchmarks.registry import WarmInstance
from benchmarks.results import Outcome, Timing
from pairmatch.flow import FlowNetwork, FlowStatus, SimplexSession
from pairmatch.limits import Limits
from pairmatch.problem import Problem
from pairmatch.threads import available_threads
from pairmatch.transport.levels import solve_levels

Change: TypeAlias = Callable[[], None]

EDITS = (
    "a cadre leaves",
    "a recipient arrives",
    "a capacity changes",
    "a cost changes",
    "a lower bound appears",
)
WARM, COLD = "pairmatch warm", "pairmatch cold"
_SOURCE = 0


class _RecordingEngine:
    """The network simplex; it remembers the session with the most arcs."""

    name = "simplex"

    def __init__(self) -> None:
        self._sessions: list[SimplexSession] = []

    def open(self, network: FlowNetwork) -> SimplexSession:
        self._sessions.append(SimplexSession(network))
        return self._sessions[-1]

    def master(self) -> FlowNetwork:
        return max(self._sessions, key=lambda session: session.arcs).network()


def master_network(scale: float) -> FlowNetwork:
    """Return the network that proves the plan of a province whose addresses are codes."""
    engine = _RecordingEngine()
    formulation = Problem.from_tables(**province_tables("codes", scale)).formulation
    with ThreadPoolExecutor(available_threads(None)) as pool:
        solve_levels(formulation, engine, Limits(None, None, None), pool)
    return engine.master()


def run_warm(instance: WarmInstance, which: str) -> Outcome:
    """Make random single edits, each on the unedited network, and solve each warm and cold."""
    network = master_network(instance.scale)
    session = SimplexSession(network)
    session.solve()
    rng = np.random.default_rng(1)
    warm: list[float] = []
    cold: list[float] = []
    objectives: list[int] = []
    wrong: list[str] = []
    for nth in range(instance.edits[which]):
        edit = EDITS[nth % len(EDITS)]
        change, undo = _drawn(session, edit, rng)
        begin = perf_counter()
        change()
        found = session.solve()
        warm.append(perf_counter() - begin)
        edited = session.network()
        begin = perf_counter()
        again = SimplexSession(edited).solve()
        cold.append(perf_counter() - begin)
        if found.status is not FlowStatus.OPTIMAL or again.status is not FlowStatus.OPTIMAL:
            wrong.append(f"edit {nth}, {edit}: {found.status.name}, cold {again.status.name}")
        elif found.cost != again.cost:
            wrong.append(f"edit {nth}, {edit}: {found.cost}, cold {again.cost}")
        objectives.append(found.cost)
        undo()
        session.solve()
    ratio = np.array(warm) / np.array(cold)
    detail = {
        "edits": float(len(warm)),
        "median ratio": float(np.median(ratio)),
        "95th percentile ratio": float(np.quantile(ratio, 0.95, method="higher")),
        "largest ratio": float(ratio.max()),
    }
    for nth, edit in enumerate(EDITS):
        detail[f"median ratio, {edit}"] = float(np.median(ratio[nth :: len(EDITS)]))
    return Outcome(
        instance=instance.name,
        family="warm",
        phase="warm",
        size={"nodes": network.nodes, "arcs": network.arcs},
        timings=(
            Timing.of(WARM, warm, objectives[-1], detail=detail),
            Timing.of(COLD, cold, objectives[-1]),
        ),
        wrong=tuple(wrong),
    )


def _drawn(session: SimplexSession, edit: str, rng: np.random.Generator) -> tuple[Change, Change]:
    """Draw one change of the network, and what undoes it.

    Steps of load curves leave node 0, as all flow does. Only cadres with candidate arcs are
    drawn: a lower bound at another one could never be kept.
    """
    network = session.network()
    lower, capacity = network.lower(), network.capacity
    if edit == "a recipient arrives":
        recipients = np.flatnonzero(network.supply < 0)
        node = np.array([_SOURCE, int(rng.choice(recipients))])
        supply = network.supply[node]
        return (
            partial(session.set_supply, node, supply + np.array([1, -1])),
            partial(session.set_supply, node, supply),
        )
    if edit == "a cost changes":
        arc = rng.choice(np.flatnonzero(network.tail != _SOURCE), 1)
        cost = np.maximum(0, network.unit_cost[arc] + rng.integers(-20_000, 20_001, 1))
        return (
            partial(session.set_unit_cost, arc, cost),
            partial(session.set_unit_cost, arc, network.unit_cost[arc]),
        )
    has_arcs = np.zeros(network.nodes, dtype=np.bool_)
    has_arcs[network.tail[network.tail != _SOURCE]] = True
    steps = (network.tail == _SOURCE) & has_arcs[network.head] & (capacity > lower)
    arc = rng.choice(np.flatnonzero(steps), 1)
    more_lower, more_capacity = {
        "a cadre leaves": (0, -1),
        "a capacity changes": (0, 1),
        "a lower bound appears": (1, 0),
    }[edit]
    return (
        partial(session.set_bounds, arc, lower[arc] + more_lower, capacity[arc] + more_capacity),
        partial(session.set_bounds, arc, lower[arc], capacity[arc]),
    )
