"""Checks that take several tables, in the order in which failures would follow from each other.

What follows from a failure that was reported already is not reported again.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

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
from pairmatch.tables.schema import SCHEMAS

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


def check_across(
    tables: dict[str, pa.Table], policy: Policy | None, findings: Findings, given: set[str]
) -> None:
    """Run every check that the tables at hand allow; fills in cadres' areas and metres.

    Parameters
    ----------
    tables
        All tables in canonical form; those that were not given or not readable have no rows.
    policy
        None if it is not known, so that nothing can be said of ranks and categories.
    given
        Names of the tables that were given and could be read.
    """
    checkers = {schema.name: Checker(tables[schema.name], schema, findings) for schema in SCHEMAS}
    _check_each(checkers, given)
    areas = tables["areas"] if "areas" in given else None
    if areas is not None:
        check_area_tree(areas, checkers["areas"])
    if "units" in given:
        check_units(tables["units"], areas, checkers["units"])
        checkers["cadres"].known(
            "unit_id",
            tables["units"].column("unit_id"),
            "unknown_unit",
            "add the unit to the table units",
            of="units",
        )
    if policy is not None:
        check_policy(tables["cadres"], tables["recipients"], policy, findings)
    _check_areas(tables, areas, checkers)
    _check_pairs(tables, given, checkers, findings)


def _check_each(checkers: dict[str, Checker], given: set[str]) -> None:
    """Check each table for itself."""
    for name in (schema.name for schema in SCHEMAS if schema.name in given):
        checkers[name].distinct()
        if name in ("cadres", "recipients", "areas"):
            checkers[name].coordinates()


def _check_areas(
    tables: dict[str, pa.Table], areas: pa.Table | None, checkers: dict[str, Checker]
) -> None:
    """Check where people are, and give cadres without an area their unit's."""
    findings = checkers["areas"].findings
    if areas is not None:
        for name in ("cadres", "recipients"):
            checkers[name].known(
                "area",
                areas.column("area"),
                "unknown_area",
                "add the area to the table areas",
                of="areas",
            )
    doubtful = _doubtful_area(tables, findings)
    tables["cadres"] = _fill_areas(tables["cadres"], tables["units"])
    if areas is not None:
        findings.rows(
            "no_area",
            "cadres",
            "area",
            tables["cadres"].column("area").is_null().to_numpy() & ~doubtful,
            "cadres without an area, whose unit has none either",
            "give the cadre or its unit an area",
            tables["cadres"].column("cadre_id"),
        )
    if "areas" not in findings.incomplete:
        _check_locations(tables, areas, doubtful, findings)


def _check_pairs(
    tables: dict[str, pa.Table],
    given: set[str],
    checkers: dict[str, Checker],
    findings: Findings,
) -> None:
    """Check the tables of pairs against people, and turn adjustments into metres."""
    for name in ("current", "locks", "bans", "adjustments"):
        for column, table, code in (
            ("recipient_id", "recipients", "unknown_recipient"),
            ("cadre_id", "cadres", "unknown_cadre"),
        ):
            if name in given:
                checkers[name].known(
                    column,
                    tables[table].column(column),
                    code,
                    f"remove the row, or add the id to the table {table}",
                    of=table,
                )
    check_lock_and_ban(tables["locks"], tables["bans"], findings)
    adjustments = tables["adjustments"]
    exact = pc.multiply(pc.fill_null(adjustments.column("extra_km"), 0.0), 1000.0)
    metres = pc.round(exact)
    # floats of three decimals are this near to whole metres
    rounded = pc.sum(pc.greater(pc.abs(pc.subtract(exact, metres)), 1e-6)).as_py() or 0
    if rounded:
        findings.note(
            "rounded_to_metres", "adjustments", "extra_km", rounded, "were rounded to whole metres"
        )
    tables["adjustments"] = adjustments.drop_columns(["extra_km"]).append_column(
        "extra_m", metres.cast(pa.int64())
    )


def check_policy(
    cadres: pa.Table, recipients: pa.Table, policy: Policy, findings: Findings
) -> None:
    """Report ranks and categories that the policy lacks, and capacities below minimum loads."""
    of_cadres = Checker(cadres, tables_of.CADRES, findings)
    of_cadres.known(
        "rank", pa.array(policy.ranks), "unknown_rank", "use a rank of the policy, or add it there"
    )
    Checker(recipients, tables_of.RECIPIENTS, findings).known(
        "category",
        pa.array(policy.categories),
        "unknown_category",
        "use a category of the policy, or add it there",
    )
    check_capacity(cadres, policy, of_cadres)


def _check_locations(
    tables: dict[str, pa.Table],
    areas: pa.Table | None,
    doubtful: BoolArray,
    findings: Findings,
) -> None:
    """Report people without a location, unless nobody has any; note inherited points."""
    in_doubt = findings.flagged(
        "areas", ("area", "parent", "level", "lon", "lat"), tables["areas"].num_rows
    )
    places = {
        name: check_locations(tables[name], areas, in_doubt) for name in ("cadres", "recipients")
    }
    if not any(placed.any() for placed, _ in places.values()):
        findings.note(
            "no_distances", "areas", None, 1, "nobody has a location: distances count nothing"
        )
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
            "people without a point, in areas without one all the way up",
            "give lon and lat, or a point to the area or to one above it",
            tables[name].column(f"{name.removesuffix('s')}_id"),
        )
        if inherited.any():
            findings.note(
                "inherited_point",
                name,
                "area",
                int(inherited.sum()),
                "stand at the point of a higher area, as their own has none",
            )
    if areas is None:
        findings.note("no_locality", "areas", None, 1, "no table of areas: locality counts nothing")
    else:
        pointless = pc.sum(areas.column("lon").is_null()).as_py() or 0
        if pointless and places:
            findings.note("area_without_point", "areas", "lon", pointless, "have no point")


def _doubtful_area(tables: dict[str, pa.Table], findings: Findings) -> BoolArray:
    """Tell which cadres' areas cannot be judged: they, or their unit's, have a failure already."""
    cadres, units = tables["cadres"], tables["units"]
    unit = _unit_of(cadres, units)
    doubtful = findings.flagged("cadres", ("area", "unit_id"), cadres.num_rows)
    unit_doubtful = findings.flagged("units", ("area",), units.num_rows)
    doubtful |= np.append(unit_doubtful, "units" in findings.incomplete)[unit]
    return doubtful


def _unit_of(cadres: pa.Table, units: pa.Table) -> IntArray:
    """Return the position of each cadre's unit, or -1."""
    known = units.column("unit_id").combine_chunks()
    unit = pc.index_in(cadres.column("unit_id"), value_set=known, skip_nulls=True)
    idx: IntArray = pc.fill_null(unit, -1).to_numpy().astype(np.int64)
    return idx


def _fill_areas(cadres: pa.Table, units: pa.Table) -> pa.Table:
    """Give cadres without an area their unit's."""
    unit = _unit_of(cadres, units)
    inherited = units.column("area").take(pa.array(unit, mask=unit < 0))
    area = pc.coalesce(cadres.column("area"), inherited)
    return cadres.set_column(cadres.column_names.index("area"), "area", area)
