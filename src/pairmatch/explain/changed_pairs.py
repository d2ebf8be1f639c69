"""Pairs that only one of two plans has, and the people in them, by id.

Most pairs stand in both plans, and most of them in the same place of both tables. Those are passed
over by comparing columns; only what is left is looked at person by person.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import CertificateError
from pairmatch.explain.chains import Matches, match_pairs
from pairmatch.formulate.columns import integers
from pairmatch.plan import Plan
from pairmatch.tables.positions import positions, positions_in_order, whole

_IDS = ("recipient_id", "cadre_id")
# to slice a table takes as long as to copy a few thousand texts
_MOST_RUNS = 50
# no run of rows is shifted by as much
_NOWHERE = -(1 << 62)


@dataclass(frozen=True)
class Persons:
    """``n`` persons of one side who are in changed pairs, sorted by id.

    Attributes
    ----------
    ids
        Arrow, text.
    before, after
        Shape ``(n,)``: where they stand in the tables of each plan's problem, -1 where they do not.
    """

    ids: pa.Array
    before: IntArray
    after: IntArray

    def of_table(self, before: pa.Table, after: pa.Table, name: str) -> IntArray:
        """Return a column of integers of both tables, 0 for who is not there: shape ``(2, n)``."""
        found = np.zeros((2, self.before.shape[0]), dtype=np.int64)
        for row, (table, at) in enumerate(((before, self.before), (after, self.after))):
            there = np.flatnonzero(at >= 0)
            found[row, there] = integers(table, name)[at[there]]
        return found


@dataclass(frozen=True)
class ChangedPairs:
    """``E`` pairs that one plan has and the other has not.

    They are sorted by recipient; of one recipient the first removed comes with the first added, and
    so on, each by the ids of cadres.

    Attributes
    ----------
    recipients, cadres
        Who is in them.
    recipient, cadre
        Shape ``(E,)``: positions among these.
    is_added
        Shape ``(E,)``: the plan after has the pair; otherwise the plan before.
    row
        Shape ``(E,)``: the pair's row in that plan's ``pairs``.
    at_recipient, at_cadre
        How they are matched at each person.
    """

    recipients: Persons
    cadres: Persons
    recipient: IntArray
    cadre: IntArray
    is_added: BoolArray
    row: IntArray
    at_recipient: Matches
    at_cadre: Matches

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return int(self.row.shape[0])


def changed_pairs(before: Plan, after: Plan) -> ChangedPairs:
    """Find the pairs that only one of two plans has.

    Raises
    ------
    CertificateError
        If one of them names somebody whom the plan's tables do not have.
    """
    rows = rows_apart(before.pairs, after.pairs, _alike(before, after))
    row = np.concatenate(rows)
    is_added = np.repeat([False, True], [one.shape[0] for one in rows])
    sides = []
    for name in _IDS:
        ids = [
            whole(plan.pairs.column(name)).take(pa.array(one))
            for plan, one in zip((before, after), rows, strict=True)
        ]
        sides.append(_numbered(pa.concat_arrays(ids)))
    (recipient, recipient_ids), (cadre, cadre_ids) = sides
    key = (recipient << 32) | cadre
    changed = np.flatnonzero(~np.isin(key, np.intersect1d(key[is_added], key[~is_added])))
    changed = changed[np.argsort(key[changed], kind="stable")]
    recipient, recipients = _persons(
        before, after, "recipients", recipient_ids, recipient[changed], is_added[changed]
    )
    cadre, cadres = _persons(before, after, "cadres", cadre_ids, cadre[changed], is_added[changed])
    row, is_added = row[changed], is_added[changed]
    nth = match_pairs(recipient, is_added).nth
    order = np.lexsort((is_added, nth, recipient))
    recipient, cadre, is_added = recipient[order], cadre[order], is_added[order]
    return ChangedPairs(
        recipients=recipients,
        cadres=cadres,
        recipient=recipient,
        cadre=cadre,
        is_added=is_added,
        row=row[order],
        at_recipient=match_pairs(recipient, is_added),
        at_cadre=match_pairs(cadre, is_added),
    )


@dataclass(frozen=True)
class Runs:
    """Rows of two tables of pairs that may have the same pairs, run by run.

    Attributes
    ----------
    before, after
        Shape (runs,), rising: where each run begins in both tables.
    length
        Shape (runs,): how many rows it has.
    """

    before: IntArray
    after: IntArray
    length: IntArray


def rows_apart(before: pa.Table, after: pa.Table, runs: Runs) -> tuple[IntArray, IntArray]:
    """Return rows of two tables of pairs: all pairs that only one of them has, and maybe others."""
    sides = ((before, runs.before), (after, runs.after))
    compared = [_rows(table, begin, runs.length) for table, begin in sides]
    differs = np.flatnonzero(~_are_equal(*compared))
    ends = np.cumsum(runs.length)
    run = np.searchsorted(ends, differs, side="right")
    within = differs - (ends - runs.length)[run]
    apart = []
    for table, begin in sides:
        between = np.append(0, begin + runs.length)
        outside = _spread(between, np.append(begin, table.num_rows) - between)
        apart.append(np.concatenate([outside, begin[run] + within]))
    return apart[0], apart[1]


def _alike(before: Plan, after: Plan) -> Runs:
    """Return where both plans may have the same pairs: at recipients with as many as before."""
    ids = [plan.problem.recipients.column("recipient_id") for plan in (before, after)]
    served = [_served(plan) for plan in (before, after)]
    for plan, count in zip((before, after), served, strict=True):
        if int(count.sum()) != plan.pairs.num_rows:
            return Runs(*np.zeros((3, 0), dtype=np.int64))
    if np.array_equal(served[0], served[1]) and ids[0].equals(ids[1]):
        return Runs(*np.array([[0], [0], [after.pairs.num_rows]]))
    _, was_at = after.problem.positions_before(before.problem)
    # the last entry is where -1 points to
    ends = [np.append(0, np.cumsum(count)) for count in served]
    as_many = np.append(served[0], -1)[was_at] == served[1]
    shift = np.where(as_many, ends[0][was_at] - ends[1][:-1], _NOWHERE)
    first = np.flatnonzero(np.diff(shift, prepend=_NOWHERE - 1))
    last = np.append(first[1:], shift.shape[0])
    is_run = shift[first] != _NOWHERE
    first, last = first[is_run], last[is_run]
    begin = ends[1][first]
    return Runs(begin + shift[first], begin, ends[1][last] - begin)


def _served(plan: Plan) -> IntArray:
    """Return how many cadres each recipient has, shape (recipients,)."""
    recipients, unmatched = plan.problem.recipients, plan.unmatched
    served = integers(recipients, "demand").copy()
    at = positions_in_order(
        whole(unmatched.column("recipient_id")), recipients.column("recipient_id")
    )
    is_known = at >= 0
    served[at[is_known]] -= integers(unmatched, "missing")[is_known]
    return np.maximum(served, 0)


def _are_equal(before: pa.Table, after: pa.Table) -> BoolArray:
    """Tell in which rows two tables of one length have the same pair."""
    both: BoolArray = np.ones(before.num_rows, dtype=np.bool_)
    for name in _IDS:
        equal = pc.equal(before.column(name), after.column(name))
        both &= whole(equal).to_numpy(zero_copy_only=False)
    return both


def _rows(table: pa.Table, begin: IntArray, length: IntArray) -> pa.Table:
    """Return the ids in some runs of rows; where these are few, no text is copied."""
    table = table.select(_IDS)
    if begin.shape[0] > _MOST_RUNS:
        return table.take(pa.array(_spread(begin, length)))
    runs = zip(begin.tolist(), length.tolist(), strict=True)
    return pa.concat_tables([table.slice(0, 0), *(table.slice(*run) for run in runs)])


def _spread(begin: IntArray, length: IntArray) -> IntArray:
    """Return all rows of some runs."""
    spread: IntArray = np.repeat(begin - np.cumsum(length) + length, length)
    return spread + np.arange(spread.shape[0])


def _numbered(ids: pa.Array) -> tuple[IntArray, pa.Array]:
    """Return the positions of ids among the distinct ones, and these, sorted."""
    distinct = ids.unique()
    distinct = distinct.take(pc.sort_indices(distinct))
    return positions(ids, distinct), distinct


def _persons(
    before: Plan, after: Plan, table: str, ids: pa.Array, person: IntArray, is_added: BoolArray
) -> tuple[IntArray, Persons]:
    """Return the positions of persons among those who are in changed pairs, and these."""
    used, at = np.unique(person, return_inverse=True)
    ids = ids.take(pa.array(used))
    key = f"{table.removesuffix('s')}_id"
    old, new = (getattr(plan.problem, table).column(key) for plan in (before, after))
    was_at = positions_in_order(ids, old)
    found = (was_at, was_at if old.equals(new) else positions_in_order(ids, new))
    at = at.astype(np.int64).reshape(-1)
    if (found[0][at[~is_added]] < 0).any() or (found[1][at[is_added]] < 0).any():
        raise CertificateError([("unknown_pair", {})])
    return at, Persons(ids, *found)
