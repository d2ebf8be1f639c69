"""Where the values of a column stand among keys."""

from bisect import bisect_left
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray

Column: TypeAlias = pa.ChunkedArray | pa.Array

# bisecting a quarter of a million keys for this many values takes as long as hashing the keys
_FEW = 1000


def whole(column: Column) -> pa.Array:
    """Return a column as one array; Arrow's own `combine_chunks` copies a single chunk as well."""
    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def is_null(column: pa.ChunkedArray) -> BoolArray:
    """Tell which rows of a column are null, shape ``(rows,)``."""
    if column.null_count == 0:
        return np.zeros(len(column), dtype=np.bool_)
    null: BoolArray = column.is_null().to_numpy()
    return null


def positions(values: Column, keys: Column) -> IntArray:
    """Return the position of every value among distinct keys, or -1 for null or unknown.

    Keys are hashed in each call, which is what takes the time: better one call for many columns.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
    found = pc.index_in(values, value_set=whole(keys), skip_nulls=True)
    chunks = found.chunks if isinstance(found, pa.ChunkedArray) else [found]
    result = np.empty(len(values), dtype=np.int64)
    start = 0
    for chunk in chunks:
        filled = pc.fill_null(chunk, -1).to_numpy(zero_copy_only=False)
        result[start : start + len(chunk)] = filled
        start += len(chunk)
    return result


def positions_in_order(values: pa.Array, keys: Column) -> IntArray:
    """Return `positions` among keys that rise: few values are found without hashing the keys."""
    if len(values) > _FEW:
        return positions(values, keys)
    among = whole(keys)
    found = np.full(len(values), -1, dtype=np.int64)
    for row, value in enumerate(values.to_pylist()):
        if value is not None:
            # texts of Python and of Arrow are in the same order, that of their code points
            at = bisect_left(among, value, key=lambda key: key.as_py())
            if at < len(among) and among[at].as_py() == value:
                found[row] = at
    return found
