"""Arrow columns of checked tables as numpy arrays."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.formulate.arrays import FloatArray, IntArray


def integers(table: pa.Table, column: str) -> IntArray:
    """Return an integer column without nulls, shape ``(rows,)``."""
    values: npt.NDArray[np.int64] = table.column(column).to_numpy().astype(np.int64, copy=False)
    return values


def floats(table: pa.Table, column: str) -> FloatArray:
    """Return a number column, shape ``(rows,)``, with NaN for null."""
    values: npt.NDArray[np.float64] = (
        table.column(column).cast(pa.float64()).to_numpy().astype(np.float64, copy=False)
    )
    return values


def positions(values: pa.ChunkedArray | pa.Array, keys: pa.ChunkedArray | pa.Array) -> IntArray:
    """Return the position of every value among distinct keys, or -1 for null or unknown.

    Keys are hashed in each call, which is what takes the time: better one call for many columns.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
    if isinstance(keys, pa.ChunkedArray):
        keys = keys.combine_chunks()
    found = pc.fill_null(pc.index_in(values, value_set=keys, skip_nulls=True), -1)
    result: npt.NDArray[np.int64] = (
        found.to_numpy(zero_copy_only=False).astype(np.int64)
        if isinstance(found, pa.Array)
        else found.to_numpy().astype(np.int64)
    )
    return result


def codes(values: pa.ChunkedArray) -> tuple[IntArray, pa.Array]:
    """Return a text column as positions into its sorted distinct values (null is -1)."""
    distinct = pc.unique(values).drop_null()
    distinct = distinct.take(pc.sort_indices(distinct))
    return positions(values, distinct), distinct
