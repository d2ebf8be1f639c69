from pathlib import Path

import pytest

from pairmatch import Problem, read_problem
from pairmatch.synth import generate_province
from pairmatch.workbooks.part_files import folder_names, write_parts
from pairmatch.workbooks.table_files import FORMATS, TableFormat
from tests.tables.good import good_tables


def test_folders_are_called_by_codes_where_these_are_names() -> None:
    codes = ["620102", "城关", "../x", "a/b", "A", "a", "", "Across", "Rest", "rest"]
    assert list(folder_names(codes).values()) == [
        *("620102", "城关", "part-3", "part-4", "A", "part-6", "part-7", "part-8", "part-9"),
        "rest",
    ]


def test_the_pairs_across_have_a_folder_without_a_policy(tmp_path: Path) -> None:
    whole = Problem.from_tables(**good_tables())
    parts = whole.part(["t1"], rest=True)
    write_parts(parts, whole.policy, tmp_path, "csv")
    # r2 and c2 are both in t1
    lines = (tmp_path / "across" / "current.csv").read_text(encoding="utf-8-sig").splitlines()
    assert not (tmp_path / "across" / "policy.yaml").exists()
    assert lines[1:] == ['"r1","c1"']
    part = read_problem(tmp_path / "t1")
    assert part.recipients.num_rows == 2
    assert part.policy == whole.policy


def test_86_counties_and_the_rest_are_the_province_again(tmp_path: Path) -> None:
    whole = generate_province(0.02, 0, "household", 0.5).problem()
    columns = (whole.areas.column(name).to_pylist() for name in ("area", "level"))
    counties = [code for code, level in zip(*columns, strict=True) if level == "county"]
    write_parts(whole.part(counties, rest=True), whole.policy, tmp_path, "csv")
    folders = {path.name for path in tmp_path.iterdir()}
    assert folders == {*counties, "rest", "across"}
    assert len(counties) == 86
    assert read_problem(tmp_path).digest() == whole.digest()


@pytest.mark.parametrize("table_format", FORMATS)
def test_parts_in_every_format_are_the_whole_again(
    table_format: TableFormat, tmp_path: Path
) -> None:
    whole = Problem.from_tables(**good_tables())
    write_parts(whole.part(["t1", "t2"], rest=True), whole.policy, tmp_path, table_format)
    assert read_problem(tmp_path).digest() == whole.digest()
