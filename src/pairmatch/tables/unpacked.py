"""How many bytes a table takes as plain columns.

A column may keep a long text once and refer to it a million times: as a dictionary, as runs, as
views. Checks work on plain columns, so it is counted what these will take before they are made.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.decode import is_text

# an entry of a list becomes an object on its way
_BYTES_OF_AN_ENTRY = 64
_BYTES_OF_AN_OFFSET = 4
# the offsets into the text of one array are of 32 bits
_MOST_OF_A_COLUMN = 2**31 - 1
_BYTES_OF_A_VIEW = 16


def check_unpacked(table: pa.Table, limits: ReadLimits) -> None:
    """Refuse a table with too many rows or bytes; it must be valid in itself.

    Raises
    ------
    RefusedError
        Saying which limit is passed.
    """
    limits.check_rows(table.num_rows)
    of_a_column = ReadLimits(limits.max_rows, min(limits.max_bytes, _MOST_OF_A_COLUMN))
    size = 0
    for column in table.columns:
        bytes_of_column = sum(_unpacked_bytes(chunk) for chunk in column.chunks)
        of_a_column.check_bytes(bytes_of_column)
        size += bytes_of_column
        limits.check_bytes(size)


def _unpacked_bytes(chunk: pa.Array) -> int:
    kind = chunk.type
    if pa.types.is_dictionary(kind):
        times = np.bincount(
            chunk.indices.drop_null().to_numpy(zero_copy_only=False).astype(np.int64),
            minlength=len(chunk.dictionary),
        )
        return _repeated_bytes(chunk.dictionary, times) + _BYTES_OF_AN_OFFSET * len(chunk)
    if pa.types.is_run_end_encoded(kind):
        ends = chunk.run_ends.to_numpy(zero_copy_only=False).astype(np.int64)
        ends = np.clip(ends, chunk.offset, chunk.offset + len(chunk)) - chunk.offset
        return _repeated_bytes(chunk.values, np.diff(ends, prepend=0)) + _BYTES_OF_AN_OFFSET * len(
            chunk
        )
    if _is_view(kind):
        return int(_lengths(chunk).sum()) + _BYTES_OF_AN_OFFSET * len(chunk)
    if pa.types.is_nested(kind) and not pa.types.is_struct(kind):
        return _bytes_of_lists(chunk)
    return int(chunk.nbytes)


def _repeated_bytes(values: pa.Array, times: IntArray) -> int:
    """Return the bytes of values that come ``times`` times each."""
    if is_text(values.type) or pa.types.is_binary(values.type) or _is_view(values.type):
        lengths: IntArray = _lengths(values) * times
        return int(lengths.sum())
    if pa.types.is_primitive(values.type):
        return int(times.sum()) * max(1, int(values.type.bit_width) // 8)
    # of what else there is nobody knows which is the largest
    return int(times.sum()) * int(values.nbytes)


def _lengths(values: pa.Array) -> IntArray:
    """Return the bytes of each text, 0 for null."""
    if _is_view(values.type):
        views = np.frombuffer(values.buffers()[1], np.int32)[:: _BYTES_OF_A_VIEW // 4]
        is_text_there = values.is_valid().to_numpy(zero_copy_only=False)
        found = np.where(is_text_there, views[values.offset : values.offset + len(values)], 0)
    else:
        found = pc.fill_null(pc.binary_length(values), 0).to_numpy(zero_copy_only=False)
    lengths: IntArray = found.astype(np.int64)
    return lengths


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind) or pa.types.is_binary_view(kind))


def _bytes_of_lists(chunk: pa.Array) -> int:
    kind = chunk.type
    if pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
        entries = int(pc.sum(pc.list_value_length(chunk)).as_py() or 0)
        # lists of this kind may overlap
        return entries * (_BYTES_OF_AN_ENTRY + int(_longest(chunk.values)))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        values = pc.list_flatten(chunk)
        return len(values) * _BYTES_OF_AN_ENTRY + int(values.nbytes)
    return int(chunk.nbytes)


def _longest(values: pa.Array) -> int:
    if is_text(values.type):
        return int(_lengths(values).max(initial=0))
    return 0 if pa.types.is_primitive(values.type) else int(values.nbytes)
