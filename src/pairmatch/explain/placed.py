"""A plan by position: its pairs, and what follows from them for each person."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.formulate.formulation import Formulation
from pairmatch.plan import Plan
from pairmatch.proof.bound import Prices


@dataclass(frozen=True)
class LevelDuals:
    """What proves one level: prices of all levels, and duals of cadres and recipients.

    Shapes ``(C,)`` and ``(R,)`` of ``u`` and ``v``.
    """

    prices: Prices
    u: IntArray
    v: IntArray


@dataclass(frozen=True)
class PlacedPlan:
    """Who serves whom, by position.

    Attributes
    ----------
    formulation
        The problem's.
    cadre, recipient, at
        Shape ``(P,)``, sorted by recipient, then cadre: positions, and where each pair is among the
        special pairs, or -1.
    of_recipient
        Shape ``(R + 1,)``: where the pairs of each recipient begin.
    by_cadre, of_cadre
        Shapes ``(P,)`` and ``(C + 1,)``: the pairs sorted by cadre, and where those of each begin.
    load, missing
        Shapes ``(C,)`` and ``(R,)``: recipients of each cadre, cadres that each recipient lacks.
    special_keys
        Shape ``(E,)``: what the special pairs are sorted by, the cadre above the recipient's bits.
    """

    formulation: Formulation
    cadre: IntArray
    recipient: IntArray
    at: IntArray
    of_recipient: IntArray
    by_cadre: IntArray
    of_cadre: IntArray
    load: IntArray
    missing: IntArray
    special_keys: IntArray

    def cadres_of(self, recipient: int) -> IntArray:
        """Return the cadres of a recipient."""
        return self.cadre[self.of_recipient[recipient] : self.of_recipient[recipient + 1]]

    def recipients_of(self, cadre: int) -> IntArray:
        """Return the recipients of a cadre."""
        return self.recipient[self.by_cadre[self.of_cadre[cadre] : self.of_cadre[cadre + 1]]]

    def has(self, cadre: int, recipient: int) -> bool:
        """Tell whether the plan makes a pair."""
        return bool((self.cadres_of(recipient) == cadre).any())

    def special(self, cadre: int, recipient: int) -> int:
        """Return where a pair is among the special pairs, or -1."""
        key = (cadre << 32) | recipient
        at = int(np.searchsorted(self.special_keys, key))
        is_there = at < self.special_keys.shape[0] and int(self.special_keys[at]) == key
        return at if is_there else -1

    def is_locked(self, cadre: int, recipient: int) -> bool:
        """Tell whether a pair is a lock."""
        at = self.special(cadre, recipient)
        return at >= 0 and bool(self.formulation.special_pairs.locked[at])

    def is_eligible(self, cadre: int, recipient: int) -> bool:
        """Tell whether a pair may be made, by its attributes and by bans."""
        at = self.special(cadre, recipient)
        if at >= 0:
            return bool(self.formulation.special_pairs.eligible[at])
        one = np.array([cadre]), np.array([recipient])
        return bool(self.formulation.costs.of_pairs(*one)[0] >= 0)


def placed(plan: Plan) -> PlacedPlan:
    """Return a plan by position."""
    formulation = plan.problem.formulation
    cadre, recipient = plan.positions()
    cadres, recipients = formulation.cadre_count, formulation.recipient_count
    load = np.bincount(cadre, minlength=cadres).astype(np.int64)
    served = np.bincount(recipient, minlength=recipients).astype(np.int64)
    of_cadre, by_cadre = counting_sort(cadre, cadres)
    return PlacedPlan(
        formulation=formulation,
        cadre=cadre,
        recipient=recipient,
        at=formulation.special_pairs.find(cadre, recipient),
        of_recipient=_begins(served),
        by_cadre=by_cadre,
        of_cadre=of_cadre,
        load=load,
        missing=formulation.demand - served,
        special_keys=(formulation.special_pairs.cadre << 32) | formulation.special_pairs.recipient,
    )


def level_duals(plan: Plan) -> tuple[LevelDuals, ...]:
    """Return the duals of each level of the objective; a level without any is proven by zeros.

    The level that counts the changed pairs of a re-solve is left out, and so is its price.
    """
    objective, certificate = plan.problem.formulation.objective, plan.certificate
    levels = len(objective.levels)
    prices = {entry.level: entry.prices[:levels] for entry in certificate.levels}
    found = []
    for level, unit in zip(objective.levels, objective.units, strict=True):
        if level.name in prices:
            u = certificate.cadre_duals.column(level.name).to_numpy()
            v = certificate.recipient_duals.column(level.name).to_numpy()
            found.append(LevelDuals(prices[level.name], u, v))
        else:
            nobody = plan.problem.formulation
            zeros = (np.zeros(n, np.int64) for n in (nobody.cadre_count, nobody.recipient_count))
            found.append(LevelDuals(unit, *zeros))
    return tuple(found)


def _begins(counts: IntArray) -> IntArray:
    begins = np.zeros(counts.shape[0] + 1, dtype=np.int64)
    np.cumsum(counts, out=begins[1:])
    return begins
