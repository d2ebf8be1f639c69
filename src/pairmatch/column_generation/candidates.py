"""The candidate arcs of a problem, growing."""

import numpy as np

from pairmatch.formulate.arrays import BoolArray, IntArray
from pairmatch.formulate.transportation import TransportationProblem


class Candidates:
    """Distinct arcs between classes, in the order in which they came.

    Attributes
    ----------
    cadre, recipient, cost
        Shape ``(A,)``: classes, and unit costs in metres.
    """

    def __init__(
        self,
        problem: TransportationProblem,
        cadre: IntArray,
        recipient: IntArray,
        cost: IntArray | None = None,
    ) -> None:
        none = np.zeros(0, dtype=np.int64)
        self._problem = problem
        self._sorted_keys = self.cadre = self.recipient = self.cost = none
        self.add(cadre, recipient, cost)

    def add(self, cadre: IntArray, recipient: IntArray, cost: IntArray | None = None) -> int:
        """Add those of some distinct arcs that are new, and return how many there were.

        ``cost`` may be given where it is known.
        """
        keys = (cadre << 32) | recipient
        order = np.argsort(keys)
        keys = keys[order]
        if self._sorted_keys.shape[0]:
            at = np.searchsorted(self._sorted_keys, keys)
            new = self._sorted_keys[np.minimum(at, self._sorted_keys.shape[0] - 1)] != keys
            order, keys = np.sort(order[new]), keys[new]
            cadre, recipient = cadre[order], recipient[order]
            cost = None if cost is None else cost[order]
        if cost is None:
            cost = self._problem.costs.of_pairs(cadre, recipient)
        # two sorted runs are merged in linear time
        self._sorted_keys = np.sort(np.concatenate([self._sorted_keys, keys]), kind="stable")
        self.cadre = np.concatenate([self.cadre, cadre])
        self.recipient = np.concatenate([self.recipient, recipient])
        self.cost = np.concatenate([self.cost, cost])
        return int(order.shape[0])

    def drop(self, kept: BoolArray) -> None:
        """Keep some arcs, in their order, and drop the others."""
        self.cadre, self.recipient = self.cadre[kept], self.recipient[kept]
        self.cost = self.cost[kept]
        self._sorted_keys = np.sort((self.cadre << 32) | self.recipient)

    def __len__(self) -> int:
        """Return the number of arcs."""
        return int(self.cadre.shape[0])
