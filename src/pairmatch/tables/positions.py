"""Where the values of a column stand among keys."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray

Column: TypeAlias = pa.ChunkedArray | pa.Array

# bisecting a quarter of a million keys for this many values takes as long as hashing the keys
_FEW = 1000
# keys that are looked at beforehand for each value
_SAMPLES = 16


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
    found = np.full(len(values), -1, dtype=np.int64)
    given = np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False))
    at, is_there = places_in_order(values.take(pa.array(given)).to_pylist(), keys)
    found[given] = np.where(is_there, at, -1)
    return found


def places_in_order(values: Sequence[str], keys: Column) -> tuple[IntArray, BoolArray]:
    """Return how many of some rising keys are below each value, and whether the next is equal.

    Keys are bisected, the first steps among a sample of them in Python's own memory: as many
    samples as make it worth while.
    """
    among = whole(keys)
    at = np.zeros(len(values), dtype=np.int64)
    is_there = np.zeros(len(values), dtype=np.bool_)
    apart = max(1, len(among) // (_SAMPLES * len(values) + 1))
    samples = among.take(pa.array(np.arange(0, len(among), apart))).to_pylist()
    for row, value in enumerate(values):
        # texts of Python and of Arrow are in the same order, that of their code points
        above = bisect_left(samples, value)
        low, high = max(0, (above - 1) * apart + 1), min(above * apart, len(among))
        if above == 0:
            low = high = 0
        place = bisect_left(among, value, low, high, key=lambda key: key.as_py())
        at[row] = place
        is_there[row] = place < len(among) and among[place].as_py() == value
    return at, is_there


def positions_alike(values: Column, keys: Column) -> IntArray:
    """Return `positions` of values among keys, where both rise and are mostly the same.

    What both begin and end with is compared, and only what lies between is looked up.
    """
    new, old = whole(values), whole(keys)
    most = min(len(old), len(new))
    unlike = _unlike(old.slice(0, most), new.slice(0, most))
    front = int(unlike[0]) if unlike.shape[0] else most
    rest = most - front
    unlike = _unlike(old.slice(len(old) - rest), new.slice(len(new) - rest))
    back = rest - 1 - int(unlike[-1]) if unlike.shape[0] else rest
    found = np.arange(len(new)) + (len(old) - len(new))
    found[:front] = np.arange(front)
    between = positions(
        new.slice(front, len(new) - back - front), old.slice(front, len(old) - back - front)
    )
    found[front : len(new) - back] = np.where(between < 0, -1, between + front)
    return found


def _unlike(one: pa.Array, other: pa.Array) -> IntArray:
    """Return where two columns of one length differ."""
    equal = pc.equal(one, other).to_numpy(zero_copy_only=False)
    return np.flatnonzero(~equal).astype(np.int64)
