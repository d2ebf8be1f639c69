from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.tables.office.handmade import parts_of, sheet_xml, zipped

from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.parts import Parts, parts_of_folder, parts_of_workbook
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.threads import PlainThreads

ROWS = [("a", "b"), ("1", "2")]


def book(*sheets: str) -> bytes:
    return zipped(parts_of({name: sheet_xml(ROWS) for name in sheets}))


def find(folder: Path, files: Mapping[str, bytes], *replaced: str) -> tuple[Parts, Findings]:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    findings = Findings()
    with PlainThreads(2) as pool:
        vocabulary = Vocabulary.standard()
        return parts_of_folder(folder, replaced, vocabulary, findings, ReadLimits(), pool), findings


def found(parts: Parts) -> dict[str, list[tuple[str, str]]]:
    """Return the file and the sheet of each part, by table."""
    return {
        table: [(part.file, part.grid.sheet if part.grid else "") for part in some]
        for table, some in parts.tables.items()
    }


def test_files_and_sheets_are_found_by_name(tmp_path: Path) -> None:
    files = {"干部.csv": b"", "book.xlsx": book("对象", "单位"), "locks.xlsx": book("Sheet1")}
    parts, findings = find(tmp_path, files)
    assert found(parts) == {
        "cadres": [("干部.csv", "")],
        "recipients": [("book.xlsx", "对象")],
        "units": [("book.xlsx", "单位")],
        "locks": [("locks.xlsx", "Sheet1")],
    }
    assert (findings.found, parts.ignored) == ([], [])


def test_folders_of_offices_are_looked_into_and_what_is_there_has_its_folder(
    tmp_path: Path,
) -> None:
    files = {
        f"{county}/{name}.csv": b"" for county in ("甲县", "乙县") for name in ("干部", "对象")
    }
    parts, _ = find(tmp_path, {**files, "丙县.xlsx": book("干部", "对象"), "区划.csv": b""})
    every = found(parts)
    assert every["areas"] == [("区划.csv", "")]
    assert every["cadres"] == [("丙县.xlsx", "干部"), ("乙县/干部.csv", ""), ("甲县/干部.csv", "")]


def test_folders_beside_files_of_cadres_and_recipients_are_ignored_and_named(
    tmp_path: Path,
) -> None:
    files = {"干部.csv": b"", "对象.csv": b"", "old/干部.csv": b"", "old/对象.csv": b""}
    parts, _ = find(tmp_path, files)
    assert found(parts)["cadres"] == [("干部.csv", "")]
    assert parts.ignored == ["old"]


def test_folders_of_plans_and_hidden_ones_are_no_offices(tmp_path: Path) -> None:
    files = {
        "out/plan.json": b"{}",
        "out/cadres.csv": b"",
        ".git/cadres.csv": b"",
        "a/cadres.csv": b"",
    }
    parts, _ = find(tmp_path, files)
    assert found(parts) == {"cadres": [("a/cadres.csv", "")]}


def test_tables_that_come_from_elsewhere_are_not_looked_for(tmp_path: Path) -> None:
    files = {"a.xlsx": book("干部", "对象"), "cadres.csv": b""}
    parts, findings = find(tmp_path, files, "cadres")
    assert found(parts) == {"recipients": [("a.xlsx", "对象")]}
    assert findings.found == []


@pytest.mark.parametrize(
    ("files", "kind", "table"),
    [
        ({"干部.xlsx": book("Sheet1", "Sheet2")}, "which_sheet", "cadres"),
        ({"a.xlsx": book("干部", "帮扶干部")}, "two_sheets", "cadres"),
        ({"干部.csv": b"", "cadres.xlsx": book("x")}, "two_files", "cadres"),
        ({"干部.xlsx": b"PK\x03\x04"}, "unreadable_file.content", "cadres"),
        ({"a.xlsx": b"PK\x03\x04"}, "unreadable_file.content", "folder"),
    ],
)
def test_what_is_in_doubt_is_reported(
    files: Mapping[str, bytes], kind: str, table: str, tmp_path: Path
) -> None:
    parts, findings = find(tmp_path, files)
    assert [(one.kind, one.table) for one in findings.found] == [(kind, table)]
    assert parts.doubtful >= {"cadres"}


def test_names_of_people_are_not_shown(tmp_path: Path) -> None:
    parts, _ = find(tmp_path, {"王小明/干部.csv": b"", "甲县/干部.csv": b""})
    assert sorted(found(parts)["cadres"]) == [("#1/干部.csv", ""), ("甲县/干部.csv", "")]


def test_a_workbook_by_itself_notes_sheets_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "甲县.xlsx"
    path.write_bytes(book("干部", "对象", "说明", "汇总"))
    findings = Findings()
    with PlainThreads(1) as pool:
        parts = parts_of_workbook(path, (), Vocabulary.standard(), findings, ReadLimits(), pool)
    assert found(parts) == {
        "cadres": [("甲县.xlsx", "干部")],
        "recipients": [("甲县.xlsx", "对象")],
    }
    assert [(note.code, note.count) for note in findings.notes] == [("ignored_sheet", 1)]
