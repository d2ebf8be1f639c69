"""How many threads kernels run on, and work that goes side by side or in turn."""

import os
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, ParamSpec, TypeGuard, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Once(Generic[T]):
    """A value that is made when it is first asked for, once, however many threads ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: list[T] = []

    @property
    def made(self) -> T | None:
        """The value if it is made, else None."""
        return self._made[0] if self._made else None

    @classmethod
    def of(cls, made: T) -> "Once[T]":
        """Return a value that has been made already."""
        once = cls()
        once._made.append(made)  # its own class
        return once

    def value(self, make: Callable[[], T]) -> T:
        """Return the value; where making it fails, whoever asks next tries again."""
        with self._lock:
            if not self._made:
                self._made.append(make())
            return self._made[0]


class InTurn(Executor):
    """An executor that does each piece of work in the calling thread, when it is handed in."""

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the work; what it raises is raised here."""
        done: Future[T] = Future()
        done.set_result(function(*args, **kwargs))
        return done


IN_TURN = InTurn()


class PlainThreads(Executor):
    """An executor on threads of its own, which works as long as the interpreter does.

    `concurrent.futures.ThreadPoolExecutor` takes no work any more once the main thread has ended,
    while other threads of the program are still at theirs.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._is_shut_down = False
        self._threads: list[Thread] = []
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand in a piece of work; once shut down, raise RuntimeError as other executors do."""
        if self._is_shut_down:
            raise RuntimeError("cannot take work after shutdown")
        future: Future[T] = Future()
        self._waiting.put((future, partial(function, *args, **kwargs)))
        if len(self._threads) < self._workers:
            thread = Thread(target=self._work, name=f"pairmatch-{len(self._threads)}")
            thread.start()
            self._threads.append(thread)
        return future

    def shutdown(
        self,
        wait: bool = True,  # noqa: FBT001, FBT002  # as in the class above
        *,
        cancel_futures: bool = False,
    ) -> None:
        """End the threads, after all work that was handed in or after what has begun."""
        self._is_shut_down = True
        while cancel_futures and not self._waiting.empty():
            with suppress(Empty):
                work = self._waiting.get_nowait()
                if work is not None:
                    work[0].cancel()
        for _ in self._threads:
            self._waiting.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None:
            future, call = work
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = call()
            except BaseException as error:  # noqa: BLE001  # raised to whoever asks for the result
                future.set_exception(error)
            else:
                future.set_result(result)
            # a thread that waits for more keeps nothing of what it has done
            del work, future, call


def runs_threads(executor: object) -> TypeGuard[Executor]:
    """Tell whether an executor works in threads of this process, which share its arrays."""
    # from Python 3.14, a subclass whose threads share nothing
    apart = getattr(futures, "InterpreterPoolExecutor", ())
    pools = (ThreadPoolExecutor, PlainThreads, InTurn)
    return isinstance(executor, pools) and not isinstance(executor, apart)


def available_threads(threads: int | None) -> int:
    """Return the number of threads asked for, or the cores that this process may use."""
    if threads is not None:
        return threads
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
