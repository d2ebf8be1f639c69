"""Edits of a saved plan, and solves that begin with one, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from pairmatch import Plan, read_scenario
from pairmatch.cli import main
from tests.cli.conftest import Run, names_in

SCENARIO = """\
name: a cadre retires
edits:
- {op: add_cadres, rows: [{cadre_id: c3, unit_id: u1, rank: bureau, capacity: 1}]}
- {op: remove_cadres, ids: [c1]}
- {op: lock, pairs: [{recipient_id: r2, cadre_id: c2}], reason: confirmed, author: p-17}
"""


@pytest.fixture
def plan(run: Run, tables: Path, tmp_path: Path) -> Path:
    out = tmp_path / "plan"
    assert run("solve", tables, "-o", out)[0] == 0
    return out


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def test_a_scenario_makes_another_plan_and_says_what_moved(
    run: Run, plan: Path, scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "after"
    before = {path.name: path.read_bytes() for path in plan.iterdir() if path.is_file()}
    code, said = run("whatif", plan, scenario, "-o", out)
    assert code == 0
    assert (said["out"], said["scenario"]) == (str(out), "a cadre retires")
    after = Plan.load(out)
    after.verify()
    assert said["diff"] == json.loads(json.dumps(Plan.load(plan).diff(after).summary()))
    assert said["levels"][-1]["name"] == "changed"
    assert said["start_digest"] == Plan.load(plan).digest()
    assert after.problem.digest() == (
        Plan.load(plan).problem.edit(read_scenario(scenario)).digest()
    )
    # the plan before stays as it is
    assert {name: (plan / name).read_bytes() for name in before} == before
    assert main(["whatif", str(plan), str(scenario), "-o", str(tmp_path / "again")]) == 0
    text = capsys.readouterr().out
    assert "cadres who are gone" in text
    assert text.index("cadres who are gone") < text.index("Proof")
    # the saved plan, in its turn, can be edited
    scenario.write_text("edits: [{op: unlock, pairs: [{recipient_id: r2, cadre_id: c2}]}]", "utf-8")
    assert run("whatif", out, scenario, "-o", tmp_path / "third")[0] == 0


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("edits: [{op: remove_cadres, ids: [c9]}]", "unknown_cadre", "cadres.cadre_id, row 1"),
        ("edits: [{op: nonsense}]", "bad_edit", "edits.op"),
        ("edits: [", "bad_edit", "scenario"),
        (None, "unreadable_file", "scenario"),
    ],
)
def test_a_wrong_scenario_is_exit_code_2_and_writes_nothing(
    run: Run, plan: Path, scenario: Path, tmp_path: Path, text: str | None, code: str, where: str
) -> None:
    scenario.unlink()
    if text is not None:
        scenario.write_text(text, encoding="utf-8")
    names = names_in(tmp_path)
    exit_code, said = run("whatif", plan, scenario, "-o", tmp_path / "after")
    assert (exit_code, said["error"]["kind"]) == (2, "InputError")
    assert code in said["error"]["message"]
    assert where in said["error"]["message"]
    assert names_in(tmp_path) == names


def test_a_folder_that_is_taken_is_replaced_only_if_asked(
    run: Run, plan: Path, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "after"
    assert run("whatif", plan, scenario, "-o", out)[0] == 0
    assert run("whatif", plan, scenario, "-o", out)[0] == 2
    assert run("whatif", plan, scenario, "-o", out, "--force")[0] == 0


def moved(said: dict[str, Any]) -> int:
    return int(said["levels"][-1]["value"])


def test_a_solve_begins_from_an_earlier_plan(
    run: Run, plan: Path, tables: Path, tmp_path: Path
) -> None:
    code, said = run("solve", tables, "-o", tmp_path / "again", "--start", plan)
    assert (code, said["levels"][-1]["name"], moved(said)) == (0, "changed", 0)
    assert Plan.load(tmp_path / "again").pairs.equals(Plan.load(plan).pairs)


def test_changes_are_bounded_from_the_command_line(
    run: Run, plan: Path, tables: Path, tmp_path: Path
) -> None:
    cadre = Plan.load(plan).pairs.column("cadre_id")[0].as_py()
    (tables / "bans.csv").write_text(f"recipient_id,cadre_id\nr1,{cadre}\n", encoding="utf-8")
    solve = ("solve", tables, "--start", plan, "--force", "-o", tmp_path / "out")
    code, said = run(*solve, "--only", "r1", "r2", "--most-changes", "2", "--change-km", "1.5")
    # the cadre who is wanted instead has r2, so that both pairs change
    assert (code, moved(said), said["objective_terms"]["changes"]) == (0, 2, 3000)
    code, said = run(*solve, "--most-changes", "0")
    assert (code, said["error"]["kind"]) == (2, "InputError")
    code, said = run(*solve, "--only", "nowhere")
    assert code == 2
    assert "unknown_only" in said["error"]["message"]


def test_what_bounds_changes_needs_a_plan_to_start_from(
    run: Run, tables: Path, tmp_path: Path
) -> None:
    for more in (("--most-changes", "3"), ("--only", "r1"), ("--change-km", "2")):
        code, said = run("solve", tables, "-o", tmp_path / "out", *more)
        assert (code, said["error"]["kind"]) == (2, "OptionError")


@pytest.mark.parametrize("given", [("--change-km", "-1"), ("--most-changes", "x")])
def test_numbers_that_are_none_are_bad_usage(
    tables: Path, tmp_path: Path, given: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["solve", str(tables), "-o", str(tmp_path / "out"), *given])
    assert caught.value.code == 2
