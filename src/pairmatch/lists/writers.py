"""Several processes that write workbooks: what makes one is Python, which threads do not quicken.

Each process reads the prepared cells from files. What they have not written, for whatever reason,
this one writes, so that no list depends on them.
"""

import gc
import heapq
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from pairmatch._second_process import is_interpreter
from pairmatch.lists.prepared import TABLES, Prepared
from pairmatch.lists.workbook import write_list
from pairmatch.threads import available_threads

_log = logging.getLogger(__name__)

# what a workbook without rows takes, in rows
_ROWS_OF_A_BOOK = 60
# rows that are worth the half second that a process takes to begin
_WORTH_A_PROCESS = 20_000
_MOST_PROCESSES = 8
_PATIENCE_S = 1.0
# between two looks at what the others have done
_PAUSE_S = 0.1


class Writers:
    """Processes that write, within a context; there are none where there is little to write.

    Parameters
    ----------
    prepared
        The lists.
    folder
        Where their files go.
    aside
        A folder for what the processes tell each other.
    threads
        How many processes there may be; one for each core if None.
    """

    def __init__(self, prepared: Prepared, folder: Path, aside: Path, threads: int | None) -> None:
        self._prepared, self._folder, self._aside = prepared, folder, aside
        weights = _weights(prepared)
        worth = 1 + sum(weights) // _WORTH_A_PROCESS
        count = min(available_threads(threads), worth, _MOST_PROCESSES)
        self._shares = _shares(weights, count) if count > 1 and is_interpreter() else []
        self._processes: list[_Process] = []

    def __enter__(self) -> Self:
        if self._shares:
            self._prepared.save(self._aside)
        try:
            for share in self._shares:
                self._processes.append(_Process(self._aside, self._folder, share))
        except OSError as error:
            _log.debug("no more processes: %s", type(error).__name__)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.end()

    def write(self) -> Iterator[int]:
        """Write all lists; yield how many are written, now and then."""
        while any(process.is_at_work() for process in self._processes):
            yield len(self._written())
        rest = sorted(set(range(self._prepared.lists.num_rows)) - set(self._written()))
        done = self._prepared.lists.num_rows - len(rest)
        if done:
            # they may have ended since they were last asked
            yield done
        for number in rest:
            write_list(self._prepared, number, self._folder)
            done += 1
            yield done

    def _written(self) -> list[int]:
        return [number for process in self._processes for number in process.written]


class _Process:
    """Another process, with its share."""

    def __init__(self, aside: Path, folder: Path, share: list[int]) -> None:
        self.written: list[int] = []
        path = [entry for entry in sys.path if isinstance(entry, str)]
        self._process = subprocess.Popen(  # noqa: S603  # the interpreter that runs already
            [sys.executable, "-P", "-m", __name__],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # no window for it on Windows, which alone has this
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        given = {"aside": str(aside), "folder": str(folder), "share": share}
        # one that has ended already will have written nothing
        with suppress(OSError):
            self._pipe("stdin").write(json.dumps(given).encode() + b"\n")
            self._pipe("stdin").flush()

    def is_at_work(self) -> bool:
        """Wait a moment, and tell whether it has more to write."""
        self._listening.join(_PAUSE_S)
        return self._listening.is_alive()

    def end(self) -> None:
        """End it, whatever it is at."""
        # it takes that for the end of this process
        with suppress(OSError):
            self._pipe("stdin").close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listening.join()
        self._pipe("stdout").close()

    def _listen(self) -> None:
        for line in self._pipe("stdout"):
            self.written.append(int(line))

    def _pipe(self, name: str) -> Any:
        return getattr(self._process, name)


def _weights(prepared: Prepared) -> list[int]:
    """Return how long each list takes, in rows."""
    rows = [
        prepared.lists.column(f"rows_{name}").to_pylist()
        for name in TABLES
        if name in prepared.tables
    ]
    return [_ROWS_OF_A_BOOK + sum(each) for each in zip(*rows, strict=True)]


def _shares(weights: list[int], count: int) -> list[list[int]]:
    """Return positions of lists in shares that take about as long, each in order."""
    shares: list[list[int]] = [[] for _ in range(max(1, count))]
    least = [(0, at) for at in range(len(shares))]
    for number in sorted(range(len(weights)), key=lambda at: -weights[at]):
        weight, at = heapq.heappop(least)
        shares[at].append(number)
        heapq.heappush(least, (weight + weights[number], at))
    return [sorted(share) for share in shares]


def _work() -> None:
    """Write a share in another process, and say of each list when it is written."""
    given = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    prepared = Prepared.load(Path(given["aside"]))
    # cells are made by the million, and nearly all of them go without a collection; one for each
    # book looks at what that book has left alone, not at all modules
    gc.disable()
    gc.freeze()
    for number in given["share"]:
        gc.collect()
        write_list(prepared, number, Path(given["folder"]))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _end_with_the_first() -> None:
    """Wait until the first process closes its end of the pipe, or the system does that for it."""
    while os.read(0, 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    _work()
