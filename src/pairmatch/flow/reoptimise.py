r"""Reoptimisation of a flow by shortest augmenting paths.

A flow that is optimal for one network is nearly so for another one that differs in little. Each
unit of excess is sent along a shortest path in the residual network :cite:p:`ahuja1993network`
(chapter 9), and never searched for from the hub, the node that has arcs with nearly all others: its
arcs that violate their optimality condition are filled or emptied to begin with. Other such arcs
follow, one by one, the worst first, and what that leaves at their ends is sent along shortest paths
as well: at worst straight back. Only potentials of nodes that are nearer than the end of such a
path move, so all others stay as they were, and with them all that is known of arcs between those
nodes.

Arcs may be far too many to be listed. Before a path is taken, whoever knows them is asked for all
that leave a node within the length of the path, so that no shorter one is passed over. The search
goes no further than a radius, which grows as long as no path is found.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow.engine import Session
from pairmatch.flow.growing import Growing
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus, exact_cost
from pairmatch.heaps import pop, push

_NONE = -1
_FAR = np.iinfo(np.int64).max
# where more nodes than that have too much or lack something, nobody is asked for each of them
_FEW = 100
# more nodes and arcs that have to be mended are better left to another engine
_MOST = 1_000
# by which the radius grows, and where it ends: no path is that long
_WIDER = 4
_WIDEST = 1 << 60

Ask = Callable[[IntArray, IntArray, IntArray, int], int]
"""Given potentials, nodes, a length for each and 1 or -1, adds all arcs with reduced costs below
the length that leave, or enter, each node; returns how many there were."""


class Arcs(NamedTuple):
    """A network with a flow, and its arcs by node.

    Attributes
    ----------
    tail, head, capacity, unit_cost, flow
        Shape ``(A,)``.
    last_out, last_in
        Shape ``(N,)``: the last arc that leaves, or enters, each node, or -1.
    next_out, next_in
        Shape ``(A,)``: the one before it.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray
    flow: IntArray
    last_out: IntArray
    last_in: IntArray
    next_out: IntArray
    next_in: IntArray


class Searched(NamedTuple):
    """What a search came to.

    Attributes
    ----------
    end
        The first node that can take what the sources have, or -1.
    settled, touched
        Nodes whose distance is final, and all that have one.
    looked
        Arcs that were read.
    """

    end: int
    settled: int
    touched: int
    looked: int


@kernel
def _chain(
    tail: IntArray,
    head: IntArray,
    begin: int,
    last_out: IntArray,
    last_in: IntArray,
    next_out: IntArray,
    next_in: IntArray,
) -> None:
    """Put arcs from ``begin`` on at the ends of the chains of their nodes."""
    for a in range(begin, tail.shape[0]):
        next_out[a] = last_out[tail[a]]
        last_out[tail[a]] = a
        next_in[a] = last_in[head[a]]
        last_in[head[a]] = a


@kernel
def violating(arcs: Arcs, potential: IntArray, among: IntArray) -> tuple[IntArray, IntArray]:
    """Return which of some arcs violate their optimality condition, and by how much."""
    found = np.empty(among.shape[0], dtype=np.int64)
    by = np.empty(among.shape[0], dtype=np.int64)
    count = 0
    for a in among:
        reduced = arcs.unit_cost[a] + potential[arcs.tail[a]] - potential[arcs.head[a]]
        too_little = reduced < 0 and arcs.flow[a] < arcs.capacity[a]
        if too_little or (reduced > 0 and arcs.flow[a] > 0):
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
def search(  # noqa: C901  # one shortest-path search; a call would count references to arrays
    arcs: Arcs,
    potential: IntArray,
    excess: IntArray,
    sources: IntArray,
    space: Workspace,
    sign: int,
    radius: int,
) -> Searched:
    """Search the residual network from some nodes until one is found that takes what they have.

    Arcs that violate their optimality condition are passed over.

    Parameters
    ----------
    sources
        Nodes to search from.
    sign
        1 to search forwards from nodes with excess, -1 to search backwards from nodes that lack
        something.
    radius
        No node at that distance or beyond is looked at.
    """
    distance, through, settled, touched = space
    key = np.empty(1024, dtype=np.int64)
    item = np.empty(1024, dtype=np.int64)
    looked = 0
    size = 0
    count = 0
    done = 0
    for v in sources:
        if sign * excess[v] > 0:
            distance[v] = 0
            touched[count] = v
            count += 1
            if size == key.shape[0]:
                key = np.concatenate((key, key))
                item = np.concatenate((item, item))
            push(key, item, size, 0, v)
            size += 1
    while size > 0:
        near = key[0]
        v = item[0]
        pop(key, item, size)
        size -= 1
        if near > distance[v]:
            continue
        if sign * excess[v] < 0:
            return Searched(v, done, count, looked)
        settled[done] = v
        done += 1
        for leaves in (True, False):
            a = arcs.last_out[v] if leaves else arcs.last_in[v]
            along = leaves == (sign > 0)
            while a != _NONE:
                looked += 1
                w = arcs.head[a] if leaves else arcs.tail[a]
                if arcs.flow[a] < arcs.capacity[a] if along else arcs.flow[a] > 0:
                    step = arcs.unit_cost[a] + potential[arcs.tail[a]] - potential[arcs.head[a]]
                    if not along:
                        step = -step
                    reach = near + step
                    if step >= 0 and reach < radius and reach < distance[w]:
                        if distance[w] == _FAR:
                            touched[count] = w
                            count += 1
                        distance[w] = reach
                        through[w] = a if leaves else ~a
                        if size == key.shape[0]:
                            key = np.concatenate((key, key))
                            item = np.concatenate((item, item))
                        push(key, item, size, reach, w)
                        size += 1
                a = arcs.next_out[a] if leaves else arcs.next_in[a]
    return Searched(_NONE, done, count, looked)


@kernel
def clear(space: Workspace, touched: int) -> None:
    """Forget a search."""
    for k in range(touched):
        space.distance[space.touched[k]] = _FAR
        space.through[space.touched[k]] = _NONE


@kernel
def augment(
    arcs: Arcs, potential: IntArray, excess: IntArray, space: Workspace, sign: int, found: Searched
) -> None:
    """Send as much as the path to the end of a search takes, and move potentials.

    Those of settled nodes fall, or rise where it was searched backwards, by what they are nearer
    than the end.
    """
    length = space.distance[found.end]
    for k in range(found.settled):
        v = space.settled[k]
        potential[v] += sign * (space.distance[v] - length)
    amount = -sign * excess[found.end]
    v = found.end
    while space.through[v] != _NONE:
        leaves = space.through[v] >= 0
        a = space.through[v] if leaves else ~space.through[v]
        along = leaves == (sign > 0)
        amount = min(amount, arcs.capacity[a] - arcs.flow[a] if along else arcs.flow[a])
        v = arcs.tail[a] if leaves else arcs.head[a]
    amount = min(amount, sign * excess[v])
    excess[v] -= sign * amount
    excess[found.end] += sign * amount
    v = found.end
    while space.through[v] != _NONE:
        leaves = space.through[v] >= 0
        a = space.through[v] if leaves else ~space.through[v]
        arcs.flow[a] += amount if leaves == (sign > 0) else -amount
        v = arcs.tail[a] if leaves else arcs.head[a]


def _ask_nobody(_potential: IntArray, _nodes: IntArray, _length: IntArray, _sign: int) -> int:
    return 0


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
    ask
        Adds arcs that are not listed, see `Ask`; by default there are none.
    radius
        Of the first searches.
    """

    def __init__(
        self,
        network: FlowNetwork,
        flow: IntArray,
        potential: IntArray,
        otherwise: Callable[[FlowNetwork], Session],
        budget: float,
        ask: Ask = _ask_nobody,
        radius: int = _WIDEST,
    ) -> None:
        self._supply = network.supply
        self._otherwise, self._budget = otherwise, budget
        self._ask, self._radius = ask, radius
        self._potential = potential.copy()
        nodes, arcs = network.nodes, network.arcs
        given = (network.tail, network.head, network.capacity, network.unit_cost.copy())
        following = (np.empty(arcs, dtype=np.int64) for _ in range(2))
        self._columns = [Growing(one) for one in (*given, flow.copy(), *following)]
        self._last = np.full(nodes, _NONE), np.full(nodes, _NONE)
        self._arcs = self._chained(0)
        self._space = Workspace.of(nodes)
        # how near all arcs are listed that leave, and that enter, each node
        self._listed = {1: np.zeros(nodes, np.int64), -1: np.zeros(nodes, np.int64)}
        # nearly every node has an arc with that one: whoever searches from it sees all of them
        ends = np.bincount(network.tail, minlength=nodes) + np.bincount(
            network.head, minlength=nodes
        )
        self._hub = int(ends.argmax()) if nodes else _NONE
        self._asks = True
        self._looked = 0
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
        else:
            self._append(tail, head, capacity, unit_cost, np.zeros_like(tail))

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs."""
        if self._other is not None:
            self._other.set_unit_cost(arc, unit_cost)
        else:
            self._arcs.unit_cost[arc] = unit_cost
            for listed in self._listed.values():
                listed[:] = 0

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Do nothing: the flow that was given is the start."""

    def solve(self, stop: Callable[[], bool], *, roughly: bool = False) -> FlowResult:
        """Solve the network as it stands."""
        if self._other is None and not self._reoptimised(stop):
            self._other = self._otherwise(self._network())
        if self._other is not None:
            return self._other.solve(stop, roughly=roughly)
        arcs = self._arcs
        cost = exact_cost(arcs.unit_cost, arcs.flow)
        return FlowResult(FlowStatus.OPTIMAL, arcs.flow.copy(), self._potential.copy(), cost)

    def _append(self, *columns: IntArray) -> None:
        begin, count = self._columns[0].values.shape[0], columns[0].shape[0]
        for column, new in zip(self._columns, columns, strict=False):
            column.append(count)[:] = new
        for column in self._columns[5:]:
            column.append(count)
        self._arcs = self._chained(begin)

    def _chained(self, begin: int) -> Arcs:
        """Return all arcs, after those from one on were put at the ends of their chains."""
        tail, head, capacity, unit_cost, flow, *following = (one.values for one in self._columns)
        _chain(tail, head, begin, *self._last, *following)
        return Arcs(tail, head, capacity, unit_cost, flow, *self._last, *following)

    def _network(self) -> FlowNetwork:
        arcs = self._arcs
        return FlowNetwork.unchecked(
            arcs.tail.copy(),
            arcs.head.copy(),
            arcs.capacity.copy(),
            arcs.unit_cost.copy(),
            self._supply,
        )

    def _reoptimised(self, stop: Callable[[], bool]) -> bool:
        """Tell whether the flow is optimal now."""
        arcs = self._arcs
        excess = self._supply.copy()
        used = np.flatnonzero(arcs.flow)
        np.subtract.at(excess, arcs.tail[used], arcs.flow[used])
        np.add.at(excess, arcs.head[used], arcs.flow[used])
        bad, _ = violating(arcs, self._potential, np.arange(arcs.tail.shape[0]))
        if bad.shape[0] + np.count_nonzero(excess) > _MOST:
            return False
        at_hub = (arcs.tail[bad] == self._hub) | (arcs.head[bad] == self._hub)
        for arc in bad[at_hub].tolist():
            self._fill_or_empty(arc, excess)
        for sign in (1, -1):
            sources = np.flatnonzero(sign * excess > 0)
            sources = sources[sources != self._hub]
            self._asks = sources.shape[0] <= _FEW
            if not all(self._sent(excess, source, sign, stop) for source in sources.tolist()):
                return False
        self._asks = True
        while True:
            arcs = self._arcs
            bad, by = violating(arcs, self._potential, bad)
            if not bad.shape[0]:
                # those that were listed on the way may violate as well
                bad, by = violating(arcs, self._potential, np.arange(arcs.tail.shape[0]))
            if not bad.shape[0]:
                return True
            arc = int(bad[np.argmax(by)])
            tail, head = self._fill_or_empty(arc, excess)
            # potentials move at the end that more of these arcs share
            of_tail = np.count_nonzero(arcs.tail[bad] == tail)
            moved = head if np.count_nonzero(arcs.head[bad] == head) >= of_tail else tail
            if moved == self._hub:
                moved = tail + head - moved
            if not self._sent(excess, moved, 1 if excess[moved] > 0 else -1, stop):
                return False

    def _fill_or_empty(self, arc: int, excess: IntArray) -> tuple[int, int]:
        """Let a violating arc carry all it can, or nothing; return its ends."""
        arcs = self._arcs
        tail, head = int(arcs.tail[arc]), int(arcs.head[arc])
        reduced = arcs.unit_cost[arc] + self._potential[tail] - self._potential[head]
        amount = int((arcs.capacity[arc] if reduced < 0 else 0) - arcs.flow[arc])
        arcs.flow[arc] += amount
        excess[tail] -= amount
        excess[head] += amount
        return tail, head

    def _sent(self, excess: IntArray, source: int, sign: int, stop: Callable[[], bool]) -> bool:
        """Tell whether all that a node has too much of, or lacks, was sent."""
        radius = self._radius
        sources = np.array([source])
        while sign * excess[source] > 0:
            if stop() or self._looked > self._budget * (self._arcs.tail.shape[0] + excess.shape[0]):
                return False
            found = search(self._arcs, self._potential, excess, sources, self._space, sign, radius)
            self._looked += found.looked
            length = radius if found.end == _NONE else int(self._space.distance[found.end])
            is_complete = self._list_nearer(found, sign, length)
            if is_complete and found.end != _NONE:
                augment(self._arcs, self._potential, excess, self._space, sign, found)
                self._forget_listed(found, sign, length)
            clear(self._space, found.touched)
            if is_complete and found.end == _NONE:
                if radius >= _WIDEST:
                    return False
                radius = min(radius * _WIDER, _WIDEST)
        return True

    def _list_nearer(self, found: Searched, sign: int, length: int) -> bool:
        """Tell whether all arcs are listed that may lead to a shorter path; if not, list them."""
        if not self._asks:
            return True
        listed = self._listed[sign]
        settled = self._space.settled[: found.settled]
        left = length - self._space.distance[settled]
        unlisted = np.flatnonzero(left > listed[settled])
        if not unlisted.shape[0]:
            return True
        nodes, left = settled[unlisted], left[unlisted]
        added = self._ask(self._potential, nodes, left, sign)
        listed[nodes] = left
        return added == 0

    def _forget_listed(self, found: Searched, sign: int, length: int) -> None:
        """Take note of how potentials have moved.

        Arcs at settled nodes have come nearer by that; so they have for whoever is at their other
        ends.
        """
        settled = self._space.settled[: found.settled]
        listed = self._listed[sign]
        moved = length - self._space.distance[settled]
        listed[settled] = np.maximum(listed[settled] - moved, 0)
        self._listed[-sign][:] = 0
