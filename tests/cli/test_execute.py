import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import pairmatch
from pairmatch.cli import check, main
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["conquer"],
        ["solve", "tables"],
        ["solve", "tables", "-o", "out", "--time-limit", "0"],
        ["solve", "tables", "-o", "out", "--time-limit", "nan"],
        ["solve", "tables", "-o", "out", "--threads", "0"],
        ["generate", "out", "--scale", "-1"],
        ["generate", "out", "--scale", "inf"],
        ["generate", "out", "--seed", "x"],
        ["generate", "out", "--geometry", "flat"],
        ["generate", "out", "--incumbents", "1.5"],
    ],
)
def test_bad_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    error = capsys.readouterr().err
    assert "usage: pairmatch" in error
    assert "_" not in error.splitlines()[-1].replace("time_limit", "")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"pairmatch {pairmatch.__version__}\n"


def test_json_is_the_only_thing_on_standard_output(tables: Path, tmp_path: Path) -> None:
    options = ["solve", str(tables), "-o", str(tmp_path / "o"), "--json"]
    command = [sys.executable, "-m", "pairmatch", *options]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "OPTIMAL"
    assert b"solving" in done.stderr


def test_help_needs_no_heavy_module() -> None:
    code = (
        "import sys; from pairmatch.cli.parser import build_parser; build_parser().format_help();"
        "print([m for m in ('numba', 'ortools', 'scipy', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_who_has_gone_is_no_error(tables: Path) -> None:
    command = [sys.executable, "-m", "pairmatch", "check", str(tables)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read()
        assert process.wait(timeout=60) == 0
    assert b"Traceback" not in error
    assert b"BrokenPipe" not in error


def test_a_console_without_chinese_gets_escapes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pairmatch", "generate", "数据", "--scale", "0.005"]
    done = subprocess.run(
        command,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0
    assert b"\\u6570" in done.stdout


def test_a_bug_shows_its_traceback(monkeypatch: pytest.MonkeyPatch, tables: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pairmatch.cli.check.read_problem", broken)
    with pytest.raises(ZeroDivisionError):
        main(["check", str(tables)])


def test_too_little_memory_is_no_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, tables: Path
) -> None:
    def too_large(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(check, "read_problem", too_large)
    code, said = run("check", tables)
    assert code == 2
    assert said["error"]["kind"] == "OutOfMemory"
    assert "memory" in said["error"]["message"]
