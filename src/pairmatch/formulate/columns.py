"""Arrow columns of checked tables as numpy arrays."""

import numpy as np
import pyarrow as pa

from pairmatch.arrays import FloatArray, IntArray


def integers(table: pa.Table, column: str) -> IntArray:
    """Return an integer column without nulls, shape ``(rows,)``."""
    values: IntArray = table.column(column).to_numpy().astype(np.int64, copy=False)
    return values


def floats(table: pa.Table, column: str) -> FloatArray:
    """Return a number column, shape ``(rows,)``, with NaN for null."""
    values: FloatArray = (
        table.column(column).cast(pa.float64()).to_numpy().astype(np.float64, copy=False)
    )
    return values


def ids_at(column: pa.ChunkedArray, idx: IntArray) -> list[str]:
    """Return the ids at some positions."""
    ids: list[str] = column.take(pa.array(idx)).to_pylist()
    return ids
