"""How a solve ended."""

from enum import StrEnum


class Status(StrEnum):
    """How a solve ended, and what to do about it."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    CANCELLED = "CANCELLED"
    UNSOLVED = "UNSOLVED"

    @property
    def advice(self) -> str:
        """What the status means for whoever asked."""
        return _ADVICE[self]


_ADVICE = {
    Status.OPTIMAL: "Proven: no plan is better.",
    Status.FEASIBLE: (
        "A limit stopped the solve: the plan may be used. Its gap bounds what is left to gain; "
        "without a gap, more people might be served. Allow more time for a proof."
    ),
    Status.INFEASIBLE: (
        "Hard rules clash (minimum loads or locks): the plan breaks as few as possible. The "
        "diagnosis lists them; relax one of those that compete."
    ),
    Status.CANCELLED: (
        "The solve was cancelled: the plan is the best found by then. Its gap bounds what is left "
        "to gain; without a gap, more people might be served. Run it again for a proof."
    ),
    Status.UNSOLVED: (
        "Stopped before there was any plan: nothing in it may be used. Allow more time."
    ),
}
