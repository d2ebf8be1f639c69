"""Maximum flow and minimum cut, by OR-Tools."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import FlowRangeError
from pairmatch.flow.network import ArrayLike, FlowNetwork
from pairmatch.flow.residual import excess_of
from pairmatch.words.en.grammar import counted


@dataclass(frozen=True)
class MaxFlowResult:
    """A maximum flow and a minimum cut, each the other's proof.

    Attributes
    ----------
    value
        What flows from the source to the sink, and what the cut lets through.
    flow
        Shape ``(A,)``.
    cut
        Shape ``(N,)``, bool: the nodes on the source's side.
    """

    value: int
    flow: IntArray
    cut: BoolArray

    def __repr__(self) -> str:
        """Return the value and the sizes; arrays can be long."""
        nodes, arcs = counted(self.cut.shape[0], "node"), counted(self.flow.shape[0], "arc")
        return f"<MaxFlowResult: value {self.value:,}, {nodes}, {arcs}>"


def max_flow(
    tail: ArrayLike, head: ArrayLike, capacity: ArrayLike, nodes: int, source: int, sink: int
) -> MaxFlowResult:
    """Send as much as possible from one node to another.

    Push-relabel :cite:p:`cherkassky1997implementing`, as OR-Tools implements it.

    Parameters
    ----------
    tail, head, capacity
        Shape ``(A,)``, integers; capacities at least 0.
    nodes
        Number of nodes.
    source, sink
        Two different nodes.

    Raises
    ------
    FlowRangeError
        If shapes do not fit, a node does not exist, source and sink are one, or capacities could
        overflow 64 bits.
    """
    if nodes < 1:
        raise FlowRangeError(f"there are {nodes} nodes; at least 1 is needed")
    network = FlowNetwork(
        tail, head, capacity, np.zeros(np.shape(tail), np.int64), np.zeros(nodes, dtype=np.int64)
    )
    for name, node in (("source", source), ("sink", sink)):
        if not 0 <= node < nodes:
            raise FlowRangeError(f"the {name} is {node}; the nodes are 0 to {nodes - 1}")
    if source == sink:
        raise FlowRangeError(f"source and sink are both node {source}")
    return largest_flow(network, source, sink)


def largest_flow(network: FlowNetwork, source: int, sink: int) -> MaxFlowResult:
    """Send as much as possible through a network's capacities, whatever else it holds.

    Raises
    ------
    FlowRangeError
        If OR-Tools finds the capacities too large.
    """
    from ortools.graph.python import max_flow as library  # noqa: PLC0415  # slow, first use only

    nodes = network.nodes
    solver = library.SimpleMaxFlow()
    # the library makes nodes as arcs name them; an arc of no capacity names all of them
    solver.add_arc_with_capacity(nodes - 1, 0, 0)
    loop = network.tail == network.head
    arcs = solver.add_arcs_with_capacity(
        network.tail[~loop], network.head[~loop], network.capacity[~loop]
    )
    status = solver.solve(source, sink)
    if status != solver.OPTIMAL:
        raise FlowRangeError(f"OR-Tools refused the network: {status.name}")
    flow = np.zeros(network.arcs, dtype=np.int64)
    flow[~loop] = solver.flows(arcs)
    cut = np.zeros(nodes, dtype=np.bool_)
    cut[solver.get_source_side_min_cut()] = True
    return MaxFlowResult(int(solver.optimal_flow()), flow, cut)


def supply_cut(network: FlowNetwork) -> BoolArray:
    """Return nodes whose supply is larger by the most than what can leave them, shape ``(N,)``.

    A minimum cut between what gives and what takes, lower bounds sent beforehand; if all supply
    can be sent, it is no larger.
    """
    least = network.lower()
    supply = excess_of(network, least)
    gives, takes = np.flatnonzero(supply > 0), np.flatnonzero(supply < 0)
    source, sink = network.nodes, network.nodes + 1
    joined = FlowNetwork.unchecked(
        np.concatenate([network.tail, np.full_like(gives, source), takes]),
        np.concatenate([network.head, gives, np.full_like(takes, sink)]),
        np.concatenate([network.capacity - least, supply[gives], -supply[takes]]),
        np.zeros(network.arcs + gives.shape[0] + takes.shape[0], dtype=np.int64),
        np.zeros(network.nodes + 2, dtype=np.int64),
    )
    return largest_flow(joined, source, sink).cut[: network.nodes]
