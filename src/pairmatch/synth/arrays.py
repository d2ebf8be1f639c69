"""Array types, ids, and counts that add up."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import FloatArray, IntArray


def numbered(prefix: str, count: int, digits: int, first: int = 0) -> pa.StringArray:
    """Return ``count`` ids such as ``C000007``, numbered from ``first``, with ``digits`` digits.

    Where these digits do not suffice, all ids get more, so that they sort by number.
    """
    width = max(digits, len(str(first + count - 1)))
    number = pa.array(np.arange(first, first + count)).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(number, width, "0"), "")


def apportion(total: int, weights: FloatArray, least: int = 0) -> IntArray:
    """Split a total into whole parts by weight, by largest remainders.

    Parameters
    ----------
    total
        What is to be split.
    weights
        Shape ``(n,)``, not negative, not all zero.
    least
        What each part gets first, if the total allows it.

    Returns
    -------
    IntArray
        Shape ``(n,)``; its sum is ``total``.
    """
    n = weights.shape[0]
    floor = least if total >= least * n else 0
    share = (total - floor * n) * weights / weights.sum()
    parts = np.floor(share).astype(np.int64)
    short = total - floor * n - int(parts.sum())
    order = np.argsort(-(share - parts), kind="stable")
    parts[order[:short]] += 1
    result: IntArray = parts + floor
    return result


def starts(sizes: IntArray) -> IntArray:
    """Return where each of several consecutive blocks starts; shape as ``sizes``."""
    return np.cumsum(sizes) - sizes


def repeated(sizes: IntArray) -> IntArray:
    """Return the block that each of ``sizes.sum()`` consecutive rows belongs to."""
    return np.repeat(np.arange(sizes.shape[0]), sizes)


def rank_within(group: IntArray) -> IntArray:
    """Return the rank, from 0, of each row among the rows of its group, in row order."""
    order = np.argsort(group, kind="stable")
    in_order = group[order]
    new = np.r_[True, in_order[1:] != in_order[:-1]] if group.shape[0] else np.zeros(0, np.bool_)
    position = np.arange(group.shape[0])
    rank = np.empty(group.shape[0], dtype=np.int64)
    rank[order] = position - np.maximum.accumulate(np.where(new, position, 0))
    return rank
