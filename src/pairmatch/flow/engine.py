"""What an engine is: one protocol, one engine a module."""

from collections.abc import Callable
from typing import Protocol

from pairmatch.flow.network import FlowNetwork, FlowResult, IntArray


class Session(Protocol):
    """One network that may grow and change between solves.

    Whether a solve goes on from the last one or begins from scratch is the engine's affair: the
    result is optimal either way.
    """

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs, shape ``(n,)`` each; they are numbered on from the last one."""

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs, shape ``(n,)`` each."""

    def solve(self, stop: Callable[[], bool]) -> FlowResult:
        """Solve the network as it stands; ``stop`` is asked as often as the engine can."""


class Engine(Protocol):
    """Solves minimum-cost flow problems with integer data."""

    @property
    def name(self) -> str:
        """The name that callers choose the engine by."""

    def open(self, network: FlowNetwork) -> Session:
        """Begin with a network.

        Raises
        ------
        FlowRangeError
            If its numbers could overflow 64 bits.
        """
