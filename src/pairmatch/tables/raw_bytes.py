"""Looks at the bytes of a text column, which tell in no time that an exact check finds nothing.

They may be wrong in one direction only: what they rule out is not there.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_ASCII_END = 0x80
_NINE = 9


def may_hold_spaces(text: pa.ChunkedArray) -> bool:
    """Tell whether any cell may have white space in it; False is certain."""
    return any(
        found.shape[0] and (found.min() <= ord(" ") or found.max() >= _ASCII_END - 1)
        for found in map(_bytes, text.chunks)
    )


def may_hold_digits(text: pa.ChunkedArray, count: int) -> bool:
    """Tell whether any cell may have so many digits in a row; False is certain."""
    return any(_has_run(_bytes(chunk), count) for chunk in text.chunks)


def _bytes(chunk: pa.StringArray) -> npt.NDArray[np.uint8]:
    """Return the texts of a chunk one after another, shape ``(bytes,)``; nulls may have some."""
    _, offsets, data = chunk.buffers()
    # a chunk without rows may come without a single offset
    if len(chunk) == 0 or data is None:
        return np.zeros(0, dtype=np.uint8)
    ends = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]


def _has_run(found: npt.NDArray[np.uint8], count: int) -> bool:
    # bytes below "0" wrap round and are large
    run = found - np.uint8(ord("0")) <= _NINE
    length = 1
    while length < count and run.any():
        more = min(length, count - length)
        run = run[:-more] & run[more:]
        length += more
    return bool(run.any())
