from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.tables.office.awkward import RECIPIENTS, TABLES, failures, plain_problem, text
from tests.tables.office.handmade import by_hand, cell, sheet_xml

from pairmatch.errors import InputError
from pairmatch.model import Policy
from pairmatch.problem import read_problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with plain files."""
    for name, rows in TABLES.items():
        (tmp_path / f"{name}.csv").write_bytes(text(rows))
    return tmp_path


def with_error(folder: Path, header: str) -> None:
    """Put a workbook in the place of the recipients, with a further column and an error in it."""
    (folder / "对象.csv").unlink()
    xml = sheet_xml([[*row, ""] for row in RECIPIENTS])
    xml = xml.replace('<c r="E1"/>', cell(header, "E1"))
    xml = xml.replace('<c r="E3"/>', '<c r="E3" t="e"><v>#N/A</v></c>')
    (folder / "对象.xlsx").write_bytes(by_hand(xml))


@pytest.mark.parametrize(("header", "column"), [("team", "team"), ("王小明", None)])
def test_an_error_in_a_column_is_a_failure_only_where_the_column_is_wanted(
    header: str, column: str | None, folder: Path
) -> None:
    with_error(folder, header)
    assert read_problem(folder, policy=Policy()).tables() == plain_problem().tables()
    with pytest.raises(InputError) as caught:
        read_problem(folder, policy=Policy(), attributes=[header])
    at = "E3" if column else "3"
    assert failures(caught.value) == [
        ("cell_error", "recipients", column, "对象.xlsx", "Sheet1", (at,))
    ]
    assert "王小明" not in caught.value.text()


def test_a_table_of_another_kind_counts_its_rows_without_a_header(folder: Path) -> None:
    names = ("recipient_id", "category", "area", "household_id")
    people = [list(row) for row in RECIPIENTS[1:]]
    people[2][1] = "?"
    columns = dict(zip(names, zip(*people, strict=True), strict=True))
    (folder / "对象.csv").unlink()
    parquet.write_table(
        pa.table({name: list(column) for name, column in columns.items()}), folder / "对象.parquet"
    )
    with pytest.raises(InputError) as caught:
        read_problem(folder, policy=Policy())
    (finding,) = caught.value.findings
    assert (finding.source.file, finding.rows.tolist()) == ("对象.parquet", [3])


def test_what_does_not_fit_into_memory_is_reported_with_its_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("pairmatch.tables.office.read.office_text", full)
    with pytest.raises(InputError) as caught:
        read_problem(folder, policy=Policy())
    assert {found.code for found in caught.value.findings} == {"out_of_memory"}
    assert {found.source.file for found in caught.value.findings} == {
        f"{name}.csv" for name in TABLES
    }


def test_a_file_that_is_gone_when_it_is_read_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(InputError) as caught:
        read_problem(folder, policy=Policy())
    assert {found.kind for found in caught.value.findings} == {"unreadable_file.permission"}
