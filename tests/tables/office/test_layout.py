from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.grid import Grid, Merged
from pairmatch.tables.office.layout import positions, sheet_of
from pairmatch.tables.office.sheet import Sheet
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.places import letter
from pairmatch.tables.schema import SCHEMAS

CADRES = SCHEMAS[0]
HEADER = ("干部编号", "单位编号", "职级")


def grid(rows: Sequence[Sequence[str]], *merged: Merged, left: int = 0, top: int = 1) -> Grid:
    width = max(map(len, rows))
    columns = [
        pa.array([(row[at] if at < len(row) else "") or None for row in rows], pa.string())
        for at in range(width)
    ]
    names = [letter(left + at) for at in range(width)]
    numbers = np.arange(top, top + len(rows), dtype=np.int64)
    return Grid("f", "s", pa.table(columns, names=names), numbers, merged)


def laid_out(given: Grid, *, strict: bool = False) -> tuple[Sheet, Findings]:
    findings = Findings(strict=strict)
    return sheet_of(given, CADRES, Vocabulary.standard(), findings), findings


def counts(findings: Findings) -> dict[str, int]:
    return {note.code: note.count for note in findings.notes}


def test_the_header_is_found_below_titles_with_its_letters_and_numbers() -> None:
    sheet, findings = laid_out(
        grid([("花名册",), ("单位：", "", "日期："), HEADER, ("c1", "u1", "x")], left=2, top=4)
    )
    assert (sheet.names, sheet.letters, sheet.rows.tolist()) == (HEADER, ("C", "D", "E"), [7])
    assert findings.notes == []


def test_two_rows_of_headers_give_each_column_its_lowest_known_name() -> None:
    rows = [
        ("序号", "干部编号", "单位", "情况"),
        ("", "", "单位编号", "职级"),
        ("1", "c1", "u1", "x"),
    ]
    sheet, _ = laid_out(grid(rows, Merged(1, 1, 2, 1), Merged(1, 2, 2, 2)))
    assert sheet.names == ("序号", "干部编号", "单位编号", "职级")
    assert sheet.rows.tolist() == [3]


@pytest.mark.parametrize("merged", [(), (Merged(1, 1, 2, 1),), (Merged(1, 3, 3, 3),)])
def test_a_row_of_the_table_is_never_taken_for_a_header(merged: tuple[Merged, ...]) -> None:
    sheet, _ = laid_out(grid([HEADER, ("c1", "单位", "职级"), ("c2", "u1", "x")], *merged))
    assert sheet.rows.tolist() == [2, 3]


def test_rows_above_a_later_page_s_header_are_rows_of_the_table() -> None:
    sheet, findings = laid_out(
        grid([("干部编号", "", "职级"), ("c1", "u1", "x"), HEADER, ("c2", "u1", "x")])
    )
    assert sheet.rows.tolist() == [2, 4]
    assert counts(findings) == {"repaired_repeated_header": 1, "unnamed_column": 1}


def test_cells_merged_one_below_the_other_are_filled_down() -> None:
    rows = [HEADER, ("c1", "u1", "x"), ("c2", "", "x"), ("c3", "", "x"), ("c4", "", "x")]
    sheet, findings = laid_out(grid(rows, Merged(2, 2, 4, 2)))
    assert sheet.cells.column("B").to_pylist() == ["u1", "u1", "u1", None]
    assert counts(findings) == {"repaired_merged_cells": 2}


@pytest.mark.parametrize("word", ["合计", "合 计", "总计：", "小　计", "全县合计", "Total", "共计"])
def test_sums_are_left_out_and_counted(word: str) -> None:
    sheet, findings = laid_out(grid([HEADER, ("c1", "u1", "x"), (word, "", "1")]))
    assert sheet.rows.tolist() == [2]
    assert counts(findings) == {"repaired_total_row": 1}


def test_a_unit_that_is_called_like_a_sum_is_none() -> None:
    sheet, _ = laid_out(grid([HEADER, ("c1", "合计", "x"), ("c2", "u1", "合计")]))
    assert sheet.rows.tolist() == [2, 3]


def test_only_the_last_rows_say_who_has_filled_in_the_list() -> None:
    rows = [
        HEADER,
        ("备注", "u1", "x"),
        ("c2", "u1", "x"),
        (),
        ("填表人：", "", "审核："),
        ("注：无",),
    ]
    sheet, findings = laid_out(grid(rows))
    assert sheet.rows.tolist() == [2, 3]
    assert counts(findings) == {"repaired_footer": 2}


def test_where_nothing_may_be_repaired_each_row_is_a_failure() -> None:
    rows = [HEADER, ("c1", "u1", "x"), HEADER, ("合计",), ("填表人：",)]
    _, findings = laid_out(grid(rows), strict=True)
    assert [(found.kind, found.rows.tolist()) for found in findings.found] == [
        ("not_repaired.total_row", [4]),
        ("not_repaired.repeated_header", [3]),
        ("not_repaired.footer", [5]),
    ]


def test_positions_of_cells_are_by_column_and_only_of_rows_that_are_left() -> None:
    cells = ((3, "A"), (5, "A"), (5, "C"), (9, "B"))
    found = positions(cells, np.array([2, 3, 5]), {"x": "A", "y": "B"})
    assert {name: at.tolist() for name, at in found.items()} == {"x": [1, 2]}


def test_rows_above_the_header_with_several_cells_are_noted() -> None:
    damaged = ("干部编号?", "x", "y")
    rows = [damaged, ("c1", "u1", "x"), ("c2", "u1", "x"), HEADER, ("c3", "u1", "x")]
    sheet, findings = laid_out(grid(rows))
    assert sheet.rows.tolist() == [5]
    (note,) = findings.notes
    assert (note.code, note.count, note.rows) == ("above_header", 3, (1, 2, 3))
    assert "rows 1, 2, 3" in note.text()
