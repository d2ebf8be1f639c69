"""Rows that nobody touched and fresh ones, put together in the order of their keys."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.convert import TYPES
from pairmatch.tables.edits.staged import Staged, StagedTable, schema_of
from pairmatch.tables.keys import PAIRS, Columns, Keys
from pairmatch.tables.positions import positions, whole

# as many runs of rows are as quick to copy as to take row by row
_MOST_RUNS = 3_000
# columns of cadres and recipients that name rows of tables which no edit here touches
_OUTSIDE = (
    ("cadres", "unit_id", "units", "unit_id"),
    ("cadres", "area", "areas", "area"),
    ("recipients", "area", "areas", "area"),
)
_NAMED = (("cadres", "rank"), ("recipients", "category"))


@dataclass(frozen=True)
class Splice:
    """How the rows of an edited table come from those of the table before.

    Attributes
    ----------
    source
        Shape ``(rows,)``: the row before, or the rows before plus the number of the fresh row.
    now_at
        Shape ``(rows before,)``: the row now of a row before, changed or not; -1 if it is gone.
    before
        Shape ``(rows,)``: the row before with the same key, -1 if there is none.
    is_touched
        Whether any row is gone or fresh.
    """

    source: IntArray
    now_at: IntArray
    before: IntArray
    is_touched: bool = True

    @classmethod
    def untouched(cls, rows: int) -> "Splice":
        """Return the splice of a table that stays as it is."""
        same = np.arange(rows)
        return cls(same, same, same, is_touched=False)

    @property
    def fresh(self) -> IntArray:
        """The rows that are new or were changed, rising."""
        return np.flatnonzero(self.source >= self.now_at.shape[0])

    def take(self, base: IntArray, fresh: IntArray) -> IntArray:
        """Return a column of the edited table, from the one before and that of the fresh rows."""
        if not self.is_touched:
            return base
        taken: IntArray = np.append(base, fresh)[self.source]
        return taken

    def moved(self, at: IntArray) -> IntArray:
        """Return the rows now of rows before; -1 stays so."""
        if not self.is_touched:
            return at
        now: IntArray = np.append(self.now_at, -1)[at]
        return now


def splice_of(table: StagedTable) -> Splice:
    """Return how the rows of a table with ids come together."""
    if not table.is_touched:
        return Splice.untouched(table.base.num_rows)
    keys = [str(key) for key, _ in table.fresh_rows()]
    places = np.array([table.place_of(key) for key in keys], dtype=np.int64)
    base = np.array([table.fresh[key].base for key in keys], dtype=np.int64)
    before = np.array([table.at(key) for key in keys], dtype=np.int64)
    return _spliced(table, places, base, before)


def _spliced(table: StagedTable, places: IntArray, base: IntArray, before: IntArray) -> Splice:
    """Put fresh rows where as many rows of the base are before them as ``places`` say."""
    rows = table.gone.shape[0]
    kept = np.flatnonzero(~table.gone)
    fresh = rows + np.arange(places.shape[0])
    source = np.insert(kept, np.searchsorted(kept, places), fresh)
    now_at = np.full(rows, -1, dtype=np.int64)
    is_fresh = source >= rows
    now_at[source[~is_fresh]] = np.flatnonzero(~is_fresh)
    at_fresh = np.flatnonzero(is_fresh)
    now_at[base[base >= 0]] = at_fresh[base >= 0]
    was = source.copy()
    was[at_fresh] = before
    return Splice(source, now_at, was)


def rows_before(new: CheckedTables, old: CheckedTables, name: str) -> IntArray:
    """Return the row of each person in an older table of people, by id, -1 if it has none."""
    key = schema_of(name).key[0]
    ids, known = (getattr(tables, name).column(key) for tables in (new, old))
    if ids.equals(known):
        return np.arange(len(ids))
    return positions(ids, known)


def spliced_table(table: StagedTable, splice: Splice) -> pa.Table:
    """Return the rows of a table with edits, in the order of a splice."""
    base = table.base
    if not splice.is_touched:
        return base
    fresh = fresh_table(table)
    ends = np.flatnonzero(np.diff(splice.source) != 1) + 1
    if ends.shape[0] > _MOST_RUNS:
        both = pa.concat_tables([base, fresh]).combine_chunks()
        return both.take(pa.array(splice.source))
    starts = [0, *ends.tolist()] if splice.source.shape[0] else []
    stops = [*ends.tolist(), splice.source.shape[0]]
    columns = []
    for name in base.column_names:
        arrays = (whole(base.column(name)), whole(fresh.column(name)))
        parts = [
            _run(arrays, base.num_rows, int(splice.source[start]), stop - start)
            for start, stop in zip(starts, stops, strict=False)
        ]
        columns.append(pa.concat_arrays(parts) if parts else arrays[0].slice(0, 0))
    return pa.table(columns, names=base.column_names)


def _run(arrays: tuple[pa.Array, pa.Array], rows: int, first: int, count: int) -> pa.Array:
    # a run goes on from the last row of the base to the first fresh one if both are consecutive
    if first >= rows:
        return arrays[1].slice(first - rows, count)
    within = min(count, rows - first)
    part = arrays[0].slice(first, within)
    if within == count:
        return part
    return pa.concat_arrays([part, arrays[1].slice(0, count - within)])


def fresh_table(table: StagedTable) -> pa.Table:
    """Return the fresh rows in the order of their keys, with the columns of the table."""
    rows = [fresh.values for _, fresh in table.fresh_rows()]
    known = {column.name: TYPES[column.kind] for column in table.schema.columns}
    columns = {
        name: pa.array([row.get(name) for row in rows], known.get(name, pa.string()))
        for name in table.base.column_names
    }
    return pa.table(columns)


def spliced_keys(staged: Staged, splices: dict[str, Splice]) -> Keys:
    """Return the keys of edited cadres, recipients and pairs; adds the splices of pairs.

    Units and areas must be as they were.
    """
    keys = staged.keys
    columns: dict[tuple[str, str], IntArray] = {}
    names: dict[tuple[str, str], pa.Array] = {}
    fresh = {name: fresh_table(staged.tables[name]) for name in ("cadres", "recipients")}
    for table, column, target, key in _OUTSIDE:
        found = positions(fresh[table].column(column), staged.tables[target].base.column(key))
        columns[table, column] = splices[table].take(keys.of(table, column), found)
    for table, column in _NAMED:
        number, distinct = _numbered(fresh[table].column(column), keys.names[table, column])
        columns[table, column] = splices[table].take(keys.of(table, column), number)
        names[table, column] = distinct
    columns |= _pair_keys(staged, splices)
    updated = keys.updated(columns)
    return Keys(updated.columns, {**keys.names, **names})


def _numbered(values: pa.ChunkedArray, known: pa.Array) -> tuple[IntArray, pa.Array]:
    """Return where names stand among known ones, which new ones are added to."""
    new = [
        name
        for name in pc.unique(values).to_pylist()
        if name is not None and name not in set(known.to_pylist())
    ]
    distinct = pa.concat_arrays([known, pa.array(new, pa.string())]) if new else known
    return positions(values, distinct), distinct


def _pair_keys(staged: Staged, splices: dict[str, Splice]) -> Columns:
    """Return positions of the people of pairs; adds the splices of the tables of pairs."""
    found: dict[tuple[str, str], IntArray] = {}
    for name in PAIRS:
        table = staged.tables[name]
        fresh = [key for key, _ in table.fresh_rows()]
        sides = {}
        for side, people in enumerate(("recipients", "cadres")):
            at = staged.keys.of(name, f"{people.removesuffix('s')}_id")
            ids = [str(key[side]) for key in fresh]
            new = _positions(staged.tables[people], splices[people], ids)
            sides[people] = splices[people].moved(at), new
        splices[name] = Splice.untouched(table.base.num_rows)
        if table.is_touched:
            # people stand in the order of their ids, so that pairs do in that of their positions
            of_base, of_fresh = (
                (sides["recipients"][which] << 32) + sides["cadres"][which] for which in (0, 1)
            )
            kept = np.flatnonzero(~table.gone)
            places = np.append(kept, table.base.num_rows)[np.searchsorted(of_base[kept], of_fresh)]
            none = np.full(places.shape[0], -1, dtype=np.int64)
            splices[name] = _spliced(table, places, none, none)
        for people, (base, new) in sides.items():
            found[name, f"{people.removesuffix('s')}_id"] = splices[name].take(base, new)
    return found


def _positions(table: StagedTable, splice: Splice, ids: list[str]) -> IntArray:
    """Return the rows now of people who are there."""
    if not ids:
        return np.zeros(0, dtype=np.int64)
    new = dict(zip((key for key, _ in table.fresh_rows()), splice.fresh.tolist(), strict=True))
    return np.array(
        [new[one] if one in new else int(splice.now_at[table.at(one)]) for one in ids],
        dtype=np.int64,
    )


def sources(table: StagedTable, splice: Splice) -> tuple[IntArray, IntArray]:
    """Return the edit and the row there that each row of an edited table comes from."""
    places = [fresh.place for _, fresh in table.fresh_rows()]
    edit = np.array([place.edit for place in places], dtype=np.int64)
    row = np.array([place.row for place in places], dtype=np.int64)
    return splice.take(table.edit, edit), splice.take(table.row, row)


def failed_cells(table: StagedTable, splice: Splice) -> dict[str, IntArray]:
    """Return the rows of an edited table with a failure that was reported already, by column."""
    failed: dict[str, list[int]] = {}
    for column, rows in table.failed.items():
        now = splice.moved(rows[~table.gone[rows]])
        failed.setdefault(column, []).extend(now.tolist())
    at_fresh = splice.fresh.tolist() if table.fresh else []
    for at, (_, fresh) in zip(at_fresh, table.fresh_rows(), strict=True):
        for column in fresh.failed:
            failed.setdefault(column, []).append(at)
    return {column: np.array(rows, dtype=np.int64) for column, rows in failed.items()}


def loose_splice(table: StagedTable) -> Splice:
    """Return the splice of a table of pairs whose fresh rows come last."""
    if not table.is_touched:
        return Splice.untouched(table.base.num_rows)
    count = len(table.fresh)
    places = np.full(count, table.base.num_rows, dtype=np.int64)
    none = np.full(count, -1, dtype=np.int64)
    return _spliced(table, places, none, none)
