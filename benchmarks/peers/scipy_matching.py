"""scipy: assignment by shortest augmenting paths, on a matrix or on arcs."""

import numpy as np

from benchmarks.network import Network
from benchmarks.peers.matrices import cost_matrix, only_assignment, only_complete, row_starts


class ScipyAssignment:
    """``scipy.optimize.linear_sum_assignment``."""

    name = "scipy linear_sum_assignment"
    module = "scipy"
    distribution = "scipy"
    largest = 40_000_000

    def cannot(self, network: Network) -> str | None:
        """Take complete assignment problems."""
        return only_complete(network)

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  # slow import

        cost = cost_matrix(network)
        row, column = linear_sum_assignment(cost)
        return round(float(cost[row, column].sum()))


class ScipyMatching:
    """``scipy.sparse.csgraph.min_weight_full_bipartite_matching``.

    A cost of 0 would be no arc there: 1 is added to all, and taken off the total.
    """

    name = "scipy min_weight_full_bipartite_matching"
    module = "scipy"
    distribution = "scipy"
    largest = 20_000_000

    def cannot(self, network: Network) -> str | None:
        """Take assignment problems."""
        return only_assignment(network)

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        from scipy.sparse import csr_array  # noqa: PLC0415  # slow import
        from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415

        people = network.nodes // 2
        matrix = csr_array(
            (
                (network.unit_cost + 1).astype(np.float64),
                (network.head - people).astype(np.int32),
                row_starts(network).astype(np.int32),
            ),
            shape=(people, people),
        )
        row, column = min_weight_full_bipartite_matching(matrix)
        return round(float(np.asarray(matrix[row, column]).sum())) - people
