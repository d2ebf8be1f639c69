"""A second process that compiles: it shares the work, and no solve depends on it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pairmatch import _kernel_cache, _second_process
from pairmatch._kernels import kernel, stoppable
from pairmatch._second_process import SecondProcess

_LONGEST_S = 600

# a program without a guard: a process that ran it again would print its first line again
PARENT = """
import sys, time
print("program", flush=True)
from pathlib import Path
from pairmatch import _second_process
from pairmatch._kernel_cache import folder_to_write
_second_process.available_threads = lambda _: 2
second = _second_process.SecondProcess("simplex")
second.start()
print(second._process.pid, flush=True)
while not list(folder_to_write().glob("flow.*.nbc")):
    time.sleep(0.05)
print("compiled", flush=True)
time.sleep(600)
"""


def _twice(value: int) -> int:
    return 2 * value


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep kernels in a new folder, on a machine with two processors."""
    remembered = (_kernel_cache.folders, _kernel_cache.folder_to_write, _kernel_cache.once)
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(_second_process, "available_threads", lambda _: 2)
    for known in remembered:
        known.cache_clear()
    yield tmp_path
    for known in remembered:
        known.cache_clear()


def _program(path: Path, line: str) -> str:
    """Write a program that is called like an interpreter, and return its path."""
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)


def _process(second: SecondProcess) -> "subprocess.Popen[bytes] | None":
    return second._process


def _starts_none() -> bool:
    with SecondProcess("simplex") as second:
        second.start()
        return _process(second) is None


def _runs(pid: int) -> bool:
    """Tell whether a process runs: one that has ended may still wait to be asked how."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state not in "ZX"


def test_it_compiles_what_this_process_then_finds(folder: Path) -> None:
    with SecondProcess("simplex") as second:
        second.start()
        process = _process(second)
        assert process is not None
        # it ends by itself once everything is compiled
        assert process.wait(_LONGEST_S) == 0
    names = {path.name.split("-")[0] for path in folder.rglob("*.nbc")}
    assert {"flow.pivoting.pivot_repeatedly", "flow.dual_repair.repair"} <= names
    assert "transport.box_pricing.price_chunk" in names
    assert "plan.reach._count_in_reach" not in names


def test_it_ends_when_told_and_is_not_started_after_that(folder: Path) -> None:
    second = SecondProcess("simplex")
    second.start()
    process = _process(second)
    assert process is not None
    second.end()
    assert process.returncode is not None
    second.start()
    assert _process(second) is None
    assert not list(folder.rglob("*.tmp"))


# there is no SIGKILL on Windows, and no /proc but on Linux
if sys.platform == "linux":

    def test_it_ends_with_a_process_that_is_killed_and_does_not_run_its_program(
        tmp_path: Path,
    ) -> None:
        program = tmp_path / "program.py"
        program.write_text(PARENT)
        parent = subprocess.Popen(
            [sys.executable, str(program)],
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert parent.stdout is not None
        lines = [parent.stdout.readline().strip() for _ in range(3)]
        assert [lines[0], lines[2]] == ["program", "compiled"]
        assert _runs(int(lines[1]))
        parent.send_signal(signal.SIGKILL)
        assert parent.communicate()[0] == ""
        end = time.monotonic() + _LONGEST_S
        while _runs(int(lines[1])) and time.monotonic() < end:
            time.sleep(0.02)
        assert not _runs(int(lines[1]))

    @pytest.mark.parametrize("line", ["exit 3", "exec sleep 600"], ids=["fails", "hangs"])
    def test_one_that_fails_or_hangs_stops_nothing(
        folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
    ) -> None:
        monkeypatch.setattr(sys, "executable", _program(tmp_path / "python3", line))
        second = SecondProcess("simplex")
        with stoppable(lambda: False, second.start):
            assert kernel(_twice)(21) == 42
        process = _process(second)
        assert process is not None
        # what hangs is looked after
        monkeypatch.setattr(_second_process, "_LONGEST_S", -1.0)
        second.look_after()
        assert process.returncode == (3 if line == "exit 3" else -signal.SIGKILL)
        assert [path.name.split("-")[0] for path in folder.rglob("*.nbc")] == [f"{__name__}._twice"]


@pytest.mark.parametrize("program", ["", "server", "pythonic", "notpython3"])
def test_a_program_that_is_no_interpreter_is_not_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program and str(folder / program))
    assert _starts_none()


def test_a_frozen_program_is_not_started_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.exists()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert _starts_none()


def test_an_interpreter_that_is_not_there_stops_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(folder / "python3"))
    assert _starts_none()


def test_there_is_none_on_one_processor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.exists()
    monkeypatch.setattr(_second_process, "available_threads", lambda _: 1)
    assert _starts_none()


def test_there_is_none_without_a_folder_to_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.exists()
    monkeypatch.setattr(_second_process, "folder_to_write", lambda: None)
    assert _starts_none()


def test_of_processes_that_start_cold_together_one_has_a_second_and_the_others_wait(
    folder: Path,
) -> None:
    assert folder.exists()
    with SecondProcess("simplex") as one, SecondProcess("simplex") as other:
        one.start()
        waiting = threading.Thread(target=other.start)
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        assert _process(one) is not None
        one.end()
        waiting.join()
        assert _process(other) is None
        # had the first one been stopped, there would be more to compile
        other.start()
        assert _process(other) is not None


def test_whoever_waits_for_another_process_ends_when_told(folder: Path) -> None:
    assert folder.exists()
    with SecondProcess("simplex") as one, SecondProcess("simplex") as other:
        one.start()
        waiting = threading.Thread(target=other.start)
        waiting.start()
        other.end()
        waiting.join()
        assert _process(one) is not None
        assert _process(other) is None


def test_it_is_started_when_a_kernel_is_not_on_the_disk_and_only_then(folder: Path) -> None:
    asked = threading.Event()
    with stoppable(lambda: False, asked.set):
        assert kernel(_twice)(21) == 42
    assert asked.is_set()
    asked.clear()
    with stoppable(lambda: False, asked.set):
        assert kernel(_twice)(21) == 42
    assert not asked.is_set()
    assert len(list(folder.rglob("*.nbc"))) == 1
