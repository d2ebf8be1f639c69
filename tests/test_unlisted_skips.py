"""A run fails on a skipped test that is not listed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.unlisted_skips import VARIABLE

TESTS = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="none")
def test_is_skipped():
    pass

@pytest.mark.xfail(reason="none")
def test_is_expected_to_fail():
    raise ValueError
"""


def run(folder: Path, listed: str | None) -> subprocess.CompletedProcess[str]:
    (folder / "test_some.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if listed is not None:
        (folder / "skips.txt").write_text(listed, encoding="utf-8")
        environment[VARIABLE] = str(folder / "skips.txt")
    (folder / "conftest.py").write_text(
        "from tests.unlisted_skips import register as pytest_configure\n", encoding="utf-8"
    )
    environment["PYTHONPATH"] = f"{environment.get('PYTHONPATH', '')}{os.pathsep}{ROOT}"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_skip_that_is_not_listed_fails_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, "# nothing may be skipped\n\ntest_other.py # it needs another machine\n")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    after = done.stdout.partition("skipped, and not listed")[2].splitlines()
    assert after[1] == "test_some.py::test_is_skipped"
    assert "expected_to_fail" not in "".join(after[:3])


@pytest.mark.parametrize(
    "listed", ["test_some.py::test_is_skipped # a reason\n", "test_some.py # a reason\n", None]
)
def test_a_skip_that_is_listed_does_not(listed: str | None, tmp_path: Path) -> None:
    assert run(tmp_path, listed).returncode == pytest.ExitCode.OK


def test_each_needs_a_reason(tmp_path: Path) -> None:
    done = run(tmp_path, "test_some.py\n")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no reason is given for test_some.py" in done.stderr


def test_what_this_project_lists_has_reasons() -> None:
    lines = (ROOT / ".ci" / "skips.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        assert not line or line.startswith("#") or " # " in line
