"""What an engine is: one protocol, one engine a module."""

from collections.abc import Callable
from typing import Protocol

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow.network import FlowNetwork, FlowResult


class Session(Protocol):
    """One network that may grow and change between solves.

    The engine decides whether a solve continues from the last one or begins from scratch. The
    result is optimal either way.
    """

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs, shape ``(n,)`` each; they are numbered on from the last one."""

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs, shape ``(n,)`` each."""

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Suggest a basis for the next solve.

        Parameters
        ----------
        tree_arc
            Shape ``(N,)``: for each node the arc to its parent in a tree, or -1.
        at_upper
            Shape ``(A,)``: arcs outside of the tree that are full.
        """

    def solve(self, stop: Callable[[], bool], *, roughly: bool = False) -> FlowResult:
        """Solve the network as it stands; ``stop`` is asked as often as the engine can.

        ``roughly`` allows an engine to end with a FEASIBLE flow and potentials that are nearly
        optimal, where that saves much of its time; none has to.
        """


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
