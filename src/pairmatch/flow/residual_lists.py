"""The residual network near its potentials, as lists of arcs by node."""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.flow.ranges import AnyIntArray, IntArray, SmallIntArray


class Arcs(NamedTuple):
    """``A`` arcs without loops, and how much flows on each.

    Attributes
    ----------
    tail, head
        Shape ``(A,)``.
    capacity, flow
        Shape ``(A,)``: at least 0, without lower bounds.
    cost
        Shape ``(A,)``: unit costs. Potentials are in units that are smaller by ``scale``.
    """

    tail: SmallIntArray
    head: SmallIntArray
    capacity: AnyIntArray
    flow: AnyIntArray
    cost: AnyIntArray
    scale: int


class Lists(NamedTuple):
    """For each node its arcs, those that enter it turned round and before those that leave it.

    Attributes
    ----------
    first
        Shape ``(N + 1,)``: where the list of each node begins.
    node, cost, room
        Shape ``(2A,)``: the other end, the unit cost, and what more can be sent.
    opposite
        Shape ``(2A,)``: the same arc in the list of the other end.
    arc, entering
        Shape ``(A,)``: the arcs that are in the lists, and their places in those of their heads.
    """

    first: IntArray
    node: SmallIntArray
    cost: AnyIntArray
    room: AnyIntArray
    opposite: SmallIntArray
    arc: SmallIntArray
    entering: SmallIntArray


def room_for_lists(nodes: int, arcs: Arcs) -> Lists:
    """Return lists with room for all arcs, and nothing in them yet."""
    count = arcs.tail.shape[0]
    return Lists(
        first=np.zeros(nodes + 1, dtype=np.int64),
        node=np.empty(2 * count, dtype=np.int32),
        cost=np.empty(2 * count, dtype=arcs.cost.dtype),
        room=np.empty(2 * count, dtype=arcs.capacity.dtype),
        opposite=np.empty(2 * count, dtype=np.int32),
        arc=np.empty(count, dtype=np.int32),
        entering=np.empty(count, dtype=np.int32),
    )


@kernel
def list_arcs(  # noqa: C901  # one pass over millions of arcs
    arcs: Arcs, potential: IntArray, excess: IntArray, beyond: int, lists: Lists
) -> int:
    """Send flow where reduced costs say so, and list the arcs that may still matter.

    Arcs with a reduced cost below 0 are filled and those above 0 emptied, so that the flow is
    optimal but for the excess that it leaves. An arc that was empty and is dearer than ``beyond``,
    or was full and is as much cheaper, is not listed. What flowed before is still possible with
    the arcs that are: a network never becomes infeasible so. Returns how many are listed.
    """
    nodes = potential.shape[0]
    tail, head, capacity, flow, cost, scale = arcs
    first, node, list_cost, room, opposite, listed, entering = lists
    first[:] = 0
    count = 0
    for a in range(tail.shape[0]):
        t = tail[a]
        h = head[a]
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
        first[t + 1] += 1
        first[h + 1] += 1
    for i in range(nodes):
        first[i + 1] += first[i]
    place = first[:-1].copy()
    for k in range(count):
        a = listed[k]
        here = place[head[a]]
        place[head[a]] += 1
        node[here] = tail[a]
        list_cost[here] = -cost[a]
        room[here] = flow[a]
        entering[k] = here
    for k in range(count):
        a = listed[k]
        here = place[tail[a]]
        place[tail[a]] += 1
        node[here] = head[a]
        list_cost[here] = cost[a]
        room[here] = capacity[a] - flow[a]
        opposite[here] = entering[k]
        opposite[entering[k]] = here
    return count


@kernel
def refill(lists: Lists, scale: int, potential: IntArray, excess: IntArray) -> None:
    """Send flow where reduced costs say so, along the arcs that are in the lists already."""
    first, node, cost, room, opposite = (
        lists.first,
        lists.node,
        lists.cost,
        lists.room,
        lists.opposite,
    )
    for i in range(potential.shape[0]):
        own = potential[i]
        for k in range(first[i], first[i + 1]):
            sent = room[k]
            if sent > 0 and cost[k] * scale + own < potential[node[k]]:
                room[k] = 0
                room[opposite[k]] += sent
                excess[i] -= sent
                excess[node[k]] += sent


@kernel
def take_flows(lists: Lists, count: int, flow: AnyIntArray) -> None:
    """Take over the flows of the arcs that are in the lists."""
    for k in range(count):
        flow[lists.arc[k]] = lists.room[lists.entering[k]]


@kernel
def conditions_hold(arcs: Arcs, potential: IntArray) -> bool:
    """Tell whether every arc is full, or empty, where its reduced cost asks for that."""
    tail, head, capacity, flow, cost, scale = arcs
    for a in range(tail.shape[0]):
        reduced = cost[a] * scale + potential[tail[a]] - potential[head[a]]
        if (reduced < 0 and flow[a] < capacity[a]) or (reduced > 0 and flow[a] > 0):
            return False
    return True
