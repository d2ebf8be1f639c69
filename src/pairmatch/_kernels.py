"""The one place where functions become kernels: compiled by numba, and kept on disk."""

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core import compiler_lock

from pairmatch._file_lock import file_lock
from pairmatch._kernel_cache import KernelCache
from pairmatch._parts import PartCompiler

P = ParamSpec("P")
R = TypeVar("R")

_log = logging.getLogger(__name__)

# a kernel takes seconds; a holder that keeps its lock for longer has been halted
_LONGEST_WAIT_S = 120.0

# numba's switches for its counts of references and for the entries of a function from C and from
# Python; its documentation mentions none of them
_COUNTED: dict[str, Any] = {"no_cfunc_wrapper": True}
_BARE: dict[str, Any] = {**_COUNTED, "_nrt": False}
_INNER: dict[str, Any] = {**_BARE, "no_cpython_wrapper": True}

# numba is not typed here
_numbas_lock: Any = compiler_lock.global_compiler_lock

_kernels: list[Any] = []
_here = threading.local()


@dataclass
class _Collecting:
    """Who keeps the garbage collector from working, and whether it worked before."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    inside: int = 0
    was_on: bool = True


_collecting = _Collecting()


class CompilingStoppedError(Exception):
    """Raised within `stoppable`, before a kernel is compiled that is not wanted any more."""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call and keep the machine code on disk.

    Kernels release the interpreter lock, so chunks of work run side by side on a pool of
    threads. numba's own parallel regions are not used: its default threading layer aborts when
    two threads enter them at once.
    """
    return _listed(_entry(function, _COUNTED))


def bare_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that allocates nothing, without counting references to arrays.

    Where functions of a few steps call each other again and again, counting the references to
    what they hand on takes a good part of their time: a fifth of the network simplex method's.
    A function that allocates, or calls one that does, is refused when it is compiled.
    """
    return _listed(_entry(function, _BARE))


def inner_kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that allocates nothing and that only kernels call.

    It becomes part of the kernels that call it, and has no entry from Python: to take records of
    arrays apart for one takes longer to compile than most such functions do.
    """
    return cast(Callable[P, R], _without_entry(function, {}))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that allocates nothing to become part of the kernels that call it.

    As `inner_kernel`, but never called: a call passes records array by array, and where an inner
    function takes many arrays and has few steps to do, that is most of its time.
    """
    return cast(Callable[P, R], _without_entry(function, {"forceinline": True}))


def callable_from_python(function: Callable[P, R]) -> Callable[P, R]:
    """Return an inner kernel with an entry from Python, for a test of its own."""
    entry: Callable[P, R] = _entry(cast(Any, function).py_func, _BARE)
    return entry


def is_compiled(function: Callable[..., Any]) -> bool:
    """Tell whether a kernel already has machine code in this process."""
    return bool(getattr(function, "signatures", ()))


def kernels() -> list[Any]:
    """Return all kernels that Python may call, of the modules that were imported."""
    return list(_kernels)


def kept_in(compiled: Any, signature: Any) -> Path | None:
    """Return the file that has a kernel for a signature on disk, or None."""
    store: KernelCache = compiled._cache  # noqa: SLF001  # as below
    return store.find(signature, compiled.targetctx)


@contextmanager
def stoppable(
    stop: Callable[[], bool], compiling: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Begin no more kernels in this thread once told to stop.

    ``compiling`` is called before each kernel that is not on the disk.

    Raises
    ------
    CompilingStoppedError
        Where a kernel would have to be compiled, loaded or waited for after that.
    """
    _here.stop, _here.compiling = stop, compiling
    try:
        yield
    finally:
        del _here.stop, _here.compiling


@contextmanager
def _without_collections() -> Iterator[None]:
    """Keep the garbage collector from looking through all that the compiler holds: a tenth less.

    With several threads in here, the last one puts it back as the first one found it.
    """
    with _collecting.lock:
        if _collecting.inside == 0:
            _collecting.was_on = gc.isenabled()
            gc.disable()
        _collecting.inside += 1
    try:
        yield
    finally:
        with _collecting.lock:
            _collecting.inside -= 1
            if _collecting.inside == 0 and _collecting.was_on:
                gc.enable()


def _never() -> bool:
    return False


def _compiled(function: Callable[..., Any], options: dict[str, Any]) -> Any:
    return numba.njit(nogil=True, error_model="numpy", **options)(function)


def _entry(function: Callable[P, R], options: dict[str, Any]) -> Callable[P, R]:
    compiled = _compiled(function, options)
    store = KernelCache(function)
    compile_in_numba = compiled.compile

    def compile_once(signature: Any) -> Any:
        """Compile while no other process does the same, and load what another has compiled."""
        # within another kernel's compilation, this thread has numba's lock already, and whoever
        # has a kernel's lock may be waiting for it
        if _numbas_lock.is_locked():
            return compile_in_numba(signature)
        stop = getattr(_here, "stop", _never)
        if stop():
            raise CompilingStoppedError
        context = compiled.targetctx
        is_kept = store.find(signature, context, keeps=True) is not None
        if not is_kept and hasattr(_here, "compiling"):
            _here.compiling()
        path = None if is_kept else store.lock_path(signature, context)
        with nullcontext() if path is None else file_lock(path, seconds=_LONGEST_WAIT_S, stop=stop):
            if stop():
                raise CompilingStoppedError
            _log.debug("kernel %s.%s", function.__module__, function.__qualname__)
            with nullcontext() if is_kept else _without_collections():
                return compile_in_numba(signature)

    compiled._cache = store  # noqa: SLF001  # numba has no public way to give it a cache
    compiled.compile = compile_once
    return cast(Callable[P, R], compiled)


def _listed(compiled: Callable[P, R]) -> Callable[P, R]:
    _kernels.append(compiled)
    return compiled


def _without_entry(function: Callable[..., Any], options: dict[str, Any]) -> Any:
    compiled = _compiled(function, {**_INNER, **options, "pipeline_class": PartCompiler})

    def refuse(*_: Any) -> None:
        raise TypeError(f"{function.__qualname__} has no entry from Python: only kernels call it")

    # what numba calls from Python is the entry that is not there: it must never be found
    compiled._insert = lambda *_, **__: None  # noqa: SLF001  # there is no public way
    compiled._compile_for_args = refuse  # noqa: SLF001  # the same
    return compiled
