"""Compiled kernels: those that count no references do the same, and refuse to allocate."""

import sys

import numpy as np
import pytest

from pairmatch._kernels import bare_kernel, kernel
from pairmatch.formulate.arrays import IntArray


def _add_up(values: IntArray) -> int:
    total = 0
    for value in values:
        total += value
    return total


def _allocate(count: int) -> int:
    return np.zeros(count, dtype=np.int64).shape[0]


def test_a_bare_kernel_computes_what_a_kernel_does_and_keeps_no_reference() -> None:
    values = np.arange(10)
    before = sys.getrefcount(values)
    assert bare_kernel(_add_up)(values) == kernel(_add_up)(values) == 45
    assert sys.getrefcount(values) == before


def test_a_bare_kernel_that_allocates_is_refused() -> None:
    with pytest.raises(Exception, match="No implementation of function"):
        bare_kernel(_allocate)(3)
