from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from pairmatch.cli import main
from tests.cli.conftest import Run


@pytest.fixture
def plan(run: Run, tables: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    run("solve", tables, "-o", out)
    return out


def test_a_plan_that_holds(run: Run, plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run("verify", plan)
    assert code == 0
    assert (said["holds"], said["proven"], said["pairs"], said["missing"]) == (True, True, 2, 0)
    assert main(["verify", str(plan)]) == 0
    assert "The plan holds" in capsys.readouterr().out


def test_a_proven_shortage_holds(run: Run, tables: Path, tmp_path: Path) -> None:
    with (tables / "recipients.csv").open("a", encoding="utf-8") as file:
        file.write("r3,orphan,a\n")
    assert run("solve", tables, "-o", tmp_path / "short")[0] == 3
    code, said = run("verify", tmp_path / "short")
    assert (code, said["missing"]) == (0, 1)


def test_a_plan_that_was_tampered_with_is_exit_code_5(
    run: Run, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = parquet.read_table(plan / "pairs.parquet", memory_map=False)
    swapped = pa.array(pairs.column("cadre_id").to_pylist()[::-1])
    column = pairs.column_names.index("cadre_id")
    parquet.write_table(pairs.set_column(column, "cadre_id", swapped), plan / "pairs.parquet")
    code, said = run("verify", plan)
    assert code == 5
    assert said["error"]["kind"] == "CertificateError"
    assert main(["verify", str(plan)]) == 5
    assert "does not hold" in capsys.readouterr().err


def test_a_folder_that_is_no_plan(run: Run, tables: Path) -> None:
    code, said = run("verify", tables)
    assert code == 2
    assert "is not a saved plan" in said["error"]["message"]


@pytest.mark.parametrize("name", ["plan.json", "pairs.parquet", "problem/policy.yaml"])
def test_a_plan_with_a_broken_file_is_bad_input(run: Run, plan: Path, name: str) -> None:
    (plan / name).write_bytes(b"\x00{")
    code, _ = run("verify", plan)
    assert code == 2


def test_a_plan_of_more_rows_than_allowed_is_bad_input(run: Run, plan: Path) -> None:
    code, said = run("verify", plan, "--max-rows", 1)
    assert code == 2
    assert "more than 1 rows" in said["error"]["message"]
    assert run("verify", plan, "--max-rows", 100, "--max-bytes", 10**7)[0] == 0
