"""What became of the pairs that a plan began with: new, ended and kept, with causes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.lists.layout import CHANGES
from pairmatch.plan import Plan
from pairmatch.problem import Problem
from pairmatch.tables.positions import positions, whole

_IDS = ("recipient_id", "cadre_id")
_CAUSES = ("cause", "reason")


class _Ids(NamedTuple):
    """Distinct ids of everybody in any pair, and pairs of them as one number each."""

    recipients: pa.Array
    cadres: pa.Array

    @classmethod
    def of(cls, *pairs: pa.Table) -> "_Ids":
        both = pa.concat_tables([table.select(list(_IDS)) for table in pairs])
        return cls(*(whole(pc.unique(both.column(name))) for name in _IDS))

    def numbers(self, recipients: pa.ChunkedArray, cadres: pa.ChunkedArray) -> IntArray:
        """Return a number for each pair, shape (rows,); -1 where there is no such id."""
        recipient = positions(recipients, self.recipients)
        cadre = positions(cadres, self.cadres)
        known = (recipient >= 0) & (cadre >= 0)
        return np.where(known, recipient * len(self.cadres) + cadre, -1)


class Changes(NamedTuple):
    """What became of pairs.

    Attributes
    ----------
    table
        Arrow, a row for each pair that only the plan has, or that there only was before: change (of
        `CHANGES`), recipient_id, cadre_id, cadre_before and cadre_after (of the recipient, where
        it is certain which cadre took whose place), cause and reason (codes).
    is_kept
        Shape ``(pairs,)``: which pairs of the plan there were before.
    """

    table: pa.Table
    is_kept: BoolArray


def pairs_before(plan: Plan, before: Plan | None) -> pa.Table | None:
    """Return recipient_id and cadre_id of what a plan's changes are told from, if there is any.

    Pairs of the plan before if one is given, else of the plan that this one started from, else the
    current ones.
    """
    if before is not None:
        return before.pairs.select(list(_IDS))
    if plan.start is not None:
        return plan.start.pairs.select(list(_IDS))
    current = plan.problem.current.select(list(_IDS))
    return current if current.num_rows else None


def changes_of(plan: Plan, before: Plan | None) -> Changes | None:
    """Return what became of each pair that there was before; None if there was none.

    Parameters
    ----------
    before
        The plan before: with it, changes have causes, and people who are gone have their units and
        areas.
    """
    was = pairs_before(plan, before)
    if was is None:
        return None
    now = plan.pairs.select(list(_IDS))
    ids = _Ids.of(was, now)
    old, new = (ids.numbers(*(table.column(name) for name in _IDS)) for table in (was, now))
    is_kept = np.isin(new, old)
    is_ended = ~np.isin(old, new)
    parts = ((now, ~is_kept, "new"), (was, is_ended, "ended"))
    chosen = [(table.filter(pa.array(mask)), change) for table, mask, change in parts]
    table = pa.concat_tables([one for one, _ in chosen])
    sizes = [one.num_rows for one, _ in chosen]
    change = np.repeat([CHANGES.index(name) for _, name in chosen], sizes)
    table = table.add_column(0, "change", pa.array(CHANGES).take(pa.array(change)))
    table = _with_causes(table, ids, plan, before) if before else _with_others(table)
    return Changes(table, is_kept)


def _with_causes(table: pa.Table, ids: _Ids, plan: Plan, before: Plan) -> pa.Table:
    """Add who came before and after, with cause and reason, as the diff of both plans has them."""
    found = before.diff(plan).changes
    names = ("cadre_before", "cadre_after")
    keys = [ids.numbers(found.column("recipient_id"), found.column(name)) for name in names]
    rows = np.arange(found.num_rows)
    key = np.concatenate(keys)
    row = np.concatenate([rows, rows])[key >= 0]
    order = np.argsort(key[key >= 0], kind="stable")
    key, row = key[key >= 0][order], row[order]
    mine = ids.numbers(*(table.column(name) for name in _IDS))
    at = np.searchsorted(key, mine)
    is_there = np.append(key, -1)[at] == mine
    taken = pa.array(np.append(row, -1)[at], mask=~is_there)
    for name in (*names, *_CAUSES):
        table = table.append_column(name, whole(found.column(name)).take(taken))
    return table


def _with_others(table: pa.Table) -> pa.Table:
    """Add who came before and after where a recipient has one new and one ended pair."""
    ids = whole(table.column("recipient_id")).dictionary_encode()
    recipient = ids.indices.to_numpy().astype(np.int64)
    change = whole(table.column("change"))
    found = {
        name: np.flatnonzero(pc.equal(change, name).to_numpy(zero_copy_only=False))
        for name in ("new", "ended")
    }
    counts = [np.bincount(recipient[at], minlength=len(ids.dictionary)) for at in found.values()]
    is_certain = (counts[0] == 1) & (counts[1] == 1)
    partner = np.full(table.num_rows, -1, dtype=np.int64)
    for name, other in (("new", "ended"), ("ended", "new")):
        row_of = np.full(len(ids.dictionary), -1, dtype=np.int64)
        row_of[recipient[found[other]]] = found[other]
        mine = found[name][is_certain[recipient[found[name]]]]
        partner[mine] = row_of[recipient[mine]]
    cadres = whole(table.column("cadre_id"))
    is_new = pc.equal(change, "new").to_numpy(zero_copy_only=False)
    is_ended = pc.equal(change, "ended").to_numpy(zero_copy_only=False)
    own = np.arange(table.num_rows)
    sides = (
        ("cadre_before", np.where(is_ended, own, np.where(is_new, partner, -1))),
        ("cadre_after", np.where(is_new, own, np.where(is_ended, partner, -1))),
    )
    for name, at in sides:
        table = table.append_column(name, _at(cadres, at))
    nothing = pa.nulls(table.num_rows, pa.string())
    for name in _CAUSES:
        table = table.append_column(name, nothing)
    return table


def column_of(
    changes: pa.Table, problems: Sequence[Problem], table: str, values: Sequence[pa.Array]
) -> pa.Array:
    """Return what the tables say of the people of changes, as it is after if they are still there.

    Pairs that ended are looked up before, where there is a plan before: who has left a unit since
    is among those whom that unit had.

    Parameters
    ----------
    problems
        After, and before if there is one.
    table
        ``recipients`` or ``cadres``.
    values
        A value for each row of that table, of each problem.
    """
    key = f"{table.removesuffix('s')}_id"
    ids = changes.column(key)
    found = [
        _at(column, positions(ids, getattr(problem, table).column(key)))
        for problem, column in zip(problems, values, strict=True)
    ]
    if len(found) == 1:
        return found[0]
    is_ended = pc.equal(whole(changes.column("change")), "ended")
    first, second = (pc.if_else(is_ended, found[1 - n], found[n]) for n in (0, 1))
    return pc.coalesce(first, second)


def _at(values: pa.Array, at: IntArray) -> pa.Array:
    """Return values by position, null where the position is -1."""
    none: BoolArray = at < 0
    return values.take(pa.array(at, mask=none))
