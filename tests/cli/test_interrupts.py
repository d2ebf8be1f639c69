"""Ctrl-C at any moment: no traceback, and nothing half-written."""

import gc
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from pairmatch import Plan, Problem, solve
from pairmatch.cli import main
from pairmatch.report.folder import write_result
from tests.cli.conftest import CADRES, RECIPIENTS, names_in

MODULES = [
    "pairmatch.cli.execute",
    "argparse",
    "pairmatch.cli.parser",
    "pairmatch.errors",
    "numpy",
    "pairmatch.cli.solve",
    "pyarrow",
    "pydantic",
    "numba",
    "pairmatch.flow",
    "pairmatch.plan.files",
]

# a signal comes at the moment when a module is looked for
WHILE_LOADING = """
import importlib.machinery, os, signal, sys
from pairmatch.cli import main

class Interrupt(importlib.machinery.PathFinder):
    def find_spec(name, path=None, target=None):
        if name == {module!r}:
            print("looked for", file=sys.stderr, flush=True)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt)
sys.exit(main(["solve", "tables", "-o", "out"]))
"""


@pytest.mark.parametrize("module", MODULES)
def test_an_interrupt_while_modules_are_loaded_is_quiet(
    module: str, tables: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WHILE_LOADING.format(module=module)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr.splitlines() == ["looked for"]
    assert done.stdout == ""
    assert names_in(tmp_path) == {"tables"}


# one comes when the interpreter is at its end, after the answer
AT_THE_END = """
import atexit, os, signal, sys
from pairmatch.cli import command

atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT))
sys.argv[0] = "pairmatch"
sys.exit(command())
"""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["check", "tables"], 0, "The tables are good."), (["--help"], 0, "usage"), (["walk"], 2, "")],
)
def test_an_interrupt_at_the_end_changes_nothing_and_is_quiet(
    arguments: list[str], code: int, said: str, tables: Path
) -> None:
    command = [sys.executable, "-c", AT_THE_END, *arguments]
    done = subprocess.run(command, cwd=tables.parent, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.startswith(said)
    assert "Traceback" not in done.stderr
    assert "KeyboardInterrupt" not in done.stderr


def test_the_callers_handler_comes_back(tables: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    assert main(["check", str(tables)]) == 0
    assert signal.getsignal(signal.SIGINT) is before


@contextmanager
def interrupted_at(moment: int, files: tuple[str, ...]) -> Iterator[list[int]]:
    """Raise KeyboardInterrupt before the n-th instruction that runs in some source files."""
    seen = [0]

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        if not frame.f_code.co_filename.endswith(files):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            seen[0] += 1
            if seen[0] == moment:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield seen
    finally:
        sys.settrace(before)


FILES = ("pairmatch/plan/files.py", "pairmatch/report/folder.py")


@pytest.fixture(scope="module")
def plan() -> Plan:
    def columns(text: str) -> dict[str, list[str]]:
        header, *rows = (line.split(",") for line in text.splitlines())
        return {name: [row[n] for row in rows] for n, name in enumerate(header)}

    return solve(Problem.from_tables(cadres=columns(CADRES), recipients=columns(RECIPIENTS)))


def _every_moment(write: Callable[[], None], check: Callable[[], None]) -> int:
    """Interrupt once at moments all along, and at each of the last ones, around the rename."""
    with interrupted_at(-1, FILES) as seen:
        write()
    check()
    moments = sorted({*range(1, seen[0], max(1, seen[0] // 60)), *range(seen[0] - 50, seen[0])})
    for moment in moments:
        with pytest.raises(KeyboardInterrupt), interrupted_at(moment, FILES):
            write()
        check()
    # what waits to be collected is collected here, where its warnings are expected
    gc.collect()
    return len(moments)


# between opening a file and the block that closes it, an interrupt leaves closing to the collector
COLLECTED = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@COLLECTED
def test_a_plan_is_saved_whole_or_not_at_all(plan: Plan, tmp_path: Path) -> None:
    taken = iter(range(10_000))
    targets: list[Path] = []

    def save() -> None:
        targets.append(tmp_path / f"plan-{next(taken)}")
        plan.save(targets[-1])

    def check() -> None:
        assert names_in(tmp_path) <= {target.name for target in targets}
        if targets[-1].exists():
            assert Plan.load(targets[-1]).pairs == plan.pairs

    assert _every_moment(save, check) > 80


@COLLECTED
def test_an_earlier_result_stays_until_the_new_one_is_there(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_result(plan, target)

    def replace() -> None:
        write_result(plan, target, replace=True)

    def check() -> None:
        assert names_in(tmp_path) == {"out"}
        assert Plan.load(target).pairs == plan.pairs
        assert {"summary.json", "pairs.csv", "loads.csv"} <= names_in(target)

    assert _every_moment(replace, check) > 80
