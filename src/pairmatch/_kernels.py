"""The one place where numba is imported: a typed decorator for compiled kernels."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

# numba's switch for its counts of references; its documentation does not mention it
_UNCOUNTED: Any = {"_nrt": False}


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call and keep the machine code on disk.

    Kernels release the interpreter lock, so chunks of work run side by side on a pool of
    threads. numba's own parallel regions are not used: its default threading layer aborts when
    two threads enter them at once.
    """
    compiled = numba.njit(nogil=True, cache=True, error_model="numpy")(function)
    return cast(Callable[P, R], compiled)


def bare_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that allocates nothing, without counting references to arrays.

    Where functions of a few steps call each other again and again, counting the references to
    what they hand on takes a good part of their time: a fifth of the network simplex method's.
    A function that allocates, or calls one that does, is refused when it is compiled.
    """
    compiled = numba.njit(nogil=True, cache=True, error_model="numpy", **_UNCOUNTED)(function)
    return cast(Callable[P, R], compiled)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function to become part of the kernels that call it.

    A call passes records array by array and counts a reference to each. Where an inner function
    takes many arrays and has few steps to do, that is most of its time: pricing takes three times
    as long without. A reference to each array that is handed over is still counted at every step,
    so an innermost loop has such a function's few lines written out in it.
    """
    return cast(Callable[P, R], numba.njit(error_model="numpy", inline="always")(function))


def is_compiled(function: Callable[..., Any]) -> bool:
    """Tell whether a kernel already has machine code in this process."""
    return bool(getattr(function, "signatures", ()))
