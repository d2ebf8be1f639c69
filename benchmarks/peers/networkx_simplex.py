"""networkx: a network simplex in Python."""

from typing import Any

from benchmarks.network import Network


class NetworkX:
    """``networkx.network_simplex`` on a multigraph, for arcs may be parallel."""

    name = "networkx"
    module = "networkx"
    distribution = "networkx"
    largest = 40_000

    def cannot(self, network: Network) -> str | None:  # noqa: ARG002  # takes every network
        """Take every network."""
        return None

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import networkx as nx  # noqa: PLC0415  # may not be installed

        graph: Any = nx.MultiDiGraph()
        graph.add_nodes_from(
            (node, {"demand": -supply}) for node, supply in enumerate(network.supply.tolist())
        )
        graph.add_edges_from(
            (tail, head, {"capacity": capacity, "weight": cost})
            for tail, head, capacity, cost in zip(
                network.tail.tolist(),
                network.head.tolist(),
                network.capacity.tolist(),
                network.unit_cost.tolist(),
                strict=True,
            )
        )
        cost, _ = nx.network_simplex(graph)
        return int(cost)
