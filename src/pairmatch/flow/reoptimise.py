r"""Reoptimisation of a flow by shortest augmenting paths.

A flow that is optimal for one network is nearly so for another one that differs in little. Each
unit of excess is sent along a shortest path in the residual network :cite:p:`ahuja1993network`
(chapter 9). Then the arcs that violate their optimality condition are filled or emptied, one by
one, the worst first, and what that leaves at their ends is sent along shortest paths as well: at
worst straight back. Only potentials of nodes that are nearer than the end of such a path move, so
all others stay as they were, and with them all that is known of arcs between those nodes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow.engine import Session
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus, exact_cost
from pairmatch.heaps import pop, push

_NONE = -1
_FAR = np.iinfo(np.int64).max
# arcs between two checks of the clock: a few milliseconds
_LOOKS_AT_ONCE = 1_000_000
# more arcs than that are better left to another engine
_MOST_VIOLATING = 20_000


class ResidualArcs(NamedTuple):
    """Arcs by node, both those that leave it and those that enter it.

    Attributes
    ----------
    first, arc
        Shapes ``(N + 1,)`` and ``(2 A,)``: where the arcs of each node begin; an arc is a position,
        and where it enters the node the position's complement.
    """

    first: IntArray
    arc: IntArray


class Reoptimised(NamedTuple):
    """What a reoptimisation came to.

    ``looked`` arcs were read. It is ``done`` if the flow is optimal, and
    ``infeasible`` if there is excess that no path takes away; otherwise it ran out of budget.
    """

    looked: int
    done: bool
    infeasible: bool


@kernel
def residual_arcs(tail: IntArray, head: IntArray, nodes: int) -> ResidualArcs:
    """Sort arcs by node, by counting."""
    first = np.zeros(nodes + 1, dtype=np.int64)
    for a in range(tail.shape[0]):
        first[tail[a] + 1] += 1
        first[head[a] + 1] += 1
    for v in range(nodes):
        first[v + 1] += first[v]
    place = first[:-1].copy()
    arc = np.empty(2 * tail.shape[0], dtype=np.int64)
    for a in range(tail.shape[0]):
        arc[place[tail[a]]] = a
        place[tail[a]] += 1
        arc[place[head[a]]] = ~a
        place[head[a]] += 1
    return ResidualArcs(first, arc)


@kernel
def violating(
    tail: IntArray,
    head: IntArray,
    capacity: IntArray,
    unit_cost: IntArray,
    flow: IntArray,
    potential: IntArray,
    among: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return which of some arcs violate their optimality condition, and by how much."""
    found = np.empty(among.shape[0], dtype=np.int64)
    by = np.empty(among.shape[0], dtype=np.int64)
    count = 0
    for a in among:
        reduced = unit_cost[a] + potential[tail[a]] - potential[head[a]]
        if (reduced < 0 and flow[a] < capacity[a]) or (reduced > 0 and flow[a] > 0):
            found[count] = a
            by[count] = abs(reduced)
            count += 1
    return found[:count].copy(), by[:count].copy()


class Workspace(NamedTuple):
    """Scratch memory of searches, shape ``(N,)`` each: distances, last arcs, lists of nodes."""

    distance: IntArray
    through: IntArray
    settled: IntArray
    touched: IntArray

    @classmethod
    def of(cls, nodes: int) -> "Workspace":
        """Return memory for a number of nodes."""
        far, none = np.full(nodes, _FAR), np.full(nodes, _NONE)
        return cls(far, none, np.empty_like(none), np.empty_like(none))


@kernel
def send_excess(  # noqa: C901  # one shortest-path search; a call would count references to arrays
    tail: IntArray,
    head: IntArray,
    capacity: IntArray,
    unit_cost: IntArray,
    flow: IntArray,
    potential: IntArray,
    excess: IntArray,
    sources: IntArray,
    arcs: ResidualArcs,
    space: Workspace,
    sign: int,
    budget: int,
) -> Reoptimised:
    """Send what some nodes have too much of, or lack, until nothing is left or arcs run out.

    ``flow``, ``potential`` and ``excess`` are changed in place. Arcs that violate their optimality
    condition are passed over; no other arc violates it at any end.

    Parameters
    ----------
    sources
        Nodes to search from.
    sign
        1 to search forwards from nodes with excess, whose potentials fall; -1 to search backwards
        from nodes that lack something, whose potentials rise.
    budget
        End before another path once more arcs than that were read.
    """
    distance, through, settled, touched = space
    key = np.empty(1024, dtype=np.int64)
    item = np.empty(1024, dtype=np.int64)
    looked = 0
    while True:
        sources = sources[sign * excess[sources] > 0]
        if sources.shape[0] == 0:
            return Reoptimised(looked, done=True, infeasible=False)
        if looked > budget:
            return Reoptimised(looked, done=False, infeasible=False)
        size = 0
        count = 0
        done = 0
        for v in sources:
            distance[v] = 0
            touched[count] = v
            count += 1
            if size == key.shape[0]:
                key = np.concatenate((key, key))
                item = np.concatenate((item, item))
            push(key, item, size, 0, v)
            size += 1
        end = _NONE
        while size > 0:
            near = key[0]
            v = item[0]
            pop(key, item, size)
            size -= 1
            if near > distance[v]:
                continue
            if sign * excess[v] < 0:
                end = v
                break
            settled[done] = v
            done += 1
            for k in range(arcs.first[v], arcs.first[v + 1]):
                a = arcs.arc[k]
                leaves = a >= 0
                if not leaves:
                    a = ~a
                w = head[a] if leaves else tail[a]
                reduced = unit_cost[a] + potential[tail[a]] - potential[head[a]]
                along = leaves == (sign > 0)
                if not (flow[a] < capacity[a] if along else flow[a] > 0):
                    continue
                step = reduced if along else -reduced
                reach = near + step
                if step >= 0 and reach < distance[w]:
                    if distance[w] == _FAR:
                        touched[count] = w
                        count += 1
                    distance[w] = reach
                    through[w] = arcs.arc[k]
                    if size == key.shape[0]:
                        key = np.concatenate((key, key))
                        item = np.concatenate((item, item))
                    push(key, item, size, reach, w)
                    size += 1
            looked += arcs.first[v + 1] - arcs.first[v] + 1
        if end != _NONE:
            length = distance[end]
            for k in range(done):
                potential[settled[k]] += sign * (distance[settled[k]] - length)
            _augment(tail, head, capacity, flow, excess, through, sign, end)
        for k in range(count):
            distance[touched[k]] = _FAR
            through[touched[k]] = _NONE
        if end == _NONE:
            return Reoptimised(looked, done=False, infeasible=True)


@inner_kernel
def _augment(
    tail: IntArray,
    head: IntArray,
    capacity: IntArray,
    flow: IntArray,
    excess: IntArray,
    through: IntArray,
    sign: int,
    end: int,
) -> None:
    """Send as much as a path to its end takes."""
    amount = -sign * excess[end]
    v = end
    while through[v] != _NONE:
        leaves = through[v] >= 0
        a = through[v] if leaves else ~through[v]
        amount = min(amount, capacity[a] - flow[a] if leaves == (sign > 0) else flow[a])
        v = tail[a] if leaves else head[a]
    amount = min(amount, sign * excess[v])
    excess[v] -= sign * amount
    excess[end] += sign * amount
    v = end
    while through[v] != _NONE:
        leaves = through[v] >= 0
        a = through[v] if leaves else ~through[v]
        flow[a] += amount if leaves == (sign > 0) else -amount
        v = tail[a] if leaves else head[a]


class ReoptimisingSession:
    """A network that is solved from a flow and potentials nearby; another engine takes over if not.

    Parameters
    ----------
    network
        Without lower bounds.
    flow, potential
        Shapes ``(A,)`` and ``(N,)``: any flow within the capacities, and any potentials.
    otherwise
        Makes the session of an engine for whatever takes longer than ``budget``.
    budget
        Arcs that may be read, for each arc and node of the network.
    """

    def __init__(
        self,
        network: FlowNetwork,
        flow: IntArray,
        potential: IntArray,
        otherwise: Callable[[FlowNetwork], Session],
        budget: float,
    ) -> None:
        self._network = network
        self._flow, self._potential = flow.copy(), potential.copy()
        self._otherwise, self._budget = otherwise, budget
        self._other: Session | None = None

    @property
    def gave_up(self) -> bool:
        """Whether another engine has taken over."""
        return self._other is not None

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs without flow."""
        if self._other is not None:
            self._other.add_arcs(tail, head, capacity, unit_cost)
            return
        self._network = self._network.with_arcs(tail, head, capacity, unit_cost)
        self._flow = np.append(self._flow, np.zeros(tail.shape[0], dtype=np.int64))

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs."""
        if self._other is not None:
            self._other.set_unit_cost(arc, unit_cost)
        else:
            self._network = self._network.with_unit_cost(arc, unit_cost)

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Do nothing: the flow that was given is the start."""

    def solve(self, stop: Callable[[], bool], *, roughly: bool = False) -> FlowResult:
        """Solve the network as it stands."""
        if self._other is None and not self._reoptimised(stop):
            self._other = self._otherwise(self._network)
        if self._other is not None:
            return self._other.solve(stop, roughly=roughly)
        network = self._network
        cost = exact_cost(network.unit_cost, self._flow)
        return FlowResult(FlowStatus.OPTIMAL, self._flow.copy(), self._potential.copy(), cost)

    def _reoptimised(self, stop: Callable[[], bool]) -> bool:
        """Tell whether the flow is optimal now."""
        network, flow = self._network, self._flow
        tail, head, capacity = network.tail, network.head, network.capacity
        excess = network.supply.copy()
        used = np.flatnonzero(flow)
        np.subtract.at(excess, tail[used], flow[used])
        np.add.at(excess, head[used], flow[used])
        of_arcs = tail, head, capacity, network.unit_cost, flow, self._potential
        bad, by = violating(*of_arcs, np.arange(network.arcs))
        if not excess.any() and not bad.shape[0]:
            return True
        if bad.shape[0] > _MOST_VIOLATING:
            return False
        search = _Search(of_arcs, excess, residual_arcs(tail, head, network.nodes), stop)
        most = int(self._budget * (network.arcs + network.nodes))
        if not search.send(np.flatnonzero(excess > 0), 1, most):
            return False
        while True:
            bad, by = violating(*of_arcs, bad)
            if not bad.shape[0]:
                return True
            arc = int(bad[np.argmax(by)])
            ends = int(tail[arc]), int(head[arc])
            reduced = network.unit_cost[arc] + self._potential[ends[0]] - self._potential[ends[1]]
            amount = int((capacity[arc] if reduced < 0 else 0) - flow[arc])
            flow[arc] += amount
            excess[ends[0]] -= amount
            excess[ends[1]] += amount
            # potentials move at the end that more of these arcs share
            shared = [
                np.count_nonzero(side[bad] == v) for side, v in zip((tail, head), ends, strict=True)
            ]
            moved = ends[int(shared[1] >= shared[0])]
            if not search.send(np.array([moved]), 1 if excess[moved] > 0 else -1, most):
                return False


class _Search:
    """Sends excess along shortest paths, within a budget for all searches together."""

    def __init__(
        self,
        of_arcs: tuple[IntArray, IntArray, IntArray, IntArray, IntArray, IntArray],
        excess: IntArray,
        arcs: ResidualArcs,
        stop: Callable[[], bool],
    ) -> None:
        self._of_arcs, self._excess, self._arcs = of_arcs, excess, arcs
        self._stop = stop
        self._space = Workspace.of(excess.shape[0])
        self._looked = 0

    def send(self, sources: IntArray, sign: int, most: int) -> bool:
        """Tell whether all that some nodes have too much of, or lack, was sent."""
        while True:
            left = min(most - self._looked, _LOOKS_AT_ONCE)
            found = send_excess(
                *self._of_arcs, self._excess, sources, self._arcs, self._space, sign, left
            )
            self._looked += found.looked
            if found.done or found.infeasible or self._looked >= most or self._stop():
                return found.done
