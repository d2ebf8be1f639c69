"""Checks that take several tables, in the order in which failures would follow from each other.

What follows from a failure that was reported already is not reported again.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.model.policy import Policy
from pairmatch.tables import schema as tables_of
from pairmatch.tables.checks import (
    Checker,
    check_area_tree,
    check_capacity,
    check_locations,
    check_lock_and_ban,
    check_units,
)
from pairmatch.tables.findings import Findings
from pairmatch.tables.keys import PAIRS, Keys
from pairmatch.tables.positions import is_null
from pairmatch.tables.schema import SCHEMAS


def check_across(
    tables: dict[str, pa.Table],
    policy: Policy | None,
    findings: Findings,
    given: set[str],
    keys: Keys,
    *,
    drop_gone: bool = True,
) -> Keys:
    """Run every check that the tables at hand allow; fills in cadres' areas and metres.

    Parameters
    ----------
    tables
        All tables in canonical form; those that were not given or not readable have no rows.
    policy
        None if it is not known, so that nothing can be said of ranks and categories.
    given
        Names of the tables that were given and could be read.
    keys
        Where key columns of the tables stand.
    drop_gone
        Whether incumbent pairs with somebody who is not in the tables are dropped with a note, or
        reported.

    Returns
    -------
    Keys
        As given, with areas filled in and without rows that were dropped.
    """
    checkers = {
        schema.name: Checker(tables[schema.name], schema, findings, keys) for schema in SCHEMAS
    }
    areas = tables["areas"] if "areas" in given else None
    if areas is not None:
        check_area_tree(areas, checkers["areas"])
    if "units" in given:
        check_units(tables["units"], areas, checkers["units"])
        checkers["cadres"].known(
            "unit_id",
            tables["units"].column("unit_id"),
            "unknown_unit",
            of="units",
        )
    if policy is not None:
        check_policy(tables["cadres"], tables["recipients"], policy, findings, keys)
    area = _check_areas(tables, areas, checkers)
    kept = _check_pairs(tables, given, checkers, findings, drop_gone=drop_gone)
    return keys.updated({("cadres", "area"): area}).taken({"current": kept})


def _check_areas(
    tables: dict[str, pa.Table], areas: pa.Table | None, checkers: dict[str, Checker]
) -> IntArray:
    """Check where people are, and give cadres without an area their unit's.

    Returns the positions of cadres' areas.
    """
    findings = checkers["areas"].findings
    if areas is not None:
        for name in ("cadres", "recipients"):
            checkers[name].known(
                "area", areas.column("area"), "unknown_area", of="areas", show=True
            )
    keys = checkers["cadres"].keys
    doubtful = _doubtful_area(tables, keys.of("cadres", "unit_id"), findings)
    tables["cadres"], area = _fill_areas(tables, keys)
    if areas is not None:
        findings.rows(
            "no_area",
            "cadres",
            "area",
            is_null(tables["cadres"].column("area")) & ~doubtful,
            tables["cadres"].column("cadre_id"),
        )
    if "areas" not in findings.incomplete:
        _check_locations(
            tables, areas, doubtful, findings, keys.updated({("cadres", "area"): area})
        )
    return area


def _check_pairs(
    tables: dict[str, pa.Table],
    given: set[str],
    checkers: dict[str, Checker],
    findings: Findings,
    *,
    drop_gone: bool,
) -> IntArray:
    """Check the tables of pairs against people, and turn adjustments into metres.

    Returns the rows of incumbent pairs that are kept.
    """
    gone = np.zeros(tables["current"].num_rows, dtype=np.bool_)
    for name in PAIRS:
        for column, table, code in (
            ("recipient_id", "recipients", "unknown_recipient"),
            ("cadre_id", "cadres", "unknown_cadre"),
        ):
            if name in given:
                is_gone = checkers[name].known(
                    column,
                    tables[table].column(column),
                    code,
                    of=table,
                    report=not (drop_gone and name == "current"),
                )
                if name == "current":
                    gone |= is_gone
    kept = np.flatnonzero(~(gone & drop_gone))
    if kept.shape[0] < gone.shape[0]:
        findings.note_rows("gone_pair", "current", None, gone)
        tables["current"] = tables["current"].take(pa.array(kept))
    check_lock_and_ban(tables["locks"], tables["bans"], findings)
    adjustments = tables["adjustments"]
    exact = pc.multiply(pc.fill_null(adjustments.column("extra_km"), 0.0), 1000.0)
    metres = pc.round(exact)
    # floats of three decimals are this near to whole metres
    rounded = pc.sum(pc.greater(pc.abs(pc.subtract(exact, metres)), 1e-6)).as_py() or 0
    if rounded:
        findings.note("rounded_to_metres", "adjustments", "extra_km", rounded)
    tables["adjustments"] = adjustments.drop_columns(["extra_km"]).append_column(
        "extra_m", metres.cast(pa.int64())
    )
    return kept


def check_policy(
    cadres: pa.Table,
    recipients: pa.Table,
    policy: Policy,
    findings: Findings,
    keys: Keys,
) -> None:
    """Report ranks and categories that the policy lacks, and capacities below minimum loads."""
    of_cadres = Checker(cadres, tables_of.CADRES, findings, keys)
    of_cadres.known("rank", policy.ranks, "unknown_rank")
    Checker(recipients, tables_of.RECIPIENTS, findings, keys).known(
        "category", policy.categories, "unknown_category"
    )
    check_capacity(cadres, policy, of_cadres)


def _check_locations(
    tables: dict[str, pa.Table],
    areas: pa.Table | None,
    doubtful: BoolArray,
    findings: Findings,
    keys: Keys,
) -> None:
    """Report people without a location, unless nobody has any; note inherited points."""
    in_doubt = findings.flagged(
        "areas", ("area", "parent", "level", "lon", "lat"), tables["areas"].num_rows
    )
    places = {
        name: check_locations(
            tables[name], keys.of(name, "area"), areas, keys.of("areas", "parent"), in_doubt
        )
        for name in ("cadres", "recipients")
    }
    if not any(placed.any() for placed, _ in places.values()):
        findings.note("no_distances", "areas")
        places = {}
    for name, (placed, inherited) in places.items():
        reported = findings.flagged(name, ("area", "lon", "lat"), tables[name].num_rows)
        if name == "cadres":
            reported |= doubtful
        findings.rows(
            "no_location",
            name,
            "lon",
            ~placed & ~reported,
            tables[name].column(f"{name.removesuffix('s')}_id"),
        )
        own = ~is_null(tables[name].column("lon"))
        of_area = int((placed & ~own & ~inherited).sum())
        if of_area:
            findings.note("point_of_area", name, "lon", of_area)
        if inherited.any():
            findings.note("inherited_point", name, "area", int(inherited.sum()))
    if areas is None:
        findings.note("no_locality", "areas")
    else:
        pointless = pc.sum(areas.column("lon").is_null()).as_py() or 0
        if pointless and places:
            findings.note("area_without_point", "areas", "lon", pointless)


def _doubtful_area(tables: dict[str, pa.Table], unit: IntArray, findings: Findings) -> BoolArray:
    """Tell which cadres' areas cannot be judged: they, or their unit's, have a failure already."""
    cadres, units = tables["cadres"], tables["units"]
    doubtful = findings.flagged("cadres", ("area", "unit_id"), cadres.num_rows)
    unit_doubtful = findings.flagged("units", ("area",), units.num_rows)
    doubtful |= np.append(unit_doubtful, "units" in findings.incomplete)[unit]
    return doubtful


def _fill_areas(tables: dict[str, pa.Table], keys: Keys) -> tuple[pa.Table, IntArray]:
    """Give cadres without an area their unit's; return them and where their areas stand."""
    cadres, units = tables["cadres"], tables["units"]
    own, area = cadres.column("area"), keys.of("cadres", "area")
    missing = is_null(own)
    if not missing.any():
        return cadres, area
    unit = keys.of("cadres", "unit_id")
    inherited = units.column("area").take(pa.array(unit, mask=unit < 0))
    filled = inherited if missing.all() else pc.coalesce(own, inherited)
    of_unit = np.append(keys.of("units", "area"), -1)[unit]
    with_area = cadres.set_column(cadres.column_names.index("area"), "area", filled)
    return with_area, np.where(missing, of_unit, area)
