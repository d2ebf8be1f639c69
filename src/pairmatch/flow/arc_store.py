"""The arcs of a session: artificial ones, then all others as they came, by head or mixed."""

import numpy as np
import numpy.typing as npt

from pairmatch._kernels import kernel
from pairmatch.arrays import Int32Array, IntArray
from pairmatch.flow.bundles import bundle, mixed
from pairmatch.flow.growing import Growing
from pairmatch.flow.network import FlowNetwork
from pairmatch.flow.simplex_arcs import AT_LOWER, SimplexArcs


class ArcStore:
    """Arcs that grow in number, in the order that pricing needs, with the caller's numbers of them.

    Attributes
    ----------
    arcs
        The artificial arcs of the nodes, then the others; see `SimplexArcs`.
    place
        Shape ``(A,)``: the position of each of the caller's arcs.
    caller
        Shape ``(A,)``: and back, the artificial arcs not counted.
    lower
        Shape ``(A,)``: lower bounds, by the caller's numbers.
    """

    def __init__(self, nodes: int, *, is_mixed: bool = False) -> None:
        self._nodes = nodes
        self._is_mixed = is_mixed
        self._tail = Growing(np.zeros(nodes, dtype=np.uint32))
        self._head = Growing(np.zeros(nodes, dtype=np.uint32))
        self._capacity = Growing(np.zeros(nodes, dtype=np.int64))
        self._unit_cost = Growing(np.zeros(nodes, dtype=np.int64))
        self._flow = Growing(np.zeros(nodes, dtype=np.int64), zeros=True)
        self._state = Growing(np.zeros(nodes, dtype=np.int8))
        self._place = Growing(np.zeros(0, dtype=np.int32))
        self._caller = Growing(np.zeros(0, dtype=np.int32))
        self._lower = Growing(np.zeros(0, dtype=np.int64), zeros=True)
        self._refresh()

    def append(self, new: FlowNetwork) -> tuple[IntArray, IntArray]:
        """Add the arcs of a network over the same nodes, without flow; return their bundles."""
        if self._is_mixed:
            order, first, last = mixed(new.arcs)
        else:
            order, first, last = bundle(new.head, self._nodes)
        begin, known = self.arcs.tail.shape[0], self.place.shape[0]
        self._flow.append(new.arcs)
        lower = self._lower.append(new.arcs)
        capacity = new.capacity
        if new.lower_bound is not None:
            lower[:] = new.lower_bound
            capacity = capacity - lower
        _put_in_order(
            order,
            new.tail,
            new.head,
            capacity,
            new.unit_cost,
            self._tail.append(new.arcs),
            self._head.append(new.arcs),
            self._capacity.append(new.arcs),
            self._unit_cost.append(new.arcs),
            self._state.append(new.arcs),
            self._place.append(new.arcs),
            self._caller.append(new.arcs),
            begin,
            known,
        )
        self._refresh()
        return first + begin, last + begin

    def _refresh(self) -> None:
        self.arcs = SimplexArcs(
            tail=self._tail.values,
            head=self._head.values,
            capacity=self._capacity.values,
            unit_cost=self._unit_cost.values,
            flow=self._flow.values,
            state=self._state.values,
        )
        self.place, self.caller = self._place.values, self._caller.values
        self.lower = self._lower.values


@kernel
def _put_in_order(
    order: IntArray,
    tail: IntArray,
    head: IntArray,
    capacity: IntArray,
    unit_cost: IntArray,
    new_tail: npt.NDArray[np.uint32],
    new_head: npt.NDArray[np.uint32],
    new_capacity: IntArray,
    new_unit_cost: IntArray,
    new_state: npt.NDArray[np.int8],
    new_place: Int32Array,
    new_caller: Int32Array,
    begin: int,
    known: int,
) -> None:
    """Copy arcs to where they belong, nodes counted from 1, all in one pass."""
    for k in range(order.shape[0]):
        arc = order[k]
        new_tail[k] = tail[arc] + 1
        new_head[k] = head[arc] + 1
        new_capacity[k] = capacity[arc]
        new_unit_cost[k] = unit_cost[arc]
        new_state[k] = AT_LOWER
        new_place[arc] = begin + k
        new_caller[k] = known + arc


def places_with_flow(state: npt.NDArray[np.int8], flow: IntArray) -> IntArray:
    """Return which arcs have flow, in order; no flow of an arc at its lower bound is read."""
    places = np.flatnonzero(state != AT_LOWER)
    with_flow: IntArray = places[flow[places] != 0]
    return with_flow


@kernel
def places_of_nonzero(values: IntArray) -> IntArray:
    """Return where values are not 0, in order; several times as fast as numpy on few."""
    count = 0
    for k in range(values.shape[0]):
        count += values[k] != 0
    places = np.empty(count, dtype=np.int64)
    count = 0
    for k in range(values.shape[0]):
        if values[k] != 0:
            places[count] = k
            count += 1
    return places
