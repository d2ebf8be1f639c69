"""Load curves: what the first, second, ... recipient of a cadre adds."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.model.policy import Policy, metres


@dataclass(frozen=True)
class LoadCurve:
    """A convex curve given by its steps; the last step goes on.

    ``marginal_m`` has shape ``(steps,)``, metres, never falling.
    """

    marginal_m: IntArray

    def marginal(self, recipient: IntArray) -> IntArray:
        """Return what a cadre's n-th recipient adds, ``recipient`` counted from 1."""
        steps: IntArray = self.marginal_m[np.minimum(recipient, self.marginal_m.shape[0]) - 1]
        return steps

    def total(self, load: IntArray) -> IntArray:
        """Return what a load costs in all."""
        steps = self.marginal_m.shape[0]
        cumulative = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.marginal_m)])
        beyond = np.maximum(load - steps, 0)
        total: IntArray = cumulative[np.minimum(load, steps)] + beyond * self.marginal_m[-1]
        return total


def load_curve(policy: Policy) -> LoadCurve:
    """Return the policy's load curve in metres."""
    return LoadCurve(np.array([metres(km) for km in policy.load.marginal_km], dtype=np.int64))
