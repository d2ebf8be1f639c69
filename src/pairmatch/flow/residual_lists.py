"""The residual network near its potentials, as lists of arcs by node."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray
from pairmatch.flow.ranges import AnyIntArray, largest

Entries: TypeAlias = np.recarray[Any, Any]
# unsigned, so that kernels need no check for negative ones
Positions: TypeAlias = npt.NDArray[np.uint32]

_NARROW = 1 << 31


class Arcs(NamedTuple):
    """``A`` arcs without loops, and how much flows on each.

    Attributes
    ----------
    tail, head
        Shape ``(A,)``.
    capacity, flow
        Shape ``(A,)``: at least 0, without lower bounds. If ``flow`` is of 32 bits, all capacities
        and unit costs fit those.
    cost
        Shape ``(A,)``: unit costs. Potentials are in units that are smaller by ``scale``.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    flow: AnyIntArray
    cost: IntArray
    scale: int


class Lists(NamedTuple):
    """For each node the arcs that leave it, and reversed those that enter it, side by side.

    Attributes
    ----------
    first
        Shape ``(N + 1,)``: where the list of each node begins.
    entry
        Shape ``(2A,)``, records, since mostly all of an arc is needed together: ``node``,
        the other end; ``opposite``, the same arc in that node's list; ``cost``, of a unit; and
        ``residual``, what more can be sent.
    arc, entering
        Shape ``(A,)``: the arcs that are in the lists, and their positions in those of their heads.
    """

    first: Positions
    entry: Entries
    arc: Positions
    entering: Positions


def without_flow(
    tail: IntArray, head: IntArray, capacity: IntArray, cost: IntArray, scale: int
) -> Arcs:
    """Return arcs without flow, which is kept in 32 bits if capacities and unit costs fit those."""
    if max(largest(capacity), largest(cost)) < _NARROW:
        return Arcs(tail, head, capacity, np.zeros(tail.shape[0], dtype=np.int32), cost, scale)
    return Arcs(tail, head, capacity, np.zeros(tail.shape[0], dtype=np.int64), cost, scale)


def room_for_lists(nodes: int, arcs: Arcs) -> Lists:
    """Return lists as long as all arcs need, and nothing in them yet."""
    count = arcs.tail.shape[0]
    number = arcs.flow.dtype
    fields = [("node", np.uint32), ("opposite", np.uint32), ("cost", number), ("residual", number)]
    return Lists(
        first=np.zeros(nodes + 1, dtype=np.uint32),
        entry=np.recarray(2 * count, dtype=np.dtype(fields)),
        arc=np.empty(count, dtype=np.uint32),
        entering=np.empty(count, dtype=np.uint32),
    )


@kernel
def list_arcs(arcs: Arcs, potential: IntArray, excess: IntArray, beyond: int, lists: Lists) -> int:
    """Send flow where reduced costs say so, and list the arcs that may still matter.

    Arcs with a reduced cost below 0 are filled and those above 0 emptied, so that the flow is
    optimal but for the excess that it leaves. An arc without flow is not listed if its reduced
    cost is above ``beyond``, nor a full one if it is below ``-beyond``. The flow from before is
    still possible with the arcs that are listed, so no network becomes infeasible by that. Returns
    how many are listed.
    """
    nodes = potential.shape[0]
    tail, head, capacity, flow, cost, scale = arcs
    first, entry, listed, entering = lists
    place = np.zeros(nodes, dtype=np.uint32)
    one = np.uint32(1)
    count = 0
    for a in range(tail.shape[0]):
        t, h = np.uint32(tail[a]), np.uint32(head[a])
        reduced = cost[a] * scale + potential[t] - potential[h]
        was = flow[a]
        if reduced < 0:
            if was < capacity[a]:
                excess[t] -= capacity[a] - was
                excess[h] += capacity[a] - was
                flow[a] = capacity[a]
            elif reduced < -beyond:
                continue
        elif reduced > 0:
            if was > 0:
                excess[t] += was
                excess[h] -= was
                flow[a] = 0
            elif reduced > beyond:
                continue
        listed[count] = a
        count += 1
        place[t] += one
        place[h] += one
    begin = np.uint32(0)
    for i in range(nodes):
        first[i] = begin
        begin += place[i]
        place[i] = first[i]
    first[nodes] = begin
    for k in range(count):
        a = listed[k]
        t, h = np.uint32(tail[a]), np.uint32(head[a])
        leaving, here = place[t], place[h]
        place[t] += one
        place[h] += one
        entry[leaving].node = h
        entry[leaving].opposite = here
        entry[leaving].cost = cost[a]
        entry[leaving].residual = capacity[a] - flow[a]
        entry[here].node = t
        entry[here].opposite = leaving
        entry[here].cost = -cost[a]
        entry[here].residual = flow[a]
        entering[k] = here
    return count


@kernel
def refill(lists: Lists, scale: int, potential: IntArray, excess: IntArray) -> None:
    """Send flow where reduced costs say so, along the arcs that are in the lists already."""
    entry = lists.entry
    first, last = lists.first[:-1], lists.first[1:]
    for i in range(potential.shape[0]):
        own = potential[i]
        for k in range(first[i], last[i]):
            arc = entry[k]
            sent = arc.residual
            if sent > 0 and arc.cost * scale + own < potential[arc.node]:
                arc.residual = 0
                entry[arc.opposite].residual += sent
                excess[i] -= sent
                excess[arc.node] += sent


@kernel
def take_flows(lists: Lists, count: int, flow: AnyIntArray) -> None:
    """Take over the flows of the arcs that are in the lists."""
    entry = lists.entry
    for k in range(count):
        flow[lists.arc[k]] = entry[lists.entering[k]].residual


@kernel
def conditions_hold(arcs: Arcs, potential: IntArray) -> bool:
    """Tell whether every arc is full, or empty, where its reduced cost asks for that."""
    tail, head, capacity, flow, cost, scale = arcs
    for a in range(tail.shape[0]):
        reduced = cost[a] * scale + potential[tail[a]] - potential[head[a]]
        if (reduced < 0 and flow[a] < capacity[a]) or (reduced > 0 and flow[a] > 0):
            return False
    return True
