"""A lock between processes: one has it, the others wait, and a crash gives it back."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pairmatch._file_lock import file_lock
from tests.stop_at import never

HOLDER = """
import sys
from pathlib import Path
from pairmatch._file_lock import file_lock

with file_lock(Path(sys.argv[1]), seconds=60, stop=lambda: False) as held:
    print(held, flush=True)
    sys.stdin.read()
"""


@contextmanager
def _held_elsewhere(path: Path) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        yield holder
        holder.kill()


def test_a_lock_is_held_by_one_and_free_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with file_lock(path, seconds=60, stop=never) as mine:
            assert mine
            with file_lock(path, seconds=0, stop=never) as second:
                assert not second


def test_a_holder_that_is_killed_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with _held_elsewhere(path) as holder:
        with file_lock(path, seconds=0.1, stop=never) as mine:
            assert not mine
        threading.Timer(0.2, holder.kill).start()
        with file_lock(path, seconds=600, stop=never) as mine:
            assert mine
        assert holder.wait() != 0


def test_waiting_ends_when_told_to_stop(tmp_path: Path) -> None:
    asked: list[bool] = []

    def at_the_third_time() -> bool:
        asked.append(True)
        return len(asked) == 3

    with (
        _held_elsewhere(tmp_path / "lock"),
        file_lock(tmp_path / "lock", seconds=600, stop=at_the_third_time) as mine,
    ):
        assert not mine
    assert len(asked) == 3


def test_where_no_file_can_be_made_there_is_no_lock_and_no_wait(tmp_path: Path) -> None:
    with file_lock(tmp_path / "missing" / "lock", seconds=600, stop=never) as mine:
        assert not mine
