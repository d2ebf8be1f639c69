"""Ids of one column that differ by nothing that anybody sees are one id, written in two ways."""

from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import pyarrow as pa
import pytest

from pairmatch.tables.alike import report_alike
from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import AREAS, CADRES, CURRENT, RECIPIENTS, UNITS, Schema


def alike(schema: Schema, **columns: list[Any]) -> list[tuple[str, str | None, list[int]]]:
    findings = Findings()
    names = [column.name for column in schema.columns]
    rows = len(next(iter(columns.values())))
    table = pa.table(
        {name: pa.array(columns.get(name, [None] * rows), pa.string()) for name in names}
    )
    report_alike(table, schema, findings)
    return [(one.kind, one.column, one.rows.tolist()) for one in findings.found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("R1", "r1"),
        ("r1", "ｒ1"),
        ("r 1", "r1"),
        ("r1", "r1\u3000"),
        ("r1", "r\u200b1"),
        ("甲1", "甲１"),
    ],
)
def test_ids_that_look_alike_are_told_apart_from_repeated_ones(one: str, other: str) -> None:
    found = alike(CADRES, cadre_id=["x", one, None, other, "y"])
    assert found == [("ids_alike", "cadre_id", [2, 4])]


def test_ids_that_are_equal_are_not_alike() -> None:
    assert alike(CADRES, cadre_id=["r1", "r1", "R2", "q2"]) == []


def test_households_are_looked_at_and_other_columns_are_not() -> None:
    found = alike(
        RECIPIENTS,
        recipient_id=["a", "b", "A"],
        household_id=["h1", "H1", "h1"],
        area=["x", "X", "x"],
    )
    assert found == [
        ("ids_alike", "recipient_id", [1, 3]),
        ("ids_alike", "household_id", [1, 2, 3]),
    ]
    assert alike(UNITS, unit_id=["u", "U"], area=["x", "X"]) == [("ids_alike", "unit_id", [1, 2])]
    assert alike(AREAS, area=["u", "U"]) == [("ids_alike", "area", [1, 2])]
    assert alike(CURRENT, recipient_id=["r", "R"], cadre_id=["c", "C"]) == []


def test_a_table_without_rows_has_none() -> None:
    assert alike(CADRES, cadre_id=[]) == []


def test_they_are_told_in_frames() -> None:
    from pairmatch import InputError, Problem

    cadres = pd.DataFrame({"cadre_id": ["C1", "c1"], "unit_id": "u", "rank": "staff", "area": "a"})
    recipients = {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]}
    with pytest.raises(InputError) as caught:
        Problem.from_tables(cadres=cadres, recipients=recipients)
    (finding,) = caught.value.findings
    assert (finding.kind, finding.ids) == ("ids_alike", ("C1", "c1"))
    assert "case, width, blanks" in finding.found
