from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, feather, parquet

from pairmatch.errors import InputError, OptionError
from pairmatch.model import (
    Policy,
)
from pairmatch.model.notes import Note
from pairmatch.problem import Problem, read_problem
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


def test_what_was_read_and_what_was_not_is_kept(folder: Path) -> None:
    files = read_problem(folder).files
    assert files.ignored == ("notes.txt",)
    assert files.used == (
        *("cadres.csv", "recipients.parquet", "units.parquet", "areas.feather", "current.csv"),
        *("locks.csv", "bans.parquet", "adjustments.parquet", "policy.yaml"),
    )
    notes = read_problem(folder).notes
    assert notes[0] == Note("ignored_file", "folder", names=("notes.txt",))
    assert not {"default_policy", "no_units"} & {note.code for note in notes}


def test_a_folder_without_policy_and_units_says_so(folder: Path) -> None:
    for name in ("policy.yaml", "units.parquet"):
        (folder / name).unlink()
    table = pa.table({**good_tables()["cadres"], "area": ["k1", "t1", "t2"]})
    csv.write_csv(table, folder / "cadres.csv")
    problem = read_problem(folder)
    assert {note.code for note in problem.notes} >= {"default_policy", "no_units"}
    # no longer true of another policy
    other = problem.with_policy(Policy())
    assert "default_policy" not in {note.code for note in other.notes}
    given = read_problem(folder, policy=Policy(), units=good_tables()["units"])
    assert not {"default_policy", "no_units"} & {note.code for note in given.notes}


def test_the_file_of_a_table_given_apart_is_ignored_and_named(folder: Path) -> None:
    other = folder.parent / "pairs.csv"
    other.write_text("recipient_id,cadre_id\nr3,c2\n", encoding="utf-8")
    files = read_problem(folder, current=other).files
    assert "pairs.csv" in files.used
    assert files.ignored == ("current.csv", "notes.txt")


def test_names_and_contents_are_checked_at_once(folder: Path) -> None:
    (folder / "cadres.csv").rename(folder / "cadrse.csv")
    (folder / "policy.yaml").rename(folder / "policy.yaml.txt")
    (folder / "units.csv").write_text("unit_id\nu1\n", encoding="utf-8")
    (folder / "locks.csv").write_text("recipient_id,cadre_id\nr9,c9\n", encoding="utf-8")
    assert codes(folder) == [
        ("misspelt_file", "cadres"),
        ("two_files", "units"),
        ("misspelt_file", "policy"),
        # of cadres nothing is known, so that nothing is said of c9
        ("unknown_recipient", "locks"),
    ]


def test_pairs_of_people_who_are_gone_are_dropped_or_refused(folder: Path) -> None:
    (folder / "current.csv").write_text("recipient_id,cadre_id\nr9,c1\n", encoding="utf-8")
    notes = read_problem(folder).notes
    assert [note.count for note in notes if note.code == "gone_pair"] == [1]
    with pytest.raises(InputError) as caught:
        read_problem(folder, unknown_current="fail")
    assert caught.value.counts == {"unknown_recipient": 1}


def test_a_source_of_another_name_is_refused(folder: Path) -> None:
    with pytest.raises(OptionError, match=r"sources: no such name\n.* current, .* attributes"):
        read_problem(folder, curent="pairs.csv")


@pytest.mark.parametrize("table", [*good_tables(), "policy"])
def test_a_misspelt_file_is_the_only_failure(folder: Path, table: str) -> None:
    (path,) = (path for path in folder.iterdir() if path.stem == table)
    path.rename(folder / f"{path.stem[:-1]}q{path.suffix}")
    assert codes(folder) == [("misspelt_file", table)]


def test_a_link_that_leads_nowhere_is_not_passed_over(folder: Path) -> None:
    (folder / "locks.csv").unlink()
    (folder / "locks.csv").symlink_to(folder / "gone.csv")
    assert codes(folder) == [("unreadable_file", "locks")]


def test_a_folder_called_like_a_table_is_not_passed_over(folder: Path) -> None:
    (folder / "locks.csv").unlink()
    (folder / "locks.csv").mkdir()
    assert codes(folder) == [("unreadable_file", "locks")]


def test_a_folder_that_may_not_be_read_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    # the superuser may read whatever its permissions are
    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(InputError, match="you may not read"):
        read_problem(folder)


def test_tables_that_are_missing_or_twice_there_are_all_named(folder: Path) -> None:
    (folder / "cadres.csv").unlink()
    (folder / "units.csv").write_text("unit_id\nu1\n", encoding="utf-8")
    (folder / "policy.json").write_text("{}", encoding="utf-8")
    assert codes(folder) == [
        ("two_files", "units"),
        ("two_files", "policy"),
        ("missing_table", "cadres"),
    ]


def test_a_folder_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    assert codes(tmp_path / "none") == [("unreadable_file", "folder")]
    with pytest.raises(InputError, match="no such folder"):
        read_problem(tmp_path / "none")


def test_a_file_where_a_folder_is_needed_is_named_as_such(folder: Path) -> None:
    assert codes(folder / "cadres.csv") == [("unreadable_file", "folder")]
    with pytest.raises(InputError, match="a file where a folder or a workbook"):
        read_problem(folder / "cadres.csv")
    with pytest.raises(InputError, match="no such folder"):
        read_problem(folder / "cadres.csv" / "tables")


def test_failures_in_the_tables_and_the_policy_come_together(folder: Path) -> None:
    (folder / "policy.yaml").write_text("speed: 3\n", encoding="utf-8")
    (folder / "locks.csv").write_text("recipient_id,cadre_id\nr9,c1\n", encoding="utf-8")
    assert codes(folder) == [("bad_policy", "policy"), ("unknown_recipient", "locks")]


def test_full_width_signs_of_a_policy_are_noted(folder: Path) -> None:
    (folder / "policy.yaml").write_text("load：\n  default_capacity：３\n", encoding="utf-8")
    problem = read_problem(folder)
    assert problem.policy.load.default_capacity == 3
    assert [note.rows for note in problem.notes if note.code == "repaired_wide_signs"] == [(1, 2)]
    with pytest.raises(InputError) as caught:
        read_problem(folder, strict=True)
    assert [(one.kind, one.rows.tolist()) for one in caught.value.findings] == [
        ("not_repaired.wide_signs", [1, 2])
    ]
