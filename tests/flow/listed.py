"""Networks as push-relabel has them."""

import numpy as np

from pairmatch.flow import FlowNetwork
from pairmatch.flow.push_relabel import Labels
from pairmatch.flow.residual_lists import Arcs, Lists, list_arcs, room_for_lists

EVERYTHING = 1 << 60


def all_listed(network: FlowNetwork) -> tuple[Arcs, Lists, Labels]:
    """Fill the arcs of negative unit cost and list all, with potentials of zero."""
    proper = network.tail != network.head
    arcs = Arcs(
        network.tail[proper].astype(np.int32),
        network.head[proper].astype(np.int32),
        network.capacity[proper].astype(np.int32),
        np.zeros(int(proper.sum()), dtype=np.int32),
        network.unit_cost[proper].astype(np.int32),
        network.nodes + 1,
    )
    lists = room_for_lists(network.nodes, arcs)
    nodes = network.nodes
    potential, excess = np.zeros(nodes, dtype=np.int64), network.supply.copy()
    list_arcs(arcs, potential, excess, EVERYTHING, lists)
    labels = Labels(potential, excess, np.empty(nodes, np.int64), np.empty(nodes, np.int64))
    return arcs, lists, labels


def without_lower_bounds(network: FlowNetwork) -> FlowNetwork:
    return FlowNetwork.checked(
        network.tail, network.head, network.capacity, network.unit_cost, network.supply
    )
