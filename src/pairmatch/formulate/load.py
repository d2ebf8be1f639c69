"""Load curves: what the first, second, ... recipient of a cadre adds, by kind of cadre."""

from dataclasses import dataclass, replace

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.model.policy import Policy, metres


@dataclass(frozen=True)
class LoadCurves:
    """The convex load curves of ``n`` cadres, or classes of them, given by their steps.

    Attributes
    ----------
    marginal_m
        Shape (kinds, steps), metre-equivalents: what each further recipient adds, never falling
        along a row. The last step goes on.
    kind
        Shape ``(n,)``: the row of each cadre.
    """

    marginal_m: IntArray
    kind: IntArray

    @classmethod
    def flat(cls, cadres: int) -> "LoadCurves":
        """Return curves on which no recipient adds anything."""
        return cls(np.zeros((1, 1), dtype=np.int64), np.zeros(cadres, dtype=np.int64))

    @property
    def steps(self) -> int:
        """Number of steps of each curve."""
        return int(self.marginal_m.shape[1])

    def marginal(self, nth: IntArray) -> IntArray:
        """Return what each cadre's ``nth`` recipient adds, counted from 1, shape ``(n,)``."""
        added: IntArray = self.marginal_m[self.kind, np.minimum(nth, self.steps) - 1]
        return added

    def total(self, load: IntArray) -> IntArray:
        """Return what a load of each cadre costs in all, shape ``(n,)``."""
        within = np.minimum(load, self.steps)
        cumulative = np.zeros((self.marginal_m.shape[0], self.steps + 1), dtype=np.int64)
        np.cumsum(self.marginal_m, axis=1, out=cumulative[:, 1:])
        beyond = (load - within) * self.marginal_m[self.kind, -1]
        total: IntArray = cumulative[self.kind, within] + beyond
        return total

    def take(self, cadre_idx: IntArray) -> "LoadCurves":
        """Return the curves of some of the cadres."""
        return replace(self, kind=self.kind[cadre_idx])

    def times(self, factor: int) -> "LoadCurves":
        """Return the curves with all costs multiplied; with 0 they have one step."""
        if factor == 0:
            return LoadCurves.flat(self.kind.shape[0])
        return self if factor == 1 else replace(self, marginal_m=self.marginal_m * factor)


def load_curves(policy: Policy, cadres: int) -> LoadCurves:
    """Return the policy's load curve in metres, the same for every cadre."""
    steps = [metres(km) for km in policy.load.marginal_km]
    return LoadCurves(np.array([steps], dtype=np.int64), np.zeros(cadres, dtype=np.int64))
