"""What a peer is: one protocol, one peer a module."""

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Protocol

from benchmarks.network import Network


class WrongAnswerError(RuntimeError):
    """A peer says that a feasible network has no optimum."""


class Peer(Protocol):
    """Solves minimum-cost flow problems, or some of them.

    Attributes
    ----------
    name
        As it stands in the tables.
    module, distribution
        What is imported, and the package that it comes from.
    largest
        Arcs that it still solves in a time worth waiting for.
    """

    name: str
    module: str
    distribution: str
    largest: int

    def cannot(self, network: Network) -> str | None:
        """Say why a network is none for this peer, whatever its size; None if it is."""

    def solve(self, network: Network) -> int:
        """Return the cost of an optimal flow; building the peer's own network is part of it."""


def refusal(peer: Peer, network: Network, share: int = 1) -> str | None:
    """Say why a peer is left out of the runs on a network; None if it is not.

    With a ``share`` it is left out above that part of what it can take.
    """
    if find_spec(peer.module) is None:
        return f"{peer.distribution} is not installed"
    if (reason := peer.cannot(network)) is not None:
        return reason
    if network.arcs > peer.largest // share:
        return f"more than {peer.largest // share:,} arcs"
    return None


def version_of(peer: Peer) -> str | None:
    """Return the version of a peer's package, None if it is not installed."""
    try:
        return version(peer.distribution)
    except PackageNotFoundError:
        return None
