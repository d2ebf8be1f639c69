"""Where the header of a grid is, and which rows below it are rows of the table.

Offices put titles above a header, merge cells in it and below it, and end a list with a sum and
with who has filled it in.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Source
from pairmatch.tables.convert import blank_cells
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.sheet_scan import column_number
from pairmatch.tables.office.sheet import Sheet
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.places import Places
from pairmatch.tables.schema import Schema

# a header stands among the first rows
_ROWS_TRIED = 30
_LEAST_KNOWN = 2
# a title has one, and who has filled in the list may stand beside it
_CELLS_OF_A_ROW = 3
_ROWS_OF_A_FOOTER = 12
# a class of Arrow's that takes in the wide blank
_BLANKS = r"[\s\x{3000}]*"
_TOTAL = (
    rf"^{_BLANKS}(?:本页|本县|全县|全省)?(?:[合总小共]{_BLANKS}计|(?i:grand total|total|sum))"
    rf"{_BLANKS}[:：]?{_BLANKS}$"
)
_EXAMPLE = r"^(?:示例|(?i:example)-)"
_FOOTER = re.compile(
    r"\s*(?:注|备注|说明|填表|制表|审核|复核|负责人|单位负责人|填报|联系|日期|附|以下空白|notes?\b"
    r"|remarks?\b)",
    re.IGNORECASE,
)
# columns that a report of checks adds
_ADDED = frozenset({"问题", "problem"})


class _Header(NamedTuple):
    """The names of all columns, and the positions of the header's first and last row."""

    names: tuple[str, ...]
    first: int
    last: int


def sheet_of(grid: Grid, schema: Schema, vocabulary: Vocabulary, findings: Findings) -> Sheet:
    """Return the rows of a table below its header.

    What is left out, such as sums, is noted, or is a failure where nothing may be repaired.
    """
    table = schema.name
    letters = grid.cells.column_names
    header = _header(grid, table, vocabulary)
    names = [unicodedata.normalize("NFKC", name).strip() for name in header.names]
    _note_above(grid, header, table, findings)
    below = grid.cells.slice(header.last + 1)
    rows = grid.rows[header.last + 1 :]
    findings.places[table] = Places.of(Source(grid.file, grid.sheet), rows)
    below = _filled_down(below, rows, grid, table, findings)
    filled = {name: ~blank_cells(below.column(name)) for name in letters}
    key = [
        letter
        for letter, name in zip(letters, names, strict=True)
        if vocabulary.column_of(table, name) in schema.key
    ]
    wanted = _wanted(below, filled, header, key, table, findings)
    kept = [
        letter
        for letter, name in zip(letters, names, strict=True)
        if name.casefold() not in _ADDED and (name or (filled[letter] & wanted).any())
    ]
    unnamed = [letter for letter, name in zip(letters, names, strict=True) if not name]
    unnamed = [letter for letter in unnamed if letter in kept]
    if unnamed:
        findings.note("unnamed_column", table, count=len(unnamed), names=unnamed)
    kept = [letter for letter in kept if letter not in unnamed]
    idx = np.flatnonzero(wanted).astype(np.int64)
    cells = below.select(kept)
    if idx.shape[0] < below.num_rows:
        cells, rows = cells.take(pa.array(idx)), rows[idx]
    return Sheet(
        grid.file,
        grid.sheet,
        tuple(names[letters.index(letter)] for letter in kept),
        tuple(kept),
        cells,
        rows,
        positions(grid.lost_digits, rows, {letter: letter for letter in kept}),
    )


def _note_above(grid: Grid, header: _Header, table: str, findings: Findings) -> None:
    """Note rows above the header that hold more than a title: they may be rows of the table."""
    above = grid.cells.slice(0, header.first)
    count = np.zeros(header.first, dtype=np.int64)
    for column in above.columns:
        count += ~blank_cells(column)
    rows = grid.rows[: header.first]
    findings.places[table] = Places.of(Source(grid.file, grid.sheet), rows)
    findings.note_rows("above_header", table, None, count >= _CELLS_OF_A_ROW)


def _header(grid: Grid, table: str, vocabulary: Vocabulary) -> _Header:
    """Find the first row with known names of columns; one beside it may belong to it.

    Where none has any, it is the first row with more than one cell.
    """
    head = grid.cells.slice(0, _ROWS_TRIED).to_pydict()
    above: list[tuple[str, ...]] = [
        tuple((cell or "").strip() for cell in row) for row in zip(*head.values(), strict=True)
    ]
    known = [
        len({meant for cell in row if cell and (meant := vocabulary.column_of(table, cell))})
        for row in above
    ]
    most = max(known, default=0)
    # a later page may name more, and what stands above it is no title
    enough = most if most < _LEAST_KNOWN else max(_LEAST_KNOWN, most / 2)
    best = next((at for at, count in enumerate(known) if count >= enough), 0)
    if not most:
        several = [at for at, row in enumerate(above) if sum(map(bool, row)) > 1]
        filled = [at for at, row in enumerate(above) if any(row)]
        best = (several or filled or [0])[0]
        return _Header(above[best] if above else (), best, best)
    first, last = best, best
    spans = [
        merged.bottom
        for merged in grid.merged
        if merged.top <= grid.rows[best] < merged.bottom <= grid.rows[best] + 2
    ]
    if best + 1 < len(above) and (known[best + 1] >= _LEAST_KNOWN or spans):
        last = best + _goes_on(above[best], above[best + 1], table, vocabulary)
    elif best and known[best - 1] >= 1:
        first = best - 1
    return _Header(_names(above[first : last + 1], table, vocabulary), first, last)


def _goes_on(
    row: tuple[str, ...], below: tuple[str, ...], table: str, vocabulary: Vocabulary
) -> bool:
    """Tell whether the row below a header belongs to it, and is none of the table.

    It then names columns that have no known name yet, and no cell below a known name is another's.
    """
    is_known = [bool(name and vocabulary.column_of(table, name)) for name in row]
    also = [bool(name and vocabulary.column_of(table, name)) for name in below]
    every = list(zip(is_known, also, below, strict=True))
    adds = any(name and not known for known, name, _ in every) or not any(also)
    return adds and all(name or not text for known, name, text in every if known)


def _names(rows: Sequence[tuple[str, ...]], table: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return one name a column: the lowest that is known, else the lowest that is there."""
    names = []
    for column in zip(*rows, strict=True):
        lowest_first = [cell for cell in reversed(column) if cell]
        known = [cell for cell in lowest_first if vocabulary.column_of(table, cell)]
        names.append((known or lowest_first or [""])[0])
    return tuple(names)


def _filled_down(
    below: pa.Table, rows: IntArray, grid: Grid, table: str, findings: Findings
) -> pa.Table:
    """Give each of some cells merged one below the other the text of the first."""
    if not rows.shape[0]:
        return below
    spans: dict[str, list[tuple[int, int]]] = {}
    for merged in grid.merged:
        top, bottom = np.searchsorted(rows, (merged.top, merged.bottom + 1)).tolist()
        if merged.left == merged.right and merged.top >= rows[0] and bottom - top > 1:
            letter = _letter_of(merged.left, below.column_names)
            if letter is not None:
                spans.setdefault(letter, []).append((top, bottom))
    for letter, merged_rows in spans.items():
        source = np.arange(below.num_rows, dtype=np.int64)
        for top, bottom in merged_rows:
            source[top:bottom] = top
        at = below.column_names.index(letter)
        before = below.column(letter)
        after = before.take(pa.array(source))
        changed = before.is_null().to_numpy() & after.is_valid().to_numpy()
        findings.repaired("merged_cells", table, None, changed)
        below = below.set_column(at, letter, after)
    return below


def _letter_of(number: int, letters: Sequence[str]) -> str | None:
    return next((one for one in letters if column_number(one.encode()) == number), None)


def _wanted(
    below: pa.Table,
    filled: dict[str, BoolArray],
    header: _Header,
    key: Sequence[str],
    table: str,
    findings: Findings,
) -> BoolArray:
    """Tell which rows are rows of the table, and note which others have something in them."""
    count = np.zeros(below.num_rows, dtype=np.int64)
    for cells in filled.values():
        count += cells
    wanted = count > 0
    letters = below.column_names
    looked_at = list(dict.fromkeys([*letters[:2], *key]))
    has_key = np.zeros_like(wanted)
    for letter in key:
        has_key |= filled[letter]
    totals = np.zeros_like(wanted)
    for letter in looked_at:
        marked = _matching(below.column(letter), _TOTAL)
        totals |= marked & (~has_key | (letter in key) | (letter == letters[0]))
    repeated = np.zeros_like(wanted)
    for letter in key[:1]:
        title = pa.scalar(header.names[letters.index(letter)], pa.string())
        repeated = _bools(pc.equal(below.column(letter), title))
    examples = np.zeros_like(wanted)
    for letter in key:
        examples |= _matching(below.column(letter), _EXAMPLE)
    footers = _footers(below, count)
    for code, marked in (
        ("total_row", totals),
        ("repeated_header", repeated & ~totals),
        ("footer", footers & ~totals & ~repeated),
    ):
        findings.repaired(code, table, None, marked & wanted)
        wanted &= ~marked
    findings.note_rows("example_row", table, None, examples & wanted)
    return wanted & ~examples


def _footers(below: pa.Table, count: IntArray) -> BoolArray:
    """Tell which of the last rows hold one cell that says who has filled in the list, or so."""
    footers = np.zeros(below.num_rows, dtype=np.bool_)
    seen = np.flatnonzero(count)[: -_ROWS_OF_A_FOOTER - 1 : -1]
    for at in seen.tolist():
        texts = [column[at].as_py() for column in below.columns if column[at].is_valid]
        words = [text for text in texts if text.strip()]
        if not _FOOTER.match(words[0]) or (len(words) > 1 and not all(map(_FOOTER.match, words))):
            break
        footers[at] = True
    return footers


def _matching(cells: pa.ChunkedArray, pattern: str) -> BoolArray:
    return _bools(pc.match_substring_regex(cells, pattern))


def _bools(marked: pa.ChunkedArray) -> BoolArray:
    found: BoolArray = pc.fill_null(marked, fill_value=False).to_numpy()
    return found


def positions(
    cells: Sequence[tuple[int, str]], rows: IntArray, letters: Mapping[str, str]
) -> dict[str, IntArray]:
    """Return the positions of some cells' rows, by name of the column.

    Parameters
    ----------
    cells
        As (row, letter); those in other rows or columns are left out.
    rows
        Shape (rows,), rising numbers.
    letters
        By name of the column.
    """
    found = {}
    for name, letter in letters.items():
        numbers = np.array([row for row, at in cells if at == letter], dtype=np.int64)
        at = np.flatnonzero(np.isin(rows, numbers)).astype(np.int64)
        if at.shape[0]:
            found[name] = at
    return found
