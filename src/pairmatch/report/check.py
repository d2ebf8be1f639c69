"""What was found in tables, as a workbook in which they can be mended.

It has the counts of each kind, a list of every failure, and all rows of all tables as they were
read, with failing cells in colour and what to do beside them. The reader passes over what is added,
so that the mended workbook is a problem again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.errors import Finding, Noted
from pairmatch.problem import Problem
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.tables.office.as_read import TableAsRead
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.places import letter
from pairmatch.tables.positions import positions, whole
from pairmatch.tables.schema import SCHEMAS
from pairmatch.words import say
from pairmatch.workbooks.files import write_workbook_file
from pairmatch.workbooks.sheets import (
    MOST_ROWS,
    CellValue,
    Marks,
    SheetColumn,
    Workbook,
    check_fits,
    new_workbook,
    rows_of,
)

_FAILING, _DOUBTFUL = "#FFC7CE", "#FFEB9C"
_PERSONAL = ("id_looks_like_id_number", "id_looks_like_phone_number")
_WIDE = 60
_WIDTHS = {"found": _WIDE, "advice": 90, "kind": 24, "file": 24}
_SUMMARY = ("kind", "table", "column", "count", "found", "advice")
_LISTED = ("table", "file", "sheet", "row", "column", "here", "kind", "found", "advice")


@dataclass(frozen=True, eq=False)
class Checked:
    """What a check has found.

    Attributes
    ----------
    findings
        The failures.
    problem
        The problem, if there is no failure.
    doubts
        Its doubts.
    tables
        The tables as they were read.
    notes
        What was noted while they were read.
    """

    findings: Sequence[Finding]
    problem: Problem | None
    doubts: Sequence[Doubt]
    tables: Sequence[TableAsRead]
    notes: Sequence[Noted]


def write_check_report(
    checked: Checked, path: Path, *, language: str = "en", replace: bool = False
) -> None:
    """Write the workbook, whole or not at all.

    Parameters
    ----------
    checked
        What was found.
    path
        The .xlsx file to make.
    language
        Of what is said, and of the names of the sheets.
    replace
        Whether there may be such a file.

    Raises
    ------
    PlanFileError
        If there is such a file and it may not be replaced, or the disk refuses.
    OptionError
        If the package that writes workbooks is not installed.
    """
    report = _Report(checked, language)
    write_workbook_file(path, lambda aside: report.write(aside, path.name), replace=replace)


@dataclass(eq=False)
class _Sheet:
    """The sheet of one table: all offices' rows, below a header that they share."""

    name: str
    headers: list[str] = field(default_factory=list)
    columns: list[str | None] = field(default_factory=list)
    cells: pa.Table = field(default_factory=lambda: pa.table({}))
    starts: list[int] = field(default_factory=list)
    failing: dict[int, set[int]] = field(default_factory=dict)
    doubtful: dict[int, set[int]] = field(default_factory=dict)
    blank: set[tuple[int, int]] = field(default_factory=set)
    said: dict[int, list[str]] = field(default_factory=dict)
    rows: int = 0

    def say(self, row: int, text: str) -> None:
        """Add what is to be said beside a row."""
        texts = self.said.setdefault(row, [])
        if text not in texts:
            texts.append(text)


class _Report:
    def __init__(self, checked: Checked, language: str) -> None:
        self._checked, self._language = checked, language
        self._vocabulary = Vocabulary.standard()
        self._sheets = {schema.name: self._sheet(schema.name) for schema in SCHEMAS}
        self._sheets = {name: sheet for name, sheet in self._sheets.items() if sheet.starts}
        self._listed = [row for finding in checked.findings for row in self._finding(finding)]
        for doubt in checked.doubts:
            self._doubt(doubt)

    def write(self, path: Path, file: str) -> None:
        with new_workbook(path) as book:
            rows = list(self._summary())
            self._add(book, "check_results", _SUMMARY, rows, self._heading(file))
            if self._listed:
                self._add(book, "failures", _LISTED, self._listed[:MOST_ROWS])
            for sheet in self._sheets.values():
                self._add_table(book, sheet)

    def _say(self, key: str, **parameters: str | int) -> str:
        return say(f"workbook.{key}", parameters, self._language)

    def _name(self, group: str, name: str) -> str:
        return self._vocabulary.standard_name(group, name, self._language)

    def _heading(self, file: str) -> list[str]:
        count = sum(finding.count for finding in self._checked.findings)
        lines = [self._say("found_failures", count=count)]
        if count:
            lines.append(self._say("mend", file=file))
        if len(self._listed) > MOST_ROWS:
            lines.append(self._say("cut", most=MOST_ROWS))
        if self._checked.doubts:
            lines.append(self._say("found_doubts"))
        return lines

    def _add(
        self,
        book: Workbook,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[CellValue]],
        above: Sequence[str] = (),
    ) -> None:
        heads = [
            SheetColumn(
                self._say(one), is_text=one not in ("count", "row"), width=_WIDTHS.get(one, 14)
            )
            for one in columns
        ]
        book.add_sheet(self._say(name), heads, rows, above=above, wraps=True)

    def _summary(self) -> Iterator[Sequence[CellValue]]:
        """Yield a row for each kind of failure in each column, each doubt and each note."""
        merged: dict[tuple[str, ...], int] = {}
        for finding in self._checked.findings:
            named = self._column(finding.table, finding.column) or ""
            key = (finding.code, self._table(finding.table), named, *finding.words(self._language))
            merged[key] = merged.get(key, 0) + finding.count
        for (code, table, of, found, advice), count in merged.items():
            yield code, table, of or None, count, found, advice
        for doubt in self._checked.doubts:
            yield (
                doubt.code,
                self._table(doubt.table),
                None,
                doubt.count,
                *doubt.words(self._language),
            )
        for note in self._checked.notes:
            column = self._column(note.table, note.column)
            yield (
                note.code,
                self._table(note.table),
                column,
                note.count,
                note.text(self._language),
                None,
            )

    def _table(self, name: str) -> str:
        return self._name("tables", name) if name in self._sheets else name

    def _column(self, table: str, column: str | None) -> str | None:
        known = column is not None and any(
            schema.name == table and column in [one.name for one in schema.columns]
            for schema in SCHEMAS
        )
        return self._name(table, str(column)) if known else column

    def _sheet(self, table: str) -> _Sheet:
        """Join all parts of a table below one header."""
        parts = [part for part in self._checked.tables if part.table == table]
        sheet = _Sheet(self._name("tables", table))
        at: dict[tuple[str, int], int] = {}
        tables = []
        for part in parts:
            numbers: list[int] = []
            for name, column in zip(part.names, part.columns, strict=True):
                # a name that comes twice is a column of its own each time
                nth = sum(at.get((column or name, one)) in numbers for one in range(len(numbers)))
                number = at.setdefault((column or name, nth), len(at))
                if number == len(sheet.headers):
                    sheet.headers.append(self._header(table, name, column))
                    sheet.columns.append(column)
                numbers.append(number)
            sheet.starts.append(sheet.rows)
            sheet.rows += part.rows.shape[0]
            if numbers:
                tables.append(pa.table(part.cells.columns, names=list(map(str, numbers))))
        if tables:
            joined = pa.concat_tables(tables, promote_options="default")
            sheet.cells = joined.select([str(number) for number in range(len(at))])
        elif parts:
            schema = next(schema for schema in SCHEMAS if schema.name == table)
            sheet.columns = [column.name for column in schema.columns]
            sheet.headers = [self._name(table, column.name) for column in schema.columns]
        return sheet

    def _header(self, table: str, name: str, column: str | None) -> str:
        """Return a header as it was written, unless it is known by a user's own names alone."""
        if column is not None and self._vocabulary.column_of(table, name) != column:
            return self._name(table, column)
        return name

    def _finding(self, finding: Finding) -> Iterator[Sequence[CellValue]]:
        """Mark the cells of a finding, and yield a row for each of its failures."""
        found, advice = finding.words(self._language)
        source = finding.source
        column = self._column(finding.table, finding.column)
        places = self._places(finding)
        sheet = self._sheets.get(finding.table)
        at = None
        if sheet is not None and finding.column is not None and finding.column in sheet.columns:
            at = sheet.columns.index(finding.column)
        numbers: list[int | None] = finding.rows.tolist() or [None]
        for number, place in zip(numbers, places, strict=True):
            here = None
            if sheet is not None and place is not None:
                sheet.say(
                    place,
                    self._say("beside", column=column or sheet.name, found=found, advice=advice),
                )
                here = f"{sheet.name}!{letter(at or 0)}{place + 2}"
                if at is not None:
                    sheet.failing.setdefault(place, set()).add(at)
                    if finding.code in _PERSONAL:
                        sheet.blank.add((place, at))
            yield (
                self._table(finding.table),
                source.file or None,
                source.sheet or None,
                number,
                column,
                here,
                finding.code,
                found,
                advice,
            )

    def _places(self, finding: Finding) -> list[int | None]:
        """Return the row of its sheet for each row of a finding; new rows for what is not there."""
        sheet = self._sheets.get(finding.table)
        parts = [part for part in self._checked.tables if part.table == finding.table]
        for part, start in zip(parts, [] if sheet is None else sheet.starts, strict=False):
            names = (part.source.file, part.source.sheet)
            if sheet is None or names != (finding.source.file, finding.source.sheet):
                continue
            if not finding.rows.shape[0]:
                # a part that could not be read must not be forgotten
                return [None] if part.names else [self._new_row(sheet)]
            return self._found(finding.rows, part, start, sheet)
        return [None] * max(1, finding.rows.shape[0])

    def _found(
        self, numbers: IntArray, part: TableAsRead, start: int, sheet: _Sheet
    ) -> list[int | None]:
        if not part.rows.shape[0]:
            return [self._new_row(sheet) for _ in numbers]
        at = np.minimum(np.searchsorted(part.rows, numbers), part.rows.shape[0] - 1)
        there = part.rows[at] == numbers
        return [
            start + place if is_there else self._new_row(sheet)
            for place, is_there in zip(at.tolist(), there.tolist(), strict=True)
        ]

    def _new_row(self, sheet: _Sheet) -> int:
        """Add a row without cells: it fails until somebody writes what is missing there."""
        sheet.rows += 1
        return sheet.rows - 1

    def _doubt(self, doubt: Doubt) -> None:
        """Mark the ids of a doubt."""
        sheet, problem = self._sheets.get(doubt.table), self._checked.problem
        schema = next(schema for schema in SCHEMAS if schema.name == doubt.table)
        key = schema.key[0] if doubt.table != "recipients" else "recipient_id"
        if sheet is None or problem is None or key not in sheet.columns:
            return
        ids = getattr(problem, doubt.table).column(key).take(pa.array(doubt.rows))
        at = sheet.columns.index(key)
        texts = pc.utf8_trim_whitespace(whole(sheet.cells.column(str(at))))
        found, advice = doubt.words(self._language)
        for row in np.flatnonzero(positions(texts, ids) >= 0).tolist():
            sheet.doubtful.setdefault(row, set()).add(at)
            sheet.say(
                row, self._say("beside", column=sheet.headers[at], found=found, advice=advice)
            )

    def _add_table(self, book: Workbook, sheet: _Sheet) -> None:
        check_fits(sheet.name, sheet.cells, sheet.rows)
        columns = [SheetColumn(header) for header in sheet.headers]
        columns.append(SheetColumn(self._say("problem"), width=_WIDE))
        last = len(sheet.headers)
        failing: Mapping[int, frozenset[int]] = {
            row: frozenset({*cells, last}) for row, cells in sheet.failing.items()
        }
        doubtful = {row: frozenset({*cells, last}) for row, cells in sheet.doubtful.items()}
        marks = [Marks(doubtful, _DOUBTFUL), Marks(failing, _FAILING)]
        book.add_sheet(sheet.name, columns, self._rows(sheet), marks)

    def _rows(self, sheet: _Sheet) -> Iterator[Sequence[CellValue]]:
        nothing: tuple[CellValue, ...] = (None,) * len(sheet.headers)
        read = rows_of(sheet.cells) if sheet.cells.num_columns else iter(())
        separator = self._say("and_then")
        blank_rows = {row for row, _ in sheet.blank}
        for row in range(sheet.rows):
            cells = next(read, nothing)
            if row in blank_rows:
                cells = tuple(
                    None if (row, at) in sheet.blank else cell for at, cell in enumerate(cells)
                )
            said = sheet.said.get(row)
            yield (*cells, None if said is None else separator.join(said))
