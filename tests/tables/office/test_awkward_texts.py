"""Text files as offices send them: encodings, separators, line ends, quotes and layout."""

from pathlib import Path

import pytest
from tests.tables.office.awkward import (
    AREAS,
    CADRES,
    RECIPIENTS,
    Case,
    Failed,
    Row,
    cases,
    text,
)

FILE = "对象.csv"
HEADER, *PEOPLE = RECIPIENTS
GBK = ("other_encoding", "recipients", None, 1)


def changed(at: int, column: int, value: str) -> list[Row]:
    """Return the table with another value in one cell."""
    rows: list[Row] = list(RECIPIENTS)
    rows[at] = [*rows[at][:column], value, *rows[at][column + 1 :]]
    return rows


def failed(code: str, *cells: str, column: str | None = None, file: str = FILE) -> Failed:
    return (code, "recipients", column, file, "", cells)


PLAIN = text(RECIPIENTS)
BOM = b"\xef\xbb\xbf"
WRAPPED = "\n".join(
    [
        ",".join(map(str, HEADER)),
        'r001,orphan,"620999001,h1',
        "r002,orphan,620999001,h1",
        'r003,severely_disabled,620999002",',
        "r004,destitute_household,620999002,h2",
    ]
).encode()
EMPTY = ("", "", "", "")


@cases(
    # -- encodings
    Case("UTF-8", {FILE: PLAIN}),
    Case("UTF-8 with a mark", {FILE: BOM + PLAIN}),
    Case("UTF-8 with two marks", {FILE: BOM + BOM + PLAIN}),
    Case("UTF-8 with a mark, header in quotes", {FILE: BOM + b'"' + PLAIN.replace(b",", b'",', 1)}),
    Case(
        "UTF-16 with a mark, little end first",
        {FILE: b"\xff\xfe" + text(RECIPIENTS, encoding="utf-16-le")},
        notes=(GBK,),
    ),
    Case(
        "UTF-16 with a mark, big end first",
        {FILE: b"\xfe\xff" + text(RECIPIENTS, encoding="utf-16-be")},
        notes=(GBK,),
    ),
    Case(
        "UTF-16 with two marks",
        {FILE: b"\xff\xfe\xff\xfe" + text(RECIPIENTS, encoding="utf-16-le")},
        notes=(GBK,),
    ),
    Case(
        "UTF-16 without a mark, little end first",
        {FILE: text(RECIPIENTS, encoding="utf-16-le")},
        notes=(GBK,),
    ),
    Case(
        "UTF-16 without a mark, big end first",
        {FILE: text(RECIPIENTS, encoding="utf-16-be")},
        notes=(GBK,),
    ),
    Case("GB18030", {FILE: text(RECIPIENTS, encoding="gb18030")}, notes=(GBK,)),
    Case(
        "GB18030 with a character outside of GBK",
        {"区划.csv": text(AREAS, encoding="gb18030")},
        ("区划",),
        notes=(("other_encoding", "areas", None, 1),),
    ),
    Case(
        "GB18030 that is UTF-8 by chance",
        {FILE: "id,category,area,小学\nr001,orphan,620999001,x\n".encode("gbk")},
        fails=(failed("bad_encoding"),),
    ),
    Case(
        "UTF-16 cut in the middle of a letter",
        {FILE: b"\xff\xfe" + text(RECIPIENTS, encoding="utf-16-le")[:-1]},
        fails=(failed("bad_encoding"),),
    ),
    Case(
        "bytes of no encoding",
        {FILE: PLAIN + b"\xff\xff\xff\n"},
        fails=(failed("bad_encoding"),),
    ),
    Case(
        "a zero far down",
        {FILE: PLAIN + b"r005,orphan,620999001,h\0\n" * 400},
        fails=(failed("bad_encoding"),),
    ),
    Case("Ctrl-Z at the end", {FILE: PLAIN + b"\x1a"}),
    Case(
        "Ctrl-Z at the end of GB18030",
        {FILE: text(RECIPIENTS, encoding="gb18030") + b"\x1a"},
        notes=(GBK,),
    ),
    Case("Ctrl-Z in a line of its own", {FILE: PLAIN + b"\r\n\x1a\r\n"}),
    # -- separators and line ends
    Case("line ends of Windows", {FILE: text(RECIPIENTS, end="\r\n")}),
    Case("line ends of old Macs", {FILE: text(RECIPIENTS, end="\r")}),
    Case("no line end at the end", {FILE: PLAIN.rstrip(b"\n")}),
    Case("tabs", {FILE: text(RECIPIENTS, separator="\t")}),
    Case("semicolons", {FILE: text(RECIPIENTS, separator=";")}),
    Case("a .txt with tabs", {"对象.txt": text(RECIPIENTS, separator="\t", end="\r\n")}),
    Case(
        "Unicode text of Excel",
        {"对象.txt": b"\xff\xfe" + text(RECIPIENTS, "\t", "\r\n", "utf-16-le")},
        notes=(GBK,),
    ),
    Case("sep= in the first line", {FILE: b"sep=;\r\n" + text(RECIPIENTS, ";", "\r\n")}),
    Case("sep=, in the first line", {FILE: b"sep=,\r\n" + text(RECIPIENTS, ",", "\r\n")}),
    Case(
        "bars",
        {FILE: text(RECIPIENTS, separator="|")},
        fails=(failed("bad_header"),),
    ),
    Case(
        "wide commas",
        {FILE: text(RECIPIENTS, separator="，")},
        fails=(failed("bad_header"),),
    ),
    # -- quotes
    Case(
        "two stray quotes that swallow a row",
        {FILE: WRAPPED},
        fails=(failed("ragged_row", "2"),),
    ),
    Case(
        "a stray quote to the end of the file",
        {FILE: PLAIN.replace(b",h1", b',"h1', 1)},
        fails=(failed("ragged_row", "2"),),
    ),
    Case(
        "a stray quote before the header",
        {FILE: b'"' + PLAIN},
        fails=(failed("bad_header"), failed("ragged_row", "1")),
    ),
    Case(
        "a line end in the header",
        {FILE: PLAIN.replace("对象编号".encode(), '"对象\n编号"'.encode())},
    ),
    Case(
        "every cell in quotes", {FILE: text([[f'"{cell}"' for cell in row] for row in RECIPIENTS])}
    ),
    # -- layout
    Case("blank lines", {FILE: PLAIN.replace(b"\n", b"\n\n")}),
    Case("blank lines above", {FILE: b"\n\n\n" + PLAIN}),
    Case("rows of commas", {FILE: PLAIN + b",,,\n" * 20}),
    Case(
        "rows of commas between",
        {FILE: text([HEADER, EMPTY, *PEOPLE[:2], EMPTY, EMPTY, *PEOPLE[2:]])},
    ),
    Case("rows of blanks", {FILE: PLAIN + " ,\u3000,\t,\n".encode()}),
    Case("empty columns to the right", {FILE: text([[*row, "", "", ""] for row in RECIPIENTS])}),
    Case("empty columns to the left", {FILE: text([["", "", *row] for row in RECIPIENTS])}),
    Case(
        "a title without commas",
        {FILE: text([["甲县2026年关爱对象名册"], *RECIPIENTS])},
    ),
    Case(
        "a title with commas",
        {
            FILE: text(
                [
                    ["甲县2026年关爱对象名册", "", "", ""],
                    ["填报单位：民政局", "", "", "单位：人"],
                    *RECIPIENTS,
                ]
            )
        },
    ),
    Case(
        "a sum",
        {FILE: text([*RECIPIENTS, ["合计", "4", "", ""]])},
        notes=(("repaired_total_row", "recipients", None, 1),),
    ),
    Case(
        "a footer",
        {
            FILE: text(
                [*RECIPIENTS, EMPTY, ["填表人：", "", "审核人：", ""], ["备注：", "", "", ""]]
            )
        },
        notes=(("repaired_footer", "recipients", None, 2),),
    ),
    Case(
        "a header on each page",
        {FILE: text([*RECIPIENTS[:3], HEADER, *RECIPIENTS[3:]])},
        notes=(("repaired_repeated_header", "recipients", None, 1),),
    ),
    Case(
        "a running number",
        {FILE: text([["序号", *HEADER], *([n, *row] for n, row in enumerate(PEOPLE, 1))])},
        notes=(("dropped_column", "recipients", None, 1),),
    ),
    Case(
        "rows of other lengths",
        {FILE: PLAIN + b"r005,orphan,620999001\nr006,orphan,620999001,h6,x\n"},
        fails=(failed("ragged_row", "6", "7"),),
    ),
    Case("a row with empty cells too many", {FILE: PLAIN.replace(b",h2", b",h2,,,")}),
    Case("nothing", {FILE: b""}, fails=(failed("bad_header"),)),
    Case("a mark alone", {FILE: BOM}, fails=(failed("bad_header"),)),
    Case("blank lines alone", {FILE: b"\r\n\r\n"}, fails=(failed("bad_header"),)),
    # -- other kinds
    Case("a workbook called .csv", {FILE: b"PK\x03\x04"}, fails=(failed("unreadable_file"),)),
    Case("an .xls called .csv", {FILE: b"\xd0\xcf\x11\xe0"}, fails=(failed("unreadable_file"),)),
    # -- rows as the spreadsheet counts them
    Case(
        "a failure below a title and a blank line",
        {FILE: text([["名册"], [], *changed(3, 1, "?")])},
        fails=(failed("unknown_category", "B6", column="category"),),
    ),
    Case(
        "a failure below a title of two lines",
        {FILE: text([['"2026\n名册"'], *changed(3, 1, "?")])},
        fails=(failed("unknown_category", "B5", column="category"),),
    ),
    Case(
        "a failure right of empty columns",
        {FILE: text([["", *row] for row in changed(3, 1, "?")], end="\r\n")},
        fails=(failed("unknown_category", "C4", column="category"),),
    ),
    # -- names of files
    *(
        Case(f"a file called {name}", {f"{name}.csv": PLAIN})
        for name in (
            "recipients",
            "Recipients",
            "关爱对象",
            "帮扶对象台账",
            "2026年甲县关爱对象名册",
        )
    ),
    Case("a file with a capital ending", {"对象.CSV": PLAIN}),
    Case(
        "a file that is open in Excel",
        {FILE: PLAIN, "~$对象.xlsx": b"x"},
    ),
    Case(
        "two files for one table",
        {FILE: PLAIN, "关爱对象.csv": PLAIN},
        fails=(("two_files", "recipients", None, "", "", ()),),
    ),
)
def test_a_text_file_is_read_right_or_refused(case: Case, tmp_path: Path) -> None:
    case.check(tmp_path)


def test_a_character_outside_of_gbk_takes_four_bytes() -> None:
    with pytest.raises(UnicodeEncodeError):
        text(AREAS, encoding="gbk")
    assert len(text(CADRES)) > 0
