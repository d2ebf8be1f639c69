"""Doubts about people, households and units."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.doubts.alike import pairs_alike
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.tables.personal import citable
from pairmatch.tables.positions import is_null, positions, whole
from pairmatch.words import Value

_SHOWN = 3
_NONE_SHOWN = "..."
# more than these at one point live in an institution, or the point is a village's
_MOST_AT_A_POINT = 4
# of the smaller table, one in so many may have an id of the other; else both are numbered apart
_FEW_OF_A_TABLE = 10


def people_doubts(checked: CheckedTables) -> Iterator[Doubt]:
    """Yield doubts about recipients, households, units, and people in two tables."""
    yield from _recipients(checked)
    yield from _households(checked)
    yield from _units(checked)
    yield from _in_two_tables(checked)


def _recipients(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt recipients whose rows are equal but for ids that are alike.

    Their equality means something if they have a household, or a point that few have.
    """
    table = checked.recipients
    others = [name for name in table.column_names if name != "recipient_id"]
    group = _groups([_numbers(table.column(name)) for name in others])
    evident = ~is_null(table.column("household_id")) | _few_at_a_point(table)
    ids = whole(table.column("recipient_id"))
    yield from _doubt("likely_same_recipient", ids, *pairs_alike(ids, group, evident))


def _households(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt households in one place whose ids are alike, and those in several areas."""
    table = checked.recipients
    rows = np.flatnonzero(~is_null(table.column("household_id")))
    if not rows.shape[0]:
        return
    household = _numbers(table.column("household_id"))[rows]
    area = _numbers(table.column("area"))[rows]
    places = np.unique(np.stack([household, area]), axis=1)[0]
    torn = np.flatnonzero(np.bincount(places) > 1)
    if torn.shape[0]:
        yield Doubt("household_in_two_areas", "recipients", rows[np.isin(household, torn)])
    first = rows[np.unique(household, return_index=True)[1]]
    heads = table.take(pa.array(first))
    group = _groups([_numbers(heads.column(name)) for name in ("area", "lon", "lat")])
    ids = whole(heads.column("household_id"))
    pairs = pairs_alike(ids, group, _few_at_a_point(heads))
    for doubt in _doubt("likely_same_household", ids, *pairs):
        # everybody in these households
        named = _numbers(heads.column("household_id"), table.column("household_id"))
        members = np.flatnonzero(np.isin(named, doubt.rows))
        yield Doubt(doubt.code, doubt.table, members, doubt.parameters)


def _units(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt units that no cadre names and that lead none."""
    if not checked.has_units:
        return
    named = np.zeros(checked.units.num_rows, dtype=np.bool_)
    for table, column in (("cadres", "unit_id"), ("units", "lead_unit_id")):
        at = checked.keys.of(table, column)
        named[at[at >= 0]] = True
    rows = np.flatnonzero(~named)
    if rows.shape[0]:
        yield Doubt("unit_without_cadres", "units", rows, _shown(_ids(checked.units, rows)))


def _in_two_tables(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt ids that are both a cadre's and a recipient's, unless both are numbered from 1."""
    ids = checked.cadres.column("cadre_id")
    rows = np.flatnonzero(positions(ids, checked.recipients.column("recipient_id")) >= 0)
    fewer = min(checked.cadres.num_rows, checked.recipients.num_rows)
    if rows.shape[0] and rows.shape[0] * _FEW_OF_A_TABLE <= max(fewer, _FEW_OF_A_TABLE):
        yield Doubt("cadre_and_recipient", "cadres", rows, _shown(_ids(checked.cadres, rows)))


def _doubt(code: str, ids: pa.Array, one: IntArray, other: IntArray) -> Iterator[Doubt]:
    """Yield a doubt about pairs of rows, if there are any."""
    if not one.shape[0]:
        return
    first, second = (ids.take(pa.array(rows)).to_pylist() for rows in (one, other))
    shown = [
        f"{a} / {b}"
        for a, b in zip(first, second, strict=True)
        if len(citable((a, b))) == 2  # both of them
    ]
    rows = np.unique(np.concatenate([one, other]))
    yield Doubt(code, "recipients", rows, _shown(shown, one.shape[0]))


def _shown(names: list[str], count: int | None = None) -> dict[str, Value]:
    safe = names if count is not None else list(citable(names))
    total = len(names) if count is None else count
    shown = safe[:_SHOWN]
    return {"names": tuple(shown) or (_NONE_SHOWN,), "more": total - len(shown)}


def _ids(table: pa.Table, rows: IntArray) -> list[str]:
    ids: list[str] = table.column(0).take(pa.array(rows)).to_pylist()
    return ids


def _numbers(column: pa.ChunkedArray, of: pa.ChunkedArray | None = None) -> IntArray:
    """Return numbers that equal values have in common, -1 for null.

    With ``of``, those of another column: positions among the values of the first.
    """
    if of is not None:
        return positions(of, column)
    if pa.types.is_null(column.type):
        return np.full(len(column), -1, dtype=np.int64)
    indices = whole(column).dictionary_encode().indices
    numbers: IntArray = indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _groups(columns: list[IntArray]) -> IntArray:
    """Return numbers that rows have in common if all of some columns are equal."""
    group = columns[0]
    for column in columns[1:]:
        both = group * (int(column.max(initial=0)) + 2) + column + 1
        group = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return group


def _few_at_a_point(table: pa.Table) -> BoolArray:
    """Tell who has a point of their own that few others have."""
    has_point = ~is_null(table.column("lon"))
    if not has_point.any():
        return has_point
    point = _groups([_numbers(table.column(name)) for name in ("lon", "lat")])
    few: BoolArray = has_point & (np.bincount(point)[point] <= _MOST_AT_A_POINT)
    return few
