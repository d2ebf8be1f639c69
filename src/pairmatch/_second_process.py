"""A second process that compiles kernels while this one does, the ones needed last first.

numba compiles one kernel at a time in each process. Two processes share the work by the files that
kernels are kept in: whoever needs a kernel that the other one is at waits for it and loads it.
"""

import json
import logging
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Self

from pairmatch._file_lock import file_lock
from pairmatch._kernel_cache import chosen_folder, folder_to_write, nothing_half_written
from pairmatch.threads import available_threads

_log = logging.getLogger(__name__)

# what it compiles takes a few seconds; one that lives for longer than this has been halted
_LONGEST_S = 60.0
# to end takes it no time unless it is halted
_PATIENCE_S = 1.0

# the process has the modules of this one, whatever it would have found by itself
_CODE = """
import json, sys
given = json.loads(sys.stdin.buffer.readline())
sys.path[:] = given["path"]
from pairmatch._second_process import work
work(given["engine"])
"""

_INTERPRETER = re.compile(r"(python|pypy)[\d.]*[tdw]?(\.exe)?", re.IGNORECASE)


class SecondProcess:
    """A process that compiles what an engine needs, from `start` to `end`.

    No solve depends on it. There is none where it would be of no use: on one processor, without a
    folder to hand its work over, beside another one for the same folder; nor where the program is
    not Python's own interpreter, which would start as something else. It ends with this process,
    however that ends.
    """

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._changing = threading.Lock()
        self._held = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> None:
        """Start it, if it has not been started or ended before.

        Where another process has one, wait until that one has compiled what both need.
        """
        folder = folder_to_write()
        if folder is None or available_threads(None) < 2 or not is_interpreter():
            return
        path = folder / "second-process.lock"
        if not self._try_to_start(path):
            # what two processes compile is there sooner than if all of them had a part in it
            with file_lock(path, seconds=_LONGEST_S, stop=lambda: self._is_over) as held:
                # one that takes so long has been halted: go on alone
                self._is_over = self._is_over or not held

    def _try_to_start(self, path: Path) -> bool:
        """Start it unless another process has one; tell whether there is nothing to wait for."""
        with self._changing:
            if self._is_over:
                return True
            lock = file_lock(path, seconds=0.0, stop=lambda: True)
            if not self._held.enter_context(lock):
                self._held.close()
                return False
            self._is_over = True
            try:
                self._process = _started()
                _tell(self._process, self._engine)
            except (OSError, ValueError) as error:
                _log.debug("no second process to compile: %s", type(error).__name__)
            self._started = time.monotonic()
        return True

    def look_after(self) -> None:
        """End it if it has been at work for so long that it must have been halted."""
        if self._process is not None and time.monotonic() - self._started > _LONGEST_S:
            self.end()

    def end(self) -> None:
        """End it, whatever it is at; it is not started after that."""
        with self._changing:
            self._is_over = True
            process, self._process = self._process, None
            if process is not None:
                # it takes that for the end of this process
                with suppress(OSError):
                    _input_of(process).close()
                try:
                    process.wait(_PATIENCE_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            self._held.close()


def work(engine: str) -> None:
    """Compile in the second process: begin with what the first one comes to last."""
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    # only this process needs the rooms from here, and whoever starts it has them already
    from pairmatch import _rehearsal  # noqa: PLC0415
    from pairmatch.flow import engine_named  # noqa: PLC0415

    of = engine_named(engine)
    _rehearsal.rehearse_networks(of)
    _rehearsal.rehearse_ends(of)
    _rehearsal.rehearse_problems(of)


def _end_with_the_first() -> None:
    """Wait until the first process closes its end of the pipe, or the system does that for it."""
    while os.read(0, 1):
        pass
    with nothing_half_written:
        os._exit(0)


def is_interpreter() -> bool:
    """Tell whether the program that runs is Python's own, and no other that has it inside."""
    name = Path(sys.executable).name if sys.executable else ""
    return _INTERPRETER.fullmatch(name) is not None and not hasattr(sys, "frozen")


def _started() -> subprocess.Popen[bytes]:
    chosen = chosen_folder()
    return subprocess.Popen(  # noqa: S603  # the interpreter that runs already, and a constant
        [sys.executable, "-P", *(["-B"] if sys.dont_write_bytecode else []), "-c", _CODE],
        env={**os.environ, **({"NUMBA_CACHE_DIR": chosen} if chosen else {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # no window for it on Windows, which alone has this
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _tell(process: subprocess.Popen[bytes], engine: str) -> None:
    given = {"path": [entry for entry in sys.path if isinstance(entry, str)], "engine": engine}
    pipe = _input_of(process)
    pipe.write(json.dumps(given).encode() + b"\n")
    pipe.flush()


def _input_of(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise ValueError("the process was started without a pipe")
    return process.stdin
