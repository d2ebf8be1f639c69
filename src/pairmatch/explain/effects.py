"""What changed pairs add to the cost of a plan and to the number of those missing.

A pair added counts at its cost after, a pair removed at its cost before. A pair without a match at
its cadre changes the cadre's load: it counts with the step of the load curve that is added, at the
curve after, or removed, at the curve before. One without a match at its recipient changes how many
cadres the recipient is missing, unless it wants as many more or fewer as before. All of that turns
its sign where the two plans are exchanged.
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.explain.changed_pairs import ChangedPairs
from pairmatch.formulate.columns import integers
from pairmatch.formulate.load import load_curves
from pairmatch.model.policy import metres
from pairmatch.plan import Plan
from pairmatch.tables.positions import positions, whole


@dataclass(frozen=True)
class Standing:
    """What the people in changed pairs have; 0 where they are not in the tables.

    Attributes
    ----------
    load, capacity, min_load
        Shape (2, cadres): before and after.
    demand, missing
        Shape (2, recipients): before and after.
    """

    load: IntArray
    capacity: IntArray
    min_load: IntArray
    demand: IntArray
    missing: IntArray

    @property
    def served(self) -> IntArray:
        """Shape (2, recipients): cadres that they have."""
        return self.demand - self.missing


@dataclass(frozen=True)
class Effects:
    """What each of ``E`` changed pairs adds.

    Attributes
    ----------
    pair_m, load_m, coverage_m
        Shape ``(E,)``, metre-equivalents: the pair, a step of a load curve, the price of a
        recipient left out.
    missing
        Shape ``(E,)``: cadres missing.
    """

    pair_m: IntArray
    load_m: IntArray
    coverage_m: IntArray
    missing: IntArray

    @property
    def cost_m(self) -> IntArray:
        """Shape ``(E,)``, metre-equivalents: all of them."""
        return self.pair_m + self.load_m + self.coverage_m


def standing(before: Plan, after: Plan, changed: ChangedPairs) -> Standing:
    """Look up what the people in changed pairs have."""
    loads = (before.loads, after.loads)
    recipients = changed.recipients
    missing = []
    for plan in (before, after):
        unmatched = plan.unmatched
        at = positions(recipients.ids, whole(unmatched.column("recipient_id")))
        missing.append(np.append(integers(unmatched, "missing"), 0)[at])
    return Standing(
        **{
            name: changed.cadres.of_table(*loads, name) for name in ("load", "capacity", "min_load")
        },
        demand=recipients.of_table(before.problem.recipients, after.problem.recipients, "demand"),
        missing=np.stack(missing),
    )


def effects(before: Plan, after: Plan, changed: ChangedPairs, has: Standing) -> Effects:
    """Return what changed pairs add, with the costs of each plan for what is in it."""
    is_added = changed.is_added
    missing = missing_changes(changed, has)
    price_m = np.where(missing > 0, _price_m(after), _price_m(before))
    pair_m, load_m = np.zeros_like(missing), np.zeros_like(missing)
    step = load_step(changed, has)
    for plan, is_there, sign in ((before, ~is_added, -1), (after, is_added, 1)):
        here = np.flatnonzero(is_there)
        pair_m[here] = sign * integers(plan.pairs, "cost_m")[changed.row[here]]
        ends = np.flatnonzero(is_there & (step > 0))
        curves = load_curves(plan.problem.policy, ends.shape[0])
        load_m[ends] = sign * curves.marginal(step[ends])
    return Effects(pair_m, load_m, missing * price_m, missing)


def load_step(changed: ChangedPairs, has: Standing) -> IntArray:
    """Return the step of its cadre's load that a pair adds or removes, shape ``(E,)``, or 0.

    The first pair without a match changes the step after the smaller of both loads, the next one
    the step after that.
    """
    least = has.load.min(axis=0)[changed.cadre]
    surplus = changed.at_cadre.surplus
    return np.where(surplus > 0, least + surplus, 0)


def missing_changes(changed: ChangedPairs, has: Standing) -> IntArray:
    """Return how many more cadres are missing by each pair, shape ``(E,)``: -1, 0 or 1."""
    surplus = changed.at_recipient.surplus
    more = (has.demand[1] - has.demand[0])[changed.recipient]
    taken_up = np.where(changed.is_added, more, -more)
    counts = (surplus > 0) & (surplus > taken_up)
    return np.where(counts, np.where(changed.is_added, -1, 1), 0)


def _price_m(plan: Plan) -> int:
    """Return what a recipient left out costs, 0 where coverage is not priced."""
    coverage = plan.problem.policy.coverage
    return metres(coverage.price_km) if coverage.mode == "priced" else 0
