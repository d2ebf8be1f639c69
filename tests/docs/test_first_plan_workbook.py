"""The county of the tutorial, kept as a workbook in Chinese with titles, has the same plan."""

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pairmatch import read_problem, solve
from pairmatch.tables.office.vocabulary import Vocabulary
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "tutorials" / "first_plan.zh.md"
TITLES = {"cadres": "红崖县帮扶干部名册", "recipients": "红崖县关爱对象名册"}
KINDS = {"rank": "rank", "category": "category"}


def in_chinese(table: str, lines: list[list[str]], sheet: Worksheet) -> None:
    """Write a table as an office keeps it: a merged title, Chinese names and values, a sum."""
    words = Vocabulary.standard()
    names, *rows = lines
    sheet.append([TITLES[table]])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(names))
    sheet.append([words.standard_name(table, name, "zh") for name in names])
    for row in rows:
        cells: list[str | float] = []
        for name, cell in zip(names, row, strict=True):
            if name in KINDS:
                cells.append(words.standard_name(KINDS[name], cell, "zh"))
            else:
                cells.append(float(cell) if name in ("lon", "lat") else cell)
        sheet.append(cells)
    sheet.append(["合计", len(rows)])


def test_a_county_as_one_chinese_workbook_has_the_plan_of_its_csv_files(tmp_path: Path) -> None:
    files = {
        block.marks["file"].removeprefix("county/"): block.text
        for block in blocks(PAGE)
        if "file" in block.marks
    }
    plain = tmp_path / "county"
    plain.mkdir()
    for name, text in files.items():
        (plain / name).write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table, title in (("cadres", "干部"), ("recipients", "对象")):
        lines = [line.split(",") for line in files[f"{table}.csv"].splitlines()]
        in_chinese(table, lines, book.create_sheet(title))
    office = tmp_path / "红崖县"
    office.mkdir()
    book.save(office / "红崖县.xlsx")
    (office / "政策.yaml").write_text(files["policy.yaml"], encoding="utf-8")
    expected, problem = read_problem(plain), read_problem(office)
    assert problem.digest() == expected.digest()
    left_out = [
        (note.table, note.count) for note in problem.notes if note.code == "repaired_total_row"
    ]
    assert left_out == [("cadres", 1), ("recipients", 1)]
    plan = solve(problem)
    assert plan.pairs.equals(solve(expected).pairs)
    assert plan.pairs.num_rows == 9
