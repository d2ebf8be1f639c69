"""Google OR-Tools: cost-scaling push-relabel."""

from typing import Any

import numpy as np

from benchmarks.network import Network
from benchmarks.peers.peer import WrongAnswerError


class OrTools:
    """``SimpleMinCostFlow``, arcs and supplies given as arrays."""

    name = "OR-Tools"
    module = "ortools"
    distribution = "ortools"
    largest = 1 << 62

    def cannot(self, network: Network) -> str | None:  # noqa: ARG002  # takes every network
        """Take every network."""
        return None

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415  # may not be installed

        solver: Any = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            network.tail, network.head, network.capacity, network.unit_cost
        )
        solver.set_nodes_supplies(np.arange(network.nodes), network.supply)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise WrongAnswerError(f"OR-Tools: {status.name}")
        return int(solver.optimal_cost())
