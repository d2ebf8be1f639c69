"""Ids and codes that a spreadsheet, or a program that reads one, has damaged."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.tables.decode import is_text
from pairmatch.tables.findings import Findings
from pairmatch.tables.positions import whole
from pairmatch.tables.raw_bytes import holds, may_hold_beyond_ascii, shortest
from pairmatch.tables.schema import Column

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAY = r"[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ T][0-9]{1,2}:[0-9]{2}.*)?"
_CHINESE_DAY = "(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?"
_DATES = (_DAY, _CHINESE_DAY, f"[0-9]{{1,2}}-(?:{_MONTHS})", f"(?:{_MONTHS})-[0-9]{{2}}")
_PATTERNS = {
    "damaged_cell.apostrophe": "'[0-9A-Za-z].*",
    "damaged_cell.date": "|".join(_DATES),
    "damaged_cell.decimal": r"[0-9]+\.0+",
    "damaged_cell.exponent": r"[0-9]\.[0-9]+[eE][+-]?[0-9]{1,3}|[0-9][eE]\+[0-9]{1,3}",
    "damaged_cell.formula": '="[^"]*"',
    "damaged_cell.truth": "TRUE|FALSE|True|False",
}
_ERROR = r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)"
_ANY = f"^(?:{'|'.join(_PATTERNS.values())})$"
# all of them but dates without a year have one of these, or are short
_BYTES = b"'/.+:=-"
_LONGEST_TRUTH = 5


def without_damaged(
    given: pa.ChunkedArray, column: Column, table: str, findings: Findings
) -> pa.ChunkedArray:
    """Report cells that are not what was written in them, and return the column without them.

    Parameters
    ----------
    given
        Decoded, of any type; only text can be damaged in this way.
    """
    if not is_text(given.type):
        return given
    bad = np.zeros(len(given), dtype=np.bool_)
    if holds(given, b"#"):
        bad |= _matching(given, f"^(?:{_ERROR})$")
        findings.rows("cell_error", table, column.name, bad)
    if column.kind == "id" and _may_be_damaged(given):
        damaged = _matching(given, _ANY)
        for kind, pattern in _PATTERNS.items() if damaged.any() else ():
            findings.rows(kind, table, column.name, _matching(given, f"^(?:{pattern})$"))
        bad |= damaged
    if not bad.any():
        return given
    return pc.if_else(pa.array(bad), pa.scalar(None, given.type), given)


def report_damaged_items(
    lists: pa.ChunkedArray, column: Column, table: str, findings: Findings
) -> None:
    """Report lists of codes with one that is not what was written."""
    items = pa.chunked_array([pc.list_flatten(whole(lists))])
    if not _may_be_damaged(items):
        return
    rows = pc.list_parent_indices(whole(lists)).to_numpy()
    for kind, pattern in _PATTERNS.items():
        marked = np.zeros(len(lists), dtype=np.bool_)
        marked[rows[_matching(items, f"^(?:{pattern})$")]] = True
        findings.rows(kind, table, column.name, marked)


def _may_be_damaged(text: pa.ChunkedArray) -> bool:
    return (
        0 < shortest(text) <= _LONGEST_TRUTH or holds(text, _BYTES) or may_hold_beyond_ascii(text)
    )


def _matching(text: pa.ChunkedArray, pattern: str) -> BoolArray:
    found: BoolArray = pc.fill_null(
        pc.match_substring_regex(text, pattern), fill_value=False
    ).to_numpy()
    return found
