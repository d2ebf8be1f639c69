"""Ids that are none, and numbers of persons wherever they stand."""

from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import pyarrow as pa
import pytest
from pyarrow import csv

from pairmatch.problem import Problem
from pairmatch.synth.province import generate_province
from tests.model.numbers_of_people import ID_NUMBERS, PHONE_NUMBERS
from tests.tables.good import good_tables, refused, spoiled

# every column of text or ids, which are all but numbers
TEXTS = [
    (table, column)
    for table, columns in good_tables().items()
    for column in columns
    if column not in ("lon", "lat", "capacity", "min_load", "demand", "priority", "extra_km")
]


@pytest.mark.parametrize(("table", "column"), TEXTS)
@pytest.mark.parametrize(
    ("planted", "code"),
    [
        ("r-139 1234-5678", "id_looks_like_phone_number"),
        ("１３９\u2008１２３４\u2008５６７８", "id_looks_like_phone_number"),
        ("62010219900101123X", "id_looks_like_id_number"),
    ],
)
def test_numbers_of_persons_are_refused_in_every_column(
    table: str, column: str, planted: str, code: str
) -> None:
    values = good_tables()[table][column]
    cell = ["t1", planted] if column == "sponsors" else planted
    error = refused(spoiled(table, **{column: [*values[:-1], cell]}))
    assert (code, table, column, [len(values)]) in [
        (found.code, found.table, found.column, found.rows.tolist()) for found in error.findings
    ]
    assert planted not in str(error) + repr(error.findings)


def test_what_to_do_about_a_number_depends_on_what_the_column_holds() -> None:
    tables = spoiled("bans", reason=[PHONE_NUMBERS[0]])
    tables["areas"]["name"] = ["甲县", PHONE_NUMBERS[0], None]
    tables["units"]["unit_id"] = ["u1", PHONE_NUMBERS[0]]
    tables["cadres"]["remark"] = [PHONE_NUMBERS[0], "x", None]
    findings = refused(tables, attributes=["remark"]).findings
    advice = {(found.table, found.column): found.advice for found in findings}
    for text in (("bans", "reason"), ("areas", "name"), ("cadres", "remark")):
        assert advice[text].startswith("take the number out of the text")
    assert advice["units", "unit_id"].startswith("use ids that mean nothing outside")


@pytest.mark.parametrize("planted", [*PHONE_NUMBERS, *ID_NUMBERS])
def test_in_every_dress_in_reasons_names_and_attributes(planted: str) -> None:
    tables = spoiled("locks", reason=[planted])
    tables["areas"]["name"] = ["甲县", planted, None]
    tables["cadres"]["remark"] = [planted, "x", None]
    error = refused(tables, attributes=["remark"])
    assert {(found.table, found.column) for found in error.findings} == {
        ("locks", "reason"), ("areas", "name"), ("cadres", "remark"),
    }  # fmt: skip
    assert set(error.counts) <= {"id_looks_like_id_number", "id_looks_like_phone_number"}
    assert planted not in str(error) + repr(list(error.failures()))


def as_csv(columns: dict[str, Any], folder: Path) -> Path:
    csv.write_csv(pa.table(columns), folder / "cadres.csv")
    return folder / "cadres.csv"


@pytest.mark.parametrize("kind", ["csv", "frame", "categories", "numbers"])
def test_in_every_kind_of_table(kind: str, tmp_path: Path) -> None:
    columns = {**good_tables()["cadres"], "cadre_id": ["c1", "c2", "13912345678"]}
    source: Any = pd.DataFrame(columns)
    if kind == "csv":
        source = as_csv(columns, tmp_path)
    elif kind == "categories":
        source["cadre_id"] = source["cadre_id"].astype("category")
    elif kind == "numbers":
        source["cadre_id"] = [1, 2, 13912345678]
    error = refused({**good_tables(), "cadres": source})
    assert error.counts["id_looks_like_phone_number"] == 1


def test_an_id_of_eleven_digits_from_13_on_is_taken_for_a_phone_number() -> None:
    error = refused(spoiled("cadres", cadre_id=["13000000001", "12999999999", "20000000000"]))
    assert [found.rows.tolist() for found in error.findings if "phone" in found.code] == [[1]]


@pytest.mark.parametrize("geometry", ["codes", "household", "point"])
def test_generated_tables_have_no_false_alarm(geometry: Any) -> None:
    province = generate_province(0.01, 3, geometry, 0.5)
    assert province.problem().recipients.num_rows == province.recipients.num_rows


@pytest.mark.parametrize(
    ("planted", "code"),
    [
        ("x" * 129, "id_too_long"),
        ("甲" * 129, "id_too_long"),
        ("a\tb", "control_character"),
        ("a\nb", "control_character"),
        ("a\x00b", "control_character"),
        ("a\x7fb", "control_character"),
        ("a\x85b", "control_character"),
        ("a\u200bb", "control_character"),
        ("\ufeffab", "control_character"),
        ("a\u202eb", "control_character"),
    ],
)
def test_ids_are_short_and_seen(planted: str, code: str) -> None:
    tables = good_tables()
    for table, column in TEXTS:
        if column in ("rank", "category", "level", "reason", "name"):
            continue
        values = good_tables()[table][column]
        cell = ["t1", planted] if column == "sponsors" else planted
        error = refused(spoiled(table, **{column: [*values[:-1], cell]}))
        found = [one for one in error.findings if one.code == code]
        assert [(one.table, one.column, one.rows.tolist()) for one in found] == [
            (table, column, [len(values)])
        ]
        assert planted not in str(error)
    assert tables == good_tables()


def test_ids_of_128_characters_of_any_script_are_taken() -> None:
    for planted in ("x" * 128, "甲" * 128, "é" * 128):
        problem = Problem.from_tables(
            **spoiled("cadres", cadre_id=["c1", "c2", planted], capacity=[2, 2, 2])
        )
        assert planted in problem.cadres.column("cadre_id").to_pylist()
