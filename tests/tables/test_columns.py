"""A column that is nearly a known one is a failure; others are dropped by name."""

from typing import Any

import pyarrow as pa
import pytest

from pairmatch.problem import Problem
from pairmatch.tables.columns import sort_out_columns
from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import SCHEMAS, Schema
from tests.tables.good import further_notes, good_tables, refused, where


def renamed(table: str, **names: str) -> dict[str, Any]:
    """Return good tables with columns of one renamed."""
    tables = good_tables()
    tables[table] = {names.get(column, column): cells for column, cells in tables[table].items()}
    return tables


@pytest.mark.parametrize(
    ("table", "known", "given"),
    [
        ("cadres", "capacity", "Capacity"),
        ("cadres", "capacity", "capcity"),
        ("cadres", "capacity", " capacity"),
        ("cadres", "capacity", "capacity2"),
        ("cadres", "cadre_id", "cadre-id"),
        ("cadres", "unit_id", "unit"),
        ("cadres", "min_load", "minload"),
        ("cadres", "area", "Area"),
        ("cadres", "rank", "ranks"),
        ("recipients", "priority", "priorty"),
        ("recipients", "household_id", "household"),
        ("recipients", "category", "Kategory"),
        ("recipients", "area", "areas"),
        ("units", "area", "AREA"),
        ("units", "sponsors", "sponsor"),
        ("units", "lead_unit_id", "lead_unit"),
        ("areas", "area", "Area"),
        ("units", "unit_id", "Unit ID"),
        ("recipients", "recipient_id", "recipientId"),
        ("locks", "recipient_id", "recipient"),
        ("areas", "parent", "parents"),
        ("areas", "level", "Level"),
        ("areas", "name", "Name"),
        ("current", "cadre_id", "cadre"),
        ("locks", "reason", "reasons"),
        ("bans", "author", "autor"),
        ("adjustments", "extra_km", "extra km"),
    ],
)
def test_a_column_that_is_nearly_a_known_one_is_the_only_failure(
    table: str, known: str, given: str
) -> None:
    error = refused(renamed(table, **{known: given}))
    assert where(error) == [("misspelt_column", table, known, ())]
    assert repr(given) in str(error)
    assert f"rename it to {known}" in str(error)


@pytest.mark.parametrize("given", [("Lon", "Lat"), ("longitude", "latitude"), ("lng", "lat ")])
@pytest.mark.parametrize("table", ["cadres", "recipients", "areas"])
def test_coordinates_under_another_name_are_not_passed_over(
    table: str, given: tuple[str, str]
) -> None:
    error = refused(renamed(table, lon=given[0], lat=given[1]))
    assert [row[:3] for row in where(error)] == [
        ("misspelt_column", table, "lat"),
        ("misspelt_column", table, "lon"),
    ]


def test_frames_and_arrow_tables_are_looked_at_too() -> None:
    tables = renamed("cadres", capacity="capacitiy")
    tables["cadres"] = pa.table(tables["cadres"])
    assert refused(tables).counts == {"misspelt_column": 1}


def test_a_column_that_is_named_in_attributes_is_kept() -> None:
    tables = renamed("cadres", capacity="Capacity")
    problem = Problem.from_tables(**tables, attributes=["Capacity"])
    assert problem.cadres.column("Capacity").to_pylist() == ["2", None, "3"]


def test_the_same_column_twice_in_two_dresses_is_a_failure() -> None:
    tables = good_tables()
    tables["cadres"]["Capacity"] = [9, 9, 9]
    error = refused(tables)
    assert where(error) == [("misspelt_column", "cadres", "capacity", ())]
    assert "leave one of them out" in str(error)


def test_beside_the_column_itself_a_similar_name_is_no_slip() -> None:
    tables = good_tables()
    tables["cadres"].update(unit=["a", "b", "c"], capacity2=[1, 1, 1])
    (note,) = further_notes(Problem.from_tables(**tables))
    assert (note.code, note.names) == ("dropped_column", ("unit", "capacity2"))


SAFE = [
    *("age", "sex", "gender", "remark", "note", "notes", "date", "year", "status", "type", "code"),
    *("id", "village", "county", "town", "township", "province", "budget", "colour", "team"),
    *("needs", "school", "grade", "group", "batch", "source", "updated_at", "last_visit"),
    *("visits", "distance_km", "distance_m", "cost_km", "cost_m", "position", "party"),
    *("nation", "language", "phase", "kept", "exception", "new_or_kept", "备注", "民族", "序号"),
]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_other_columns_are_dropped_and_named(schema: Schema) -> None:
    findings = Findings()
    required = [column.name for column in schema.columns if column.required]
    assert sort_out_columns([*required, *SAFE], schema, (), findings) == frozenset()
    assert findings.found == []
    assert [(note.count, note.names) for note in findings.notes] == [(len(SAFE), tuple(SAFE))]


def test_names_that_may_be_somebody_s_stand_by_their_place() -> None:
    tables = good_tables()
    tables["bans"].update({"phone": [""], "王小明": [""], "colour": [""]})
    (note,) = further_notes(Problem.from_tables(**tables))
    assert note.names == ("#5", "#6", "colour")
    assert note.count == 3


def test_a_missing_column_does_not_bring_failures_that_follow_from_it() -> None:
    people = 60
    tables = good_tables()
    tables["cadres"] = {
        "cadre_id": [f"c{n}" for n in range(people)],
        "rank": ["staff"] * people,
    }
    del tables["recipients"]["area"]
    assert where(refused(tables)) == [
        ("missing_column", "cadres", "unit_id", ()),
        ("missing_column", "recipients", "area", ()),
    ]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_each_missing_column_is_one_failure(schema: Schema) -> None:
    for column in schema.columns:
        if column.required:
            tables = good_tables()
            del tables[schema.name][column.name]
            expected = [("missing_column", schema.name, column.name, ())]
            assert where(refused(tables)) == expected
