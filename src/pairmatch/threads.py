"""How many threads kernels run on, and work that goes side by side or in turn."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InTurn(Executor):
    """An executor that does each piece of work in the calling thread, when it is handed in."""

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the work; what it raises is raised here."""
        done: Future[T] = Future()
        done.set_result(function(*args, **kwargs))
        return done


IN_TURN = InTurn()


def available_threads(threads: int | None) -> int:
    """Return the number of threads asked for, or the cores that this process may use.

    Raises
    ------
    ValueError
        If fewer than one is asked for.
    """
    if threads is not None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; give at least 1, or None for all cores")
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
