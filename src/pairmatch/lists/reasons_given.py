"""Reasons and authors of answers: one of each for a pair, and none that may not be kept."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding
from pairmatch.lists.judged import Rows
from pairmatch.model.personal_numbers import holds_id_number, holds_phone_number
from pairmatch.model.row import CONTROL, MOST_CHARACTERS
from pairmatch.tables.positions import whole

LONGEST_REASON = 1_000
"""Characters of a reason, as a scenario may have them."""

_CONTROL = re.compile(CONTROL)
_COLUMNS = ("reason", "author")
_LAST = "\U0010ffff"


def with_reasons(
    rows: Rows, authors: list[str | None], wanted: BoolArray
) -> tuple[pa.Table, list[Finding]]:
    """Return reason and author of each pair of a plan, and what may not be kept.

    Of several rows about a pair the first in the order of the alphabet counts, so that the order
    of rows and files does not.

    Parameters
    ----------
    authors
        For each sheet, who has answered unless its rows say so.
    wanted
        Shape (pairs,): pairs with an answer.

    Returns
    -------
    table
        Columns reason and author, shape (pairs,); null where there is none.
    findings
        Of rows whose reason or author is not kept; their answers count all the same.
    """
    findings: list[Finding] = []
    known = rows.pair >= 0
    says = np.zeros(rows.pair.shape[0], dtype=np.bool_)
    says[known] = wanted[rows.pair[known]] & (rows.meaning[known] > 0)
    at = np.flatnonzero(says)
    columns: dict[str, pa.Array] = {}
    for column in _COLUMNS:
        text = whole(rows.cells.column(column).take(pa.array(at)))
        is_bad = _bad(text, longest=LONGEST_REASON if column == "reason" else MOST_CHARACTERS)
        marked = np.zeros(rows.pair.shape[0], dtype=np.bool_)
        marked[at[is_bad]] = True
        findings += rows.findings("answer_not_kept", marked, column)
        columns[column] = pc.if_else(pa.array(is_bad), pa.scalar(None, pa.string()), text)
    of_sheet = pa.array([*authors, None], pa.string()).take(pa.array(rows.part[at]))
    columns["author"] = pc.coalesce(columns["author"], of_sheet)
    return _one_each(rows.pair[at], columns, wanted.shape[0]), findings


def _one_each(pair: IntArray, columns: dict[str, pa.Array], count: int) -> pa.Table:
    table = pa.table({"pair": pair, **columns})
    # none comes after any
    filled = {name: pc.fill_null(column, _LAST) for name, column in columns.items()}
    order = [(name, "ascending") for name in ("pair", *_COLUMNS)]
    table = table.take(pc.sort_indices(pa.table({"pair": pair, **filled}), order))
    pairs, first = np.unique(table.column("pair").to_numpy(), return_index=True)
    row = np.full(count, -1, dtype=np.int64)
    row[pairs] = first
    taken = pa.array(row, mask=row < 0)
    return pa.table({name: whole(table.column(name)).take(taken) for name in _COLUMNS})


def _bad(text: pa.Array, *, longest: int) -> BoolArray:
    """Tell which texts are too long, not to be seen, or hold a number of a person."""
    encoded = text.dictionary_encode()
    bad = [_is_bad(one, longest) for one in encoded.dictionary.to_pylist()]
    at = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    found: BoolArray = np.array([*bad, False], dtype=np.bool_)[at]
    return found


def _is_bad(text: str, longest: int) -> bool:
    if len(text) > longest or holds_id_number(text) or holds_phone_number(text):
        return True
    return bool(_CONTROL.search(text)) and longest == MOST_CHARACTERS
