"""CSV files as Arrow tables of text: '007' stays '007', and numbers are parsed by the checks."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from pairmatch.errors import Source
from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.findings import Findings
from pairmatch.tables.formula_cells import without_apostrophes
from pairmatch.tables.places import Places, letter

_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 20
# where each text ends
_BYTES_OF_A_CELL = 4
_LIMITS = ReadLimits()
_OTHER_SEPARATORS = ("\t", ";", "|", "，")


@dataclass(frozen=True)
class _Header:
    """The first row; ``lines`` are those down to its end, ``alone`` if nothing follows."""

    names: list[str]
    lines: int
    alone: bool


def read_csv(
    path: Path, table: str, findings: Findings, limits: ReadLimits = _LIMITS
) -> pa.Table | None:
    """Read a CSV file in UTF-8, with or without a byte order mark, every column as text.

    Empty cells become null. An apostrophe that keeps a cell from being a formula is taken away.
    Blank lines are skipped and not counted. Rows that do not have as many cells as the header are
    reported and left out.

    Returns
    -------
    pyarrow.Table or None
        None after adding why the file as a whole cannot be read.

    Raises
    ------
    RefusedError
        If the file has more lines or bytes than the limits allow; before it is taken apart.
    OSError
        If the file cannot be opened.
    pyarrow.ArrowException
        If the file is no CSV.
    """
    header = _read_header(path, table, findings, limits)
    if header is None:
        return None
    if header.alone:
        return pa.table({name: pa.array([], pa.string()) for name in header.names})
    left_out: list[int] = []

    def leave_out(row: pacsv.InvalidRow) -> str:
        # the reader counts rows of data on from the lines of the header; it knows the number only
        # while it reads with one thread
        left_out.append(int(row.number) - header.lines)
        return "skip"

    data = pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(
            use_threads=False, column_names=header.names, skip_rows=header.lines
        ),
        parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=leave_out),
        convert_options=pacsv.ConvertOptions(
            column_types={name: pa.string() for name in header.names},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    source = Source(letters={name: letter(at) for at, name in enumerate(header.names)})
    numbers = np.arange(data.num_rows + len(left_out), dtype=np.int64) + header.lines + 1
    if left_out:
        bad = np.array(left_out, dtype=np.int64) + header.lines
        numbers = np.setdiff1d(numbers, bad)
        findings.incomplete.add(table)
        findings.numbered("ragged_row", table, bad, source, cells=len(header.names))
    findings.places[table] = Places.of(source, numbers)
    return without_apostrophes(data)


def _short_lines(file: TextIO) -> Iterator[str]:
    """Yield the lines of a file, down to one that is too long for a header."""
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error
        yield line


def _read_header(path: Path, table: str, findings: Findings, limits: ReadLimits) -> _Header | None:
    """Return the header, after making sure that the whole file is UTF-8 and not too long."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(_short_lines(file))
            names = next((row for row in rows if row), [])
            lines = rows.line_num
            alone = True
            ends = commas = 0
            size = path.stat().st_size
            # a comma or a line end is a byte at least, so that few bytes need no counting
            is_large = size * (1 + _BYTES_OF_A_CELL) > limits.max_bytes
            while text := file.read(_CHUNK):
                alone = alone and not text.strip("\r\n")
                ends += max(text.count("\n"), text.count("\r"))
                commas += text.count(",") if is_large else 0
            limits.check_rows(ends)
            if is_large:
                limits.check_bytes(size + _BYTES_OF_A_CELL * (commas + ends))
    except UnicodeDecodeError:
        findings.table("bad_encoding", table)
        return None
    except csv.Error:
        names, lines, alone = [], 0, True
    if len(names) == 1 and any(separator in names[0] for separator in _OTHER_SEPARATORS):
        findings.table("bad_header.separators", table)
        return None
    if not names:
        findings.table("bad_header", table)
        return None
    return _Header([name.strip() for name in names], lines, alone)
