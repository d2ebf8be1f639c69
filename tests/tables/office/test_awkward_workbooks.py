"""Workbooks as offices send them: how programs write them, layout, formulas and odd cells."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import xlsxwriter  # type: ignore[import-untyped]  # it has no types of its own
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table
from tests.tables.office.awkward import (
    CADRES,
    RECIPIENTS,
    TABLES,
    Case,
    Failed,
    Row,
    cases,
    saved,
)
from tests.tables.office.handmade import (
    STRICT,
    by_hand,
    cell,
    merged,
    parts_of,
    sheet_xml,
    zipped,
)

FILE = "对象.xlsx"
HEADER, *PEOPLE = RECIPIENTS
EMPTY = ("", "", "", "")


def failed(
    code: str,
    *cells: str,
    column: str | None = None,
    table: str = "recipients",
    sheet: str = "Sheet1",
) -> Failed:
    return (code, table, column, FILE, sheet, cells)


def noted(code: str, count: int = 1, table: str = "recipients") -> tuple[str, str, None, int]:
    return (code, table, None, count)


def wrong_at(row: int, column: str, sheet: str = "Sheet1") -> tuple[Failed, ...]:
    return (failed("unknown_category", f"{column}{row}", column="category", sheet=sheet),)


def spoiled() -> list[Row]:
    """Return the table with a category that is none in its last row."""
    return [*RECIPIENTS[:-1], ("r004", "?", "620999002", "h2")]


def by_openpyxl(
    rows: tuple[Row, ...] | list[Row] = RECIPIENTS,
    change: Callable[[Any], object] = lambda _: None,
    title: str = "Sheet1",
) -> Callable[[], dict[str, bytes]]:
    """Return what makes a workbook by openpyxl, with a change made to its sheet."""

    def make() -> dict[str, bytes]:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
        change(sheet)
        return {FILE: saved(book)}

    return make


def by_pandas(*, index: bool) -> Callable[[], dict[str, bytes]]:
    def make() -> dict[str, bytes]:
        data = io.BytesIO()
        pd.DataFrame(PEOPLE, columns=list(HEADER)).to_excel(data, index=index)
        return {FILE: data.getvalue()}

    return make


def by_xlsxwriter(**options: Any) -> Callable[[], dict[str, bytes]]:
    def make() -> dict[str, bytes]:
        data = io.BytesIO()
        with xlsxwriter.Workbook(data, options) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(RECIPIENTS):
                sheet.write_row(at, 0, row)
        return {FILE: data.getvalue()}

    return make


def hide_and_filter(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:D5"
    sheet.row_dimensions[3].hidden = True


def comment_and_table(sheet: Any) -> None:
    sheet["A2"].comment = Comment("?", "me")
    sheet.add_table(Table(displayName="T", ref="A1:D5"))
    sheet.freeze_panes = "A2"


def set_cells(**values: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for place, value in values.items():
            sheet[place] = value

    return change


def merge(*places: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for place in places:
            sheet.merge_cells(place)

    return change


def one_book(*, state: str = "visible", names: dict[str, str] | None = None) -> bytes:
    """Return a workbook with all tables, and a sheet that explains them."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active["A1"] = "填表说明"
    for name, rows in TABLES.items():
        sheet = book.create_sheet((names or {}).get(name, name))
        sheet.sheet_state = state
        for row in rows:
            sheet.append([value or None for value in row])
    return saved(book)


def several_sheets(*titles: str) -> dict[str, bytes]:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in titles:
        sheet = book.create_sheet(title)
        for row in RECIPIENTS:
            sheet.append([value or None for value in row])
    return {FILE: saved(book)}


def with_shared_strings(strings: str) -> bytes:
    """Return a workbook whose first cell is the first of some shared strings."""
    xml = sheet_xml(RECIPIENTS).replace(
        '<c r="A1" t="inlineStr"><is><t>对象编号</t></is></c>', '<c r="A1" t="s"><v>0</v></c>'
    )
    parts = parts_of({"Sheet1": xml})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    )
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" count="1" uniqueCount="1">{strings}</sst>'
    return zipped(parts)


def prefixed() -> bytes:
    """Return a workbook whose elements have a prefix, as some libraries write them."""
    xml = sheet_xml(RECIPIENTS)
    for name in ("worksheet", "sheetData", "row", "is", "t", "v", "c"):
        xml = xml.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        xml = xml.replace(f"</{name}>", f"</x:{name}>").replace(f"<{name}/>", f"<x:{name}/>")
    return by_hand(xml.replace("xmlns=", "xmlns:x="))


def formula(place: str, value: str) -> str:
    return sheet_xml(RECIPIENTS).replace(
        f'<c r="{place}" t="inlineStr"><is><t>orphan</t></is></c>',
        f'<c r="{place}" t="str"><f>"orp"&amp;"han"</f>{value}</c>',
    )


def numbers(width: int) -> list[Row]:
    """Return the table with codes of areas as numbers."""
    rows: list[Row] = [list(row) for row in RECIPIENTS]
    return [rows[0], *[[a, b, int(str(c)), d] for a, b, c, d in rows[1:]]]


UNITS_OF_CADRES = [CADRES[0], CADRES[1], ("c2", "", "staff", "620999002"), CADRES[3]]


@cases(
    # -- how programs write
    Case("openpyxl", by_openpyxl()),
    Case("pandas", by_pandas(index=False)),
    Case(
        "pandas with its index",
        by_pandas(index=True),
        notes=(noted("unnamed_column"),),
    ),
    Case("XlsxWriter", by_xlsxwriter()),
    Case("XlsxWriter with constant memory", by_xlsxwriter(constant_memory=True)),
    Case("inline strings", {FILE: by_hand(sheet_xml(RECIPIENTS))}),
    Case("elements with a prefix", {FILE: prefixed()}),
    Case("rows and cells without places", {FILE: by_hand(sheet_xml(RECIPIENTS, places=False))}),
    Case("the strict dialect", {FILE: by_hand(sheet_xml(RECIPIENTS, main=STRICT), strict=True)}),
    Case(
        "a shared string in pieces",
        {FILE: with_shared_strings("<si><r><t>对象</t></r><r><rPr><b/></rPr><t>编号</t></r></si>")},
    ),
    Case(
        "a shared string with its reading",
        {
            FILE: with_shared_strings(
                "<si><t>对象编号</t><rPh sb='0' eb='1'><t>duixiang</t></rPh></si>"
            )
        },
    ),
    Case(
        "a shared string with line ends",
        {FILE: with_shared_strings("<si><t xml:space='preserve'>对象_x000D_\n编号</t></si>")},
    ),
    Case(
        "single quotes in the XML",
        {FILE: by_hand(sheet_xml(RECIPIENTS).replace('"', "'"))},
    ),
    Case(
        "attributes before places",
        {
            FILE: by_hand(
                sheet_xml(RECIPIENTS)
                .replace("<c r=", '<c s="0" r=')
                .replace("<row r=", '<row spans="1:4" r=')
            )
        },
    ),
    Case(
        "no empty cell is written",
        {FILE: by_hand(sheet_xml(RECIPIENTS).replace('<c r="D4"/>', ""))},
    ),
    # -- which sheet
    Case("one workbook for all", {"甲县.xlsx": one_book()}, tuple(TABLES)),
    Case("hidden sheets", {"甲县.xlsx": one_book(state="hidden")}, tuple(TABLES)),
    Case("very hidden sheets", {"甲县.xlsx": one_book(state="veryHidden")}, tuple(TABLES)),
    Case(
        "sheets with longer names",
        {"甲县.xlsx": one_book(names={"对象": "关爱对象名册", "干部": "帮扶干部花名册"})},
        tuple(TABLES),
    ),
    Case("a table in a workbook called like it", lambda: several_sheets("Sheet1")),
    Case(
        "two sheets that are the table",
        lambda: several_sheets("Sheet1", "Sheet2"),
        fails=(failed("which_sheet", sheet=""),),
    ),
    Case(
        "two sheets called like the table",
        lambda: several_sheets("对象", "关爱对象"),
        fails=(failed("two_sheets", sheet=""),),
    ),
    Case(
        "a sheet of something else",
        lambda: several_sheets("对象", "汇总"),
        notes=(("ignored_sheet", "folder", None, 1),),
    ),
    Case("empty sheets", by_openpyxl(change=lambda sheet: sheet.parent.create_sheet("Sheet2"))),
    Case(
        "no cell at all",
        by_openpyxl([]),
        fails=(failed("bad_header", sheet=""),),
    ),
    # -- layout
    Case("empty rows above", {FILE: by_hand(sheet_xml(RECIPIENTS, top=4))}),
    Case("empty columns to the left", {FILE: by_hand(sheet_xml(RECIPIENTS, left=3))}),
    Case(
        "a failure below empty rows and right of empty columns",
        {FILE: by_hand(sheet_xml(spoiled(), top=5, left=27))},
        fails=wrong_at(9, "AC"),
    ),
    Case(
        "the same without places",
        {
            FILE: by_hand(
                sheet_xml([EMPTY, EMPTY, *[["", *row] for row in spoiled()]], places=False)
            )
        },
        fails=wrong_at(7, "C"),
    ),
    Case(
        "empty rows between",
        by_openpyxl([HEADER, *PEOPLE[:2], EMPTY, EMPTY, *spoiled()[3:]]),
        fails=wrong_at(7, "B"),
    ),
    Case(
        "a merged title",
        by_openpyxl([("甲县2026年关爱对象名册", "", "", ""), *RECIPIENTS], merge("A1:D1")),
    ),
    Case(
        "a merged title, and who has filled it in",
        by_openpyxl(
            [
                ("甲县2026年关爱对象名册", "", "", ""),
                ("填报单位：甲县民政局", "", "填报日期：2026年3月", ""),
                *spoiled(),
            ],
            merge("A1:D1", "A2:B2", "C2:D2"),
        ),
        fails=wrong_at(7, "B"),
    ),
    Case(
        "two rows of headers",
        by_openpyxl(
            [("对象编号", "基本情况", "", ""), ("", "类别", "区划代码", "户编号"), *PEOPLE],
            merge("A1:A2", "B1:D1"),
        ),
    ),
    Case(
        "two rows of headers below a title",
        by_openpyxl(
            [
                ("名册", "", "", "", ""),
                ("序号", "对象编号", "基本情况", "", ""),
                ("", "", "类别", "区划代码", "户编号"),
                *[[n, *row] for n, row in enumerate(spoiled()[1:], 1)],
            ],
            merge("A1:E1", "A2:A3", "B2:B3", "C2:E2"),
        ),
        fails=wrong_at(7, "C"),
    ),
    Case(
        "a cell of the header merged with one of the table",
        {FILE: by_hand(sheet_xml(RECIPIENTS, behind=merged("B1:B2")))},
    ),
    Case(
        "the header twice",
        by_openpyxl([HEADER, *RECIPIENTS]),
        notes=(noted("repaired_repeated_header"),),
    ),
    Case(
        "a header that names more on the second page",
        by_openpyxl(
            [("", *HEADER[1:]), *PEOPLE[:2], HEADER, *PEOPLE[2:]],
        ),
        fails=(
            failed("missing_column", column="recipient_id"),
            failed("unknown_area", "C4", column="area"),
            failed("unknown_category", "B4", column="category"),
        ),
    ),
    Case(
        "merged cells of units",
        lambda: {"干部.xlsx": by_openpyxl(UNITS_OF_CADRES, merge("B2:B3"))()[FILE]},
        ("干部",),
        notes=(noted("repaired_merged_cells", table="cadres"),),
    ),
    Case(
        "merged cells where nothing may be repaired",
        lambda: {
            FILE: by_openpyxl(
                [*RECIPIENTS[:2], ("r002", "", "620999001", "h1"), *PEOPLE[2:]], merge("B2:B3")
            )()[FILE]
        },
        options={"strict": True},
        fails=(failed("not_repaired", "3"),),
    ),
    Case(
        "a sum with blanks",
        by_openpyxl([*RECIPIENTS, ("合　计", "4", "", "")]),
        notes=(noted("repaired_total_row"),),
    ),
    Case(
        "a sum in the second column",
        by_openpyxl(
            [
                ["序号", *HEADER],
                *[[n, *row] for n, row in enumerate(PEOPLE, 1)],
                ["", "总计：", "4人", "", ""],
            ]
        ),
        notes=(noted("dropped_column"), noted("repaired_total_row")),
    ),
    Case(
        "a sum where nothing may be repaired",
        by_openpyxl([*RECIPIENTS, ("合计", "4", "", "")]),
        options={"strict": True},
        fails=(failed("not_repaired", "6"),),
    ),
    Case(
        "a footer",
        by_openpyxl(
            [
                *RECIPIENTS,
                EMPTY,
                ("填表人：", "", "审核人：", ""),
                ("注：以上数据截至3月", "", "", ""),
            ]
        ),
        notes=(noted("repaired_footer", 2),),
    ),
    Case(
        "a header on each page",
        by_openpyxl([*RECIPIENTS[:3], HEADER, *RECIPIENTS[3:]]),
        notes=(noted("repaired_repeated_header"),),
    ),
    Case(
        "hidden rows and a filter",
        by_openpyxl(change=hide_and_filter),
    ),
    Case(
        "a comment, a table and frozen panes",
        by_openpyxl(change=comment_and_table),
    ),
    Case(
        "a sheet with a password against changes",
        by_openpyxl(change=lambda sheet: sheet.protection.set_password("x")),
    ),
    Case(
        "formats without values far down",
        by_openpyxl(change=lambda sheet: setattr(sheet["D9000"], "number_format", "@")),
    ),
    Case("blank cells far down", by_openpyxl(change=set_cells(A900=" ", B901="\u3000"))),
    # -- cells
    Case("codes as numbers", by_openpyxl(numbers(9))),
    Case(
        "codes as numbers with a fraction of zero",
        {
            FILE: by_hand(
                sheet_xml(RECIPIENTS).replace(
                    '<c r="C2" t="inlineStr"><is><t>620999001</t></is></c>',
                    '<c r="C2"><v>620999001.0</v></c>',
                )
            )
        },
    ),
    Case(
        "codes as numbers with an exponent",
        {
            FILE: by_hand(
                sheet_xml(RECIPIENTS).replace(
                    '<c r="C2" t="inlineStr"><is><t>620999001</t></is></c>',
                    '<c r="C2"><v>6.20999001E8</v></c>',
                )
            )
        },
    ),
    Case(
        "a date where an id should be",
        by_openpyxl(change=set_cells(A3=datetime(2026, 3, 1))),  # noqa: DTZ001  # a cell has no zone
        fails=(failed("damaged_cell", "A3", column="recipient_id"),),
    ),
    Case(
        "a date where a code should be",
        by_openpyxl(change=set_cells(C3=datetime(2026, 3, 1))),  # noqa: DTZ001  # as above
        fails=(failed("damaged_cell", "C3", column="area"),),
    ),
    Case("a formula with its value", {FILE: by_hand(formula("B2", "<v>orphan</v>"))}),
    Case(
        "a formula without its value",
        by_openpyxl(change=set_cells(B2='="orp"&"han"')),
        fails=(failed("cell_not_computed", "B2", column="category"),),
    ),
    Case(
        "a formula with an empty value",
        {FILE: by_hand(formula("B3", "<v></v>"))},
        fails=(failed("cell_not_computed", "B3", column="category"),),
    ),
    Case(
        "an error of a formula",
        {
            FILE: by_hand(
                sheet_xml(RECIPIENTS).replace(
                    '<c r="C3" t="inlineStr"><is><t>620999001</t></is></c>',
                    '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
                )
            )
        },
        fails=(failed("cell_error", "C3", column="area"),),
    ),
    Case(
        "an error in a column that nobody needs",
        {
            FILE: by_hand(
                sheet_xml([[*row, ""] for row in RECIPIENTS])
                .replace('<c r="E1"/>', cell("电话费", "E1"))
                .replace('<c r="E3"/>', '<c r="E3" t="e"><v>#N/A</v></c>')
            )
        },
        notes=(noted("dropped_column"),),
    ),
    Case(
        "an error in the title",
        {
            FILE: by_hand(
                sheet_xml([("", "名册", "", ""), *RECIPIENTS]).replace(
                    '<c r="A1"/>', '<c r="A1" t="e"><v>#REF!</v></c>'
                )
            )
        },
    ),
    Case(
        "an error below the table",
        {
            FILE: by_hand(
                sheet_xml([*RECIPIENTS, ("合计", "", "", "")]).replace(
                    '<c r="C6"/>', '<c r="C6" t="e"><v>#REF!</v></c>'
                )
            )
        },
        notes=(noted("repaired_total_row"),),
    ),
)
def test_a_workbook_is_read_right_or_refused(case: Case, tmp_path: Path) -> None:
    case.check(tmp_path)
