"""LEMON's network simplex, through pylmcf."""

import numpy as np

from benchmarks.network import Network


class Lemon:
    """``pylmcf.Graph``; it wants arcs sorted by tail and head, as networks here are."""

    name = "LEMON (pylmcf)"
    module = "pylmcf"
    distribution = "pylmcf"
    largest = 1 << 31

    def cannot(self, network: Network) -> str | None:  # noqa: ARG002  # takes every network
        """Take every network."""
        return None

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import pylmcf  # noqa: PLC0415  # may not be installed

        graph = pylmcf.Graph(
            network.nodes, network.tail.astype(np.int32), network.head.astype(np.int32)
        )
        graph.set_node_supply(network.supply)
        graph.set_edge_capacities(network.capacity)
        graph.set_edge_costs(network.unit_cost)
        graph.solve()
        return int(graph.total_cost())
