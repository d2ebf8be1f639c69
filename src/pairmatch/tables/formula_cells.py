"""Cells that a spreadsheet program would take for formulas, in CSV files for people.

A cell of text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end gets an apostrophe
before it, and so does one that has apostrophes before such a beginning; reading takes one away
again. So whatever is written comes back as it was:

>>> import pyarrow as pa
>>> table = pa.table({"id": ["=1+1", "'-2", "'x", "y"]})
>>> written = with_apostrophes(table)
>>> written.column("id").to_pylist()
["'=1+1", "''-2", "'x", 'y']
>>> without_apostrophes(written).equals(table)
True
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.decode import decoded, is_text
from pairmatch.tables.raw_bytes import may_begin_with

_APOSTROPHE = "'"
# the wide ones are taken for the plain ones by some programs
_BEGINNINGS = "=+\\-@\t\r\n＝＋－＠"
_IS_FORMULA = f"^'*[{_BEGINNINGS}]"
_WAS_FORMULA = f"^'('*[{_BEGINNINGS}])"
# a wide character begins with a byte beyond ASCII
_FIRST_BYTES = tuple(b"=+-@\t\r\n'") + tuple("＝".encode()[:1])


def with_apostrophes(table: pa.Table) -> pa.Table:
    """Return a table for people: no text in it and no name of a column is a formula.

    Columns of numbers stay as they are: ``-5`` is a number.
    """
    return pa.table(
        [_written(decoded(column)) for column in table.columns],
        names=[
            _APOSTROPHE + name if re.match(_IS_FORMULA, name) else name
            for name in table.column_names
        ],
    )


def without_apostrophes(table: pa.Table) -> pa.Table:
    """Return a table of text as it was before `with_apostrophes`."""
    return pa.table(
        [_read(column) for column in table.columns],
        names=[re.sub(_WAS_FORMULA, r"\1", name) for name in table.column_names],
    )


def _written(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not is_text(column.type) or not may_begin_with(column, _FIRST_BYTES):
        return column
    return pc.replace_substring_regex(column, f"({_IS_FORMULA})", r"'\1")


def _read(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not may_begin_with(column, _FIRST_BYTES[-2:-1]):
        return column
    return pc.replace_substring_regex(column, _WAS_FORMULA, r"\1")
