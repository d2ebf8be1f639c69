from pathlib import Path

import pytest

from pairmatch import read_problem
from pairmatch.cli import main
from tests.cli.conftest import Run, names_in

AREAS = "area,parent,level,lon,lat\nk,,county,104,36\na,k,township,,\nb,k,township,,\n"


@pytest.fixture
def county(tables: Path) -> Path:
    (tables / "areas.csv").write_text(AREAS, encoding="utf-8")
    (tables / "cadres.csv").write_text(
        "cadre_id,unit_id,rank,area\nc1,u1,staff,a\nc2,u1,staff,b\nc3,u1,staff,k\n",
        encoding="utf-8",
    )
    (tables / "locks.csv").write_text("recipient_id,cadre_id\nr1,c2\n", encoding="utf-8")
    return tables


def test_a_part_is_a_folder_that_can_be_read(run: Run, county: Path, tmp_path: Path) -> None:
    code, said = run("part", county, "--area", "a", "-o", tmp_path / "parts")
    assert code == 0
    assert names_in(tmp_path / "parts") == {"a"}
    assert said["parts"][0]["tables"]["recipients"] == 2
    assert said["left_out"] == {"cadres": 2, "areas": 1, "locks": 1}
    assert read_problem(tmp_path / "parts" / "a").cadres.num_rows == 1


def test_what_is_left_out_is_said(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["part", str(county), "--area", "a", "b", "-o", str(tmp_path / "p")]) == 0
    text = capsys.readouterr().out
    assert "left out" in text
    assert "locks" in text
    assert main(["part", str(county), "--area", "a", "--rest", "-o", str(tmp_path / "q")]) == 0
    text = capsys.readouterr().out
    assert "left out" not in text
    assert "in the folder across: 1" in text


def test_an_unknown_area_writes_nothing(run: Run, county: Path, tmp_path: Path) -> None:
    code, said = run("part", county, "--area", "x", "-o", tmp_path / "parts")
    assert (code, said["error"]["counts"]) == (2, {"unknown_area": 1})
    assert names_in(tmp_path) == {"tables"}


def test_a_folder_with_something_in_it_is_refused(run: Run, county: Path) -> None:
    code, said = run("part", county, "--area", "a", "-o", county)
    assert (code, said["error"]["kind"]) == (2, "PlanFileError")
