"""Array types, and exact sums of them."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

IntArray: TypeAlias = npt.NDArray[np.int64]
Int32Array: TypeAlias = npt.NDArray[np.int32]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
AnyArray: TypeAlias = npt.NDArray[Any]

_LOW_BITS = 32
_LOW_MASK = (1 << _LOW_BITS) - 1


def exact_sum(values: IntArray) -> int:
    """Return the sum of int64 values as a Python integer, without overflow.

    The two 32-bit halves are summed apart: each sum fits into int64 for fewer than 2**31 values.
    """
    high = int(np.sum(values >> _LOW_BITS, dtype=np.int64))
    low = int(np.sum(values & _LOW_MASK, dtype=np.int64))
    return (high << _LOW_BITS) + low


def exact_dot(left: IntArray, right: IntArray) -> int:
    """Return the inner product of two int64 arrays as a Python integer.

    The right-hand values are split into 31-bit halves, so the result is exact when every
    ``|left|`` is below 2**31, which holds for counts of people.
    """
    bits = 31
    high = exact_sum(left * (right >> bits))
    low = exact_sum(left * (right & ((1 << bits) - 1)))
    return (high << bits) + low


def group_rows(*columns: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Group equal rows of several integer columns.

    Returns
    -------
    first, group, size
        For each group the smallest row in it, for each row its group, and the groups' sizes.
        Groups are numbered by their smallest row, so the numbering follows the order of the rows
        and of nothing else.
    """
    group, groups = _numbered(columns[0])
    for column in columns[1:]:
        other, others = _numbered(column)
        group, groups = _numbered(group * others + other)
    first = np.empty(groups, dtype=np.int64)
    # of several rows of a group the last one written stays, which is the smallest
    first[group[::-1]] = np.arange(group.shape[0] - 1, -1, -1)
    return first, group, np.bincount(group, minlength=groups).astype(np.int64)


def _numbered(values: IntArray) -> tuple[IntArray, int]:
    """Return the number of each value, in the order in which they first come, and how many."""
    encoded = pa.array(values).dictionary_encode()
    number = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return number, len(encoded.dictionary)


def pack_columns(*columns: IntArray) -> list[IntArray]:
    """Pack integer columns into as few as possible, keeping equality and order of rows.

    Columns are mixed by radix while the product of their ranges stays below 2**62.
    """
    packed: list[IntArray] = []
    room = 0
    for column in columns:
        if column.shape[0] == 0:
            return [column]
        low = int(column.min())
        width = int(column.max()) - low + 1
        if packed and room * width < 1 << 62:
            packed[-1] = packed[-1] * width + (column - low)
            room *= width
        else:
            packed.append(column - low)
            room = width
    return packed
