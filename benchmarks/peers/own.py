"""The network simplex of pairmatch."""

from benchmarks.network import Network
from benchmarks.peers.peer import WrongAnswerError


class OwnSimplex:
    """pairmatch's engine, through the public function: ranges are checked, too."""

    name = "pairmatch"
    module = "pairmatch"
    distribution = "pairmatch-engine"
    largest = 1 << 62

    def cannot(self, network: Network) -> str | None:  # noqa: ARG002  # takes every network
        """Take every network."""
        return None

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        from pairmatch.flow import FlowStatus, min_cost_flow  # noqa: PLC0415  # as peers: when used

        result = min_cost_flow(
            network.tail,
            network.head,
            network.capacity,
            network.unit_cost,
            network.supply,
            engine="simplex",
        )
        if result.status is not FlowStatus.OPTIMAL:
            raise WrongAnswerError(f"pairmatch: {result.status.name}")
        return result.cost
