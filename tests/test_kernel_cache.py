"""Machine code on disk, whatever state the disk is in: the right result, and one log line."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numba
import pytest
from numba.core import event

from pairmatch import _kernel_cache
from pairmatch._file_lock import file_lock
from pairmatch._kernels import CompilingStoppedError, kernel, stoppable

TINY = """
import logging, sys
logging.basicConfig(level="DEBUG", format="%(levelname)s %(message)s", stream=sys.stdout)
for other in ("numba", "asyncio"):
    logging.getLogger(other).setLevel("ERROR")
from pairmatch.heaps import push
from pairmatch._kernels import callable_from_python
import numpy as np
key, item = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
entry = callable_from_python(push)
entry(key, item, 0, 7, 3)
print("compiled", sum(entry.stats.cache_misses.values()))
print(key[0], item[0])
"""


def _twice(value: int) -> int:
    return 2 * value


class Compiled(event.Listener):
    """Counts what numba compiles."""

    def __init__(self) -> None:
        self.count = 0

    def on_start(self, _: Any) -> None:
        self.count += 1

    def on_end(self, _: Any) -> None:
        pass


def compilations(function: Callable[[int], int]) -> int:
    """Call a new kernel made of a function of one integer, and count what is compiled for it."""
    counter = Compiled()
    with event.install_listener("numba:compile", counter):
        assert kernel(function)(21) == 42
    return counter.count


REMEMBERED = (_kernel_cache.folders, _kernel_cache.folder_to_write, _kernel_cache.once)


def _forget() -> None:
    for known in REMEMBERED:
        known.cache_clear()


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a new folder the one that NUMBA_CACHE_DIR names."""
    folder = tmp_path / "chosen"
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(folder))
    _forget()
    yield folder
    _forget()


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return what was logged since the last time, except what a debugger wants to know."""
    caplog.set_level(logging.INFO, "pairmatch")

    def take() -> list[str]:
        found = [record.getMessage() for record in caplog.records]
        caplog.clear()
        return found

    return take


Lines = Callable[[], list[str]]


def _file(folder: Path) -> Path:
    (found,) = folder.rglob("*.nbc")
    return found


def test_what_was_compiled_is_loaded_the_next_time(chosen: Path, lines: Lines) -> None:
    assert compilations(_twice) == 1
    assert _file(chosen).stat().st_mode & 0o444 == 0o444
    assert compilations(_twice) == 0
    assert lines() == []


@pytest.mark.parametrize("harm", ["empty", "half", "one byte"])
def test_a_damaged_file_is_compiled_afresh_and_mended(
    chosen: Path, lines: Lines, harm: str
) -> None:
    compilations(_twice)
    content = _file(chosen).read_bytes()
    half = len(content) // 2
    damaged = {
        "empty": b"",
        "half": content[:half],
        "one byte": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
    }
    _file(chosen).write_bytes(damaged[harm])
    assert compilations(_twice) == 1
    (line,) = lines()
    assert line.endswith("damaged; compiled afresh")
    assert compilations(_twice) == 0
    assert lines() == []


def test_a_source_that_has_changed_is_compiled_afresh(
    chosen: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    compilations(_twice)
    monkeypatch.setattr(_kernel_cache, "stamp", lambda _: bytes(32))
    assert compilations(_twice) == 1
    (line,) = lines()
    assert line.endswith("of another version; compiled afresh")
    assert compilations(_twice) == 0
    # the old file was written over
    assert _file(chosen).read_bytes()[32:64] == bytes(32)


def test_a_folder_that_cannot_be_made_is_not_the_end(
    chosen: Path, lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen.write_text("a file where the folder should be")
    other = tmp_path / "other"
    folders = (chosen / "inside", other)
    monkeypatch.setattr(_kernel_cache, "folders", lambda: folders)
    assert compilations(_twice) == 1
    assert compilations(_twice) == 0
    (line,) = lines()
    assert line == f"NUMBA_CACHE_DIR cannot be written; kernels are kept in {other}"


def test_without_any_folder_kernels_are_compiled_each_time(
    chosen: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen.write_text("a file where the folder should be")
    monkeypatch.setattr(_kernel_cache, "folders", lambda: (chosen / "one", chosen / "two"))
    assert compilations(_twice) == 1
    assert compilations(_twice) == 1
    (line,) = lines()
    assert line.startswith("kernels were compiled and cannot be kept")


def test_a_user_without_a_home_gets_no_folder_in_the_current_one(
    chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Homeless:
        user_cache_dir = "~/.cache/pairmatch"

    monkeypatch.setattr(_kernel_cache, "_user_folders", lambda **_: Homeless)
    assert [folder.is_absolute() for folder in _kernel_cache.folders()] == [True, True]
    assert _kernel_cache.folders()[0].parent == chosen


def test_a_full_disk_stops_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = 'mount -t tmpfs -o size=16k tmpfs "$0" && exec "$@"'
    inside = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    done = subprocess.run(
        [*inside, "sh", "-c", script, str(disk), sys.executable, "-c", TINY],
        env={**os.environ, "NUMBA_CACHE_DIR": str(disk)},
        capture_output=True,
        text=True,
        check=True,
    )
    warnings = [line for line in done.stdout.splitlines() if line.startswith("WARNING")]
    assert len(warnings) == 1
    assert warnings[0].endswith("No space left on device")
    assert done.stdout.splitlines()[-1] == "7 3"


def test_a_kernel_that_another_process_compiles_is_not_waited_for_once_stopped(
    chosen: Path,
) -> None:
    stop = threading.Event()
    raised: list[BaseException] = []
    compiled = kernel(_twice)
    store = _kernel_cache.KernelCache(_twice)
    path = store.lock_path((numba.int64,), cast(Any, compiled).targetctx)
    assert path is not None
    assert path.parent.parent == chosen

    def call() -> None:
        with stoppable(stop.is_set):
            try:
                compiled(21)
            except CompilingStoppedError as error:
                raised.append(error)

    with file_lock(path, seconds=600, stop=stop.is_set) as held:
        assert held
        thread = threading.Thread(target=call)
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        stop.set()
        thread.join()
    assert len(raised) == 1
    assert compiled(21) == 42


def test_of_processes_that_start_cold_together_one_compiles(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    together = [
        subprocess.Popen(
            [sys.executable, "-c", TINY], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    printed = [process.communicate()[0].splitlines() for process in together]
    assert [lines[-1] for lines in printed] == ["7 3"] * 4
    assert sorted(lines[-2] for lines in printed) == ["compiled 0"] * 3 + ["compiled 1"]


def test_a_stamp_takes_in_what_a_module_imports_directly_or_not() -> None:
    known = {path.name for path in _kernel_cache.sources("pairmatch.flow.pivoting")}
    assert {"pivoting.py", "incidence.py", "spanning_tree.py", "_kernels.py"} <= known
    assert "reasons.py" not in known
    prices = _kernel_cache.sources("pairmatch.transport.box_pricing")
    assert {"costs.py", "heaps.py", "boxes.py"} <= {path.name for path in prices}
    # a test's own kernels as well
    assert Path(__file__) in _kernel_cache.sources(__name__)
