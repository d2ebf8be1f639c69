"""Equal rows of integer columns are one group."""

import numpy as np
import pyarrow as pa

from pairmatch.arrays import IntArray


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
