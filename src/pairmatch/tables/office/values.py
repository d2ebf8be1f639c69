"""Values as offices write them, made plain: repaired where that is certain, with a note.

What is not certain stays as it is, for the checks of all tables to report.
"""

import string
from collections.abc import Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.cells import (
    LONGEST_NOTHING,
    NOTHING,
    UNSEEN,
    Mend,
    Mended,
    means_nothing,
    mended_id,
    mended_ids,
    mended_number,
    without_zeros,
)
from pairmatch.tables.office.coordinates import decimal_degrees
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.positions import whole
from pairmatch.tables.raw_bytes import holds, holds_others, may_hold_spaces, shortest
from pairmatch.tables.schema import Column, Schema

_DIGITS = string.digits.encode()
_NUMBER = _DIGITS + b"."
_CODE = _DIGITS + string.ascii_letters.encode() + b"_-;"
# the order in which repairs are told
CODES = (
    *("blanks", "width", "apostrophe", "formula", "nothing", "separator", "measure", "numeral"),
    *("thousands", "decimal", "exponent", "degrees"),
)
"""What is repaired: a note is ``repaired_CODE``, a failure ``not_repaired.CODE``."""

_WITH_ZEROS = r"^[0-9]+\.0+$"
_WHOLE = r"^[0-9]+(?:\.0+)?$"
# what may need mending; Python looks at these cells alone
_DOUBTFUL: Mapping[str, str] = {
    "id": rf"^[^0-9A-Za-z_]|{UNSEEN}|[０-９Ａ-Ｚａ-ｚ－＿．]|^[0-9]\.[0-9]+[eE]|^{NOTHING}$",
    "ids": rf"[^0-9A-Za-z_;]|^{NOTHING}$",
    "integer": "[^0-9]",
    "number": r"[^0-9.]",
}
_PLAIN_NUMBER = r"^-?[0-9]+(?:\.[0-9]+)?$"


def mended(
    table: pa.Table,
    schema: Schema,
    vocabulary: Vocabulary,
    findings: Findings,
    lost_digits: Mapping[str, IntArray] | None = None,
) -> pa.Table:
    """Return a table of text whose values are plain.

    Parameters
    ----------
    table
        Text columns, ours by our names.
    lost_digits
        By column, the positions of rows whose cell is a number of more digits than a spreadsheet
        keeps: in a column of ids these are failures.
    findings
        Takes a note, or a failure, for each kind of repair in each column.
    """
    lost = lost_digits or {}
    for at, name in enumerate(table.column_names):
        column = next((column for column in schema.columns if column.name == name), None)
        if column is None:
            continue
        text = table.column(name)
        if not pa.types.is_string(text.type):
            continue
        if name in lost and column.kind in ("id", "ids"):
            text = _without_lost(text, lost[name], column, schema, findings)
        new = _Column(text, column, schema, findings).mended(vocabulary)
        if new is not table.column(name):
            table = table.set_column(at, name, new)
    return table


def _without_lost(
    text: pa.ChunkedArray, rows: IntArray, column: Column, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    marked = np.zeros(len(text), dtype=np.bool_)
    marked[rows] = True
    findings.rows("damaged_cell.digits", schema.name, column.name, marked)
    return pc.if_else(pa.array(marked), pa.scalar(None, pa.string()), text)


class _Column:
    """One column of text while it is mended."""

    def __init__(
        self, text: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
    ) -> None:
        self._given = text
        self._text = text
        self._column, self._table, self._findings = column, schema.name, findings
        self._repaired: dict[str, BoolArray] = {}

    def mended(self, vocabulary: Vocabulary) -> pa.ChunkedArray:
        kind = self._column.kind
        self._trim()
        if kind == "text":
            known = vocabulary.kind_of(self._table, self._column.name)
            if known is not None:
                self._translate(known, vocabulary)
        elif self._may_need(kind):
            if self._column.name in ("lon", "lat"):
                self._degrees()
            self._mend(self._doubtful(kind), self._mend_of(kind))
        if kind == "id":
            self._without_zeros()
        for code in CODES:
            if code in self._repaired:
                name = self._column.name
                self._findings.repaired(code, self._table, name, self._repaired[code])
        return self._text

    def _trim(self) -> None:
        """Take away blanks of any kind at both ends."""
        if not may_hold_spaces(self._text):
            return
        trimmed = pc.utf8_trim_whitespace(self._text)
        changed = _bools(pc.not_equal(trimmed, self._text))
        if changed.any():
            # a cell with nothing but blanks was empty before
            changed &= ~_bools(pc.equal(pc.binary_length(trimmed), 0))
            self._text = trimmed
            self._mark("blanks", changed)

    def _translate(self, kind: str, vocabulary: Vocabulary) -> None:
        """Bring values to our names; what is documented is no repair."""
        words = whole(self._text).dictionary_encode()
        given = words.dictionary.to_pylist()
        own = [vocabulary.value_of(kind, text) for text in given]
        nothing = [
            mine is None and means_nothing(text) for text, mine in zip(given, own, strict=True)
        ]
        new = [
            None if empty else (mine or text)
            for text, mine, empty in zip(given, own, nothing, strict=True)
        ]
        if new == given:
            return
        self._text = pa.chunked_array([pa.array(new, pa.string()).take(words.indices)])
        rows = pc.fill_null(words.indices, -1).to_numpy(zero_copy_only=False)
        self._mark("nothing", np.append(np.array(nothing, np.bool_), False)[rows])

    def _may_need(self, kind: str) -> bool:
        """Look at the bytes, which tell in no time that there is nothing to mend."""
        if kind in ("id", "ids") and shortest(self._text) <= LONGEST_NOTHING:
            return True
        return holds_others(self._text, {"integer": _DIGITS, "number": _NUMBER}.get(kind, _CODE))

    def _doubtful(self, kind: str) -> IntArray:
        found = _bools(pc.match_substring_regex(self._text, _DOUBTFUL[kind]))
        if kind == "number" and found.any():
            found &= ~_bools(pc.match_substring_regex(self._text, _PLAIN_NUMBER))
        return np.flatnonzero(found).astype(np.int64)

    def _mend_of(self, kind: str) -> Mend:
        name = self._column.name
        if kind == "id":
            return mended_id
        if kind == "ids":
            return mended_ids
        return partial(mended_number, column=name, whole=kind == "integer")

    def _degrees(self) -> None:
        rows = self._doubtful("number")
        new = decimal_degrees(whole(self._text.take(pa.array(rows))), self._column.name)
        good = _bools(pa.chunked_array([new]).is_valid())
        if good.any():
            mask = np.zeros(len(self._text), dtype=np.bool_)
            mask[rows[good]] = True
            self._replace(mask, new.drop_null())
            self._mark("degrees", mask)

    def _mend(self, rows: IntArray, mend: Mend) -> None:
        """Mend some cells, each distinct text once."""
        if not rows.shape[0]:
            return
        words = whole(self._text.take(pa.array(rows))).dictionary_encode()
        given = words.dictionary.to_pylist()
        new: list[Mended] = [mend(text) for text in given]
        which = words.indices.to_numpy()
        for code in {code for _, codes in new for code in codes}:
            marked = np.zeros(len(self._text), dtype=np.bool_)
            marked[rows] = np.array([code in codes for _, codes in new], np.bool_)[which]
            self._mark(code, marked)
        texts = [text for text, _ in new]
        if texts == given:
            return
        mask = np.zeros(len(self._text), dtype=np.bool_)
        mask[rows] = True
        self._replace(mask, pa.array(texts, pa.string()).take(words.indices))

    def _replace(self, mask: BoolArray, values: pa.Array) -> None:
        replaced = pc.replace_with_mask(whole(self._text), pa.array(mask), values)
        self._text = pa.chunked_array([replaced])

    def _without_zeros(self) -> None:
        """Take ``.0`` away where a column has whole numbers only, some of them held as numbers."""
        if not holds(self._text, b"."):
            return
        found = _bools(pc.match_substring_regex(self._text, _WITH_ZEROS))
        if not found.any() or not pc.all(pc.match_substring_regex(self._text, _WHOLE)).as_py():
            return
        self._mend(np.flatnonzero(found).astype(np.int64), _decimal)

    def _mark(self, code: str, rows: BoolArray) -> None:
        """Keep which rows were repaired; that a cell which must be filled is empty is a failure."""
        if code == "nothing" and self._column.filled:
            return
        if rows.any():
            before = self._repaired.get(code)
            self._repaired[code] = rows if before is None else before | rows


def _decimal(text: str) -> Mended:
    return without_zeros(text), ("decimal",)


def _bools(marked: pa.ChunkedArray) -> BoolArray:
    found: BoolArray = pc.fill_null(marked, fill_value=False).to_numpy()
    return found
