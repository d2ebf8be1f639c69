"""What the XML of a sheet says before its cells are read: how large it is, and what is odd in it.

A sheet is looked at all at once, as it may have millions of cells; one that is written in an
unusual way is looked at cell by cell.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pairmatch.arrays import IntArray
from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.grids.grid import MAX_COLUMNS, Merged
from pairmatch.tables.places import letter

# names may have a prefix; a row or a cell without a place stands behind the one before
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,9})["']""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_LONG_NUMBER = re.compile(
    rb"v>\s*-?(?:\d{16,}(?:\.\d*)?|\d(?:\.\d*)?[Ee]\+?(?:1[5-9]|[2-9]\d|\d{3,}))\s*</"
)
_OF_TEXT = re.compile(rb"""\bt=["'](?:s|str|inlineStr|b|e|d)["']""")
_OF_ERROR = re.compile(rb"""\bt=["']e["']""")
_FORMULA_ALONE = re.compile(
    rb"[<:]f(?=[\s/>])[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_VALUE = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")
_CELL = b'<c r="'
_LONGEST_CELL = 1 << 16
_LOOKED_AT = 1 << 12
_LONGEST_NAME = 16
_MOST_DIGITS = 9
_MOST_LETTERS = 3
_MOST_DIGITS_KEPT = 15
# characters from the E of 1E16 or 1E+300 to the end
_OF_EXPONENT = (3, 4, 5)
_LOWER = 0x20
_IS_BEHIND_NAME = np.isin(np.arange(256), np.frombuffer(b" />\t\r\n", np.uint8))

Cells = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class SheetParts:
    """What is known of a sheet before its cells are read.

    Attributes
    ----------
    name
        As it is written.
    rows, columns
        The last ones with a cell, from 1; 0 for a sheet without any.
    merged
        Merged cells.
    lost_digits
        Cells with a number of more than 15 digits, as (row, letters).
    not_computed
        Cells with a formula whose value is not stored.
    first
        The first cell with a value, as (row, column), from 1; None if no cell has one.
    """

    name: str
    rows: int
    columns: int
    merged: tuple[Merged, ...] = ()
    lost_digits: Cells = ()
    not_computed: Cells = ()
    first: tuple[int, int] | None = None


def column_number(letters: bytes) -> int:
    """Return the position from 1 of the column that a spreadsheet calls by these letters."""
    number = 0
    for one in letters:
        number = 26 * number + one - ord("A") + 1
    return number


def scanned(name: str, xml: bytes) -> SheetParts:
    """Return what the XML of a sheet says.

    Raises
    ------
    RefusedError
        If it has more columns than anybody needs.
    """
    tags = _Tags.of(xml)
    if tags is None:
        rows, columns, first, lost_digits, not_computed = _counted(xml)
    else:
        rows, columns, first = tags.rows(), tags.columns(), _first_value(xml)
        lost_digits = _cells_before(xml, tags.long_numbers(), unlike=_OF_TEXT)
        not_computed = _cells_before(xml, tags.formulas_alone())
    if columns > MAX_COLUMNS:
        raise RefusedError("too_many_columns", most=MAX_COLUMNS)
    merged = _MERGED.findall(xml) if b"mergeCell" in xml else ()
    return SheetParts(
        name,
        rows,
        columns,
        tuple(
            Merged(int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in merged
        ),
        lost_digits,
        not_computed,
        first,
    )


@dataclass(frozen=True, eq=False)
class _Tags:
    """Where tags begin in a sheet that is written as most programs do, found all at once.

    That is: no prefixes, and each row and each cell says its place first.

    Attributes
    ----------
    xml
        The sheet.
    data
        The same as bytes of an array, with some more behind.
    by_letter
        Where tags begin, by the first letter of their names.
    values, ends
        Where tags begin whose names begin with v, and the tags behind them.
    """

    xml: bytes
    data: npt.NDArray[np.uint8]
    by_letter: Mapping[int, IntArray]
    values: IntArray
    ends: IntArray

    @classmethod
    def of(cls, xml: bytes) -> "_Tags | None":
        """Return the tags of a sheet, None if it is written otherwise."""
        padded = xml + bytes(_LONGEST_NAME)
        data = np.frombuffer(padded, np.uint8)
        at = np.flatnonzero(data == ord("<"))
        letter = data[at + 1]
        by_letter = {one: at[letter == one] for one in b"crf"}
        values = np.flatnonzero(letter[:-1] == ord("v"))
        tags = cls(padded, data, by_letter, at[values], at[values + 1])
        cells, rows = tags._called(b"c"), tags._called(b"row")
        has_prefix = b"<worksheet" not in xml[:_LOOKED_AT]
        if has_prefix or not (tags._all(cells, _CELL) and tags._all(rows, b'<row r="')):
            return None
        return tags

    def _called(self, name: bytes) -> IntArray:
        """Return where elements of a name open."""
        at = self.by_letter[name[0]]
        for offset, code in enumerate(name[1:], 2):
            at = at[self.data[at + offset] == code]
        behind = self.data[at + len(name) + 1]
        return at[_IS_BEHIND_NAME[behind]]

    def _all(self, at: IntArray, text: bytes) -> bool:
        """Tell whether all of these tags go on as a text does."""
        return all(bool((self.data[at + offset] == code).all()) for offset, code in enumerate(text))

    def rows(self) -> int:
        """Return the number of the last row."""
        digits = self._called(b"row") + len(b'<row r="')
        number = np.zeros(digits.shape[0], dtype=np.int64)
        reading = np.ones(digits.shape[0], dtype=np.bool_)
        for offset in range(_MOST_DIGITS):
            digit = self.data[digits + offset].astype(np.int64) - ord("0")
            reading &= (digit >= 0) & (digit <= 9)
            number = np.where(reading, 10 * number + digit, number)
        return int(number.max(initial=0))

    def columns(self) -> int:
        """Return the position from 1 of the last column."""
        letters = self._called(b"c") + len(_CELL)
        number = np.zeros(letters.shape[0], dtype=np.int64)
        reading = np.ones(letters.shape[0], dtype=np.bool_)
        for offset in range(_MOST_LETTERS):
            letter = self.data[letters + offset].astype(np.int64) - ord("A") + 1
            reading &= (letter >= 1) & (letter <= 26)
            number = np.where(reading, 26 * number + letter, number)
        return int(number.max(initial=0))

    def long_numbers(self) -> list[int]:
        """Return where values begin that may be numbers of more than 15 digits."""
        # an exponent stands near the end
        may_be = np.zeros(self.values.shape[0], dtype=np.bool_)
        for offset in _OF_EXPONENT:
            may_be |= self.data[self.ends - offset] | _LOWER == ord("e")
        length = self.ends - self.values - len(b"<v>")
        long = np.flatnonzero(length > _MOST_DIGITS_KEPT)
        for offset in range(_MOST_DIGITS_KEPT + 1):
            long = long[self.data[self.values[long] + len(b"<v>") + offset] != ord(".")]
        may_be[long] = True
        return [at for at in self.values[may_be].tolist() if _LONG_NUMBER.match(self.xml, at + 1)]

    def formulas_alone(self) -> list[int]:
        """Return where formulas begin whose value is not stored."""
        starts = self._called(b"f").tolist()
        return [at for at in starts if _FORMULA_ALONE.match(self.xml, at)]


def _first_value(xml: bytes) -> tuple[int, int] | None:
    """Return the first cell with a value that is no error, where every cell says its place."""
    for match in _VALUE.finditer(xml):
        cell = _cell_before(xml, match.start())
        place = cell and not _OF_ERROR.search(cell) and _PLACE.search(cell)
        if place:
            return int(place[2]), column_number(place[1])
    return None


def _counted(xml: bytes) -> tuple[int, int, tuple[int, int] | None, Cells, Cells]:
    """Look at every cell, counting those without a place.

    Returns
    -------
    tuple
        The last row, the last column and the first value; cells with long numbers and those with
        formulas whose value is not stored.
    """
    row = column = rows = columns = 0
    first = None
    lost_digits, not_computed = [], []
    tags = list(_ROW_OR_CELL.finditer(xml))
    ends = [*(tag.start() for tag in tags), len(xml)][1:]
    for tag, end in zip(tags, ends, strict=True):
        attributes = tag[2]
        if tag[1] == b"row":
            number = _ROW_NUMBER.search(attributes)
            row, column = int(number[1]) if number else row + 1, 0
            rows = max(rows, row)
            continue
        place = _PLACE.search(attributes)
        column = column_number(place[1]) if place else column + 1
        row = int(place[2]) if place else row
        rows, columns = max(rows, row), max(columns, column)
        if attributes.endswith(b"/"):
            continue
        if (
            first is None
            and not _OF_ERROR.search(attributes)
            and _VALUE.search(xml, tag.end(), end)
        ):
            first = (row, column)
        if not _OF_TEXT.search(attributes) and _LONG_NUMBER.search(xml, tag.end(), end):
            lost_digits.append((row, letter(column - 1)))
        if _FORMULA_ALONE.search(xml, tag.end() - 1, end):
            not_computed.append((row, letter(column - 1)))
    return rows, columns, first, tuple(lost_digits), tuple(not_computed)


def _cell_before(xml: bytes, at: int) -> bytes | None:
    """Return the attributes of the cell that encloses a position, where each says its place."""
    start = xml.rfind(_CELL, max(0, at - _LONGEST_CELL), at)
    return None if start < 0 else xml[start : xml.find(b">", start)]


def _cells_before(
    xml: bytes, positions: Iterable[int], unlike: re.Pattern[bytes] | None = None
) -> Cells:
    """Return the cells that enclose some positions."""
    found: dict[tuple[int, str], None] = {}
    for at in positions:
        cell = _cell_before(xml, at)
        if cell is None or (unlike is not None and unlike.search(cell)):
            continue
        place = _PLACE.search(cell)
        if place:
            found[int(place[2]), place[1].decode()] = None
    return tuple(found)
