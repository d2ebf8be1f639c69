"""The candidate arcs of a problem, growing."""

import numpy as np

from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.transportation import TransportationProblem


class Candidates:
    """Distinct arcs between classes, in the order in which they came.

    Attributes
    ----------
    cadre, recipient, cost
        Shape ``(A,)``: classes, and unit costs in metres.
    """

    def __init__(
        self, problem: TransportationProblem, cadre: IntArray, recipient: IntArray
    ) -> None:
        self._problem = problem
        self._sorted_keys = np.sort((cadre << 32) | recipient)
        self.cadre = cadre
        self.recipient = recipient
        self.cost = problem.costs.of_pairs(cadre, recipient)

    def add(self, cadre: IntArray, recipient: IntArray) -> int:
        """Add those of some distinct arcs that are new, and return how many there were."""
        keys = (cadre << 32) | recipient
        at = np.searchsorted(self._sorted_keys, keys)
        inside = np.minimum(at, self._sorted_keys.shape[0] - 1)
        new = np.ones(keys.shape[0], dtype=np.bool_)
        if self._sorted_keys.shape[0]:
            new = self._sorted_keys[inside] != keys
        cadre, recipient = cadre[new], recipient[new]
        self._sorted_keys = np.sort(np.concatenate([self._sorted_keys, keys[new]]), kind="stable")
        self.cadre = np.concatenate([self.cadre, cadre])
        self.recipient = np.concatenate([self.recipient, recipient])
        self.cost = np.concatenate([self.cost, self._problem.costs.of_pairs(cadre, recipient)])
        return int(cadre.shape[0])

    def __len__(self) -> int:
        """Return the number of arcs."""
        return int(self.cadre.shape[0])
