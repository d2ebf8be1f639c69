from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from pairmatch import OptionError
from pairmatch.workbooks import sheets
from pairmatch.workbooks.sheets import (
    Marks,
    SheetColumn,
    check_fits,
    columns_of,
    new_workbook,
    rows_of,
    without_lists,
)


def written(path: Path, table: pa.Table) -> list[tuple[object, ...]]:
    with new_workbook(path) as book:
        book.add_sheet("cadres", columns_of(table), rows_of(table))
    return list(openpyxl.load_workbook(path)["cadres"].iter_rows(values_only=True))


def test_ids_stay_text_and_numbers_keep_every_digit(tmp_path: Path) -> None:
    table = pa.table(
        {"id": ["007", "1e5", None], "lon": [103.82269, 0.1 + 0.2, None], "n": [1, 2, 3]}
    )
    rows = written(tmp_path / "t.xlsx", table)
    assert rows == [
        ("id", "lon", "n"),
        ("007", 103.82269, 1),
        ("1e5", "0.30000000000000004", 2),
        (None, None, 3),
    ]
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["cadres"]
    assert [sheet[at].number_format for at in ("A2", "A3", "B2")] == ["@", "@", "General"]
    assert sheet.column_dimensions["A"].width > 10
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://x.y", "\t=1"])
def test_no_text_is_a_formula_or_a_link(text: str, tmp_path: Path) -> None:
    written(tmp_path / "t.xlsx", pa.table({"id": [text]}))
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx")["cadres"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_xml_does_not_hold_comes_back(tmp_path: Path) -> None:
    texts = ["<&>\"'", "a_x0041_b", " blank ", "大水䃎村", "\U00020000", "two\nlines"]
    rows = written(tmp_path / "t.xlsx", pa.table({"id": texts}))
    unescaped = openpyxl.utils.escape.unescape
    assert [unescaped(str(row[0])) for row in rows[1:]] == texts


def test_lists_are_joined_and_empty_ones_are_empty_cells() -> None:
    table = pa.table({"sponsors": [["a", "b"], [], ["c"]]})
    assert without_lists(table).column("sponsors").to_pylist() == ["a;b", None, "c"]


def test_marked_cells_are_coloured_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    columns = [SheetColumn("id"), SheetColumn("n", is_text=False)]
    with new_workbook(path) as book:
        book.add_sheet("s", columns, [("a", 1), ("b", None)], [Marks({1: frozenset({0, 1})})])
    sheet = openpyxl.load_workbook(path)["s"]
    grounds = {cell.coordinate: cell.fill.fgColor.rgb for row in sheet["A2:B3"] for cell in row}
    assert grounds == {"A2": "00000000", "B2": "00000000", "A3": "FFFFC7CE", "B3": "FFFFC7CE"}


def test_what_does_not_fit_into_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check_fits("cadres", pa.table({"id": ["x" * sheets.MOST_LETTERS]}))
    with pytest.raises(OptionError) as raised:
        check_fits("cadres", pa.table({"id": ["x" * (sheets.MOST_LETTERS + 1)]}))
    assert raised.value.findings[0].kind == "too_large_for_workbook.cell"
    with pytest.raises(OptionError) as raised:
        check_fits("cadres", pa.table({"n": pa.nulls(sheets.MOST_ROWS + 1, pa.int8())}))
    assert raised.value.findings[0].kind == "too_large_for_workbook.rows"


def test_without_the_package_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(OptionError, match=r"pairmatch-engine\[excel\]"):
        written(tmp_path / "t.xlsx", pa.table({"id": ["a"]}))
    assert list(tmp_path.iterdir()) == []


def test_an_error_within_leaves_no_temporary_file(tmp_path: Path) -> None:
    def rows() -> object:
        yield ("a",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), new_workbook(tmp_path / "t.xlsx") as book:
        book.add_sheet("s", [SheetColumn("id")], rows())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").mkdir()
    with pytest.raises(OSError, match="directory"), new_workbook(tmp_path / "t.xlsx") as book:
        book.add_sheet("s", [SheetColumn("id")], [])
