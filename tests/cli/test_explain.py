"""``pairmatch explain``: a pair, a recipient or a cadre of a saved plan."""

import json
from pathlib import Path

import pytest

from pairmatch import Problem, solve
from pairmatch.cli import main
from pairmatch.cli.answer import ExitCode


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c", "d"], "unit_id": ["u", "u"], "rank": ["staff", "bureau"]},
        recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
    )
    solve(problem).save(tmp_path / "plan")
    return tmp_path / "plan"


def test_a_pair_has_its_price(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(saved), "r", "c", "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert found["asked"]["price"]["price_m"] == 60_000
    assert found["asked"]["price"]["levels"] == {"violation": 0, "missing": 0, "cost": 60_000}
    assert [one["cadre_id"] for one in found["pairs"]] == ["d"]


def test_a_cadre_alone_has_those_who_could_have_it(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(saved), "--cadre", "c"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert said.startswith("c has no recipient.\n")
    assert "r   +60.000 km" in said


def test_nobody_and_unknown_ids_are_refused(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(saved)]) == ExitCode.BAD_INPUT
    assert "nobody_named" in capsys.readouterr().err
    assert main(["explain", str(saved), "x", "y"]) == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "unknown_recipient" in said
    assert "unknown_cadre" in said
    with pytest.raises(SystemExit):
        main(["explain", str(saved), "r", "c", "--cadre", "d"])
