"""Standard streams that are closed, full, or read by somebody who goes away."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import names_in

PAIRMATCH = f"{sys.executable} -m pairmatch"
# whatever happens to the streams: the same plan, and the exit code of the solve
HOW = {
    "stderr closed": "{solve} 2>&-",
    "stderr and stdin closed": "{solve} 2>&- <&-",
    "stdout closed": "{solve} >&-",
    "all closed": "{solve} >&- 2>&- <&-",
    "stderr has no reader": "{solve} 2> >(exec true)",
    "stderr is full": "{solve} 2>/dev/full",
    "both have one reader who reads a line": "{{ {solve}; echo $? >code; }} 2>&1 | head -1",
    "both have no reader": "{{ {solve}; echo $? >code; }} 2>&1 | true",
}


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["/bin/bash", "-c", command], cwd=folder, capture_output=True, check=False
    )


def unharmed(tables: Path) -> Path:
    """Return the folder of a plan that is whole."""
    out = tables.parent / "out"
    assert {"plan.json", "summary.json", "pairs.parquet", "loads.csv"} <= names_in(out)
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["status"] == "OPTIMAL"
    # nothing that was meant for a stream has come into a file
    assert (out / "pairs.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    return out


@pytest.mark.parametrize("how", HOW)
def test_a_solve_is_done_whoever_reads_its_streams(how: str, tables: Path) -> None:
    # its own streams are all that a program has, so that it must find its JSON there
    as_json = how.startswith("stderr")
    solve = f"{PAIRMATCH} solve {tables} -o out{' --json' if as_json else ''}"
    done = shell(HOW[how].format(solve=solve), tables.parent)
    code = tables.parent / "code"
    assert (int(code.read_text()) if code.exists() else done.returncode) == 0
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"BrokenPipe" not in done.stdout + done.stderr
    unharmed(tables)
    if as_json:
        assert json.loads(done.stdout)["pairs"] == 2


def test_an_answer_that_cannot_be_written_is_no_success(tables: Path) -> None:
    done = shell(f"{PAIRMATCH} solve {tables} -o out --json >/dev/full", tables.parent)
    assert done.returncode == 2
    assert b"cannot write to standard output" in done.stderr
    assert b"Traceback" not in done.stderr
    unharmed(tables)


@pytest.mark.parametrize("arguments", ["--help", "--version", "solve --help", "conquer"])
@pytest.mark.parametrize("how", [">&- 2>&-", "2>&1 | true"])
def test_help_and_usage_have_no_traceback_either(arguments: str, how: str, tmp_path: Path) -> None:
    command = f"set -o pipefail; {PAIRMATCH} {arguments} {how}"
    done = shell(command, tmp_path)
    assert done.returncode == (2 if arguments == "conquer" else 0)
    assert done.stderr == b""


def test_streams_of_the_caller_stay_as_they_are(tables: Path) -> None:
    code = (
        "import sys; from pairmatch.cli import main; before = sys.stdout, sys.stderr;"
        f"main(['check', {str(tables)!r}]);"
        "assert (sys.stdout, sys.stderr) == before; print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.endswith(b"still here" + os.linesep.encode())
