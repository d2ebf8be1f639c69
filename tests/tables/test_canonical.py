import datetime as dt
import uuid
from typing import Any

import pyarrow as pa
import pytest

from pairmatch.problem import Problem
from pairmatch.tables.canonical import canonical, empty_table
from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import CADRES, SCHEMAS, UNITS, Schema
from tests.tables.good import further_notes, good_tables, refused

TWO_OF_EVERY_TYPE = [
    pa.array([None, None], pa.null()),
    pa.array([True, False]),
    pa.array([b"a", b"\xff"], pa.binary()),
    pa.array([b"a", b"\xff"], pa.binary_view()),
    pa.array([b"a", b"b"], pa.binary(1)),
    pa.array([dt.date(2026, 1, 1), None]),
    pa.array([dt.timedelta(1), None]),
    pa.array([dt.time(1), None]),
    pa.array([dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None]),
    pa.array([["a"], None], pa.large_list(pa.string())),
    pa.array([["a"], ["b"]], pa.list_(pa.string_view())),
    pa.array([["a"], ["b"]], pa.list_(pa.string(), 1)),
    pa.array([[["a"]], None]),
    pa.array([{"a": 1}, None]),
    pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    pa.array([1, None], pa.float16()),
    pa.array([1, None], pa.decimal256(40, 2)),
    pa.array([1, 1]).dictionary_encode(),
    pa.array([uuid.UUID(int=1).bytes] * 2, pa.uuid()),
    pa.array(["{}", "[]"], pa.json_()),
]
"""Columns that a table from anywhere may have."""


@pytest.mark.parametrize("values", TWO_OF_EVERY_TYPE, ids=lambda values: str(values.type))
@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_columns_of_any_type_come_out_in_the_schema_s_types(
    schema: Schema, values: pa.Array
) -> None:
    for column in schema.columns:
        findings = Findings()
        found = canonical(pa.table({column.name: values}), schema, findings)
        assert found.schema == empty_table(schema).schema
        assert found.num_rows == 2
        found.validate(full=True)


@pytest.mark.parametrize("values", TWO_OF_EVERY_TYPE, ids=lambda values: str(values.type))
def test_attributes_of_any_type_are_text_or_refused(values: pa.Array) -> None:
    findings = Findings()
    found = canonical(pa.table({"team": values}), CADRES, findings, ["team"])
    assert found.schema.field("team").type == pa.string()
    refused_as = {one.code for one in findings.found if one.column == "team"}
    assert refused_as <= {"wrong_type"}
    if not refused_as:
        assert found.column("team").null_count == values.null_count


def test_missing_columns_are_nulls_or_their_defaults_and_required_ones_are_reported() -> None:
    findings = Findings()
    found = canonical(pa.table({"unit_id": ["u"]}), CADRES, findings)
    assert found.to_pylist() == [
        {
            "cadre_id": None,
            "unit_id": "u",
            "rank": None,
            "area": None,
            "lon": None,
            "lat": None,
            "capacity": None,
            "min_load": 0,
        }
    ]
    assert [(one.code, one.column) for one in findings.found] == [
        ("missing_column", "cadre_id"),
        ("missing_column", "rank"),
    ]
    assert findings.incomplete == {"cadres"}
    assert canonical(pa.table({"unit_id": ["u"]}), UNITS, findings).to_pylist() == [
        {"unit_id": "u", "level": None, "area": None, "lead_unit_id": None, "sponsors": []}
    ]


def test_a_table_without_rows_lacks_none() -> None:
    findings = Findings()
    assert canonical(empty_table(CADRES), CADRES, findings) == empty_table(CADRES)
    assert findings == Findings()


def test_unknown_columns_are_dropped_by_name() -> None:
    tables = good_tables()
    tables["units"].update(budget=[1, 2], remark=["x", "y"])
    tables["cadres"]["name"] = ["x", "y", "z"]
    problem = Problem.from_tables(**tables)
    assert [(note.code, note.table, note.text()) for note in further_notes(problem)] == [
        ("dropped_column", "cadres", "unknown columns were dropped: #9"),
        ("dropped_column", "units", "unknown columns were dropped: budget, remark"),
    ]
    assert "name" not in problem.cadres.column_names


def test_attributes_of_other_tables_are_dropped() -> None:
    tables: dict[str, Any] = good_tables()
    tables["units"]["team"] = [1, 2]
    error = refused(tables, attributes=["team"])
    assert error.counts == {"unknown_attribute": 1}


def test_a_name_that_a_table_has_already_is_no_attribute_of_it() -> None:
    tables: dict[str, Any] = good_tables()
    problem = Problem.from_tables(**tables, attributes=["area"])
    assert problem.cadres.schema == Problem.from_tables(**tables).cadres.schema


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_where_no_column_is_known_all_are_named(schema: Schema) -> None:
    every = ", ".join(column.name for column in schema.columns)
    for header in ({"编号": ["x"], "单位": ["y"]}, {"c1": ["c2"], "u1": ["u2"]}):
        findings = Findings()
        canonical(pa.table(header), schema, findings)
        missing = [one for one in findings.found if one.code == "missing_column"]
        assert missing
        assert all(every in one.advice for one in missing)
    findings = Findings()
    canonical(pa.table({schema.columns[0].name: ["x"]}), schema, findings)
    assert not any(every in one.advice for one in findings.found)
