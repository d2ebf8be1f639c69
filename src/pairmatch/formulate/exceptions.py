"""Single pairs that differ from what their attributes say: few, and priced one by one."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.columns import integers
from pairmatch.formulate.costs import PairCosts
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.model.policy import Policy, metres
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.lookups import positions


@dataclass(frozen=True)
class PairExceptions:
    """``E`` distinct pairs named in current, adjustments, bans or locks, by (cadre, recipient).

    Attributes
    ----------
    cadre, recipient
        Shape ``(E,)``: positions, sorted by cadre, then recipient.
    base_m
        Shape ``(E,)``: the cost from attributes alone, `INELIGIBLE` where they forbid the pair.
    saving_m, adjustment_m
        Shape ``(E,)``, metres: subtracted for a current pair; added for an adjusted one.
    current, banned, locked
        Shape ``(E,)``, bool.
    """

    cadre: IntArray
    recipient: IntArray
    base_m: IntArray
    saving_m: IntArray
    adjustment_m: IntArray
    current: BoolArray
    banned: BoolArray
    locked: BoolArray

    @property
    def eligible(self) -> BoolArray:
        """Pairs that may be made, shape ``(E,)``."""
        eligible: BoolArray = (self.base_m != INELIGIBLE) & ~self.banned
        return eligible

    @property
    def cost_m(self) -> IntArray:
        """Cost of each pair, shape ``(E,)``, metres; meaningless where not eligible."""
        return self.base_m - self.saving_m + self.adjustment_m

    def find(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        """Return the position of each pair among the exceptions, or -1."""
        if self.cadre.shape[0] == 0:
            return np.full(cadre.shape[0], -1, dtype=np.int64)
        width = np.int64(1) << 32
        keys = self.cadre * width + self.recipient
        wanted = cadre * width + recipient
        at = np.minimum(np.searchsorted(keys, wanted), keys.shape[0] - 1)
        return np.where(keys[at] == wanted, at, -1)


def pair_exceptions(checked: CheckedTables, policy: Policy, costs: PairCosts) -> PairExceptions:
    """Collect the exceptional pairs of the checked tables."""
    tables = (checked.current, checked.adjustments, checked.bans, checked.locks)
    cadre = _positions(tables, checked.cadres, "cadre_id")
    recipient = _positions(tables, checked.recipients, "recipient_id")
    keys = cadre * (np.int64(1) << 32) + recipient
    distinct, where = np.unique(keys, return_inverse=True)
    bounds = np.cumsum([0, *(table.num_rows for table in tables)])
    parts = [where[bounds[n] : bounds[n + 1]] for n in range(len(tables))]
    count = distinct.shape[0]

    def flags(rows: IntArray) -> BoolArray:
        marked = np.zeros(count, dtype=np.bool_)
        marked[rows] = True
        return marked

    current = flags(parts[0])
    adjustment = np.zeros(count, dtype=np.int64)
    adjustment[parts[1]] = integers(checked.adjustments, "extra_m")
    cadre_idx, recipient_idx = distinct >> 32, distinct & ((1 << 32) - 1)
    return PairExceptions(
        cadre=cadre_idx,
        recipient=recipient_idx,
        base_m=costs.of_pairs(cadre_idx, recipient_idx),
        saving_m=np.where(current, metres(policy.continuity.keep_km), 0).astype(np.int64),
        adjustment_m=adjustment,
        current=current,
        banned=flags(parts[2]),
        locked=flags(parts[3]),
    )


def _positions(tables: tuple[pa.Table, ...], people: pa.Table, column: str) -> IntArray:
    """Return where the people of all rows of the tables stand, one table after another."""
    named = [chunk for table in tables for chunk in table.column(column).chunks]
    return positions(pa.chunked_array(named, pa.string()), people.column(column))
