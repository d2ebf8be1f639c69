"""Workbooks: tables as sheets, written row by row in little memory.

A cell is text or a number, never a formula, whatever it begins with. Ids are text, and so is every
cell below them, so that a spreadsheet program makes no number of what is typed there.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.errors import OptionError
from pairmatch.options import Options
from pairmatch.tables.decode import decoded, is_text
from pairmatch.tables.positions import whole

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

MOST_LETTERS = 32_767
"""Letters that a cell holds."""

CellValue: TypeAlias = str | int | float | None

_ROWS_AT_ONCE = 10_000
_WIDTH = 14
# letters of all choices of a cell together
_MOST_CHOICES = 255
_TEXT = "@"
_A4 = 9
# inches, at the left, right, top and bottom of a page
_MARGINS = (0.3, 0.3, 0.4, 0.6)
# points: of a header, of a line, and the most that a row may have
_TWO_LINES, _LINE, _HIGHEST = 32, 15, 409
_HEADER, _REQUIRED = "#DDEBF7", "#F8CBAD"
_LAST_CELL = "XFD1048576"


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet.

    Attributes
    ----------
    header
        What stands in its first row.
    is_text
        Whether its cells are text, those that are still empty too.
    width
        In letters.
    explained
        What a comment on the header says; none if empty.
    choices
        What may be chosen from a list; whatever else is typed is taken too.
    is_required
        Whether its header stands out.
    takes_choices_alone
        Whether nothing else may be typed than what may be chosen.
    number_format
        How its numbers are shown, in the codes of spreadsheets; as they are if empty.
    colour
        Of the ground of its cells, as ``#RRGGBB``; none if empty.
    is_to_fill_in
        Whether its cells are empty in every row; none is written.
    """

    header: str
    is_text: bool = True
    width: int = _WIDTH
    explained: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    takes_choices_alone: bool = False
    number_format: str = ""
    colour: str = ""
    is_to_fill_in: bool = False


@dataclass(frozen=True)
class Form:
    """How a sheet is made that is printed and filled in: with lines around its cells.

    Attributes
    ----------
    footer
        At the foot of each page, in the codes of spreadsheets.
    fixed
        How many columns stay in sight beside the header.
    has_filters
        Whether rows can be chosen by what stands in a column.
    is_one_page
        Whether all of it goes on one page.
    """

    footer: str
    fixed: int = 0
    has_filters: bool = True
    is_one_page: bool = False


@dataclass(frozen=True)
class Marks:
    """Cells of a sheet that are coloured.

    Attributes
    ----------
    cells
        By position of the row, from 0 below the header, the positions of the columns.
    colour
        Of their ground, as ``#RRGGBB``.
    """

    cells: Mapping[int, frozenset[int]]
    colour: str = "#FFC7CE"


class Workbook:
    """A workbook that is being written; see `new_workbook`."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._line = book.add_format({"bold": True})

    def add_sheet(
        self,
        name: str,
        columns: Sequence[SheetColumn],
        rows: Iterable[Sequence[CellValue]],
        marks: Sequence[Marks] = (),
        *,
        above: Sequence[str] = (),
        wraps: bool = False,
        form: Form | None = None,
    ) -> None:
        """Write a sheet: a header that stays in sight, and rows below it.

        Parameters
        ----------
        name
            Of the sheet, at most 31 letters.
        columns
            Its columns.
        rows
            A value for each column; None leaves the cell empty.
        marks
            Cells to colour; of two colours the later one is seen.
        above
            Lines above the header.
        wraps
            Whether long texts go on in further lines of their cell.
        form
            What to do where the sheet is to be printed and filled in; its long texts wrap.
        """
        sheet = self._book.add_worksheet(name)
        top = len(above)
        sheet.freeze_panes(top + 1, form.fixed if form else 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        # else a program marks every id that looks like a number
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_LAST_CELL}"})
        is_form = form is not None
        styles = self._styles(columns, wraps=wraps or is_form, is_form=is_form)
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line, self._line)
        for at, column in enumerate(columns):
            self._write_header(sheet, top, at, column, styles[at], is_form=is_form)
        grounds = [
            self._styles(columns, wraps=is_form, is_form=is_form, colour=one.colour)
            for one in marks
        ]
        number = -1
        for number, row in enumerate(rows):
            if is_form and (lines := _lines(row, columns)) > 1:
                sheet.set_row(top + 1 + number, min(_LINE * lines, _HIGHEST))
            _write_row(sheet, top + 1 + number, row, styles, has_blanks=is_form)
            for one, ground in zip(marks, grounds, strict=True):
                for at in one.cells.get(number, ()):
                    _write_cell(sheet, top + 1 + number, at, row[at], ground[at])
        if form is not None:
            self._finish(sheet, form, columns, top, top + 1 + max(number, 0))

    def _finish(
        self, sheet: Any, form: Form, columns: Sequence[SheetColumn], top: int, last: int
    ) -> None:
        """Set up how a form is printed, filtered and filled in."""
        sheet.fit_to_pages(1, int(form.is_one_page))
        sheet.set_margins(*_MARGINS)
        sheet.set_footer(form.footer)
        if form.has_filters:
            sheet.autofilter(top, 0, last, len(columns) - 1)
        for at, column in enumerate(columns):
            if column.is_to_fill_in:
                look = self._format({"border": 1, "bg_color": column.colour})
                every = {"type": "formula", "criteria": "=TRUE", "format": look}
                sheet.conditional_format(top + 1, at, last, at, every)

    def _styles(
        self, columns: Sequence[SheetColumn], *, wraps: bool, is_form: bool, colour: str = ""
    ) -> list[Any]:
        """Return how the cells of each column look."""
        looks: dict[str, Any] = {"text_wrap": True, "valign": "top"} if wraps else {}
        if is_form:
            looks |= {"border": 1, "valign": "vcenter"}
        return [
            self._format(
                {
                    **looks,
                    **({"num_format": _TEXT} if column.is_text else {}),
                    **({"num_format": column.number_format} if column.number_format else {}),
                    **({"bg_color": colour or column.colour} if colour or column.colour else {}),
                }
            )
            for column in columns
        ]

    def _format(self, look: dict[str, Any]) -> Any:
        """Return a format, the same one for the same look; None for none."""
        key = tuple(look.items())
        if key and key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key] if key else None

    def _write_header(
        self, sheet: Any, row: int, at: int, column: SheetColumn, style: Any, *, is_form: bool
    ) -> None:
        # what is below the rows of a form is not to have lines around it
        below = self._format({"num_format": _TEXT, "text_wrap": True})
        sheet.set_column(at, at, column.width, below if is_form else style)
        look = {"bold": True, "border": 1, "num_format": _TEXT}
        if is_form:
            look |= {"text_wrap": True, "valign": "vcenter"}
            sheet.set_row(row, _TWO_LINES)
        look["bg_color"] = _REQUIRED if column.is_required else _HEADER
        sheet.write_string(row, at, column.header, self._format(look))
        if column.explained:
            sheet.write_comment(row, at, column.explained, {"x_scale": 2, "y_scale": 1.5})
        if column.choices and len(",".join(column.choices)) <= _MOST_CHOICES:
            kind = "stop" if column.takes_choices_alone else "warning"
            choice = {"validate": "list", "source": list(column.choices), "error_type": kind}
            sheet.data_validation(row + 1, at, MOST_ROWS, at, choice)


def _lines(row: Sequence[CellValue], columns: Sequence[SheetColumn]) -> int:
    """Return how many lines the longest text of a row takes; not every program finds out itself."""
    most = 1
    for value, column in zip(row, columns, strict=False):
        # a Chinese character has three bytes and takes two places
        if isinstance(value, str) and 2 * len(value) >= column.width:
            places = (len(value) + len(value.encode())) // 2
            most = max(most, -(-places // (column.width - 1)), value.count("\n") + 1)
    return most


def _write_row(
    sheet: Any,
    number: int,
    row: Sequence[CellValue],
    styles: Sequence[Any],
    *,
    has_blanks: bool,
) -> None:
    for at, value in enumerate(row):
        if has_blanks or value is not None:
            _write_cell(sheet, number, at, value, styles[at])


def _write_cell(sheet: Any, number: int, at: int, value: CellValue, style: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(number, at, value, style)
    elif value is None:
        sheet.write_blank(number, at, None, style)
    elif float(f"{value:.16G}") == value:
        sheet.write_number(number, at, value, style)
    else:  # a cell of numbers would lose digits
        sheet.write_string(number, at, repr(value), style)


@contextmanager
def new_workbook(path: Path, *, comments: str = "", is_small: bool = False) -> Iterator[Workbook]:
    """Write a workbook; an error within leaves a file that is not complete, or none.

    Parameters
    ----------
    path
        The file to write.
    comments
        What the properties of the document say.
    is_small
        Whether it is made in memory, which takes half of the time and some 2 kB a row.

    Raises
    ------
    OptionError
        If the package that writes workbooks is not installed.
    OSError
        If the file cannot be written.
    """
    xlsxwriter = _xlsxwriter()
    with tempfile.TemporaryDirectory(prefix=".pairmatch-", dir=path.parent) as aside:
        book = xlsxwriter.Workbook(
            str(path),
            {**({"in_memory": True} if is_small else {"constant_memory": True}), "tmpdir": aside},
        )
        try:
            book.use_zip64()
            if comments:
                book.set_properties({"comments": comments})
            yield Workbook(book)
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            why: OSError = error.args[0]
            raise why from None
        finally:
            for sheet in book.worksheets():
                if not book.fileclosed:
                    sheet._opt_close()  # noqa: SLF001  # else its file would be open in the folder
            book.fileclosed = True  # else it would be written when the object goes


def check_can_write_workbooks() -> None:
    """Find out whether workbooks can be written, before anything long is started.

    Raises
    ------
    OptionError
        If the package that writes them is not installed.
    """
    _xlsxwriter()


def check_fits(name: str, table: pa.Table, rows: int = 0) -> None:
    """Find out whether a table fits into a sheet, with rows added to it so that it has ``rows``.

    Raises
    ------
    OptionError
        If it has too many rows, or a text that is too long for a cell.
    """
    options = Options()
    if max(table.num_rows, rows) > MOST_ROWS:
        options.refuse("too_large_for_workbook.rows", name, most=MOST_ROWS)
    longest = [
        pc.max(pc.utf8_length(column)).as_py() or 0
        for column in table.columns
        if is_text(column.type)
    ]
    if max(longest, default=0) > MOST_LETTERS:
        options.refuse("too_large_for_workbook.cell", name, most=MOST_LETTERS)
    options.check()


def without_lists(table: pa.Table) -> pa.Table:
    """Return a table whose lists of ids are texts, joined by semicolons, and null where empty."""
    columns = [
        _joined(column) if pa.types.is_list(column.type) else decoded(column)
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _joined(lists: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = pc.binary_join(whole(lists), ";")
    is_empty = pc.equal(pc.binary_length(texts), 0)
    return pa.chunked_array([pc.if_else(is_empty, pa.scalar(None, pa.string()), texts)])


def rows_of(table: pa.Table) -> Iterator[tuple[CellValue, ...]]:
    """Yield the rows of a table without lists, a few thousand in memory at a time."""
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def columns_of(table: pa.Table) -> list[SheetColumn]:
    """Return columns of a sheet for a table: text stays text."""
    return [
        SheetColumn(name, is_text=is_text(kind))
        for name, kind in zip(table.column_names, table.schema.types, strict=True)
    ]


def _xlsxwriter() -> Any:
    try:
        return import_module("xlsxwriter")
    except ImportError:
        options = Options()
        options.refuse(
            "missing_package", "format", package="XlsxWriter", extra="pairmatch-engine[excel]"
        )
    raise OptionError(options.findings)
