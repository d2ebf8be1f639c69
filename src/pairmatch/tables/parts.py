"""A problem cut by areas: the tables of those who live or work in each, and what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, InputError
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.keys import PAIRS
from pairmatch.tables.positions import positions

REST = "rest"
"""The part of everybody who is in none of the areas."""

_PEOPLE = ("cadres", "recipients")


@dataclass(frozen=True, eq=False)
class Parts:
    """A problem cut by areas.

    Attributes
    ----------
    tables
        By area, in the order in which they were asked for, the tables of the part by name, as
        `pairmatch.Problem.from_tables` takes them: the people of the area and of all below it, the
        units that they name with the units that lead those, the areas that all of them need, and
        the pairs whose people are both in the part. If the rest was asked for, it is the last one,
        ``rest``: everybody else, with all units and areas.
    across
        The pairs of people of two parts, by table; what has no such pair is not there.
    left_out
        Rows that are in no part, by table: all of ``across`` too.
    """

    tables: Mapping[str, Mapping[str, pa.Table]]
    across: Mapping[str, pa.Table]
    left_out: Mapping[str, int]

    def __repr__(self) -> str:
        """Return the number of parts, without any id."""
        return f"<Parts: {len(self.tables)}>"


def cut(checked: CheckedTables, areas: Sequence[str], *, rest: bool) -> Parts:
    """Cut tables by areas; see `pairmatch.Problem.part`.

    Raises
    ------
    InputError
        If an area is not known, is asked for twice, or lies in another one that is asked for.
    """
    cutter = _Cutter(checked, areas)
    given = checked.given()
    tables: dict[str, dict[str, pa.Table]] = {}
    kept = {name: np.zeros(table.num_rows, dtype=np.bool_) for name, table in given.items()}
    numbers = [*range(len(areas)), *([len(areas)] if rest else [])]
    for number in numbers:
        rows = cutter.rows(number, given)
        part = areas[number] if number < len(areas) else REST
        tables[part] = {
            name: given[name].filter(pa.array(taken))
            for name, taken in rows.items()
            if name not in PAIRS or taken.any()
        }
        for name, taken in rows.items():
            kept[name] |= taken
    across = {name: ~kept[name] & cutter.apart(name) for name in PAIRS if name in given}
    return Parts(
        tables,
        {name: given[name].filter(pa.array(rows)) for name, rows in across.items() if rows.any()},
        {name: left for name, rows in kept.items() if (left := int((~rows).sum()))},
    )


class _Cutter:
    """Knows the part of everybody, by number: that of the area asked for, or the next one."""

    def __init__(self, checked: CheckedTables, areas: Sequence[str]) -> None:
        self._checked, self._keys = checked, checked.keys
        self._parent = self._keys.of("areas", "parent")
        asked = pa.array(areas, pa.string())
        self._part_of_area = self._parts_of_areas(asked)
        self._rest = len(areas)
        self._part = {name: self._parts_of_people(name, asked) for name in _PEOPLE}

    def _parts_of_areas(self, asked: pa.Array) -> IntArray:
        """Return the part of each area of the table, one beyond the last for none."""
        count = len(asked)
        part = np.full(self._checked.areas.num_rows, count, dtype=np.int64)
        known = self._checked.areas.column("area")
        if not self._checked.has_areas:
            known = pc.unique(
                pa.chunked_array(
                    [
                        chunk
                        for name in _PEOPLE
                        for chunk in getattr(self._checked, name).column("area").chunks
                    ],
                    pa.string(),
                )
            )
        at = positions(asked, known)
        _refuse("unknown_area.asked", at < 0)
        first = np.unique(at, return_index=True)[1]
        _refuse("overlapping_areas.twice", ~np.isin(np.arange(count), first))
        if not self._checked.has_areas:
            return part
        part[at] = np.arange(count)
        above = self._parent[at]
        inside = np.zeros(count, dtype=np.bool_)
        while (above >= 0).any():
            inside |= (above >= 0) & (part[above] < count)
            above = np.where(above >= 0, self._parent[above], -1)
        _refuse("overlapping_areas.inside", inside)
        return self._passed_down(part, count)

    def _passed_down(self, part: IntArray, count: int) -> IntArray:
        """Return parts of areas, those of areas above passed down to where there is none."""
        while True:
            above = np.append(part, count)[self._parent]
            passed = np.where(part < count, part, above)
            if np.array_equal(passed, part):
                return part
            part = passed

    def _parts_of_people(self, name: str, asked: pa.Array) -> IntArray:
        if self._checked.has_areas:
            of_areas: IntArray = np.append(self._part_of_area, self._rest)
            return of_areas[self._keys.of(name, "area")]
        found = positions(getattr(self._checked, name).column("area"), asked)
        return np.where(found < 0, self._rest, found)

    def rows(self, number: int, given: Mapping[str, pa.Table]) -> dict[str, BoolArray]:
        """Return the rows of a part, by table that was given."""
        inside = {name: self._part[name] == number for name in _PEOPLE}
        rows = dict(inside)
        is_rest = number == self._rest
        if "units" in given:
            units = self._units(inside["cadres"])
            rows["units"] = np.ones_like(units) if is_rest else units
        if "areas" in given:
            areas = self._part_of_area == number
            areas = self._areas(areas, inside, rows.get("units"))
            rows["areas"] = np.ones_like(areas) if is_rest else areas
        for name in PAIRS:
            if name in given:
                cadre, recipient = self._parts_of_pairs(name)
                rows[name] = (cadre == number) & (recipient == number)
        return rows

    def apart(self, name: str) -> BoolArray:
        """Tell which pairs of a table are of people of two parts."""
        cadre, recipient = self._parts_of_pairs(name)
        apart: BoolArray = cadre != recipient
        return apart

    def _parts_of_pairs(self, name: str) -> tuple[IntArray, IntArray]:
        return (
            self._part["cadres"][self._keys.of(name, "cadre_id")],
            self._part["recipients"][self._keys.of(name, "recipient_id")],
        )

    def _units(self, cadres: BoolArray) -> BoolArray:
        """Tell which units some cadres name, and which lead those."""
        named = np.zeros(self._checked.units.num_rows, dtype=np.bool_)
        unit = self._keys.of("cadres", "unit_id")[cadres]
        return _with_those_above(named, unit, self._keys.of("units", "lead_unit_id"))

    def _areas(
        self, areas: BoolArray, people: Mapping[str, BoolArray], units: BoolArray | None
    ) -> BoolArray:
        """Tell which areas are needed by people and units, up to the top."""
        needed = [np.flatnonzero(areas)]
        needed += [self._keys.of(name, "area")[people[name]] for name in _PEOPLE]
        if units is not None:
            needed.append(self._keys.of("units", "area")[units])
            is_theirs = units[self._keys.of("sponsors", "unit")]
            needed.append(self._keys.of("sponsors", "area")[is_theirs])
        return _with_those_above(areas.copy(), np.concatenate(needed), self._parent)


def _with_those_above(marked: BoolArray, rows: IntArray, above: IntArray) -> BoolArray:
    """Return rows marked, with those that they name, those that these name, and so on."""
    rows = np.unique(rows[rows >= 0])
    while rows.shape[0]:
        marked[rows] = True
        rows = np.unique(above[rows])
        rows = rows[rows >= 0]
    return marked


def _refuse(kind: str, wrong: BoolArray) -> None:
    if wrong.any():
        raise InputError([Finding(kind, "options", "area", rows=np.flatnonzero(wrong) + 1)])
