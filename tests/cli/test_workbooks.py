from pathlib import Path

import pytest

from pairmatch.cli import main
from tests.cli.conftest import Run, names_in


@pytest.fixture
def plan(run: Run, tables: Path, tmp_path: Path) -> Path:
    run("solve", tables, "-o", tmp_path / "out")
    return tmp_path / "out"


def test_lists_are_written_and_told(run: Run, plan: Path, tmp_path: Path) -> None:
    code, said = run("workbooks", plan, "-o", tmp_path / "lists", "--by", "unit")
    assert code == 0
    assert names_in(tmp_path / "lists") == {"lists.csv", *(row["file"] for row in said["lists"])}
    assert said["by"] == "unit"


def test_what_is_said(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["-o", str(tmp_path / "lists"), "--by", "county"]
    assert main(["workbooks", str(plan), *where]) == 0
    assert "each on one of them" in capsys.readouterr().out
    assert main(["workbooks", str(plan), *where]) == 2
    assert "workbooks replaces earlier lists if asked with --force" in capsys.readouterr().err
    assert main(["workbooks", str(plan), *where, "--force", "--lang", "zh"]) == 0
    assert "份清单上" in capsys.readouterr().out


def test_by_has_to_be_given(plan: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["workbooks", str(plan), "-o", str(tmp_path / "lists")])
