"""What an engine is: one protocol, one engine a module."""

from typing import Protocol

from pairmatch.flow.network import FlowNetwork, FlowResult, IntArray


class Engine(Protocol):
    """Solves minimum-cost flow problems with integer data."""

    @property
    def name(self) -> str:
        """The name that callers choose the engine by."""

    def solve(self, network: FlowNetwork, potential: IntArray | None = None) -> FlowResult:
        """Solve a network.

        Parameters
        ----------
        network
            With ranges that were proven by `FlowNetwork.check_ranges`.
        potential
            Shape ``(N,)``: a guess at the potentials. It may speed the engine up and may decide
            which of several optimal potentials are returned, never the cost.
        """
