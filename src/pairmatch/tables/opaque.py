"""Refuses ids that are none, and numbers of persons wherever they stand."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.model.row import CONTROL, MOST_CHARACTERS
from pairmatch.tables.findings import Findings
from pairmatch.tables.personal_numbers import personal_numbers
from pairmatch.tables.positions import whole
from pairmatch.tables.raw_bytes import longest, may_hold_controls
from pairmatch.tables.schema import Column
from pairmatch.words import Value


def refuse_what_is_not_opaque(
    values: pa.ChunkedArray, column: Column, table: str, findings: Findings
) -> None:
    """Report ids that are none, and numbers of persons in ids and texts."""
    if column.kind in ("id", "ids"):
        _refuse_bad_ids(values, column.name, table, findings)
        refuse_numbers(values, column.name, table, findings)
    if column.kind == "text":
        refuse_numbers(values, column.name, table, findings, is_id=False)


def _refuse_bad_ids(values: pa.ChunkedArray, column: str, table: str, findings: Findings) -> None:
    """Report ids, or lists of ids, that are too long or hold characters that nobody sees."""
    ids = _texts(values)
    if longest(ids) > MOST_CHARACTERS:
        findings.rows(
            "id_too_long",
            table,
            column,
            _rows(values, _bools(pc.greater(pc.utf8_length(ids), MOST_CHARACTERS))),
            most=MOST_CHARACTERS,
        )
    if may_hold_controls(ids):
        findings.rows(
            "control_character",
            table,
            column,
            _rows(values, _bools(pc.match_substring_regex(ids, CONTROL))),
        )


def refuse_numbers(
    values: pa.ChunkedArray,
    column: str | None,
    table: str,
    findings: Findings,
    *,
    is_id: bool = True,
    **which: Value,
) -> None:
    """Report texts, or lists of them, that are or hold an ID number or a phone number.

    ``which`` says which column it is, where its name may not stand in a message.
    """
    found = personal_numbers(_texts(values))
    if found is None:
        return
    for kind, marked in (
        ("id_looks_like_id_number", found.id_number),
        ("id_looks_like_phone_number", found.phone_number),
    ):
        full = kind if is_id else f"{kind}.in_text"
        findings.rows(full, table, column, _rows(values, marked), **which)


def _texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_list(values.type):
        return values
    return pa.chunked_array([pc.list_flatten(whole(values))])


def _rows(values: pa.ChunkedArray, marked: BoolArray) -> BoolArray:
    """Return the rows of marked texts: the same, or those of the lists that hold them."""
    if not pa.types.is_list(values.type):
        return marked
    rows = np.zeros(len(values), dtype=np.bool_)
    rows[pc.list_parent_indices(whole(values)).to_numpy()[marked]] = True
    return rows


def _bools(marked: pa.ChunkedArray) -> BoolArray:
    found: BoolArray = pc.fill_null(marked, fill_value=False).to_numpy()
    return found
