"""Changed pairs as tables: a row a change, and a row a chain."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.explain.causes import CAUSES, FORCED, NO_REASON, REASONS
from pairmatch.explain.chains import Chains
from pairmatch.explain.changed_pairs import ChangedPairs, Persons
from pairmatch.explain.effects import Effects
from pairmatch.plan import Plan
from pairmatch.tables.positions import whole

_KINDS = pa.array(["removed", "added"])
_OF_RECIPIENTS = ("category", "area")
_OF_CADRES = ("unit_id", "rank")


@dataclass(frozen=True)
class Rows:
    """One row for each recipient and changed unit of demand, in the order of the changed pairs.

    Attributes
    ----------
    of_pair
        Shape ``(E,)``: the row of each changed pair.
    removed, added
        Shape (rows,): the pair that each row had and has, -1 for none.
    """

    of_pair: IntArray
    removed: IntArray
    added: IntArray

    @classmethod
    def of(cls, changed: ChangedPairs) -> "Rows":
        """Put pairs that are matched at their recipient into one row."""
        pairs = np.arange(changed.count)
        partner = changed.at_recipient.partner
        # of two that are matched the one removed comes first
        is_first = (partner < 0) | (pairs < partner)
        of_pair = np.cumsum(is_first) - 1
        removed, added = np.full((2, int(is_first.sum())), -1, dtype=np.int64)
        removed[of_pair[~changed.is_added]] = pairs[~changed.is_added]
        added[of_pair[changed.is_added]] = pairs[changed.is_added]
        return cls(of_pair, removed, added)

    @property
    def first(self) -> IntArray:
        """Shape (rows,): a pair of each row."""
        return np.where(self.removed >= 0, self.removed, self.added)


def changes_table(
    before: Plan,
    after: Plan,
    changed: ChangedPairs,
    rows: Rows,
    chain: IntArray,
    cause: IntArray,
    reason: IntArray,
) -> pa.Table:
    """Return the table of changes; see `Diff`.

    Parameters
    ----------
    chain, cause, reason
        Shape ``(E,)``: of each pair, from 0; positions in `CAUSES` and `REASONS`.
    """
    first = rows.first
    cadre = [_taken(changed.cadre, pairs) for pairs in (rows.removed, rows.added)]
    recipient = changed.recipient[first]
    # where one of both pairs had to change, so had the row
    of_row = np.minimum(_of(cause, rows.removed, len(CAUSES)), _of(cause, rows.added, len(CAUSES)))
    reasons = [_of(reason, pairs, NO_REASON) for pairs in (rows.removed, rows.added)]
    why = np.where(reasons[0] == NO_REASON, reasons[1], reasons[0])
    columns = {
        "recipient_id": changed.recipients.ids.take(pa.array(recipient)),
        "cadre_before": _at(changed.cadres.ids, cadre[0]),
        "cadre_after": _at(changed.cadres.ids, cadre[1]),
        "cause": pa.array(CAUSES).take(pa.array(of_row)),
        "chain": pa.array(chain[first] + 1),
        "cost_before_m": _costs(before, changed, rows.removed),
        "cost_after_m": _costs(after, changed, rows.added),
        "reason": _at(pa.array(REASONS), why),
    }
    people = [plan.problem.recipients for plan in (before, after)]
    for name in _OF_RECIPIENTS:
        columns[name] = _newest(people, changed.recipients, name).take(pa.array(recipient))
    for name in _OF_CADRES:
        label = name.removesuffix("_id")
        for when, plan, at, idx in (
            ("before", before, changed.cadres.before, cadre[0]),
            ("after", after, changed.cadres.after, cadre[1]),
        ):
            values = whole(plan.problem.cadres.column(name))
            columns[f"{label}_{when}"] = _at(values, _taken(at, idx))
    return pa.table(columns)


def chains_table(
    changed: ChangedPairs,
    chains: Chains,
    effects: Effects,
    cause: IntArray,
    levels: dict[str, IntArray],
) -> pa.Table:
    """Return the table of chains; see `Diff`.

    Parameters
    ----------
    cause
        Shape ``(K,)``, positions in `CAUSES`.
    levels
        By name, shape ``(K,)``: what each chain changes; not known where it is forced.
    """
    order, added = chains.order, changed.is_added.astype(np.int64)
    moves = pa.StructArray.from_arrays(
        [
            _KINDS.take(pa.array(added[order])),
            changed.recipients.ids.take(pa.array(changed.recipient[order])),
            changed.cadres.ids.take(pa.array(changed.cadre[order])),
            pa.array(np.where(changed.is_added, effects.pair_m, -effects.pair_m)[order]),
        ],
        names=["change", "recipient_id", "cadre_id", "cost_m"],
    )
    offsets = np.append(chains.begins, order.shape[0]).astype(np.int32)
    return pa.table(
        {
            "chain": pa.array(np.arange(chains.count) + 1),
            "cause": pa.array(CAUSES).take(pa.array(cause)),
            "removed": pa.array(chains.sums(1 - added)),
            "added": pa.array(chains.sums(added)),
            "missing": pa.array(chains.sums(effects.missing)),
            "cost_m": pa.array(chains.sums(effects.cost_m)),
            **{
                f"{name}_level": pa.array(change, mask=cause == FORCED)
                for name, change in levels.items()
            },
            "moves": pa.ListArray.from_arrays(pa.array(offsets), moves),
        }
    )


def _taken(values: IntArray, at: IntArray) -> IntArray:
    """Return values by position, -1 where the position is -1."""
    return np.append(values, -1)[at]


def _of(values: IntArray, at: IntArray, otherwise: int) -> IntArray:
    return np.append(values, otherwise)[at]


def _at(values: pa.Array, at: IntArray) -> pa.Array:
    """Return values by position, null where the position is -1."""
    return values.take(pa.array(at, mask=at < 0))


def _costs(plan: Plan, changed: ChangedPairs, pairs: IntArray) -> pa.Array:
    return _at(whole(plan.pairs.column("cost_m")), _taken(changed.row, pairs))


def _newest(tables: list[pa.Table], persons: Persons, name: str) -> pa.Array:
    """Return a column of persons, as it is after where they are still there."""
    before, after = (
        _at(whole(table.column(name)), at)
        for table, at in zip(tables, (persons.before, persons.after), strict=True)
    )
    return pc.if_else(pa.array(persons.after >= 0), after, before)
