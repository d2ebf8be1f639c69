"""Single pairs that differ from what their attributes say: few, and priced one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.columns import integers
from pairmatch.formulate.costs import PairCosts
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.objective import Objective
from pairmatch.model.policy import Policy, metres
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.keys import PAIRS

# a cost from attributes that has to be computed; `INELIGIBLE` is -1
UNKNOWN = -2


@dataclass(frozen=True)
class ListedPairs:
    """``E`` distinct pairs named in current, adjustments, bans or locks, by (cadre, recipient).

    Attributes
    ----------
    cadre, recipient
        Shape ``(E,)``: positions, sorted by cadre, then recipient.
    adjustment_m
        Shape ``(E,)``, metres: added for an adjusted pair.
    current, banned, locked
        Shape ``(E,)``, bool.
    started
        Shape ``(E,)``, bool: pairs of the start of a re-solve.
    """

    cadre: IntArray
    recipient: IntArray
    adjustment_m: IntArray
    current: BoolArray
    banned: BoolArray
    locked: BoolArray
    started: BoolArray


@dataclass(frozen=True)
class SpecialPairs(ListedPairs):
    """Listed pairs with what they cost.

    Attributes
    ----------
    base_m
        Shape ``(E,)``: the cost from attributes alone, `INELIGIBLE` where they forbid the pair.
    saving_m
        Shape ``(E,)``, metres: subtracted for a current pair.
    """

    base_m: IntArray
    saving_m: IntArray

    @property
    def eligible(self) -> BoolArray:
        """Pairs that may be made, shape ``(E,)``."""
        eligible: BoolArray = (self.base_m != INELIGIBLE) & ~self.banned
        return eligible

    @property
    def correction_m(self) -> IntArray:
        """What is added to the cost from attributes, shape ``(E,)``, metres."""
        return self.adjustment_m - self.saving_m

    @property
    def cost_m(self) -> IntArray:
        """Cost of each pair, shape ``(E,)``, metres; meaningless where not eligible."""
        return self.base_m + self.correction_m

    def weighed(self, objective: Objective, prices: Sequence[int]) -> IntArray:
        """Return what is added to the cost from attributes in a sum of levels, shape ``(E,)``."""
        added: IntArray = self.correction_m * objective.correction(prices)
        return added - objective.changed(prices) * self.started

    @cached_property
    def first(self) -> IntArray:
        """Where the pairs of each cadre begin, shape ``(last cadre + 2,)``."""
        count = np.bincount(self.cadre) if self.cadre.shape[0] else np.zeros(0, dtype=np.int64)
        return np.concatenate([[0], np.cumsum(count)]).astype(np.int64)

    def find(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        """Return the position of each pair among the special ones, or -1."""
        if self.cadre.shape[0] == 0:
            return np.full(cadre.shape[0], -1, dtype=np.int64)
        return _find(self.first, self.recipient, cadre, recipient)


@kernel
def _find(first: IntArray, listed: IntArray, cadre: IntArray, recipient: IntArray) -> IntArray:
    """Look each pair up among those of its cadre, which rise."""
    found = np.full(cadre.shape[0], -1, dtype=np.int64)
    for pair in range(cadre.shape[0]):
        if cadre[pair] + 1 < first.shape[0]:
            low = first[cadre[pair]]
            high = first[cadre[pair] + 1]
            while low < high:
                middle = (low + high) // 2
                if listed[middle] < recipient[pair]:
                    low = middle + 1
                else:
                    high = middle
            if low < first[cadre[pair] + 1] and listed[low] == recipient[pair]:
                found[pair] = low
    return found


def listed_pairs(checked: CheckedTables) -> ListedPairs:
    """Collect the special pairs of the checked tables."""
    cadre, recipient = (
        np.concatenate([checked.keys.of(name, column) for name in PAIRS])
        for column in ("cadre_id", "recipient_id")
    )
    distinct, where = np.unique((cadre << 32) + recipient, return_inverse=True)
    ends = np.cumsum([getattr(checked, name).num_rows for name in PAIRS])[:-1]
    rows = dict(zip(PAIRS, np.split(where, ends), strict=True))
    count = distinct.shape[0]

    def flags(name: str) -> BoolArray:
        marked = np.zeros(count, dtype=np.bool_)
        marked[rows[name]] = True
        return marked

    adjustment = np.zeros(count, dtype=np.int64)
    adjustment[rows["adjustments"]] = integers(checked.adjustments, "extra_m")
    return ListedPairs(
        cadre=distinct >> 32,
        recipient=distinct & ((1 << 32) - 1),
        adjustment_m=adjustment,
        current=flags("current"),
        banned=flags("bans"),
        locked=flags("locks"),
        started=np.zeros(count, dtype=np.bool_),
    )


def special_pairs(
    pairs: ListedPairs, policy: Policy, costs: PairCosts, known_m: IntArray | None = None
) -> SpecialPairs:
    """Price named pairs.

    ``known_m`` has costs from attributes that are known already, shape ``(E,)``, and `UNKNOWN`.
    """
    if known_m is None:
        base_m = costs.of_pairs(pairs.cadre, pairs.recipient)
    else:
        base_m = known_m.copy()
        new = np.flatnonzero(known_m == UNKNOWN)
        base_m[new] = costs.of_pairs(pairs.cadre[new], pairs.recipient[new])
    keep_m = metres(policy.continuity.keep_km)
    return SpecialPairs(
        **vars(pairs),
        base_m=base_m,
        saving_m=np.where(pairs.current, keep_m, 0).astype(np.int64),
    )
