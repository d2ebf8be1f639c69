"""Compiled kernels: those that count no references do the same, and refuse to allocate."""

import gc
import sys

import numpy as np
import pytest

from pairmatch._kernels import (
    CompilingStoppedError,
    bare_kernel,
    callable_from_python,
    inner_kernel,
    is_compiled,
    kernel,
    stoppable,
)
from pairmatch.arrays import IntArray


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


def _plus_one(value: int) -> int:
    return value + 1


def test_an_inner_kernel_is_called_by_kernels_alone() -> None:
    inner = inner_kernel(_plus_one)

    def plus_two(value: int) -> int:
        return inner(value) + 1

    for _ in range(2):
        with pytest.raises(TypeError, match="_plus_one has no entry from Python"):
            inner(1)
        assert kernel(plus_two)(1) == 3
    assert callable_from_python(inner)(1) == 2


def test_nothing_is_compiled_once_stopped() -> None:
    compiled = kernel(_plus_one)
    with pytest.raises(CompilingStoppedError), stoppable(lambda: True):
        compiled(1)
    assert not is_compiled(compiled)


def test_the_collector_of_garbage_works_again_after_compiling() -> None:
    assert gc.isenabled()
    assert kernel(_plus_one)(1) == 2
    assert gc.isenabled()
