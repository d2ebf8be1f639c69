"""Which nodes can reach which in the residual network of a flow."""

from dataclasses import replace

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus


def excess_of(network: FlowNetwork, flow: IntArray) -> IntArray:
    """Return what has come to each node and not left it, shape ``(N,)``: 0 if all is sent."""
    excess = network.supply.copy()
    np.subtract.at(excess, network.tail, flow)
    np.add.at(excess, network.head, flow)
    return excess


def source_side(network: FlowNetwork, flow: IntArray) -> BoolArray:
    """Return the nodes that supply left over can reach, shape ``(N,)``.

    Where not all supply can be sent they are one side of a cut that proves it: their supply is
    larger than what arcs out of the set may carry, less what arcs into it must.
    """
    # a sixth of a second, which a feasible network need not spend
    from scipy.sparse import coo_array  # noqa: PLC0415
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

    nodes = network.nodes
    left = excess_of(network, flow)
    forward = flow < network.capacity
    backward = flow > network.lower()
    start = np.flatnonzero(left > 0)
    tail = np.concatenate(
        [network.tail[forward], network.head[backward], np.full(start.shape[0], nodes)]
    )
    head = np.concatenate([network.head[forward], network.tail[backward], start])
    matrix = coo_array(
        (np.ones(tail.shape[0], dtype=np.int32), (tail, head)), shape=(nodes + 1, nodes + 1)
    )
    reached = np.zeros(nodes + 1, dtype=np.bool_)
    reached[breadth_first_order(matrix.tocsr(), nodes, return_predecessors=False)] = True
    return reached[:nodes]


def not_deliverable(network: FlowNetwork, cut: BoolArray) -> FlowResult:
    """Return the result for a network whose supplies cannot all be sent.

    No flow gets more across the cut than its arcs may carry. The cut lies between all supply left
    over and all demand not met of some flow, so that as much can be sent: what the cut has too
    much is the least that stays behind.
    """
    leaves = cut[network.tail] & ~cut[network.head]
    enters = ~cut[network.tail] & cut[network.head]
    stays = (
        int(network.supply[cut].sum())
        - int(network.capacity[leaves].sum())
        + int(network.lower()[enters].sum())
    )
    empty = FlowResult.without_flow(FlowStatus.INFEASIBLE, network.nodes, network.arcs)
    return replace(empty, cut=cut, undeliverable=stays)
