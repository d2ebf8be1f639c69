"""Networks and results as frozen arrays."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import FlowRangeError, PairmatchError
from pairmatch.flow.ranges import Extremes, integers, largest, positions, same_shape
from pairmatch.words.en.grammar import counted

if TYPE_CHECKING:
    import networkx as nx

ArrayLike: TypeAlias = npt.ArrayLike


class FlowStatus(StrEnum):
    """How a flow problem ended, and what to do about it."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    STOPPED = "STOPPED"
    INFEASIBLE = "INFEASIBLE"
    UNBALANCED = "UNBALANCED"

    @property
    def advice(self) -> str:
        """What the status means, and what to do."""
        return _ADVICE[self]


_ADVICE = {
    FlowStatus.OPTIMAL: "Proven: no flow costs less.",
    FlowStatus.FEASIBLE: "The flow keeps all rules but may cost too much. Allow more time.",
    FlowStatus.STOPPED: (
        "Stopped before there was a flow: nothing in it may be used. Allow more time."
    ),
    FlowStatus.INFEASIBLE: "The supplies cannot all be sent. The cut says where.",
    FlowStatus.UNBALANCED: "The supplies must add up to 0. Correct them.",
}


def _fill(
    network: "FlowNetwork",
    tail: IntArray,
    head: IntArray,
    capacity: IntArray,
    unit_cost: IntArray,
    supply: IntArray,
    lower_bound: IntArray | None,
) -> None:
    fields = {
        "tail": tail,
        "head": head,
        "capacity": capacity,
        "unit_cost": unit_cost,
        "supply": supply,
        "lower_bound": lower_bound,
    }
    for name, array in fields.items():
        # the only way to fill a frozen dataclass
        object.__setattr__(network, name, array)


@dataclass(frozen=True, init=False, eq=False)
class FlowNetwork:
    """``A`` arcs over ``N`` nodes; what it is made of is checked when it is made.

    Attributes
    ----------
    tail, head
        Shape ``(A,)``, node numbers from 0.
    capacity
        Shape ``(A,)``, at least 0 and the lower bound.
    unit_cost
        Shape ``(A,)``, may be negative.
    supply
        Shape ``(N,)``: positive where flow enters, negative where it leaves.
    lower_bound
        Shape ``(A,)``, at least 0; None if all are 0.

    Raises
    ------
    FlowRangeError
        If shapes differ, something is no integer, a node does not exist, a lower bound is negative
        or above its capacity, or numbers are so large that a path, a potential or a total could
        overflow 64 bits.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray
    supply: IntArray
    lower_bound: IntArray | None

    def __init__(
        self,
        tail: ArrayLike,
        head: ArrayLike,
        capacity: ArrayLike,
        unit_cost: ArrayLike,
        supply: ArrayLike,
        lower_bound: ArrayLike | None = None,
    ) -> None:
        _fill(
            self,
            integers("tail", tail),
            integers("head", head),
            integers("capacity", capacity),
            integers("unit_cost", unit_cost),
            integers("supply", supply),
            None if lower_bound is None else integers("lower_bound", lower_bound),
        )
        self._check()

    @classmethod
    def unchecked(
        cls,
        tail: IntArray,
        head: IntArray,
        capacity: IntArray,
        unit_cost: IntArray,
        supply: IntArray,
        lower_bound: IntArray | None = None,
    ) -> "FlowNetwork":
        """Make a network of arrays that are known to be right, without a check."""
        network = cls.__new__(cls)
        _fill(network, tail, head, capacity, unit_cost, supply, lower_bound)
        return network

    def __repr__(self) -> str:
        """Return the sizes; arrays can be long."""
        bounds = "" if self.lower_bound is None else ", with lower bounds"
        return f"<FlowNetwork: {counted(self.nodes, 'node')}, {counted(self.arcs, 'arc')}{bounds}>"

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return int(self.supply.shape[0])

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return int(self.tail.shape[0])

    def lower(self) -> IntArray:
        """Return the lower bounds, shape ``(A,)``."""
        if self.lower_bound is None:
            return np.zeros(self.arcs, dtype=np.int64)
        return self.lower_bound

    def with_arcs(
        self, tail: ArrayLike, head: ArrayLike, capacity: ArrayLike, unit_cost: ArrayLike
    ) -> "FlowNetwork":
        """Return the network with arcs added, shape ``(n,)`` each, without lower bounds.

        Raises
        ------
        FlowRangeError
            If the arrays do not fit each other or the nodes, or numbers could overflow.
        """
        new = FlowNetwork(tail, head, capacity, unit_cost, np.zeros_like(self.supply))
        lower = self.lower_bound
        grown = FlowNetwork.unchecked(
            np.concatenate([self.tail, new.tail]),
            np.concatenate([self.head, new.head]),
            np.concatenate([self.capacity, new.capacity]),
            np.concatenate([self.unit_cost, new.unit_cost]),
            self.supply,
            None if lower is None else np.concatenate([lower, new.lower()]),
        )
        grown.check_ranges()
        return grown

    def with_unit_cost(self, arc: ArrayLike, unit_cost: ArrayLike) -> "FlowNetwork":
        """Return the network with the unit costs of some arcs changed, each named once.

        Raises
        ------
        FlowRangeError
            If an arc does not exist or is named twice, or numbers could overflow.
        """
        arc = positions("arc", arc, self.arcs)
        changed = self.unit_cost.copy()
        changed[arc] = same_shape("unit_cost", unit_cost, arc.shape)
        network = FlowNetwork.unchecked(
            self.tail, self.head, self.capacity, changed, self.supply, self.lower_bound
        )
        network.check_ranges()
        return network

    def _check(self) -> None:
        names = ["tail", "head", "capacity", "unit_cost"]
        if self.lower_bound is not None:
            names.append("lower_bound")
        for name in names:
            shape = getattr(self, name).shape
            if shape != self.tail.shape:
                raise FlowRangeError(f"{name} has shape {shape}, tail has shape {self.tail.shape}")
        if self.arcs:
            self._check_arcs()
        self.check_ranges()

    def _check_arcs(self) -> None:
        for name, array in (("tail", self.tail), ("head", self.head)):
            least, most = int(array.min()), int(array.max())
            if least < 0 or most >= self.nodes:
                raise FlowRangeError(
                    f"{name} names node {least} or {most}; the nodes are 0 to {self.nodes - 1}"
                )
        if self.capacity.min() < 0:
            raise FlowRangeError(f"a capacity is {int(self.capacity.min())}, below 0")
        if self.lower_bound is None:
            return
        if self.lower_bound.min() < 0:
            raise FlowRangeError(f"a lower bound is {int(self.lower_bound.min())}, below 0")
        beyond = np.flatnonzero(self.lower_bound > self.capacity)
        if beyond.shape[0]:
            arc = int(beyond[0])
            raise FlowRangeError(
                f"arc {arc} has lower bound {int(self.lower_bound[arc])} and capacity "
                f"{int(self.capacity[arc])} ({beyond.shape[0]} such arcs)"
            )

    def to_networkx(self) -> "nx.MultiDiGraph[int]":
        """Return the network as networkx has it, for its algorithms or to draw it.

        Nodes have ``demand``, the supply's opposite; arcs ``capacity`` and ``weight``, with their
        numbers as keys. As networkx knows no lower bounds, those flow beforehand: nodes and
        capacities are what is left, and ``graph["offset"]`` is what that costs.
        """
        import networkx as nx  # noqa: PLC0415  # slow to import, and seldom used

        least = self.lower()
        supply = self.supply.copy()
        np.subtract.at(supply, self.tail, least)
        np.add.at(supply, self.head, least)
        graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(offset=exact_cost(self.unit_cost, least))
        graph.add_nodes_from(
            (node, {"demand": -amount}) for node, amount in enumerate(supply.tolist())
        )
        columns = (self.tail, self.head, self.capacity - least, self.unit_cost)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for arc, (tail, head, capacity, cost) in enumerate(rows):
            graph.add_edge(tail, head, key=arc, capacity=capacity, weight=cost)
        return graph

    def extremes(self) -> Extremes:
        """Return the largest numbers of the network."""
        return Extremes(
            largest(self.unit_cost), int(self.capacity.max(initial=0)), largest(self.supply)
        )

    def check_ranges(self) -> None:
        """Raise `FlowRangeError` if a potential, a flow or a supply could leave int64."""
        self.extremes().check(self.nodes, self.arcs)


_WITH_FLOW = (FlowStatus.OPTIMAL, FlowStatus.FEASIBLE)


@dataclass(frozen=True)
class EngineChoice:
    """The name of an engine, and why it was taken."""

    engine: str
    why: str


@dataclass(frozen=True, eq=False)
class FlowResult:
    r"""What an engine found.

    Attributes
    ----------
    status
        OPTIMAL; FEASIBLE if stopped, or solved roughly, with a flow that keeps all rules; STOPPED
        without one; INFEASIBLE; or UNBALANCED if supplies do not add up to 0. Only the first two
        have a flow.
    flow
        Shape ``(A,)``.
    potential
        Shape ``(N,)``: with :math:`\bar c = c + \pi_{tail} - \pi_{head}`, an arc with residual
        capacity has a reduced cost of at least 0, an arc with flow above its lower bound one of at
        most 0.
        Only if OPTIMAL; if FEASIBLE they prove nothing.
    cost
        Total cost, a Python integer, exact.
    cut
        If INFEASIBLE, shape ``(N,)``, bool: nodes whose supply is larger than what arcs out of
        them may carry, less what arcs into them must.
    undeliverable
        If INFEASIBLE, the supply that no flow can send, in units: by how much the supply of the
        cut is larger. 0 else.
    imbalance
        If UNBALANCED, what the supplies add up to. 0 else.
    choice
        From `pairmatch.flow.min_cost_flow`: which engine it was, and why.
    """

    status: FlowStatus
    flow: IntArray
    potential: IntArray
    cost: int
    cut: BoolArray | None = None
    undeliverable: int = 0
    imbalance: int = 0
    choice: EngineChoice | None = None

    @classmethod
    def without_flow(cls, status: FlowStatus, nodes: int, arcs: int) -> "FlowResult":
        """Return a result that has no flow: zeros."""
        return cls(status, np.zeros(arcs, dtype=np.int64), np.zeros(nodes, dtype=np.int64), 0)

    @classmethod
    def unbalanced(cls, imbalance: int, nodes: int, arcs: int) -> "FlowResult":
        """Return the result for supplies that add up to ``imbalance`` instead of 0."""
        return replace(cls.without_flow(FlowStatus.UNBALANCED, nodes, arcs), imbalance=imbalance)

    def raise_for_status(self) -> None:
        """Raise `PairmatchError` with the status's advice unless the flow is OPTIMAL."""
        if self.status is FlowStatus.OPTIMAL:
            return
        how_much = ""
        if self.undeliverable:
            how_much = f" Too much: {counted(self.undeliverable, 'unit')}."
        elif self.imbalance:
            how_much = f" They add up to {self.imbalance}."
        raise PairmatchError(f"{self.status}: {self.status.advice}{how_much}")

    def __repr__(self) -> str:
        """Return the status and what there is of a flow; arrays can be long."""
        told = [f"cost {self.cost:,}"] if self.status in _WITH_FLOW else []
        told += [f"{self.undeliverable:,} undeliverable"] if self.undeliverable else []
        told += [f"imbalance {self.imbalance:,}"] if self.imbalance else []
        told += [counted(self.potential.shape[0], "node"), counted(self.flow.shape[0], "arc")]
        told += [f"engine {self.choice.engine}"] if self.choice else []
        return f"<FlowResult {self.status}: {', '.join(told)}>"


def exact_cost(unit_cost: IntArray, flow: IntArray) -> int:
    """Return the total cost as a Python integer, adding up two halves of the unit costs apart."""
    bits = 31
    used = np.flatnonzero(flow)
    cost, amount = unit_cost[used], flow[used]
    if int(amount.max(initial=0)) >= 1 << 31 or used.shape[0] >= 1 << 31:
        return sum(int(c) * int(f) for c, f in zip(cost, amount, strict=True))
    total = 0
    for half, shift in ((cost >> bits, bits), (cost & ((1 << bits) - 1), 0)):
        products = half * amount
        total += (int((products >> 31).sum()) << (31 + shift)) + (
            int((products & ((1 << 31) - 1)).sum()) << shift
        )
    return total


__all__ = [
    "ArrayLike",
    "EngineChoice",
    "FlowNetwork",
    "FlowResult",
    "FlowStatus",
    "IntArray",
]
