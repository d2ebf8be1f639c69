"""lapx: the algorithms of Jonker and Volgenant, on a matrix or on arcs."""

import numpy as np

from benchmarks.network import Network
from benchmarks.peers.matrices import cost_matrix, only_assignment, only_complete, row_starts


class LapxDense:
    """``lap.lapjv``."""

    name = "lapx lapjv"
    module = "lap"
    distribution = "lapx"
    largest = 40_000_000

    def cannot(self, network: Network) -> str | None:
        """Take complete assignment problems."""
        return only_complete(network)

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import lap  # noqa: PLC0415  # may not be installed

        cost = cost_matrix(network)
        _, column, _ = lap.lapjv(cost)
        return round(float(cost[np.arange(column.shape[0]), column].sum()))


class LapxSparse:
    """``lap.lapmod``."""

    name = "lapx lapmod"
    module = "lap"
    distribution = "lapx"
    largest = 20_000_000

    def cannot(self, network: Network) -> str | None:
        """Take assignment problems."""
        return only_assignment(network)

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import lap  # noqa: PLC0415  # may not be installed

        people = network.nodes // 2
        start = row_starts(network)
        _, column, _ = lap.lapmod(
            people,
            network.unit_cost.astype(np.float64),
            start.astype(np.int32),
            (network.head - people).astype(np.int32),
        )
        # arcs are sorted by row and column: find each row's own one again
        key = network.tail * people + network.head - people
        chosen = np.searchsorted(key, np.arange(people) * people + np.asarray(column))
        return int(network.unit_cost[chosen].sum())
