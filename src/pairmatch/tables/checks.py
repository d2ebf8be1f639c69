"""Checks across tables; every failure is collected."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.model.places import AREA_LEVELS, UNIT_LEVELS
from pairmatch.model.policy import Policy
from pairmatch.model.shown_names import listed
from pairmatch.tables.capacity import resolved_capacity
from pairmatch.tables.findings import Findings
from pairmatch.tables.keys import Keys
from pairmatch.tables.official.areas import are_retired, counties_of_today
from pairmatch.tables.positions import Column, is_null, positions, whole
from pairmatch.tables.schema import Schema
from pairmatch.tables.unknown import but_for_blanks, but_for_dress, known_codes
from pairmatch.words import Value


def in_order(table: pa.Table, key: Sequence[str]) -> bool:
    """Tell whether a key of one column rises from row to row, as it often does.

    That is seen in a tenth of the time that hashing or sorting takes.
    """
    values = whole(table.column(key[0]))
    rising = len(key) == 1 and values.null_count == 0
    return rising and bool(pc.all(pc.less(values[:-1], values[1:]), min_count=0).as_py())


@dataclass(frozen=True)
class Checker:
    """Checks of one table against what is known from the others."""

    table: pa.Table
    schema: Schema
    findings: Findings
    keys: Keys = field(default_factory=Keys)

    def distinct(self) -> None:
        """Report rows whose key stood in an earlier row."""
        if in_order(self.table, self.schema.key):
            return
        complete = np.ones(self.table.num_rows, dtype=np.bool_)
        combined = np.zeros(self.table.num_rows, dtype=np.int64)
        for name in self.schema.key:
            key = self.table.column(name)
            complete &= key.is_valid().to_numpy()
            indices = whole(key).dictionary_encode().indices
            combined = (combined << 32) + pc.fill_null(indices, 0).to_numpy().astype(np.int64)
        _, first, inverse = np.unique(combined[complete], return_index=True, return_inverse=True)
        rows = np.flatnonzero(complete)
        earliest = rows[first[inverse.reshape(-1)]]
        repeated = earliest != rows
        pairs = len(self.schema.key) > 1
        self.findings.repeated(
            "duplicate_pair" if pairs else "duplicate_id",
            self.schema.name,
            None if pairs else self.schema.key[0],
            rows[repeated],
            earliest[repeated],
            self.table.column(self.schema.key[0]),
        )

    def known(
        self,
        column: str,
        known: Column | tuple[str, ...],
        code: str,
        of: str | None = None,
        *,
        show: bool = False,
        report: bool = True,
    ) -> BoolArray:
        """Report values that are not among the known ones; null is not a value.

        Nothing is said of values that were reported already, and nothing at all if the known
        values are ``of`` a table that was not read in full. Values that are known but for blanks,
        or for case, width and what is not seen, are reported apart. The advice has the names that
        are known, and with ``show`` the nearest codes of a table. Without ``report`` only values
        that are nearly known are reported.

        Returns
        -------
        numpy.ndarray
            Shape ``(rows,)``, bool: where a value is neither known nor nearly so.
        """
        not_known = np.zeros(self.table.num_rows, dtype=np.bool_)
        named = isinstance(known, tuple) and self.keys.are_among(self.schema.name, column, known)
        if named or of in self.findings.incomplete:
            return not_known
        values = self.table.column(column)
        unknown = self.positions(column, known) < 0
        if unknown.any():
            unknown &= ~is_null(values) & ~self.flagged(column)
        if not unknown.any():
            return not_known
        among = pa.array(known, pa.string()) if isinstance(known, tuple) else known
        rows = np.flatnonzero(unknown)
        taken = whole(values.take(pa.array(rows)))
        blanks = but_for_blanks(taken, among)
        dress = but_for_dress(taken, among) & ~blanks
        other = ~blanks & ~dress
        not_known[rows[other]] = True
        if not report:
            other = np.zeros_like(other)
        what_is: dict[str, Value] = {}
        if isinstance(known, tuple):
            what_is = listed(known)
        elif show and other.any():
            what_is = known_codes(taken.filter(pa.array(other)), known)
        retired = other & are_retired(taken) if of == "areas" else np.zeros_like(other)
        today = counties_of_today(taken.filter(pa.array(retired))) if retired.any() else {}
        ids = values if self.schema.column(column).kind == "id" else None
        for caused, kind, parameters in (
            (blanks, f"{code}.blanks", {}),
            (dress, f"{code}.dress", {}),
            (retired, f"{code}.retired", today),
            (other & ~retired, code, what_is),
        ):
            marked = np.zeros(unknown.shape[0], dtype=np.bool_)
            marked[rows[caused]] = True
            self.findings.rows(kind, self.schema.name, column, marked, ids, **parameters)
        return not_known

    def positions(self, column: str, known: Column | tuple[str, ...]) -> IntArray:
        """Return where a column's values stand among the known ones, -1 for null or unknown."""
        if isinstance(known, tuple):
            return self.keys.among(self.schema.name, column, known)
        return self.keys.of(self.schema.name, column)

    def flagged(self, *columns: str) -> BoolArray:
        """Tell which rows have a failure in one of these columns."""
        return self.findings.flagged(self.schema.name, columns, self.table.num_rows)

    def coordinates(self) -> None:
        """Report coordinates that are incomplete, swapped or out of range."""
        lon, lat = self.table.column("lon"), self.table.column("lat")
        if lon.null_count == lat.null_count == self.table.num_rows:
            return
        name = self.schema.name
        self.findings.rows(
            "coordinate_incomplete",
            name,
            "lon",
            pc.xor(lon.is_valid(), lat.is_valid()).to_numpy() & ~self.flagged("lon", "lat"),
        )
        swapped = pc.and_(
            pc.and_(pc.greater(pc.abs(lat), 90), pc.less_equal(pc.abs(lat), 180)),
            pc.less_equal(pc.abs(lon), 90),
        )
        swapped = pc.fill_null(swapped, fill_value=False)
        self.findings.rows("coordinates_swapped", name, "lon", swapped)
        at_zero = pc.and_(pc.equal(lon, 0.0), pc.equal(lat, 0.0))
        self.findings.note_rows("zero_point", name, "lon", at_zero)
        for column, limit in (("lon", 180), ("lat", 90)):
            beyond = pc.greater(pc.abs(self.table.column(column)), limit)
            self.findings.rows(
                "coordinate_out_of_range",
                name,
                column,
                pc.and_(pc.fill_null(beyond, fill_value=False), pc.invert(swapped)),
                limit=limit,
            )


def check_capacity(cadres: pa.Table, policy: Policy, checker: Checker) -> None:
    """Report cadres who must take more than they can."""
    capacity = resolved_capacity(cadres, checker.positions("rank", policy.ranks), policy)
    below = capacity < cadres.column("min_load").to_numpy()
    checker.findings.rows(
        "capacity_below_min_load",
        "cadres",
        "min_load",
        below & ~checker.flagged("capacity", "min_load", "rank"),
        cadres.column("cadre_id"),
    )


def check_area_tree(areas: pa.Table, checker: Checker) -> None:
    """Report unknown levels and parents, levels out of order, and cycles."""
    checker.known("level", AREA_LEVELS, "unknown_level")
    checker.known("parent", areas.column("area"), "unknown_parent", of="areas")
    parent = checker.keys.of("areas", "parent")
    level = checker.positions("level", AREA_LEVELS)
    in_cycle = _cycles(parent)
    checker.findings.rows("area_cycle", "areas", "parent", in_cycle, areas.column("area"))
    known = (parent >= 0) & (level >= 0)
    above = np.where(known, level[parent], -1) if parent.shape[0] else level
    disordered = known & (above >= 0) & (above >= level) & ~in_cycle
    checker.findings.rows(
        "area_level_order",
        "areas",
        "level",
        disordered,
        areas.column("area"),
        names=AREA_LEVELS,
    )


def check_units(units: pa.Table, areas: pa.Table | None, checker: Checker) -> None:
    """Report unknown levels, areas, lead units and sponsored areas, and cycles of lead units."""
    checker.known("level", UNIT_LEVELS, "unknown_level")
    checker.known("lead_unit_id", units.column("unit_id"), "unknown_lead_unit", of="units")
    lead = checker.keys.of("units", "lead_unit_id")
    checker.findings.rows(
        "lead_unit_cycle", "units", "lead_unit_id", _cycles(lead), units.column("unit_id")
    )
    if areas is None or "areas" in checker.findings.incomplete:
        return
    checker.known("area", areas.column("area"), "unknown_area", show=True)
    unknown = checker.keys.of("sponsors", "area") < 0
    if not unknown.any():
        return
    marked = np.zeros(units.num_rows, dtype=np.bool_)
    marked[checker.keys.of("sponsors", "unit")[unknown]] = True
    missing = pc.list_flatten(whole(units.column("sponsors"))).filter(pa.array(unknown))
    checker.findings.rows(
        "unknown_area.sponsored",
        "units",
        "sponsors",
        marked & ~checker.flagged("sponsors"),
        units.column("unit_id"),
        **known_codes(missing, areas.column("area")),
    )


def check_locations(
    people: pa.Table, area: IntArray, areas: pa.Table | None, parent: IntArray, doubtful: BoolArray
) -> tuple[BoolArray, BoolArray]:
    """Return who has a location, and whose location is inherited from a higher area.

    ``area`` and ``parent`` are positions of people's areas and of areas' parents; ``doubtful`` are
    areas whose row has a failure: they pass as having a point.
    """
    own = ~is_null(people.column("lon"))
    if areas is None:
        return own, np.zeros_like(own)
    pointed, inherited = _points(areas, parent, doubtful)
    placed = np.append(pointed, False)[area]
    return own | placed, ~own & np.append(inherited, False)[area]


def _points(areas: pa.Table, parent: IntArray, doubtful: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Return which areas have a point at all, and which of them only an ancestor's."""
    own = ~is_null(areas.column("lon")) | doubtful
    pointed = own.copy()
    for _ in AREA_LEVELS:
        pointed |= np.append(pointed, False)[parent]
    return pointed, pointed & ~own


def check_lock_and_ban(locks: pa.Table, bans: pa.Table, findings: Findings) -> None:
    """Report pairs that are both locked and banned."""
    locked, banned = _pair_keys([locks, bans])
    findings.rows(
        "lock_and_ban",
        "locks",
        None,
        np.isin(locked, banned[banned >= 0]),
        locks.column("recipient_id"),
    )


def _pair_keys(tables: list[pa.Table]) -> list[IntArray]:
    """Return one number for each distinct pair, the same in every table; -1 with a null id."""
    keys = [np.zeros(table.num_rows, dtype=np.int64) for table in tables]
    for name in ("recipient_id", "cadre_id"):
        ids = pc.unique(
            pa.chunked_array(
                [chunk for table in tables for chunk in table.column(name).chunks], pa.string()
            )
        )
        for key, table in zip(keys, tables, strict=True):
            idx = positions(table.column(name), ids)
            key[:] = np.where((key < 0) | (idx < 0), -1, (key << 32) + idx)
    return keys


def _cycles(parent: IntArray) -> BoolArray:
    """Tell which nodes lie on a cycle of parents.

    Following all parents 2**k steps at once takes log(n) passes. Whoever is not at a root by then
    never arrives at one, and stands on a cycle: so the places where the steps end are on cycles.
    They are all of them, as going round maps a cycle onto itself.
    """
    count = parent.shape[0]
    jump = np.append(np.where(parent >= 0, parent, count), count)
    for _ in range(max(1, count.bit_length())):
        jump = jump[jump]
    on_cycle = np.zeros(count + 1, dtype=np.bool_)
    on_cycle[jump] = True
    return on_cycle[:-1]
