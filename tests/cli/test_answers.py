"""Lists that came back and how far a round is, from the command line."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from pairmatch import Plan, read_scenario
from pairmatch.cli import main
from tests.cli.conftest import Run, names_in
from tests.lists.returned_lists import rows_of, write_list


@pytest.fixture
def plan(run: Run, tables: Path, tmp_path: Path) -> Path:
    out = tmp_path / "plan"
    assert run("solve", tables, "-o", out)[0] == 0
    return out


@pytest.fixture
def returned(plan: Path, tmp_path: Path) -> Path:
    """A list with one confirmed pair, one that is not understood, and one of nobody."""
    made = Plan.load(plan)
    rows = rows_of(made)
    rows[0] |= {"answer": "confirm", "author": "p-17"}
    rows[1] |= {"answer": "perhaps"}
    rows.append({"recipient_id": "r9", "cadre_id": "c9", "answer": "reject"})
    folder = tmp_path / "returned"
    write_list(folder / "u1.xlsx", rows, digest=made.digest(), code="u1", language="en")
    return folder


def test_answers_make_a_scenario_that_whatif_takes(
    run: Run, plan: Path, returned: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers.yaml"
    code, said = run("answers", plan, returned, "-o", out)
    assert code == 0
    assert (said["confirmed"], said["rejected"], said["open"]) == (1, 0, 1)
    assert {one["code"] for one in said["findings"]} == {
        "answer_not_understood",
        "answer_unknown_pair",
    }
    scenario = read_scenario(out)
    assert [edit.op for edit in scenario.edits] == ["lock"]
    assert run("whatif", plan, out, "-o", tmp_path / "after")[0] == 0
    after = Plan.load(tmp_path / "after")
    assert after.problem.locks.column("author").to_pylist() == ["p-17"]
    code, status = run("status", tmp_path / "after")
    assert code == 0
    assert (status["confirmed"], status["open"]) == (1, 1)
    assert status["since"]["confirmed_stand"] == 1
    # of the plan before, with the scenario and with the lists themselves
    by_scenario = run("status", plan, out)
    assert by_scenario == run("status", plan, returned)
    assert by_scenario[1]["units"] == [
        {"unit_id": "u1", "pairs": 2, "confirmed": 1, "rejected": 0, "open": 1}
    ]
    assert run("status", plan)[1]["units_without_answer"] == 1


def test_tables_of_what_needs_a_look_and_of_all_pairs(
    run: Run, plan: Path, returned: Path, tmp_path: Path
) -> None:
    report, pairs = tmp_path / "look.csv", tmp_path / "pairs.csv"
    asked = ["answers", plan, returned, "-o", tmp_path / "a.json"]
    assert run(*asked, "--report", report, "--pairs", pairs)[0] == 0
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["code"], row["file"], row["cell"], row["row"]) for row in rows] == [
        ("answer_unknown_pair", "u1.xlsx", "", "4"),
        ("answer_not_understood", "u1.xlsx", "E3", "3"),
    ]
    assert all(row["found"] and row["advice"] for row in rows)
    with pairs.open(encoding="utf-8-sig", newline="") as file:
        assert [row["answer"] for row in csv.DictReader(file)] == ["confirmed", "open"]
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["schema_version"] == 1


def test_tables_may_be_workbooks(run: Run, plan: Path, returned: Path, tmp_path: Path) -> None:
    asked = ["answers", plan, returned, "-o", tmp_path / "a.yaml"]
    report, pairs = tmp_path / "look.xlsx", tmp_path / "pairs.xlsx"
    assert run(*asked, "--report", report, "--pairs", pairs)[0] == 0
    assert [openpyxl.load_workbook(file).sheetnames for file in (report, pairs)] == [
        ["findings"],
        ["pairs"],
    ]


def test_nothing_is_written_over_or_half(
    run: Run, plan: Path, returned: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers.yaml"
    out.write_text("mine", encoding="utf-8")
    before = names_in(tmp_path)
    for arguments in (
        ["answers", plan, returned, "-o", out],
        ["answers", plan, returned, "-o", tmp_path / "answers.txt"],
        ["answers", plan, returned, "-o", tmp_path / "b.yaml", "--report", tmp_path / "x.txt"],
        ["answers", plan, tmp_path / "nowhere", "-o", tmp_path / "b.yaml"],
        ["answers", plan, returned, "-o", tmp_path / "no" / "b.yaml"],
        ["status", plan, tmp_path / "nowhere.yaml"],
    ):
        code, said = run(*arguments)
        assert code == 2
        assert said["error"]["message"]
    assert names_in(tmp_path) == before
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("answers", plan, returned, "-o", out, "--force")[0] == 0
    assert names_in(tmp_path) == before


def test_the_screen_says_what_needs_a_look_and_whom_to_chase(
    plan: Path, returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.yaml"
    capsys.readouterr()
    assert main(["answers", str(plan), str(returned), "-o", str(out), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "2 things need a look" in shown
    assert "u1.xlsx" in shown
    assert f"pairmatch whatif {plan} {out} -o" in shown
    assert main(["status", str(plan), str(out), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "2 pairs: 1 confirmed, 0 rejected, 1 open" in shown
    assert "To chase: 1 unit with open pairs, 0 of them without any answer" in shown
