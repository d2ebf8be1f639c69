"""How many threads kernels run on, and work that goes side by side or in turn."""

import os
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import ParamSpec, TypeGuard, TypeVar

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


def runs_threads(executor: object) -> TypeGuard[Executor]:
    """Tell whether an executor works in threads of this process, which share its arrays."""
    # from Python 3.14, a subclass whose threads share nothing
    apart = getattr(futures, "InterpreterPoolExecutor", ())
    return isinstance(executor, ThreadPoolExecutor | InTurn) and not isinstance(executor, apart)


def available_threads(threads: int | None) -> int:
    """Return the number of threads asked for, or the cores that this process may use."""
    if threads is not None:
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
