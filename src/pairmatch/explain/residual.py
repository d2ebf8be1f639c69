"""Reduced costs of all arcs of the residual network that a person has, level by level."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.fronts import FAR
from pairmatch.explain.placed import LevelDuals, PlacedPlan
from pairmatch.proof.bound import priority_rank

# a path may have that many arcs of the largest number
_ARCS_BITS = 6


@dataclass(frozen=True)
class ResidualArcs:
    """Arcs of a plan at one level's prices; none is below 0 where the duals prove the plan.

    Attributes
    ----------
    u, v
        Shapes ``(C,)`` and ``(R,)``.
    undo
        Shape ``(P,)``: from the recipient to the cadre of each pair that is made.
    give, take
        Shape ``(C,)``: a cadre has a recipient fewer (to the root) or more (from it); `FAR` for
        none.
    regain, lack
        Shape ``(R,)``: a recipient lacks a cadre fewer (to the root) or more (from it); likewise.
    """

    u: IntArray
    v: IntArray
    undo: IntArray
    give: IntArray
    take: IntArray
    regain: IntArray
    lack: IntArray

    @property
    def is_tight(self) -> bool:
        """Whether no arc has a negative reduced cost; ordinary pairs are not looked at."""
        parts = (self.undo, self.give, self.take, self.regain, self.lack)
        return all(int(part.min(initial=0)) >= 0 for part in parts)


def residual_arcs(placed: PlacedPlan, level: LevelDuals, is_free: BoolArray) -> ResidualArcs:
    """Return the arcs at one level's prices.

    Parameters
    ----------
    is_free
        Shape ``(P,)``: the pair is not a lock.
    """
    formulation, u, v = placed.formulation, level.u, level.v
    objective, special = formulation.objective, formulation.special_pairs
    cadre, recipient, load = placed.cadre, placed.recipient, placed.load
    costs = formulation.costs.under(objective.pair_tables(level.prices))
    undo = v[recipient] - u[cadre] - costs.of_pairs(cadre, recipient)
    listed = np.flatnonzero(placed.at >= 0)
    correction = special.correction_m[placed.at[listed]]
    undo[listed] -= correction * objective.correction(level.prices)
    undo[~is_free] = FAR
    curves = formulation.load.times(objective.load(level.prices))
    violation = objective.violation(level.prices)
    give = u - curves.marginal(np.maximum(load, 1)) + violation * (load <= formulation.min_load)
    take = curves.marginal(load + 1) - violation * (load < formulation.min_load) - u
    missing = objective.missing(level.prices, priority_rank(formulation.priority))
    has_free = np.bincount(cadre[is_free], minlength=load.shape[0]) > 0
    loses = np.bincount(recipient[is_free], minlength=v.shape[0]) > 0
    return ResidualArcs(
        u=u,
        v=v,
        undo=undo,
        give=np.where(has_free, give, FAR),
        take=np.where(load < formulation.capacity, take, FAR),
        regain=np.where(placed.missing > 0, v - missing, FAR),
        lack=np.where(loses, missing - v, FAR),
    )


def combined_arcs(levels: tuple[ResidualArcs, ...], factor: int) -> ResidualArcs | None:
    """Return arcs of several levels as one, each level times ``factor`` for each level below it.

    None if the numbers of a level are too large for that: paths of many arcs have to stay in order.
    """
    found: dict[str, IntArray] = {}
    for name in ("u", "v", "undo", "give", "take", "regain", "lack"):
        total: IntArray = np.zeros(1, dtype=np.int64)
        for level in levels:
            values: IntArray = getattr(level, name)
            is_far = values == FAR
            values = np.where(is_far, 0, values)
            if int(np.abs(values).max(initial=0)) >= factor >> _ARCS_BITS:
                return None
            if int(np.abs(total).max(initial=0)) >= FAR // factor >> _ARCS_BITS:
                return None
            total = total * factor + values
        found[name] = np.where(is_far, FAR, total)
    return ResidualArcs(**found)
