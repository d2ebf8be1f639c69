"""Potentials from a flow: shortest paths in the residual network."""

import numpy as np
import numpy.typing as npt

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.errors import FlowRangeError
from pairmatch.flow.network import FlowNetwork
from pairmatch.flow.ranges import AnyIntArray


def reduced_costs(network: FlowNetwork, potential: IntArray) -> IntArray:
    r"""Return the reduced cost of every arc.

    For arc (v, w): :math:`\bar c = c + \pi_v - \pi_w` :cite:p:`ahuja1993network`.

    Parameters
    ----------
    network
        ``A`` arcs, ``N`` nodes.
    potential
        Shape ``(N,)``.

    Returns
    -------
    IntArray
        Shape ``(A,)``.

    Raises
    ------
    FlowRangeError
        If ``potential.shape != (N,)``.
    """
    if potential.shape != network.supply.shape:
        raise FlowRangeError(
            f"potential has shape {potential.shape}, the network has {network.nodes} nodes"
        )
    return network.unit_cost + potential[network.tail] - potential[network.head]


def shortest_potentials(network: FlowNetwork, flow: IntArray, start: IntArray) -> IntArray:
    """Lower labels until no residual arc has a negative reduced cost.

    With labels ``start`` this ends at the largest potentials that are nowhere above them: the
    shortest distances from a root joined to each node v by an arc of cost ``start[v]``. First-in
    first-out label correction, O(nodes * arcs) at worst :cite:p:`ahuja1993network`, with the
    residual network as adjacency arrays.

    Raises
    ------
    FlowRangeError
        If the flow is not optimal: the residual network then has a negative cycle.
    """
    forward = np.flatnonzero(flow < network.capacity)
    backward = np.flatnonzero(flow > network.lower())
    tail = np.concatenate([network.tail[forward], network.head[backward]])
    head = np.concatenate([network.head[forward], network.tail[backward]])
    cost = np.concatenate([network.unit_cost[forward], -network.unit_cost[backward]])
    first, order = counting_sort(tail, network.nodes)
    potential = start.astype(np.int64)
    most = network.nodes * (network.nodes + 1)
    residual = np.ones(order.shape[0], dtype=np.int32)
    if not correct_labels(first, head[order], cost[order], residual, 1, potential, most):
        raise FlowRangeError("the residual network has a negative cycle: the flow is not optimal")
    return potential


@kernel
def correct_labels(
    first: IntArray | npt.NDArray[np.uint32],
    head: AnyIntArray,
    cost: AnyIntArray,
    residual: AnyIntArray,
    scale: int,
    potential: IntArray,
    most: int,
) -> bool:
    """Lower potentials until no residual arc has a negative reduced cost; tell if that was done.

    Parameters
    ----------
    first, head, cost, residual
        Shapes ``(N + 1,)`` and ``(A,)``: the arcs that leave each node, side by side.
    scale
        What costs are multiplied by.
    potential
        Shape ``(N,)``; changed in place.
    most
        Visits of nodes before it gives up. Without a negative cycle every node is visited at most
        once a pass, in at most N passes.
    """
    nodes = potential.shape[0]
    queue = np.arange(nodes)
    waiting = np.ones(nodes, dtype=np.bool_)
    front = 0
    length = nodes
    visits = 0
    while length > 0:
        node = queue[front]
        front += 1
        if front == nodes:
            front = 0
        length -= 1
        waiting[node] = False
        visits += 1
        if visits > most:
            return False
        label = potential[node]
        for arc in range(first[node], first[node + 1]):
            target = head[arc]
            if residual[arc] > 0 and label + cost[arc] * scale < potential[target]:
                potential[target] = label + cost[arc] * scale
                if not waiting[target]:
                    waiting[target] = True
                    rear = front + length
                    if rear >= nodes:
                        rear -= nodes
                    queue[rear] = target
                    length += 1
    return True
