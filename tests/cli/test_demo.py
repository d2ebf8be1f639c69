import shutil
from pathlib import Path

import pytest

from pairmatch.cli import main
from tests.cli.conftest import Run, names_in


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what the demo leaves."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_small_province_is_solved_and_kept(run: Run) -> None:
    code, said = run("demo", "--scale", "0.005")
    assert code == 0
    assert said["province"]["synthetic"] is True
    assert (said["status"], said["scope"]) == ("OPTIMAL", "ALL_PAIRS")
    assert (said["gap"], said["missing"], said["pairs"]) == (0, 0, 1335)
    assert [note["code"] for note in said["notes"]] == ["ignored_file"] + ["point_of_area"] * 2
    assert said["files"]["ignored"] == ["SOURCES.md"]
    assert len(said["digest"]) == 64
    assert run("check", said["province"]["folder"])[0] == 0
    assert run("verify", said["out"])[0] == 0


def test_the_summary_says_where_the_files_are(
    temporary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--scale", "0.005"]) == 0
    text = capsys.readouterr().out
    (folder,) = temporary.iterdir()
    assert text.startswith("Synthetic province")
    assert f"pairmatch verify {folder / 'plan'}" in text


def test_nothing_is_left_if_it_is_stopped(
    run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pairmatch.cli.demo.read_problem", interrupted)
    code, said = run("demo", "--scale", "0.005")
    assert code == 4
    assert said["error"]["kind"] == "Stopped"
    assert names_in(temporary) == set()


def test_no_room_for_a_temporary_folder(
    run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(temporary)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    code, said = run("demo", "--scale", "0.005")
    assert code == 2
    assert "temporary folder" in said["error"]["message"]
