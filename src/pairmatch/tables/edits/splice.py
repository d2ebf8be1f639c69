"""Rows that nobody touched and fresh ones, put together in the order of their keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import AnyArray, IntArray
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.convert import TYPES
from pairmatch.tables.edits.staged import Fresh, Key, Staged, StagedTable, schema_of
from pairmatch.tables.keys import PAIRS, Columns, Keys
from pairmatch.tables.positions import is_null, positions, positions_alike, whole

# as many runs of rows are as quick to copy as to take row by row
_MOST_RUNS = 200
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
    is_changed_only
        Whether every fresh row is one before with new values, and no row is gone.
    """

    source: IntArray
    now_at: IntArray
    before: IntArray
    is_touched: bool = True
    is_changed_only: bool = False

    @classmethod
    def untouched(cls, rows: int) -> "Splice":
        """Return the splice of a table that stays as it is."""
        same = np.arange(rows)
        return cls(same, same, same, is_touched=False)

    @cached_property
    def fresh(self) -> IntArray:
        """The rows that are new or were changed, rising."""
        return np.flatnonzero(self.source >= self.now_at.shape[0])

    @cached_property
    def _row_before(self) -> IntArray:
        """The row before, or any for fresh rows."""
        row: IntArray = np.minimum(self.source, self.now_at.shape[0] - 1)
        return row

    def take(self, base: AnyArray, fresh: AnyArray) -> AnyArray:
        """Return columns of the edited table, from those before and those of the fresh rows.

        Parameters
        ----------
        base, fresh
            The last axis is that of the rows.
        """
        if not self.is_touched:
            return base
        if self.now_at.shape[0] == 0:
            return fresh
        taken = base.copy() if self.is_changed_only else base.take(self._row_before, axis=-1)
        taken[..., self.fresh] = fresh
        return taken

    def moved(self, at: IntArray) -> IntArray:
        """Return the rows now of rows before; -1 stays so."""
        if not self.is_touched or self.is_changed_only:
            return at
        now: IntArray = np.append(self.now_at, -1)[at]
        return now


@dataclass(frozen=True)
class FreshRows:
    """The fresh rows of one table, in the order of their keys.

    Attributes
    ----------
    keys, rows
        One of each a row.
    table
        With the columns of the table that they go into.
    """

    keys: list[Key]
    rows: list[Fresh]
    table: pa.Table

    @classmethod
    def of(cls, table: StagedTable) -> "FreshRows":
        """Return those of a staged table."""
        keys = sorted(table.fresh)
        rows = [table.fresh[key] for key in keys]
        values = [fresh.values for fresh in rows]
        known = {column.name: TYPES[column.kind] for column in table.schema.columns}
        columns = {
            name: pa.array([row.get(name) for row in values], known.get(name, pa.string()))
            for name in table.base.column_names
        }
        return cls(keys, rows, pa.table(columns))

    def places(self) -> tuple[IntArray, IntArray]:
        """Return the edit and the row there of each."""
        edit = np.array([fresh.place.edit for fresh in self.rows], dtype=np.int64)
        row = np.array([fresh.place.row for fresh in self.rows], dtype=np.int64)
        return edit, row


def splice_of(table: StagedTable, fresh: FreshRows) -> Splice:
    """Return how the rows of a table with ids come together."""
    if not table.is_touched:
        return Splice.untouched(table.base.num_rows)
    keys = [str(key) for key in fresh.keys]
    table.look_up(keys)
    places = np.array([table.place_of(key) for key in keys], dtype=np.int64)
    base = np.array([row.base for row in fresh.rows], dtype=np.int64)
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
    only = bool((base >= 0).all()) and source.shape[0] == rows
    return Splice(source, now_at, was, is_changed_only=only)


def rows_before(new: CheckedTables, old: CheckedTables, name: str) -> IntArray:
    """Return the row of each person in an older table of people, by id, -1 if it has none."""
    key = schema_of(name).key[0]
    ids, known = (getattr(tables, name).column(key) for tables in (new, old))
    if ids.equals(known):
        return np.arange(len(ids))
    return positions_alike(ids, known)


def spliced_table(table: StagedTable, fresh: pa.Table, splice: Splice) -> pa.Table:
    """Return the rows of a table with edits, in the order of a splice."""
    base = table.base
    if not splice.is_touched:
        return base
    columns = {name: base.column(name) for name in base.column_names}
    names = table.changed & set(columns) if splice.is_changed_only else set(columns)
    runs = _runs(splice.source, base.num_rows)
    for name in names:
        columns[name] = _column(columns[name], fresh.column(name), splice, runs)
    return pa.table(columns)


def filled_areas(
    cadres: StagedTable,
    units: pa.Table,
    filled: pa.ChunkedArray,
    fresh: FreshRows,
    splice: Splice,
    unit: IntArray,
) -> pa.ChunkedArray:
    """Return cadres' areas, their unit's where they have none, given those before.

    ``unit`` are the positions of the fresh cadres' units, which must be as they were.
    """
    if not splice.is_touched or (
        splice.is_changed_only and not cadres.changed & {"area", "unit_id"}
    ):
        return filled
    of_unit = units.column("area").take(pa.array(unit, mask=unit < 0))
    own = fresh.table.column("area")
    runs = _runs(splice.source, len(filled))
    return pa.chunked_array([_column(filled, pc.coalesce(own, of_unit), splice, runs)])


def _column(
    base: pa.ChunkedArray,
    fresh: pa.ChunkedArray,
    splice: Splice,
    runs: list[tuple[int, int, int]] | None,
) -> pa.Array:
    parts = whole(base), whole(fresh)
    if all(part.null_count == len(part) for part in parts):
        return pa.nulls(splice.source.shape[0], base.type)
    is_plain = pa.types.is_integer(base.type) or pa.types.is_floating(base.type)
    if is_plain and not any(part.null_count for part in parts):
        return pa.array(splice.take(*(part.to_numpy() for part in parts)), base.type)
    if runs is None:
        return pa.concat_arrays(parts).take(pa.array(splice.source))
    taken = [parts[part].slice(first, count) for part, first, count in runs]
    return pa.concat_arrays(taken or [parts[0].slice(0, 0)])


def _runs(source: IntArray, rows: int) -> list[tuple[int, int, int]] | None:
    """Return runs of rows: of the base (0) or fresh (1), the first of each and how many.

    None if they are so many that taking row by row is quicker.
    """
    is_fresh = source >= rows
    starts = np.diff(source, prepend=-2) != 1
    starts[1:] |= is_fresh[1:] != is_fresh[:-1]
    first = np.flatnonzero(starts)
    if first.shape[0] > _MOST_RUNS:
        return None
    count = np.diff(first, append=source.shape[0])
    begins = source[first] - np.where(is_fresh[first], rows, 0)
    return list(
        zip(is_fresh[first].astype(int).tolist(), begins.tolist(), count.tolist(), strict=True)
    )


def spliced_keys(
    staged: Staged, splices: dict[str, Splice], fresh: Mapping[str, FreshRows]
) -> Keys:
    """Return the keys of edited cadres, recipients and pairs; adds the splices of pairs.

    Units and areas must be as they were.
    """
    keys = staged.keys
    columns: dict[tuple[str, str], IntArray] = {}
    names: dict[tuple[str, str], pa.Array] = {}
    for table, column, target, key in _OUTSIDE:
        if splices[table].is_touched:
            known = staged.tables[target].base.column(key)
            values = fresh[table].table.column(column)
            found = positions(values, known)
            if (table, column) == ("cadres", "area"):
                unit = columns["cadres", "unit_id"][splices[table].fresh]
                of_unit = np.append(keys.of("units", "area"), -1)[unit]
                found = np.where(is_null(values), of_unit, found)
            columns[table, column] = splices[table].take(keys.of(table, column), found)
    for table, column in _NAMED:
        if splices[table].is_touched:
            values = fresh[table].table.column(column)
            number, names[table, column] = _numbered(values, keys.names[table, column])
            columns[table, column] = splices[table].take(keys.of(table, column), number)
    columns |= _pair_keys(staged, splices, fresh)
    return Keys({**keys.columns, **columns}, {**keys.names, **names})


def _numbered(values: pa.ChunkedArray, known: pa.Array) -> tuple[IntArray, pa.Array]:
    """Return where names stand among known ones, to which new ones are added."""
    there = set(known.to_pylist())
    new = [one for one in pc.unique(values).to_pylist() if one is not None and one not in there]
    distinct = pa.concat_arrays([known, pa.array(new, pa.string())]) if new else known
    return positions(values, distinct), distinct


def _pair_keys(
    staged: Staged, splices: dict[str, Splice], fresh: Mapping[str, FreshRows]
) -> Columns:
    """Return positions of the people of pairs; adds the splices of the tables of pairs."""
    found: dict[tuple[str, str], IntArray] = {}
    for name in PAIRS:
        table = staged.tables[name]
        base, new = [], []
        for side, people in enumerate(("recipients", "cadres")):
            at = staged.keys.of(name, f"{people.removesuffix('s')}_id")
            ids = [str(key[side]) for key in fresh[name].keys]
            base.append(splices[people].moved(at))
            new.append(_now_at(staged.tables[people], splices[people], fresh[people], ids))
        splices[name] = Splice.untouched(table.base.num_rows)
        if table.is_touched:
            # people stand in the order of their ids, so that pairs do in that of their positions
            kept = np.flatnonzero(~table.gone)
            of_base = (base[0][kept] << 32) + base[1][kept]
            places = np.searchsorted(of_base, (new[0] << 32) + new[1])
            places = np.append(kept, table.base.num_rows)[places]
            none = np.full(places.shape[0], -1, dtype=np.int64)
            splices[name] = _spliced(table, places, none, none)
        for side, column in enumerate(("recipient_id", "cadre_id")):
            found[name, column] = splices[name].take(base[side], new[side])
    return found


def _now_at(table: StagedTable, splice: Splice, fresh: FreshRows, ids: list[str]) -> IntArray:
    """Return the rows now of people who are there."""
    if not ids:
        return np.zeros(0, dtype=np.int64)
    new = dict(zip(fresh.keys, splice.fresh.tolist(), strict=True)) if fresh.keys else {}
    return np.array(
        [new[one] if one in new else int(splice.now_at[table.at(one)]) for one in ids],
        dtype=np.int64,
    )


def failed_cells(table: StagedTable, splice: Splice, fresh: FreshRows) -> dict[str, IntArray]:
    """Return the rows of an edited table with a failure that was reported already, by column."""
    failed: dict[str, list[int]] = {}
    for column, rows in table.failed.items():
        now = splice.moved(rows[~table.gone[rows]])
        failed.setdefault(column, []).extend(now.tolist())
    at_fresh = splice.fresh.tolist() if fresh.keys else []
    for at, row in zip(at_fresh, fresh.rows, strict=True):
        for column in row.failed:
            failed.setdefault(column, []).append(at)
    return {column: np.array(rows, dtype=np.int64) for column, rows in failed.items()}


def loose_splice(table: StagedTable, fresh: FreshRows) -> Splice:
    """Return the splice of a table of pairs whose fresh rows come last."""
    if not table.is_touched:
        return Splice.untouched(table.base.num_rows)
    places = np.full(len(fresh.keys), table.base.num_rows, dtype=np.int64)
    none = np.full(len(fresh.keys), -1, dtype=np.int64)
    return _spliced(table, places, none, none)
