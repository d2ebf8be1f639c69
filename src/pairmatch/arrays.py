"""Array types, and exact sums of them."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

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
