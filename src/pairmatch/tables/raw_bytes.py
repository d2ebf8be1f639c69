"""Looks at the bytes of a text column, which tell in no time that an exact check finds nothing.

They may be wrong in one direction only: what they rule out is not there.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pairmatch.arrays import Int32Array, IntArray

_ASCII_END = 0x80
_FIRST_OF_SEVERAL = 0xC0
_NINE = 9
# a mobile number, with a zero or 86 before it, an ID number, that of a disability certificate
_LENGTHS_OF_NUMBERS = (11, 12, 13, 15, 18, 20)
_LENGTH_OF_VILLAGE = 12
_LONGEST_NUMBER = max(_LENGTHS_OF_NUMBERS)
_IS_OF_NUMBERS = np.isin(np.arange(_LONGEST_NUMBER + 2), _LENGTHS_OF_NUMBERS)
# few enough that what is made of them stays in the cache
_TEXTS_AT_A_TIME = 1 << 14


def may_hold_spaces(text: pa.ChunkedArray) -> bool:
    """Tell whether any cell may have white space in it; False is certain."""
    return any(
        found.shape[0] and (found.min() <= ord(" ") or found.max() >= _ASCII_END - 1)
        for found in map(_bytes, text.chunks)
    )


def may_hold_controls(text: pa.ChunkedArray) -> bool:
    """Tell whether any cell may have control characters or unseen ones; False is certain."""
    return any(
        found.shape[0] and (found.min() < ord(" ") or found.max() >= _ASCII_END - 1)
        for found in map(_bytes, text.chunks)
    )


def may_hold_beyond_ascii(text: pa.ChunkedArray) -> bool:
    """Tell whether any cell may have a character beyond ASCII; False is certain."""
    return any(
        found.shape[0] and int(found.max()) >= _ASCII_END for found in map(_bytes, text.chunks)
    )


def may_begin_with(text: pa.ChunkedArray, first: Sequence[int]) -> bool:
    """Tell whether any cell may begin with one of these bytes; False is certain."""
    return any(_may_begin_with(chunk, first) for chunk in text.chunks)


def _may_begin_with(chunk: pa.StringArray, first: Sequence[int]) -> bool:
    data, ends = _bytes(chunk), _ends(chunk)
    if not any(bool((data == byte).any()) for byte in first):
        return False
    # an empty cell shows the byte of the next one, or the last one's own
    begin = data[np.minimum(ends[:-1], data.shape[0] - 1)]
    return any(bool((begin == byte).any()) for byte in first)


def holds(text: pa.ChunkedArray, wanted: bytes) -> bool:
    """Tell whether any cell may have one of these bytes; False is certain."""
    return any(_holds(found, wanted) for found in map(_bytes, text.chunks))


def _holds(found: npt.NDArray[np.uint8], wanted: bytes) -> bool:
    if found.shape[0] == 0:
        return False
    low, high = int(found.min()), int(found.max())
    return any(low <= byte <= high and bool((found == byte).any()) for byte in wanted)


def holds_others(text: pa.ChunkedArray, allowed: bytes) -> bool:
    """Tell whether any cell may have another byte than these; False is certain."""
    is_other = np.ones(256, dtype=np.bool_)
    is_other[list(allowed)] = False
    return any(bool(is_other[found].any()) for found in map(_bytes, text.chunks))


def shortest(text: pa.ChunkedArray) -> int:
    """Return the fewest bytes that a cell with any has, or 0 where none has."""
    lengths = [np.diff(_ends(chunk)) for chunk in text.chunks]
    return min((int(one[one > 0].min()) for one in lengths if one.any()), default=0)


def may_hold_both_cases(text: pa.ChunkedArray) -> bool:
    """Tell whether any ASCII letter may be there as a capital and as a small one."""
    chunks = [found for found in map(_bytes, text.chunks) if found.shape[0]]
    # ids mostly have capitals alone, and that is seen in no time
    if not any(int(found.max()) >= ord("a") for found in chunks):
        return False
    present = np.zeros(256, dtype=np.bool_)
    for found in chunks:
        present[found] = True
    capitals, small = (present[first : first + 26] for first in (ord("A"), ord("a")))
    return bool((capitals & small).any())


def longest(text: pa.ChunkedArray) -> int:
    """Return the most bytes that any cell has, which are at least its characters."""
    return max((_longest(chunk) for chunk in text.chunks), default=0)


def _longest(chunk: pa.StringArray) -> int:
    return int(np.diff(_ends(chunk)).max(initial=0))


def rows_with_digits(text: pa.ChunkedArray, count: int) -> IntArray:
    """Return the rows whose text may have ``count`` digits, of any script, in a row or apart.

    All others have fewer. Codes of areas, which are 6, 9 or 12 ASCII digits and nothing else, are
    no numbers of persons and left out, as are other texts of nothing but digits that have a length
    which no such number has.
    """
    found = []
    start = 0
    for chunk in text.chunks:
        found.append(_rows_with_digits(chunk, count) + start)
        start += len(chunk)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rows_with_digits(chunk: pa.StringArray, count: int) -> IntArray:
    if _longest(chunk) < count:
        return np.zeros(0, dtype=np.int64)
    data, ends = _bytes(chunk), _ends(chunk)
    found = [
        begin + _with_digits(data, ends[begin : begin + _TEXTS_AT_A_TIME + 1], count)
        for begin in range(0, len(chunk), _TEXTS_AT_A_TIME)
    ]
    return np.concatenate(found)


def _with_digits(data: npt.NDArray[np.uint8], ends: Int32Array, count: int) -> IntArray:
    """Return which texts may have ``count`` digits; ``ends`` has where each begins and ends."""
    data = data[ends[0] : ends[-1]]
    # bytes below "0" wrap round and are large; a character beyond ASCII begins with a large byte
    digit = (data - np.uint8(ord("0")) <= _NINE) | (data >= _FIRST_OF_SEVERAL)
    # words without a digit and codes of nothing else are most of what is long
    if not digit.any():
        return np.zeros(0, dtype=np.int64)
    lengths = digits = np.diff(ends)
    if not digit.all():
        until = np.zeros(data.shape[0] + 1, dtype=np.int32)
        np.cumsum(digit, out=until[1:])
        digits = np.diff(until[ends - ends[0]])
    rows = np.flatnonzero(digits >= count)
    lengths, plain = lengths[rows], digits[rows] == lengths[rows]
    begin = data[ends[rows] - ends[0]]
    village = (lengths == _LENGTH_OF_VILLAGE) & (begin != ord("0"))
    is_of_numbers = _IS_OF_NUMBERS[np.minimum(lengths, _LONGEST_NUMBER + 1)]
    left: IntArray = rows[~plain | (is_of_numbers & ~village)]
    return left


def _bytes(chunk: pa.StringArray) -> npt.NDArray[np.uint8]:
    """Return the texts of a chunk one after another, shape ``(bytes,)``; nulls may have some."""
    data = chunk.buffers()[2]
    if len(chunk) == 0 or data is None:
        return np.zeros(0, dtype=np.uint8)
    ends = _offsets(chunk)
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]


def _ends(chunk: pa.StringArray) -> Int32Array:
    """Return where in `_bytes` texts begin, and the last one ends, shape ``(texts + 1,)``."""
    if len(chunk) == 0 or chunk.buffers()[2] is None:
        return np.zeros(len(chunk) + 1, dtype=np.int32)
    ends = _offsets(chunk)
    from_the_first: Int32Array = ends - ends[0]
    return from_the_first


def _offsets(chunk: pa.StringArray) -> Int32Array:
    # a chunk without rows may come without a single offset
    return np.frombuffer(chunk.buffers()[1], np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
