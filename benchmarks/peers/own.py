"""The engines of pairmatch, each timed on every instance, whichever `auto` takes."""

from benchmarks.network import Network
from benchmarks.peers.peer import WrongAnswerError


class OwnEngine:
    """One of pairmatch's engines, through the public function: ranges are checked, too."""

    module = "pairmatch"
    distribution = "pairmatch-engine"
    largest = 1 << 62

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.name = "pairmatch" if engine == "simplex" else f"pairmatch {engine}"

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
            engine=self.engine,
        )
        if result.status is not FlowStatus.OPTIMAL:
            raise WrongAnswerError(f"pairmatch: {result.status.name}")
        return result.cost


def taken_by_auto(network: Network) -> tuple[str, str]:
    """Return the engine that ``engine="auto"`` takes, and why."""
    from pairmatch.flow import FlowNetwork, choose_engine  # noqa: PLC0415  # as peers: when used

    choice = choose_engine(
        FlowNetwork(network.tail, network.head, network.capacity, network.unit_cost, network.supply)
    )
    return choice.engine, choice.why
