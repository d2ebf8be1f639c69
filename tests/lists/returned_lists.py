"""Lists as units send them back: workbooks made without the writer of lists."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

import pairmatch as pm
from pairmatch.lists.layout import said

COLUMNS = ("recipient_id", "category", "cadre_id", "unit_id", "answer", "reason", "author")

Row = dict[str, Any]


def rows_of(plan: pm.Plan, by: str = "unit", code: str | None = None) -> list[Row]:
    """Return rows of the list of a unit, or of everybody, without answers."""
    unit_of = dict(
        zip(
            plan.problem.cadres.column("cadre_id").to_pylist(),
            plan.problem.cadres.column("unit_id").to_pylist(),
            strict=True,
        )
    )
    assert by == "unit"
    return [
        {**pair, "category": "x", "unit_id": unit_of[pair["cadre_id"]]}
        for pair in plan.pairs.select(["recipient_id", "cadre_id"]).to_pylist()
        if code is None or unit_of[pair["cadre_id"]] == code
    ]


def write_list(
    path: Path,
    rows: Iterable[Row],
    *,
    digest: str | None,
    code: str = "",
    by: str = "unit",
    language: str = "zh",
    columns: Sequence[str] = COLUMNS,
) -> Path:
    """Write a workbook with a cover and the sheet of pairs."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = said("sheet", "cover", language)
    cover.append(["x"])
    for name, value in (
        ("by", said("by", by, language)),
        ("code", code),
        ("plan_digest", digest),
        ("language", language),
    ):
        if value:
            cover.append([said("cover", name, language), value])
    sheet = book.create_sheet(said("sheet", "pairs", language))
    sheet.append([said("column", name, language) for name in columns])
    for row in rows:
        sheet.append([row.get(name) for name in columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_text(
    path: Path,
    rows: Iterable[Row],
    *,
    encoding: str = "gb18030",
    language: str = "zh",
    columns: Sequence[str] = COLUMNS,
) -> Path:
    """Write the sheet of pairs as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([said("column", name, language) for name in columns])
        writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return path
