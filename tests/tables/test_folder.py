from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, feather, parquet

from pairmatch.errors import InputError
from pairmatch.model import (
    Policy,
)
from pairmatch.tables import Problem, read_problem
from tests.tables.good import good_tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with every table, in every format."""
    where = tmp_path / "结对 数据"
    where.mkdir()
    tables = {name: pa.table(columns) for name, columns in good_tables().items()}
    for name in ("cadres", "current", "locks"):
        csv.write_csv(tables.pop(name), where / f"{name}.csv")
    feather.write_feather(tables.pop("areas"), where / "areas.feather")
    for name, table in tables.items():
        parquet.write_table(table, where / f"{name}.parquet")
    (where / "policy.yaml").write_text("continuity: {keep_km: 3}\n", encoding="utf-8")
    (where / "notes.txt").write_text("not a table", encoding="utf-8")
    return where


def codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        read_problem(folder)
    return [(found.code, found.table) for found in caught.value.findings]


def test_a_folder_is_the_problem_of_its_tables(folder: Path) -> None:
    policy = Policy.from_mapping({"continuity": {"keep_km": 3}})
    problem = read_problem(folder)
    assert problem.tables() == Problem.from_tables(**good_tables()).tables()
    assert problem.policy == policy


def test_a_table_given_apart_replaces_the_folder_s(folder: Path) -> None:
    current = {"recipient_id": ["r3"], "cadre_id": ["c2"]}
    problem = read_problem(str(folder), current=current, policy=Policy())
    assert problem.current.to_pydict() == current
    assert problem.policy == Policy()


def test_attributes_are_passed_on(folder: Path) -> None:
    table = pa.table({**good_tables()["cadres"], "team": ["a", "b", "c"]})
    csv.write_csv(table, folder / "cadres.csv")
    assert read_problem(folder, attributes=["team"]).attributes == ("team",)


def test_tables_that_are_missing_or_twice_there_are_all_named(folder: Path) -> None:
    (folder / "cadres.csv").unlink()
    (folder / "units.csv").write_text("unit_id\nu1\n", encoding="utf-8")
    (folder / "policy.json").write_text("{}", encoding="utf-8")
    assert codes(folder) == [
        ("missing_table", "cadres"),
        ("two_files", "units"),
        ("two_files", "policy"),
    ]


def test_a_folder_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    assert codes(tmp_path / "none") == [("unreadable_file", "folder")]


def test_failures_in_the_tables_and_the_policy_come_together(folder: Path) -> None:
    (folder / "policy.yaml").write_text("speed: 3\n", encoding="utf-8")
    (folder / "current.csv").write_text("recipient_id,cadre_id\nr9,c1\n", encoding="utf-8")
    assert codes(folder) == [("bad_policy", "policy"), ("unknown_recipient", "current")]
