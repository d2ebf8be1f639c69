"""Ids of one column that differ only by case, width, blanks or characters that are not seen."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.findings import Findings
from pairmatch.tables.positions import whole
from pairmatch.tables.raw_bytes import holds_others, may_hold_both_cases
from pairmatch.tables.schema import Schema
from pairmatch.tables.unknown import plain

_PLAIN_ASCII = bytes(range(ord("!"), 0x7F))
# what rows are told apart, or put together, by
_COLUMNS = {
    "cadres": ("cadre_id",),
    "recipients": ("recipient_id", "household_id"),
    "units": ("unit_id",),
    "areas": ("area",),
}


def report_alike(table: pa.Table, schema: Schema, findings: Findings) -> None:
    """Report ids that are most likely one id, written in two ways."""
    for name in _COLUMNS.get(schema.name, ()):
        values = table.column(name)
        if not may_hold_both_cases(values) and not holds_others(values, _PLAIN_ASCII):
            continue
        idx = np.flatnonzero(values.is_valid().to_numpy()).astype(np.int64)
        given = whole(values.take(pa.array(idx)))
        which = given.dictionary_encode()
        folded = without_blanks(plain(which.dictionary)).dictionary_encode().indices.to_numpy()
        written = np.bincount(folded, minlength=1)
        several = (written > 1)[folded]
        if several.any():
            marked = np.zeros(len(values), dtype=np.bool_)
            marked[idx[several[which.indices.to_numpy()]]] = True
            findings.rows("ids_alike", schema.name, name, marked, values)


def without_blanks(values: pa.Array) -> pa.Array:
    """Return texts without the blanks in them."""
    return pc.replace_substring_regex(values, r"\s", "")
