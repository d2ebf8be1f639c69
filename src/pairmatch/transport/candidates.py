"""The candidate arcs of a problem, growing."""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow.growing import Growing
from pairmatch.transport.transportation import TransportationProblem

_NONE = -1


class Candidates:
    """Distinct arcs between classes, in the order in which they came.

    Attributes
    ----------
    cadre, recipient, cost
        Shape ``(A,)``: classes, and unit costs at the problem's prices.
    """

    def __init__(
        self,
        problem: TransportationProblem,
        cadre: IntArray,
        recipient: IntArray,
        cost: IntArray | None = None,
    ) -> None:
        self._problem = problem
        none = np.zeros(0, dtype=np.int64)
        self._cadre, self._recipient, self._cost = Growing(none), Growing(none), Growing(none)
        # the arcs of a class of recipients are a chain: the last one, and for each the one before
        self._before = Growing(none)
        self._last = np.full(self._problem.demand.shape[0], _NONE, dtype=np.int64)
        self.cadre = self.recipient = self.cost = none
        self.add(cadre, recipient, cost)

    def add(self, cadre: IntArray, recipient: IntArray, cost: IntArray | None = None) -> int:
        """Add those of some distinct arcs that are new, and return how many there were.

        ``cost`` may be given where it is known. Quickest where the arcs of a class of recipients
        stand side by side: its chain is then followed once.
        """
        count = self._problem.limit.shape[0]
        new = _are_new(cadre, recipient, self._last, self._before.values, self.cadre, count)
        if not new.all():
            cadre, recipient = cadre[new], recipient[new]
            cost = None if cost is None else cost[new]
        if cost is None:
            cost = self._problem.costs.of_pairs(cadre, recipient)
        added = int(cadre.shape[0])
        self._cadre.append(added)[:] = cadre
        self._recipient.append(added)[:] = recipient
        self._cost.append(added)[:] = cost
        _lengthen(self._last, self._before.append(added), recipient, len(self))
        self.cadre, self.recipient = self._cadre.values, self._recipient.values
        self.cost = self._cost.values
        return added

    def weigh(self, problem: TransportationProblem) -> None:
        """Let costs be those of the same problem at other prices of the levels."""
        if problem is not self._problem:
            self._problem = problem
            self.cost[:] = problem.costs.of_pairs(self.cadre, self.recipient)

    def __len__(self) -> int:
        """Return the number of arcs."""
        return int(self.cadre.shape[0])


@kernel
def _are_new(
    cadre: IntArray,
    recipient: IntArray,
    last: IntArray,
    before: IntArray,
    known_cadre: IntArray,
    cadres: int,
) -> BoolArray:
    """Tell which arcs are in no chain, in time linear in the chains that are looked through."""
    new = np.ones(cadre.shape[0], dtype=np.bool_)
    # the visit in which a class of cadres was last seen
    seen = np.zeros(cadres, dtype=np.int64)
    visit = 0
    for k in range(cadre.shape[0]):
        if k == 0 or recipient[k] != recipient[k - 1]:
            visit += 1
            arc = last[recipient[k]]
            while arc != _NONE:
                seen[known_cadre[arc]] = visit
                arc = before[arc]
        new[k] = seen[cadre[k]] != visit
    return new


@kernel
def _lengthen(last: IntArray, before: IntArray, recipient: IntArray, begin: int) -> None:
    """Put new arcs, numbered from ``begin`` on, at the ends of their chains."""
    for k in range(recipient.shape[0]):
        before[k] = last[recipient[k]]
        last[recipient[k]] = begin + k
