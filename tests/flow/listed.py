"""Networks as push-relabel has them."""

import numpy as np

from pairmatch.flow import FlowNetwork
from pairmatch.flow.push_relabel import Labels, labels_of
from pairmatch.flow.residual_lists import Arcs, Lists, list_arcs, room_for_lists, without_flow

EVERYTHING = 1 << 60


def all_listed(network: FlowNetwork) -> tuple[Arcs, Lists, Labels]:
    """Fill the arcs of negative unit cost and list all, with potentials of zero."""
    proper = network.tail != network.head
    arcs = without_flow(
        network.tail[proper],
        network.head[proper],
        network.capacity[proper],
        network.unit_cost[proper],
        network.nodes + 1,
    )
    lists = room_for_lists(network.nodes, arcs)
    nodes = network.nodes
    potential, excess = np.zeros(nodes, dtype=np.int64), network.supply.copy()
    list_arcs(arcs, potential, excess, EVERYTHING, lists)
    return arcs, lists, labels_of(potential, excess)


def without_lower_bounds(network: FlowNetwork) -> FlowNetwork:
    return FlowNetwork(
        network.tail, network.head, network.capacity, network.unit_cost, network.supply
    )
