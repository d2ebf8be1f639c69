"""A lock between processes, on a file: the system takes it back from a holder that crashes."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE_S = 0.02


@contextlib.contextmanager
def file_lock(path: Path, *, seconds: float, stop: Callable[[], bool]) -> Iterator[bool]:
    """Hold the lock of a file, which is made if need be and stays afterwards.

    Parameters
    ----------
    path
        The file. Nothing is written to it.
    seconds
        How long to wait for another holder at the most.
    stop
        Asked every few hundredths of a second while waiting; True ends the wait.

    Yields
    ------
    bool
        Whether the lock is held. It is not if another process kept it for too long, if waiting was
        stopped, or if the file cannot be opened or its file system has no locks.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield False
        return
    try:
        yield _wait(descriptor, time.monotonic() + seconds, stop)
    finally:
        # closing gives the lock back
        os.close(descriptor)


def _wait(descriptor: int, end: float, stop: Callable[[], bool]) -> bool:
    while True:
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError):
            # somebody else has it: BlockingIOError by flock, PermissionError by Windows
            if stop() or time.monotonic() >= end:
                return False
            time.sleep(_PAUSE_S)
        except OSError:
            return False
        else:
            return True
