import shutil
from pathlib import Path

import pytest

from pairmatch import Plan
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
    assert [note["code"] for note in said["notes"]] == ["point_of_area"] * 2
    assert said["files"]["ignored"] == []
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
    # and how to remove what it has made
    assert text.splitlines()[-1] == f"All of this stays until you remove it: rm -r {folder}"


def test_examples_of_pairs_are_those_of_the_plan(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = run("demo", "--scale", "0.005")
    assert Path(said["demo_folder"]) == Path(said["out"]).parent
    pairs = Plan.load(said["out"]).pairs.to_pylist()
    served = {(pair["recipient_id"], pair["cadre_id"]): pair["distance_m"] for pair in pairs}
    assert len(said["examples"]) == 5
    for one in said["examples"]:
        assert one["distance_km"] == served[one["recipient_id"], one["cadre_id"]] / 1000
        assert one["recipient_area_name"]
        assert one["cadre_area_name"]
    assert main(["demo", "--scale", "0.005"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("Examples of pairs (made-up people)")
    shown = [line.split()[0] for line in lines[at + 2 : at + 7]]
    assert shown == [one["recipient_id"] for one in said["examples"]]


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
