"""Ids that name a row of another table in another dress, written as they stand there."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.tables.alike import without_blanks
from pairmatch.tables.findings import Findings
from pairmatch.tables.positions import positions, whole
from pairmatch.tables.unknown import plain

_OF_PAIRS = (("recipient_id", "recipients"), ("cadre_id", "cadres"))
# by table, its columns and the table that each names a row of
REFERENCES = {
    "cadres": (("unit_id", "units"), ("area", "areas")),
    "recipients": (("area", "areas"),),
    "units": (("area", "areas"), ("lead_unit_id", "units"), ("sponsors", "areas")),
    "areas": (("parent", "areas"),),
    **dict.fromkeys(("current", "locks", "bans", "adjustments"), _OF_PAIRS),
}
_KEYS = {
    "cadres": "cadre_id",
    "recipients": "recipient_id",
    "units": "unit_id",
    "areas": "area",
}
_SEPARATOR = ";"


def mended_references(
    tables: Mapping[str, pa.Table], found: Mapping[str, Findings]
) -> dict[str, pa.Table]:
    """Return tables in which ids that are known but for case, width and blanks are as known.

    That is certain only where one id of the other table fits; otherwise nothing is done.

    Parameters
    ----------
    tables
        Text columns, after `mended`; those that are not there are not looked at.
    found
        By table, what was found of its rows, and where they stand.
    """
    keys: dict[str, pa.Array] = {}
    every = {}
    for name, table in tables.items():
        for column, of in REFERENCES[name]:
            if of in tables and _is_text(tables[of], _KEYS[of]) and _is_text(table, column):
                if of not in keys:
                    keys[of] = whole(pc.unique(tables[of].column(_KEYS[of])))
                new = _mended(table.column(column), keys[of], name, column, found[name])
                if new is not None:
                    at = table.column_names.index(column)
                    table = table.set_column(at, column, new)  # noqa: PLW2901  # step by step
        every[name] = table
    return every


def _is_text(table: pa.Table, column: str) -> bool:
    return column in table.column_names and pa.types.is_string(table.column(column).type)


def _mended(
    values: pa.ChunkedArray, keys: pa.Array, table: str, column: str, findings: Findings
) -> pa.ChunkedArray | None:
    """Return a column with ids as they are known, or None if nothing is to be done."""
    unknown = _bools(values.is_valid()) & (positions(values, keys) < 0)
    if not unknown.any():
        return None
    rows = np.flatnonzero(unknown)
    words = whole(values.take(pa.array(rows))).dictionary_encode()
    meant = _meant_lists if column == "sponsors" else _meant
    known = meant(words.dictionary, keys)
    found = _bools(known.is_valid())[words.indices.to_numpy()]
    if not found.any():
        return None
    mask = np.zeros(len(values), dtype=np.bool_)
    mask[rows[found]] = True
    findings.repaired("reference", table, column, mask)
    new = known.take(words.indices).filter(pa.array(found))
    return pa.chunked_array([pc.replace_with_mask(whole(values), pa.array(mask), new)])


def _meant(values: pa.Array, keys: pa.Array) -> pa.Array:
    """Return the one key that each value is but for its dress, or null."""
    folded = _folded(keys)
    words = folded.dictionary_encode()
    which = pc.fill_null(words.indices, -1).to_numpy(zero_copy_only=False)
    count = np.bincount(which[which >= 0], minlength=len(words.dictionary))
    first = np.full(len(words.dictionary) + 1, -1, dtype=np.int64)
    first[which] = np.arange(which.shape[0])
    at = positions(_folded(values), words.dictionary)
    one = (at >= 0) & (np.append(count, 0)[at] == 1)
    return keys.take(pa.array(np.where(one, first[at], 0), mask=~one))


def _meant_lists(values: pa.Array, keys: pa.Array) -> pa.Array:
    """Return lists of codes with each as it is known, or null where nothing changes."""
    lists = [text.split(_SEPARATOR) for text in values.to_pylist()]
    items = pa.array(sorted({item for one in lists for item in one}), pa.string())
    unknown = items.filter(pa.array(positions(items, keys) < 0))
    known = dict(zip(unknown.to_pylist(), _meant(unknown, keys).to_pylist(), strict=True))
    new = [_SEPARATOR.join(known.get(item) or item for item in one) for one in lists]
    return pa.array(
        [
            after if after != before else None
            for before, after in zip(values.to_pylist(), new, strict=True)
        ],
        pa.string(),
    )


def _folded(values: pa.Array) -> pa.Array:
    return without_blanks(plain(values))


def _bools(marked: pa.ChunkedArray | pa.Array) -> BoolArray:
    found: BoolArray = (
        marked.to_numpy(zero_copy_only=False) if isinstance(marked, pa.Array) else marked.to_numpy()
    )
    return found
