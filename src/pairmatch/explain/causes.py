"""Why pairs changed: what had to change, what followed from that, what is better, what is a tie."""

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.chains import Chains
from pairmatch.explain.changed_pairs import ChangedPairs
from pairmatch.explain.effects import Standing, load_step
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.bound import priority_rank

CAUSES = ("forced", "cascade", "gain", "tie", "loss")
FORCED, CASCADE, GAIN, TIE, LOSS = range(len(CAUSES))
# why a pair had to change, in the order in which the first that holds is given
REASONS = (
    "recipient_gone",
    "cadre_gone",
    "banned",
    "not_eligible",
    "capacity",
    "demand",
    "locked",
    "min_load",
    "recipient_new",
)
NO_REASON = -1


def forced_reasons(changed: ChangedPairs, has: Standing, formulation: Formulation) -> IntArray:
    """Return why pairs had to change, shape ``(E,)``: positions in `REASONS`, or `NO_REASON`.

    A pair removed had to be if it may not be made any more, or if the cadre had more than it may
    have now: of the pairs without a match as many as are too many, the first ones. Likewise a pair
    added if it is locked, or is needed for a minimum load or by somebody who is new.

    Parameters
    ----------
    formulation
        Of the problem after.
    """
    added, removed = changed.is_added, ~changed.is_added
    cadre, recipient = (
        changed.cadres.after[changed.cadre],
        changed.recipients.after[changed.recipient],
    )
    banned, locked, eligible = _rules(formulation, cadre, recipient)
    at_cadre, at_recipient = changed.at_cadre.surplus, changed.at_recipient.surplus
    over = (has.load[0] - has.capacity[1])[changed.cadre]
    below = (has.min_load[1] - has.load[0])[changed.cadre]
    unwanted = (has.served[0] - has.demand[1])[changed.recipient]
    wanted = (has.demand[1] - has.demand[0])[changed.recipient]
    is_new = changed.recipients.before[changed.recipient] < 0
    holds = (
        removed & (recipient < 0),
        removed & (cadre < 0),
        removed & banned,
        removed & ~eligible,
        removed & (at_cadre > 0) & (at_cadre <= over),
        (at_recipient > 0) & (at_recipient <= np.where(added, wanted, unwanted)) & ~is_new,
        added & locked,
        added & (at_cadre > 0) & (at_cadre <= below),
        added & (at_recipient > 0) & is_new,
    )
    reasons: IntArray = np.select(holds, np.arange(len(REASONS)), NO_REASON)
    return reasons


def chain_causes(is_forced: BoolArray, level_changes: IntArray, only_adds: BoolArray) -> IntArray:
    """Return the cause of each of ``K`` chains, positions in `CAUSES`.

    Parameters
    ----------
    is_forced
        Shape ``(K,)``: some pair of the chain had to change.
    level_changes
        Shape (levels, K): what the chain changes on each level at the costs after, most important
        first; of forced chains it does not count.
    only_adds
        Shape ``(K,)``: nobody gives up a cadre in the chain. Equal on all levels it is a gain all
        the same: a recipient has a cadre more, at exactly the price of going without.
    """
    sign = np.zeros(is_forced.shape[0], dtype=np.int64)
    for change in level_changes:
        sign = np.where(sign == 0, np.sign(change), sign)
    sign = np.where(only_adds & (sign == 0), -1, sign)
    return np.where(is_forced, FORCED, np.array([GAIN, TIE, LOSS])[sign + 1])


def pair_causes(cause: IntArray, is_forced: BoolArray) -> IntArray:
    """Return the causes of pairs from those of their chains; both shapes ``(E,)``."""
    return np.where((cause == FORCED) & ~is_forced, CASCADE, cause)


def level_changes(
    changed: ChangedPairs,
    has: Standing,
    chains: Chains,
    is_forced: BoolArray,
    formulation: Formulation,
) -> IntArray:
    """Return what chains change on each level at the costs after, shape (levels, K).

    Parameters
    ----------
    is_forced
        Shape ``(K,)``: chains that are passed over, and get 0: some of their pairs may have no cost
        any more.
    formulation
        Of the problem after.
    """
    objective = formulation.objective
    kept = np.flatnonzero(~is_forced[chains.number])
    if not kept.shape[0]:
        return np.zeros((len(objective.levels), chains.count), dtype=np.int64)
    cadre, recipient = (
        changed.cadres.after[changed.cadre[kept]],
        changed.recipients.after[changed.recipient[kept]],
    )
    sign = np.where(changed.is_added[kept], 1, -1)
    special = formulation.special_pairs
    at = special.find(cadre, recipient)
    correction_m = np.append(special.correction_m, 0)[at]
    locked = np.append(special.locked, False)[at]
    step = load_step(changed, has)[kept]
    ends = np.flatnonzero(step)
    load_m = np.zeros_like(step)
    load_m[ends] = formulation.load.take(cadre[ends]).marginal(step[ends])
    short = (step > 0) & (step <= has.min_load[1][changed.cadre[kept]])
    served = changed.at_recipient.surplus[kept] > 0
    violation = -sign * (locked.astype(np.int64) + short)
    rank = np.zeros_like(step)
    if served.any():
        rank = priority_rank(formulation.priority)[recipient]
    found = []
    for unit in objective.units:
        cost = formulation.costs.under(objective.pair_tables(unit)).of_pairs(cadre, recipient)
        value = sign * (np.where(cost == INELIGIBLE, 0, cost))
        value += sign * (objective.correction(unit) * correction_m + objective.load(unit) * load_m)
        value += objective.violation(unit) * violation
        value -= np.where(served, sign * objective.missing(unit, rank), 0)
        of_pairs = np.zeros(changed.count, dtype=np.int64)
        of_pairs[kept] = value
        found.append(chains.sums(of_pairs))
    return np.stack(found)


def _rules(
    formulation: Formulation, cadre: IntArray, recipient: IntArray
) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Tell which pairs are banned, locked, and eligible; False where somebody is not there."""
    banned, locked, eligible = np.zeros((3, cadre.shape[0]), dtype=np.bool_)
    there = np.flatnonzero((cadre >= 0) & (recipient >= 0))
    cadre, recipient = cadre[there], recipient[there]
    special = formulation.special_pairs
    at = special.find(cadre, recipient)
    banned[there] = np.append(special.banned, False)[at]
    locked[there] = np.append(special.locked, False)[at]
    eligible[there] = formulation.costs.of_pairs(cadre, recipient) != INELIGIBLE
    return banned, locked, eligible
