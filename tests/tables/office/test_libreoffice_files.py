"""Files that LibreOffice has saved: opened and saved again as in an office."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from tests.tables.office.awkward import RECIPIENTS, TABLES, Case, Row, plain_problem, saved, text

from pairmatch.model import Policy
from pairmatch.problem import read_problem
from pairmatch.workbooks.template import write_template

# separator, quotes, GB18030, first row, formats of columns, language, whether all are in quotes
_GB18030 = "csv:Text - txt - csv (StarCalc):44,34,85,1,,0,true,true"
_OTHER = (("other_encoding", "recipients", None, 1),)
_SUM = (("repaired_total_row", "recipients", None, 1),)


def _converted(to: str, files: Sequence[Path], out: Path, *further: str) -> None:
    """Convert files by one run of LibreOffice, which keeps to a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = out.parent / "profile"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            *further,
            "--convert-to",
            to,
            "--outdir",
            str(out),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert all(list(out.glob(f"{path.stem}.*")) for path in files)


def _book(path: Path, rows: Sequence[Row]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if value == "" else value for value in row])
    path.write_bytes(saved(book))


def _flat_document(rows: Sequence[Row]) -> str:
    """Return rows as LibreOffice's own format, in one file of XML."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
            for value in row
        )
        for row in rows
    ]
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        '<office:body><office:spreadsheet><table:table table:name="Sheet1">'
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        + "</table:table></office:spreadsheet></office:body></office:document>"
    )


def _filled_template(path: Path) -> None:
    """Write a template and fill it in, below the examples, as people do."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    for name, rows in TABLES.items():
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for at, row in enumerate(rows[1:], 3):
            for header, value in zip(rows[0], row, strict=True):
                sheet.cell(at, columns[header]).value = value or None
    book.save(path)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice has saved."""
    folder = tmp_path_factory.mktemp("office")
    out = folder / "saved"
    _book(folder / "plain.xlsx", RECIPIENTS)
    (folder / "from_csv.csv").write_bytes(text(RECIPIENTS))
    (folder / "from_ods.fods").write_text(_flat_document(RECIPIENTS), encoding="utf-8")
    _book(
        folder / "formulas.xlsx",
        [
            ("关爱对象名册", "", "", ""),
            RECIPIENTS[0],
            *[[a, b, f'="{str(c)[:6]}"&"{str(c)[6:]}"', d] for a, b, c, d in RECIPIENTS[1:]],
            ("合计", "=COUNTA(B3:B6)", "", ""),
        ],
    )
    titled = openpyxl.load_workbook(folder / "plain.xlsx")
    titled.active.insert_rows(1)
    titled.active["A1"] = "甲县2026年关爱对象名册"
    titled.active.merge_cells("A1:D1")
    titled.save(folder / "titled.xlsx")
    _filled_template(folder / "template.xlsx")
    # it guesses the encoding of no text: 76 is UTF-8
    _converted("xlsx", [folder / "from_csv.csv"], out, "--infilter=CSV:44,34,76,1")
    names = ("from_ods.fods", "formulas.xlsx", "titled.xlsx", "template.xlsx")
    _converted("xlsx", [folder / name for name in names], out)
    _converted(_GB18030, [folder / "plain.xlsx"], out)
    return out


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("from_csv.xlsx", Case("a text file saved as a workbook", {})),
        ("from_ods.xlsx", Case("its own format saved as a workbook", {})),
        ("titled.xlsx", Case("a merged title", {})),
        ("formulas.xlsx", Case("formulas, computed, and a sum", {}, notes=_SUM)),
        ("plain.csv", Case("GB18030, every text in quotes", {}, notes=_OTHER)),
    ],
)
def test_what_libreoffice_saves_is_read_right(
    name: str, case: Case, office: Path, tmp_path: Path
) -> None:
    (tmp_path / f"对象{Path(name).suffix}").write_bytes((office / name).read_bytes())
    case.check(tmp_path)


def test_a_template_filled_in_and_saved_by_libreoffice_needs_no_repair(office: Path) -> None:
    problem = read_problem(office / "template.xlsx", policy=Policy(), strict=True)
    assert problem.tables() == plain_problem().tables()
    others = [note for note in problem.notes if note not in plain_problem().notes]
    assert {note.code for note in others} == {"example_row"}
