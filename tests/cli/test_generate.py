from pathlib import Path

import pytest

from pairmatch.cli import main
from pairmatch.problem import read_problem
from pairmatch.synth.province import LARGEST_SCALE, SMALLEST_SCALE
from tests.cli.conftest import Run, names_in


def test_tables_are_written_and_pass_the_checks(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "province"
    code, said = run("generate", folder, "--scale", "0.005", "--seed", "3")
    assert code == 0
    assert said["synthetic"] is True
    problem = read_problem(folder)
    assert (problem.cadres.num_rows, problem.recipients.num_rows) == (1255, 1335)
    assert (said["cadres"], said["recipients"]) == (1255, 1335)
    assert names_in(tmp_path) == {"province"}


def test_the_text_calls_it_synthetic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", str(tmp_path / "p"), "--scale", "0.005"]) == 0
    assert "synthetic" in capsys.readouterr().out.lower()


def test_geometry_and_incumbents_are_passed_on(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "province"
    options = ("--scale", "0.005", "--geometry", "point", "--incumbents", "0.5")
    code, said = run("generate", folder, *options)
    assert code == 0
    assert said["current"] > 500
    assert read_problem(folder).cadres.column("lon").null_count == 0


def test_a_folder_with_something_in_it_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    code, said = run("generate", tmp_path, "--scale", "0.005")
    assert code == 2
    assert said["error"]["kind"] == "PlanFileError"
    assert names_in(tmp_path) == {"mine"}


def test_the_current_folder_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = run("generate", ".", "--scale", "0.005")
    assert code == 2
    assert "the folder you are in" in said["error"]["message"]


def test_a_scale_beyond_the_generator_is_bad_input(run: Run, tmp_path: Path) -> None:
    code, said = run("generate", tmp_path / "p", "--scale", "1e9")
    assert code == 2
    assert said["error"]["findings"][0]["code"] == "out_of_range"
    assert names_in(tmp_path) == set()


@pytest.mark.parametrize("command", ["demo", "generate"])
def test_the_help_has_the_range_of_the_scale(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert f"from {SMALLEST_SCALE:g} to {LARGEST_SCALE:g}" in text
