"""Networks and results as frozen arrays."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from pairmatch.errors import FlowRangeError
from pairmatch.flow.ranges import (
    Extremes,
    IntArray,
    integers,
    largest,
    positions,
    same_shape,
)

if TYPE_CHECKING:
    import networkx as nx

ArrayLike: TypeAlias = npt.ArrayLike


class FlowStatus(Enum):
    """How a flow problem ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    STOPPED = "stopped"
    INFEASIBLE = "infeasible"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True)
class FlowNetwork:
    """``A`` arcs over ``N`` nodes.

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
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray
    supply: IntArray
    lower_bound: IntArray | None = None

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
        new = FlowNetwork.checked(tail, head, capacity, unit_cost, np.zeros_like(self.supply))
        lower = self.lower_bound
        grown = replace(
            self,
            tail=np.concatenate([self.tail, new.tail]),
            head=np.concatenate([self.head, new.head]),
            capacity=np.concatenate([self.capacity, new.capacity]),
            unit_cost=np.concatenate([self.unit_cost, new.unit_cost]),
            lower_bound=None if lower is None else np.concatenate([lower, new.lower()]),
        )
        grown.check_ranges()
        return grown

    def with_unit_cost(self, arc: ArrayLike, unit_cost: ArrayLike) -> "FlowNetwork":
        """Return the network with the unit costs of some arcs changed, each named once.

        Raises
        ------
        FlowRangeError
            If an arc does not exist or stands there twice, or numbers could overflow.
        """
        arc = positions("arc", arc, self.arcs)
        changed = self.unit_cost.copy()
        changed[arc] = same_shape("unit_cost", unit_cost, arc.shape)
        network = replace(self, unit_cost=changed)
        network.check_ranges()
        return network

    def turned_round(self) -> "FlowNetwork":
        """Return the network with every arc the other way, and demand where there was supply."""
        return replace(self, tail=self.head, head=self.tail, supply=-self.supply)

    @classmethod
    def checked(
        cls,
        tail: ArrayLike,
        head: ArrayLike,
        capacity: ArrayLike,
        unit_cost: ArrayLike,
        supply: ArrayLike,
        lower_bound: ArrayLike | None = None,
    ) -> "FlowNetwork":
        """Build a network and prove that no path, potential or total can overflow int64.

        Raises
        ------
        FlowRangeError
            If shapes differ, a node does not exist, a lower bound is negative or above its
            capacity, or numbers are so large that sums could overflow.
        """
        arrays = {
            "tail": integers("tail", tail),
            "head": integers("head", head),
            "capacity": integers("capacity", capacity),
            "unit_cost": integers("unit_cost", unit_cost),
        }
        if lower_bound is not None:
            arrays["lower_bound"] = integers("lower_bound", lower_bound)
        network = cls(**arrays, supply=integers("supply", supply))
        for name, array in arrays.items():
            if array.shape != network.tail.shape:
                raise FlowRangeError(
                    f"{name} has shape {array.shape}, tail has shape {network.tail.shape}"
                )
        for name in ("tail", "head"):
            array = arrays[name]
            if network.arcs and (array.min() < 0 or array.max() >= network.nodes):
                raise FlowRangeError(
                    f"{name} names node {int(array.min())} or {int(array.max())}; "
                    f"the nodes are 0 to {network.nodes - 1}"
                )
        if network.arcs and network.capacity.min() < 0:
            raise FlowRangeError(f"a capacity is {int(network.capacity.min())}, below 0")
        lower = network.lower()
        if network.arcs and lower.min() < 0:
            raise FlowRangeError(f"a lower bound is {int(lower.min())}, below 0")
        beyond = np.flatnonzero(lower > network.capacity)
        if beyond.shape[0]:
            arc = int(beyond[0])
            raise FlowRangeError(
                f"arc {arc} has lower bound {int(lower[arc])} and capacity "
                f"{int(network.capacity[arc])} ({beyond.shape[0]} such arcs)"
            )
        network.check_ranges()
        return network

    def to_networkx(self) -> "nx.MultiDiGraph[int]":
        """Return the network as networkx has it, for its algorithms or for a look at it.

        Nodes have ``demand``, the supply's opposite; arcs ``capacity`` and ``weight``, with their
        numbers as keys. As networkx knows no lower bounds, those flow beforehand: nodes and
        capacities are what is left, and ``graph["offset"]`` is what that costs.
        """
        import networkx as nx  # noqa: PLC0415  # slow to import, and few ask for it

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
        for arc, (tail, head, room, cost) in enumerate(rows):
            graph.add_edge(tail, head, key=arc, capacity=room, weight=cost)
        return graph

    def extremes(self) -> Extremes:
        """Return the largest numbers of the network."""
        return Extremes(
            largest(self.unit_cost), int(self.capacity.max(initial=0)), largest(self.supply)
        )

    def check_ranges(self) -> None:
        """Raise `FlowRangeError` if a potential, a flow or a supply could leave int64."""
        self.extremes().check(self.nodes, self.arcs)


@dataclass(frozen=True)
class EngineChoice:
    """The name of an engine, and why it was taken."""

    engine: str
    why: str


@dataclass(frozen=True)
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
        Shape ``(N,)``: with :math:`\bar c = c + \pi_{tail} - \pi_{head}`, an arc with room left
        has a reduced cost of at least 0, an arc with flow above its lower bound one of at most 0.
        Only if OPTIMAL; if FEASIBLE they prove nothing.
    cost
        Total cost, a Python integer, exact.
    cut
        If INFEASIBLE, shape ``(N,)``, bool: nodes whose supply is larger than what arcs out of
        them may carry, less what arcs into them must.
    choice
        From `pairmatch.flow.min_cost_flow`: which engine it was, and why.
    """

    status: FlowStatus
    flow: IntArray
    potential: IntArray
    cost: int
    cut: npt.NDArray[np.bool_] | None = None
    choice: EngineChoice | None = None


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
