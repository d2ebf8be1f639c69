"""Offices' files with anything in them: read right or refused, whatever they hold.

``PAIRMATCH_FUZZED`` sets how many files of each kind are tried.
"""

import csv
import io
import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.office.awkward import RECIPIENTS, plain_problem
from tests.tables.office.handmade import SHEET, by_hand, merged, parts_of, sheet_xml, zipped

from pairmatch.errors import InputError
from pairmatch.model import Policy
from pairmatch.problem import Problem, read_problem

_EXAMPLES = int(os.environ.get("PAIRMATCH_FUZZED", "100"))
_LIMITS: dict[str, Any] = {"max_bytes": 1 << 24, "max_rows": 100_000}
_HEADER = [str(cell) for cell in RECIPIENTS[0]]
# rows that are none of the table are counted in these notes
_COUNTED = ("repaired_total_row", "repaired_footer", "repaired_repeated_header", "example_row")
_ODD = (
    *("", " ", "\u3000", "\ufeff", "\u200b", "\n", '"', "'", ",", ";", "\t", "|", "=1+1", "@", "-"),
    *("合计", "小计：", "总 计", "备注", "注：", "填表人：", "示例-1", "r001", "R001", "ｒ００１"),
    *("对象编号", "类别", "区划代码", "单位", "经度", "orphan", "孤儿", "Orphan ", "620999001.0"),
    *("6.20999001E+08", "6.22927E+17", "1e400", "nan", "inf", "-0", "0x10", "TRUE", "#N/A", "/"),
    *("无", "2人", "1,002", '="007"', "'r001", "\x01", "\x1a", "😀", "䃎", "Ѧ", "é", "x" * 300),
)
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
# with fewer of its names left a row is none, and one further down may be
_LEAST_OF_A_HEADER = 2
_Rows = list[list[str]]

_cell = st.one_of(st.sampled_from(_ODD), st.text(max_size=8))
_change = st.tuples(st.integers(0, 7), st.integers(0, 4), _cell)
_row: st.SearchStrategy[list[str]] = st.one_of(
    st.just([]),
    st.just([""] * 4),
    st.sampled_from([["合计", "4"], ["填表人：", "", "审核人："], list(_HEADER), ["注：无"]]),
    st.lists(_cell, max_size=5),
)


def _people(count: int) -> _Rows:
    return [
        [f"p{number:03}", "orphan", f"62099900{number % 2 + 1}", f"h{number}"]
        for number in range(count)
    ]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[_Rows, int, set[str]]:
    """Return rows with a header, the header's position, and the ids of rows that nobody changed."""
    people = _people(draw(st.integers(1, 6)))
    rows = [list(_HEADER), *(list(row) for row in people)]
    untouched = {row[0] for row in people}
    for at, column, value in draw(st.lists(_change, max_size=4)):
        if at < len(rows):
            rows[at] += [""] * (column + 1 - len(rows[at]))
            rows[at][column] = value
            if at:
                untouched.discard(people[at - 1][0])
    for at, row in draw(st.lists(st.tuples(st.integers(1, 8), _row), max_size=2)):
        rows.insert(min(at, len(rows)), list(row))
    above = draw(st.sampled_from([[], [["名册"]], [[], ["", "名册", ""]], [["甲县", "2026年"]]]))
    return [*above, *rows], len(above), untouched


def _read(name: str, data: bytes) -> Problem | None:
    """Read recipients from a file; None if they are refused, each failure with its words."""
    plain = plain_problem()
    tables: dict[str, Any] = {
        "cadres": plain.cadres.drop_columns(["lon", "lat"]),
        "units": plain.units,
        "areas": plain.areas,
    }
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        try:
            return read_problem(folder, policy=Policy(), **tables, **_LIMITS)
        except InputError as error:
            refused = error
    assert refused.findings
    assert all(refused.text(language) for language in ("en", "zh"))
    return None


def _check(problem: Problem | None, rows: _Rows, header: int, untouched: set[str]) -> None:
    """Check that no row is lost, and that those that nobody changed came in as they were."""
    is_header = len({*rows[header]} & {*_HEADER}) >= _LEAST_OF_A_HEADER
    if problem is None or not is_header:
        return
    filled = sum(1 for row in rows[header + 1 :] if any(map(_is_filled, row)))
    # a header next to the header belongs to it
    headers = sum(1 for row in rows[header + 1 :] if row == _HEADER)
    counted = Counter({note.code: note.count for note in problem.notes})
    left_out = sum(counted[code] for code in _COUNTED)
    assert filled - headers <= problem.recipients.num_rows + left_out <= filled
    names = ("recipient_id", "category", "area")
    if rows[header][: len(names)] != _HEADER[: len(names)]:
        # another column may be called like one of these now, and what was one has no name
        return
    read = {tuple(row[name] for name in names) for row in problem.recipients.to_pylist()}
    given = {tuple(row[:3]) for row in _people(6) if row[0] in untouched}
    assert given <= read


def _is_filled(cell: str) -> bool:
    return bool(cell.strip())


def _as_text(rows: _Rows, separator: str, encoding: str) -> bytes:
    width = max(map(len, rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode(encoding, "replace")


def _is_xml(rows: _Rows) -> bool:
    return all(letter >= " " or letter in "\t\n" for row in rows for cell in row for letter in cell)


@settings(max_examples=_EXAMPLES, deadline=None)
@given(sheets(), st.sampled_from(",\t;"), st.sampled_from(_ENCODINGS))
def test_a_text_file_with_odd_cells_loses_no_row(
    sheet: tuple[_Rows, int, set[str]], separator: str, encoding: str
) -> None:
    rows, header, untouched = sheet
    _check(_read("对象.csv", _as_text(rows, separator, encoding)), rows, header, untouched)


@settings(max_examples=_EXAMPLES, deadline=None)
@given(
    sheets().filter(lambda sheet: _is_xml(sheet[0])),
    st.booleans(),
    st.sampled_from(["", "B2:B3", "A1:D1"]),
)
def test_a_workbook_with_odd_cells_loses_no_row(
    sheet: tuple[_Rows, int, set[str]], places: bool, span: str
) -> None:
    rows, header, untouched = sheet
    xml = sheet_xml(rows, places=places, behind=merged(span) if span else "")
    _check(_read("对象.xlsx", by_hand(xml)), rows, header, untouched)


_splices = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 12), st.binary(max_size=12)),
    min_size=1,
    max_size=4,
)


def _spliced(data: bytes, splices: list[tuple[float, int, bytes]]) -> bytes:
    """Return bytes of which some are replaced by others."""
    for where, count, new in splices:
        at = int(where * len(data))
        data = data[:at] + new + data[at + count :]
    return data


_TEXTS = [_as_text([_HEADER, *_people(5)], ",", encoding) for encoding in _ENCODINGS]
_PARTS = parts_of({"Sheet1": sheet_xml([_HEADER, *_people(5)], behind=merged("B2:B3"))})
_BOOK = zipped(_PARTS)


@settings(max_examples=_EXAMPLES, deadline=None)
@given(st.sampled_from([*_TEXTS, _BOOK]), _splices)
def test_a_file_with_odd_bytes_is_read_or_refused(
    data: bytes, splices: list[tuple[float, int, bytes]]
) -> None:
    name = "对象.xlsx" if data is _BOOK else "对象.csv"
    problem = _read(name, _spliced(data, splices))
    assert problem is None or problem.cadres == plain_problem().cadres


@settings(max_examples=_EXAMPLES, deadline=None)
@given(
    st.sampled_from([SHEET, SHEET, SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]),
    _splices,
)
def test_a_workbook_with_odd_bytes_in_a_part_is_read_or_refused(
    part: str, splices: list[tuple[float, int, bytes]]
) -> None:
    changed = _spliced(str(_PARTS[part]).encode(), splices)
    problem = _read("对象.xlsx", zipped(_PARTS | {part: changed}))
    assert problem is None or isinstance(problem.recipients, pa.Table)
