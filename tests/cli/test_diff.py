from pathlib import Path

import openpyxl
import pytest

from pairmatch import Plan
from pairmatch.cli import main
from tests.cli.conftest import Run


@pytest.fixture
def plans(run: Run, tables: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A plan, and one in which r1 may not have its cadre and an id looks like a formula."""
    before, after = tmp_path / "before", tmp_path / "after"
    run("solve", tables, "-o", before)
    cadre = Plan.load(before).pairs.column("cadre_id")[0].as_py()
    (tables / "bans.csv").write_text(f"recipient_id,cadre_id\nr1,{cadre}\n", encoding="utf-8")
    with (tables / "recipients.csv").open("a", encoding="utf-8") as file:
        file.write("'=r3,orphan,a\n")
    with (tables / "cadres.csv").open("a", encoding="utf-8") as file:
        file.write("c3,u2,bureau,1,0\n")
    run("solve", tables, "-o", after)
    return before, after


def test_changes_are_told_and_written(
    run: Run, plans: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "changes.csv"
    code, said = run("diff", *plans, "-o", out)
    assert code == 0
    assert said["out"] == str(out)
    diff = Plan.load(plans[0]).diff(Plan.load(plans[1]))
    assert said["changes_by_recipient"] == diff.changes.to_pylist()
    assert {"banned", "recipient_new"} <= set(said["reasons"])
    assert (
        said["chains_m"]["total"] + said["repriced_m"]["total"] == said["objective"]["difference"]
    )
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"recipient_id","cadre_before","cadre_after","cause","chain"')
    assert len(lines) == 1 + diff.changes.num_rows
    assert any(line.startswith('"\'=r3"') for line in lines)
    assert main(["diff", *map(str, plans)]) == 0
    assert diff.text() in capsys.readouterr().out


def test_changes_are_written_as_a_workbook(
    run: Run, plans: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "changes.xlsx"
    assert run("diff", *plans, "-o", out)[0] == 0
    diff = Plan.load(plans[0]).diff(Plan.load(plans[1]))
    header, *rows = openpyxl.load_workbook(out).active.values
    table = diff.to_table()
    assert list(header) == table.column_names
    assert rows == list(zip(*table.to_pydict().values(), strict=True))
    assert any(row[0] == "=r3" for row in rows)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == ["changes.xlsx"]


def test_a_file_that_is_there_is_replaced_only_if_asked(
    run: Run, plans: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "changes.csv"
    out.write_text("mine", encoding="utf-8")
    code, said = run("diff", *plans, "-o", out)
    assert (code, said["error"]["kind"]) == (2, "PlanFileError")
    assert "exists" in said["error"]["message"]
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("diff", *plans, "-o", out, "--force")[0] == 0
    assert "recipient_id" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "why"), [("a.ods", ".csv or .xlsx"), ("no/a.csv", "No such file")]
)
def test_a_file_that_cannot_be_written_is_said_to_be(
    run: Run, plans: tuple[Path, Path], tmp_path: Path, name: str, why: str
) -> None:
    code, said = run("diff", *plans, "-o", tmp_path / name)
    assert code == 2
    assert why in said["error"]["message"]


def test_what_is_no_plan_is_said_to_be_none(run: Run, tables: Path, tmp_path: Path) -> None:
    run("solve", tables, "-o", tmp_path / "out")
    code, said = run("diff", tmp_path / "out", tables)
    assert (code, said["error"]["kind"]) == (2, "PlanFileError")
