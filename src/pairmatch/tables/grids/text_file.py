"""Text files as grids: any of three separators, every cell as text, rows as they are counted."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from pairmatch.arrays import IntArray
from pairmatch.errors import Source
from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.findings import Findings
from pairmatch.tables.formula_cells import without_apostrophes
from pairmatch.tables.grids.grid import MAX_COLUMNS, Grid
from pairmatch.tables.places import letter

_COMMA = ","
_SEPARATORS = (_COMMA, "\t", ";")
_NOT_SEPARATORS = ("|", "，")
_OTHER_SEPARATORS = ("\t", ";", *_NOT_SEPARATORS)
_QUOTE = b'"'
_ROWS_TRIED = 60
_LONGEST_ROW = 1 << 20
# where each text ends
_BYTES_OF_A_CELL = 4
# a reason may have a few lines; more of them, or a line with separators, are rows by mistake
_LINES_OF_A_CELL = 8


@dataclass(frozen=True)
class Beginning:
    """The first rows of a text: ``separator``, and how many cells most rows have."""

    rows: list[list[str]]
    separator: str
    width: int


def begin(text: bytes, separators: tuple[str, ...] = _SEPARATORS) -> Beginning:
    """Return the first rows of a text, taken apart by the separator that gives most rows alike.

    Raises
    ------
    RefusedError
        If there is nothing, or no line end where one is due, or another separator.
    """
    head = text[:_LONGEST_ROW].decode("utf-8", "ignore")
    found = [_rows(head, separator) for separator in separators]
    best = max(found, key=_fits)
    if not best.rows:
        raise RefusedError("bad_header")
    if best.width > MAX_COLUMNS:
        raise RefusedError("too_many_columns", most=MAX_COLUMNS)
    filled = [row[0] for row in best.rows if row]
    if best.width == 1 and any(all(sign in row for row in filled) for sign in _NOT_SEPARATORS):
        raise RefusedError("bad_header.separators")
    return best


def _fits(beginning: Beginning) -> tuple[bool, int, int]:
    """Return how well a separator fits: one that stands in some cells does so in fewer rows."""
    alike = sum(1 for row in beginning.rows if len(row) == beginning.width)
    return beginning.width > 1, alike, beginning.width


def begin_plain(text: bytes) -> Beginning:
    """Return the first rows of a text with commas, whose first row that is not blank is the header.

    Raises
    ------
    RefusedError
        If there is no header, or it has other separators.
    """
    rows = _rows(text[:_LONGEST_ROW].decode("utf-8", "ignore"), _COMMA).rows
    header = next((row for row in rows if row), [])
    if not header:
        raise RefusedError("bad_header")
    if len(header) == 1 and any(separator in header[0] for separator in _OTHER_SEPARATORS):
        raise RefusedError("bad_header.separators")
    return Beginning(rows, _COMMA, len(header))


def _rows(head: str, separator: str) -> Beginning:
    rows: list[list[str]] = []
    try:
        rows.extend(
            islice(csv.reader(StringIO(head, newline=""), delimiter=separator), _ROWS_TRIED)
        )
    except csv.Error as error:
        # a cell longer than a row may be: what was read until then has to do
        if not rows:
            raise RefusedError("bad_header") from error
    if len(head) >= _LONGEST_ROW and len(rows) < _ROWS_TRIED:
        # the last of them is cut off
        rows = rows[:-1]
    widths = [len(row) for row in rows if len(row) > 1] or [len(row) for row in rows if row]
    # of equally frequent widths the larger: a header may be wider than a title
    width = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return Beginning(rows if width else [], separator, width)


def parse(
    text: bytes, beginning: Beginning, file: str, table: str, findings: Findings, limits: ReadLimits
) -> Grid:
    """Return a text as a grid.

    Empty cells become null. An apostrophe that keeps a cell from being a formula is taken away.
    Blank lines count. Rows of another length than the others are reported and left out, unless
    only empty cells are too many.

    Raises
    ------
    RefusedError
        If there are more rows or bytes than the limits allow; before it is taken apart. Or if it
        cannot be taken apart.
    """
    ends = max(text.count(b"\n"), text.count(b"\r"))
    limits.check_rows(ends - 1)
    separators = text.count(beginning.separator.encode())
    limits.check_bytes(len(text) + _BYTES_OF_A_CELL * (separators + ends))
    letters = [letter(at) for at in range(beginning.width)]
    odd: list[tuple[int, str]] = []

    def leave_out(row: pacsv.InvalidRow) -> str:
        # it knows the number only while it reads with one thread
        odd.append((int(row.number), str(row.text)))
        return "skip"

    try:
        data = pacsv.read_csv(
            pa.BufferReader(text),
            read_options=pacsv.ReadOptions(use_threads=False, column_names=letters),
            parse_options=pacsv.ParseOptions(
                delimiter=beginning.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=leave_out,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.string() for name in letters},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except MemoryError:
        raise
    except pa.ArrowException:
        # its message may quote a row
        raise RefusedError("unreadable_file.content") from None
    is_read = np.ones(data.num_rows + len(odd), dtype=np.bool_)
    is_read[[number - 1 for number, _ in odd]] = False
    rows = np.flatnonzero(is_read).astype(np.int64) + 1
    fitting = dict(_fitting(odd, beginning))
    data, rows = _with_rows(data, rows, fitting, letters)
    bad = [number for number, _ in odd if number not in fitting]
    if bad:
        findings.incomplete.add(table)
        findings.numbered("ragged_row", table, bad, Source(file), cells=beginning.width)
    # without a quote no cell has more than a line
    swallowed = _swallowed(data, beginning) if _QUOTE in text else []
    if swallowed:
        findings.incomplete.add(table)
        findings.numbered("ragged_row.quotes", table, rows[swallowed], Source(file))
        kept = np.delete(np.arange(rows.shape[0]), swallowed)
        data, rows = data.take(pa.array(kept)), rows[kept]
    if not data.num_rows:
        raise RefusedError("bad_header")
    return Grid(file, "", without_apostrophes(data), rows)


def _fitting(odd: list[tuple[int, str]], beginning: Beginning) -> Iterator[tuple[int, list[str]]]:
    """Yield odd rows that have only empty cells too many, or are a title above the others."""
    full = (
        number
        for number, row in enumerate(beginning.rows, 1)
        if len(row) == beginning.width and sum(1 for cell in row if cell.strip()) > 1
    )
    first = next(full, 0)
    for number, text in odd:
        try:
            row = next(csv.reader(StringIO(text, newline=""), delimiter=beginning.separator), [])
        except csv.Error:
            continue
        filled = max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)
        if filled <= beginning.width and (len(row) > beginning.width or number < first):
            yield number, (row + [""] * beginning.width)[: beginning.width]


def _with_rows(
    data: pa.Table, rows: IntArray, further: dict[int, list[str]], letters: list[str]
) -> tuple[pa.Table, IntArray]:
    """Return a table with some more rows, each at its number."""
    if not further:
        return data, rows
    columns = zip(*further.values(), strict=True)
    cells = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
    data = pa.concat_tables([data, pa.table(cells, names=letters)])
    rows = np.concatenate([rows, np.fromiter(further, np.int64)])
    order = np.argsort(rows, kind="stable")
    return data.take(pa.array(order)), rows[order]


def _swallowed(data: pa.Table, beginning: Beginning) -> list[int]:
    """Return the positions of rows with a cell that holds whole rows: a quote is wrong there."""
    bad: set[int] = set()
    within = max(1, beginning.width - 1)
    for column in data.columns:
        many = pc.fill_null(pc.match_substring(column, "\n"), fill_value=False).to_numpy()
        for at in np.flatnonzero(many).tolist():
            lines = column[at].as_py().strip("\r\n").split("\n")
            holds_rows = any(line.count(beginning.separator) >= within for line in lines[1:])
            if holds_rows or len(lines) > _LINES_OF_A_CELL:
                bad.add(at)
    return sorted(bad)
