"""What goes along with what is removed: rows that name it go, optional cells are emptied."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.tables.edits.staged import Staged, StagedTable
from pairmatch.tables.keys import PAIRS
from pairmatch.tables.positions import is_null


def remove_people(staged: Staged, name: str, ids: Iterable[str]) -> None:
    """Remove cadres or recipients that are there, and fresh pairs that name them.

    Pairs of the base are sorted out when all edits are staged: see `drop_pairs`.
    """
    table = staged.tables[name]
    went = set(ids)
    for one in went:
        fresh = table.fresh.pop(one, None)
        at = table.at(one) if fresh is None else fresh.base
        if at >= 0:
            table.gone[at] = True
            staged.removed[name][at] = True
    side = 0 if name == "recipients" else 1
    for pairs in PAIRS:
        fresh_pairs = staged.tables[pairs].fresh
        for pair in [pair for pair in fresh_pairs if pair[side] in went]:
            del fresh_pairs[pair]
            staged.along[pairs] += 1


def drop_pairs(staged: Staged) -> None:
    """Remove the pairs of the base whose cadre or recipient was removed."""
    for name in PAIRS:
        table = staged.tables[name]
        named = np.zeros(table.base.num_rows, dtype=np.bool_)
        for people in ("cadres", "recipients"):
            if staged.removed[people].any():
                at = staged.keys.of(name, f"{people.removesuffix('s')}_id")
                named |= np.append(staged.removed[people], False)[at]
        named &= ~table.gone
        staged.along[name] += int(named.sum())
        table.gone |= named


def remove_units(staged: Staged, ids: Iterable[str]) -> None:
    """Remove units that are there with their cadres; units that they lead lose their lead unit."""
    went = set(ids)
    units = staged.tables["units"]
    cadres = _cadres_of(staged, went)
    _drop(units, went)
    staged.along["cadres"] += len(cadres)
    remove_people(staged, "cadres", cadres)
    led = [one for one in _naming(units, "lead_unit_id", went) if units.has(one)]
    units.open(led)
    units.changed.add("lead_unit_id")
    for one in led:
        units.fresh[one].values["lead_unit_id"] = None
    staged.emptied["units", "lead_unit_id"] += len(led)


def remove_areas(staged: Staged, ids: Iterable[str]) -> None:
    """Remove areas that are there, the areas in them, and whoever and whatever is there."""
    named = set(ids)
    codes = areas_within(staged, named)
    areas, units = staged.tables["areas"], staged.tables["units"]
    staged.along["areas"] += len(codes) - len(named)
    _drop(areas, codes)
    in_areas = _naming(units, "area", codes)
    staged.along["units"] += len(in_areas)
    remove_units(staged, in_areas)
    for name in ("cadres", "recipients"):
        there = _naming(staged.tables[name], "area", codes)
        staged.along[name] += len(there)
        remove_people(staged, name, there)
    _drop_sponsored(staged, codes)


def close_area(staged: Staged, code: str) -> None:
    """Remove whoever is served or serves in an area or in one of those in it."""
    codes = areas_within(staged, {code})
    recipients = _naming(staged.tables["recipients"], "area", codes)
    cadres = set(_naming(staged.tables["cadres"], "area", codes))
    units = set(_naming(staged.tables["units"], "area", codes))
    table = staged.tables["cadres"]
    of_unit = _cadres_of(staged, units)
    table.look_up(of_unit)
    here = is_null(table.base.column("area"))
    for one in of_unit:
        fresh = table.fresh.get(one)
        if here[table.at(one)] if fresh is None else fresh.values["area"] is None:
            cadres.add(one)
    for name, there in (("recipients", recipients), ("cadres", list(cadres))):
        staged.closed[name] += len(there)
        remove_people(staged, name, there)


def areas_within(staged: Staged, codes: set[str]) -> set[str]:
    """Return areas and all those in them."""
    areas = staged.tables["areas"]
    found, new = set(codes), set(codes)
    while new:
        new = set(_naming(areas, "parent", new)) - found
        found |= new
    return found


def known_area(staged: Staged, code: str) -> bool:
    """Tell whether an area is there; without a table of areas, whether anything names it."""
    if "areas" in staged.given:
        return staged.tables["areas"].has(code)
    return any(
        _naming(staged.tables[name], "area", {code}) for name in ("recipients", "cadres", "units")
    )


def _naming(table: StagedTable, column: str, values: set[str]) -> list[str]:
    """Return the ids of rows that are there and whose column has one of some values."""
    if not values:
        return []
    wanted = pa.array(sorted(values), pa.string())
    named: BoolArray = pc.is_in(table.base.column(column), value_set=wanted).to_numpy()
    rows = np.flatnonzero(named & ~table.gone)
    ids: list[str] = table.base.column(table.schema.key[0]).take(pa.array(rows)).to_pylist()
    return ids + [
        str(one) for one, fresh in table.fresh.items() if fresh.values.get(column) in values
    ]


def _cadres_of(staged: Staged, units: set[str]) -> list[str]:
    return _naming(staged.tables["cadres"], "unit_id", units)


def _drop(table: StagedTable, ids: set[str]) -> None:
    table.look_up(ids)
    for one in ids:
        fresh = table.fresh.pop(one, None)
        at = table.at(one) if fresh is None else fresh.base
        if at >= 0:
            table.gone[at] = True


def _drop_sponsored(staged: Staged, codes: set[str]) -> None:
    """Take areas out of what units sponsor."""
    units = staged.tables["units"]
    lists = units.base.column("sponsors").to_pylist()
    ids = units.base.column("unit_id").to_pylist()
    units.changed.add("sponsors")
    units.open([one for one, areas in zip(ids, lists, strict=True) if codes & set(areas)])
    for fresh in units.fresh.values():
        sponsored = fresh.values["sponsors"]
        left = [code for code in sponsored if code not in codes]
        if len(left) < len(sponsored):
            fresh.values["sponsors"] = left
            staged.emptied["units", "sponsors"] += len(sponsored) - len(left)
