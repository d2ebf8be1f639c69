"""Ids that a spreadsheet or a program has damaged fail, each with its likely cause."""

from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import pyarrow as pa
import pytest

from pairmatch import InputError, Problem
from pairmatch.errors import Finding
from tests.tables.good import good_tables


def findings(**tables: Any) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        Problem.from_tables(**{**good_tables(), **tables})
    return list(caught.value.findings)


def cadres(ids: list[Any], **columns: list[Any]) -> dict[str, list[Any]]:
    good = {"cadre_id": ids, "unit_id": ["u1"] * len(ids), "rank": ["staff"] * len(ids)}
    return {**good, **columns}


DAMAGED = [
    ("6.22927E+11", "exponent"),
    ("6.2e11", "exponent"),
    ("6E+11", "exponent"),
    ("11.0", "decimal"),
    ("'r001", "apostrophe"),
    ('="007"', "formula"),
    ("2024-01-02 00:00:00", "date"),
    ("2024-01-02", "date"),
    ("2024/1/2", "date"),
    ("3月1日", "date"),
    ("2024年3月", "date"),
    ("1-Mar", "date"),
    ("Mar-01", "date"),
    ("TRUE", "truth"),
]


@pytest.mark.parametrize(("cell", "why"), DAMAGED)
@pytest.mark.parametrize("kind", ["mapping", "frame", "arrow"])
def test_a_damaged_id_is_told_with_its_cause(cell: str, why: str, kind: str) -> None:
    given = cadres(["c1", cell], area=["t1", "t1"])
    make = {"mapping": dict, "frame": pd.DataFrame, "arrow": pa.table}[kind]
    (finding,) = [one for one in findings(cadres=make(given)) if one.table == "cadres"]
    assert (finding.kind, finding.rows.tolist()) == (f"damaged_cell.{why}", [2])
    assert finding.ids == ()


def test_what_follows_from_a_damaged_id_is_not_told() -> None:
    found = findings(cadres=cadres(["6.2E+11", "6.2E+11"], unit_id=["1.0", "u1"]))
    assert [
        (one.kind, one.column, one.rows.tolist()) for one in found if one.table == "cadres"
    ] == [
        ("damaged_cell.exponent", "cadre_id", [1, 2]),
        ("damaged_cell.decimal", "unit_id", [1]),
    ]


def test_lists_of_codes_are_looked_through() -> None:
    units = {"unit_id": ["u1", "u2", "u3"], "sponsors": ["t1;6.2E+11", "t1", "3月1日"]}
    found = [one for one in findings(units=units) if one.column == "sponsors"]
    assert [(one.kind, one.rows.tolist()) for one in found] == [
        ("damaged_cell.date", [3]),
        ("damaged_cell.exponent", [1]),
    ]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#####"])
def test_an_error_of_a_spreadsheet_is_no_value_in_any_column(error: str) -> None:
    columns = {"rank": ["staff", error], "capacity": ["2", error], "area": ["t1", error]}
    found = findings(cadres=cadres(["c1", error], **columns))
    assert {(one.kind, one.column) for one in found if one.table == "cadres"} == {
        ("cell_error", name) for name in ("cadre_id", "rank", "capacity", "area")
    }


@pytest.mark.parametrize(
    "cell",
    [
        *[
            "r.1",
            "1.1",
            "v1.0",
            "6E11",
            "'-x",
            "=1+1",
            "a/b",
            "2024-1",
            "12-3",
            "#7",
            "true1",
            "MAR-01",
        ]
    ],
)
def test_other_ids_stay_as_they_are(cell: str) -> None:
    good = good_tables()
    given = cadres([cell], area=["t1"])
    others = {name: good[name] for name in ("recipients", "units", "areas")}
    problem = Problem.from_tables(cadres=given, **others)
    assert problem.cadres.column("cadre_id").to_pylist() == [cell]


def test_a_csv_file_is_looked_through_as_well(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text("cadre_id,unit_id,rank,area\n6.22927E+11,u1,staff,t1\n", encoding="utf-8")
    (finding,) = [one for one in findings(cadres=path) if one.table == "cadres"]
    assert finding.kind == "damaged_cell.exponent"
