import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pairmatch.cli.stopping import Stopping
from pairmatch.synth import generate_province
from tests.cli.conftest import names_in


def test_a_signal_stops_at_once_where_nothing_else_is_said() -> None:
    with Stopping().listening(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_the_first_signal_asks_and_the_second_insists() -> None:
    stopping = Stopping()
    with stopping.listening(), stopping.cancellable() as asked:
        signal.raise_signal(signal.SIGINT)
        assert asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_signal_after_the_inner_of_two_still_only_asks() -> None:
    stopping = Stopping()
    with stopping.listening(), stopping.cancellable() as asked:
        with stopping.cancellable():
            pass
        signal.raise_signal(signal.SIGINT)
        assert asked.is_set()
    with stopping.listening(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("phase", ["from classes back", "writing the plan"])
def test_a_plan_that_is_there_is_not_lost_to_the_first_signal(tmp_path: Path, phase: str) -> None:
    generate_province(0.02).write(tmp_path / "tables")
    command = [sys.executable, "-m", "pairmatch", "solve", "tables", "-o", "out"]
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(phase):
                process.send_signal(signal.SIGINT)
                break
        process.stderr.read()
        assert process.wait(timeout=60) == 0
    assert {"plan.json", "summary.json", "loads.csv"} <= names_in(tmp_path / "out")


def test_a_step_that_is_held_is_not_torn() -> None:
    stopping = Stopping()
    with stopping.listening(), stopping.held():
        signal.raise_signal(signal.SIGINT)
    assert not stopping.asked.is_set()


def test_handlers_are_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Stopping().listening():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_leave_the_signals_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def listen() -> None:
        with Stopping().listening():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("phase", ["reading", "costs"])
def test_a_solve_that_is_stopped_leaves_nothing_half_written(
    tmp_path: Path, number: signal.Signals, phase: str
) -> None:
    generate_province(0.02).write(tmp_path / "tables")
    command = [sys.executable, "-m", "pairmatch", "solve", "tables", "-o", "out"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(phase):
                process.send_signal(number)
                break
        rest = process.stderr.read()
        assert process.wait(timeout=60) == 4
    assert "Traceback" not in rest
    left = names_in(tmp_path)
    assert left <= {"tables", "out"}
    if "out" in left:
        assert {"plan.json", "summary.json", "loads.csv"} <= names_in(tmp_path / "out")
