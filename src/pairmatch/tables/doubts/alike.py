"""Ids that are likely one id, written twice: by how they are written, or by a slip of the hand."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray

_MOST_TOGETHER = 10
_ZERO = ord("0")
_NINE = ord("9")


def pairs_alike(ids: pa.Array, group: IntArray, is_evident: BoolArray) -> tuple[IntArray, IntArray]:
    """Return pairs of rows whose ids are alike, within groups of rows that are otherwise equal.

    Ids are alike if they differ in case, in signs between letters and numbers, or in zeros before
    a number. Where that rows are equal means something, so are those that differ by two digits
    that are swapped, or by one zero: among many such rows, as of a whole village, numbers given
    in order differ so as well.

    Parameters
    ----------
    ids
        Distinct texts.
    group
        Shape ``(rows,)``, a number for each row, the same for rows that are equal.
    is_evident
        Shape ``(rows,)``, whether that a row equals others means something.

    Returns
    -------
    first, second
        Positions of the rows of each pair.
    """
    written = _spelled(ids).dictionary_encode().indices.to_numpy().astype(np.int64)
    order = np.lexsort((written, group))
    same = (np.diff(group[order]) == 0) & (np.diff(written[order]) == 0)
    firsts, seconds = [order[:-1][same]], [order[1:][same]]
    rows = _in_small_groups(group, is_evident)
    rows = rows[pc.string_is_ascii(ids.take(pa.array(rows))).to_numpy(zero_copy_only=False)]
    letters = _letters(ids.take(pa.array(rows)))
    for apart in range(1, _MOST_TOGETHER):
        one, other = np.arange(rows.shape[0] - apart), np.arange(apart, rows.shape[0])
        together = group[rows[one]] == group[rows[other]]
        one, other = one[together], other[together]
        slips = _is_slip(letters[one], letters[other])
        firsts.append(rows[one[slips]])
        seconds.append(rows[other[slips]])
    return np.concatenate(firsts), np.concatenate(seconds)


def _spelled(ids: pa.Array) -> pa.Array:
    """Return ids without case, with one sign between letters and numbers and no zero before one."""
    text = pc.utf8_lower(pc.utf8_normalize(ids, form="NFKC"))
    text = pc.replace_substring_regex(text, r"[^\pL0-9]+", "-")
    text = pc.replace_substring_regex(text, r"(\pL)([0-9])", r"\1-\2")
    text = pc.replace_substring_regex(text, r"([0-9])(\pL)", r"\1-\2")
    return pc.replace_substring_regex(text, r"(^|-)0+([0-9])", r"\1\2")


def _in_small_groups(group: IntArray, is_evident: BoolArray) -> IntArray:
    """Return the rows of groups with a few rows, group by group."""
    rows = np.flatnonzero(is_evident)
    if not rows.shape[0]:
        return rows
    size = np.bincount(group[rows])[group[rows]]
    rows = rows[(size > 1) & (size <= _MOST_TOGETHER)]
    return rows[np.argsort(group[rows], kind="stable")]


def _letters(ids: pa.Array) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return the bytes of ASCII texts, shape ``(rows, longest + 1)``, 0 behind the end."""
    width = int(pc.max(pc.binary_length(ids)).as_py() or 0) + 1
    texts = np.array(ids.to_pylist(), dtype=f"S{width}")
    return texts.view(np.uint8).reshape(len(ids), width)


def _is_slip(
    one: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
    other: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
) -> BoolArray:
    """Tell which texts differ by two digits that are swapped, or by one zero."""
    differs = one != other
    at = np.argmax(differs, axis=1)
    row = np.arange(one.shape[0])
    behind = np.minimum(at + 1, one.shape[1] - 1)
    here, there = one[row, at], other[row, at]
    swapped = (
        (differs.sum(axis=1) == 2)
        & (here == other[row, behind])
        & (there == one[row, behind])
        & (np.minimum(here, there) >= _ZERO)
        & (np.maximum(here, there) <= _NINE)
    )
    found: BoolArray = swapped | _has_one_zero_more(one, other, at)
    return found | _has_one_zero_more(other, one, at)


def _has_one_zero_more(
    longer: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
    shorter: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
    at: IntArray,
) -> BoolArray:
    """Tell where one text is the other with a zero at a position that is given."""
    column = np.arange(longer.shape[1])
    moved = np.where(column >= at[:, None], np.pad(longer[:, 1:], ((0, 0), (0, 1))), longer)
    is_zero = longer[np.arange(longer.shape[0]), at] == _ZERO
    found: BoolArray = is_zero & (moved == shorter).all(axis=1)
    return found
