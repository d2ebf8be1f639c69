"""The tables for people say what the plan's own tables leave to be looked up."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as parquet
import pytest

import pairmatch as pm
from pairmatch.report.folder import write_result
from pairmatch.report.people import pairs_for_people, unmatched_for_people
from tests.agreement.random_problems import drawn_problem
from tests.tables.good import good_tables


def tables() -> dict[str, Any]:
    """Return tables in which one recipient wants more than can be, and one pair is locked."""
    found = good_tables()
    found["areas"]["name"] = ["甲县", "东乡", None]
    found["cadres"]["team"] = ["a", None, "c"]
    found["recipients"]["needs"] = ["x", "y", "z", None]
    found["recipients"]["demand"] = [1, 1, 2, 4]
    return found


@pytest.fixture(scope="module")
def plan() -> pm.Plan:
    return pm.solve(pm.Problem.from_tables(**tables(), attributes=["team", "needs"]), threads=1)


def test_a_pair_has_everything_that_the_tables_know(plan: pm.Plan) -> None:
    rows = {
        (row["recipient_id"], row["cadre_id"]): row for row in pairs_for_people(plan).to_pylist()
    }
    cost = {
        (row["recipient_id"], row["cadre_id"]): (row["distance_m"], row["cost_m"])
        for row in plan.pairs.to_pylist()
    }
    assert set(rows) == set(cost)
    distance_m, cost_m = cost["r1", "c1"]
    assert rows["r1", "c1"] == {
        "recipient_id": "r1",
        "category": "orphan",
        "priority": 1,
        "household_id": "h1",
        "recipient_area": "t1",
        "recipient_area_name": "东乡",
        "cadre_id": "c1",
        "unit_id": "u1",
        "rank": "bureau",
        "cadre_area": "k1",
        "cadre_area_name": "甲县",
        "distance_km": distance_m / 1000,
        "distance_m": distance_m,
        "cost_km": cost_m / 1000,
        "cost_m": cost_m,
        "new_or_kept": "kept",
        "exception": "no",
        "locked": "yes",
        "recipient_needs": "x",
        "cadre_team": "a",
    }
    # an orphan with somebody who is no leader is an exception; t2 has no name
    assert rows["r2", "c2"]["exception"] == "yes"
    assert rows["r4", "c3"]["recipient_area_name"] is None
    assert rows["r4", "c3"]["new_or_kept"] == "new"
    assert rows["r4", "c3"]["locked"] == "no"


def test_somebody_without_a_cadre_has_category_area_and_priority(plan: pm.Plan) -> None:
    found = {row["recipient_id"]: row for row in unmatched_for_people(plan).to_pylist()}
    said = {row["recipient_id"]: row for row in plan.unmatched.to_pylist()}
    assert set(found) == set(said) >= {"r4"}
    assert found["r4"] == {
        "recipient_id": "r4",
        "category": "destitute_household",
        "priority": -1,
        "household_id": "h2",
        "recipient_area": "t2",
        "recipient_area_name": None,
        "wanted": 4,
        "missing": said["r4"]["missing"],
        "reason": said["r4"]["reason"],
        "detail": said["r4"]["detail"],
        "recipient_needs": None,
    }


@pytest.mark.parametrize("seed", range(14_100, 14_120))
def test_pairs_agree_with_the_plan_whatever_the_problem(seed: int) -> None:
    plan = pm.solve(drawn_problem(seed), threads=1)
    people = pairs_for_people(plan)
    for name in ("recipient_id", "cadre_id", "distance_m", "cost_m"):
        assert people.column(name).to_pylist() == plan.pairs.column(name).to_pylist()
    assert people.column("exception").to_pylist().count("yes") == plan.by_exception
    kept = ["kept" if one else "new" for one in plan.pairs.column("kept").to_pylist()]
    assert people.column("new_or_kept").to_pylist() == kept
    rank = dict(
        zip(
            *(plan.problem.cadres.column(name).to_pylist() for name in ("cadre_id", "rank")),
            strict=True,
        )
    )
    assert people.column("rank").to_pylist() == [
        rank[one] for one in people.column("cadre_id").to_pylist()
    ]
    locked = {(row["recipient_id"], row["cadre_id"]) for row in plan.problem.locks.to_pylist()}
    for row in people.to_pylist():
        assert (row["locked"] == "yes") == ((row["recipient_id"], row["cadre_id"]) in locked)
        assert round(row["distance_km"] * 1000) == row["distance_m"]
    assert unmatched_for_people(plan).num_rows == plan.unmatched.num_rows


def test_few_tables_leave_cells_empty() -> None:
    plan = pm.solve(
        pm.Problem.from_tables(
            cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
            recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
        ),
        threads=1,
    )
    (row,) = pairs_for_people(plan).to_pylist()
    assert (row["recipient_area"], row["recipient_area_name"]) == ("a", None)
    assert (row["cadre_area"], row["cadre_area_name"], row["household_id"]) == (None, None, None)
    assert unmatched_for_people(plan).num_rows == 0


def test_an_attribute_does_not_hide_a_column_of_the_same_name() -> None:
    found = tables()
    found["cadres"]["area_name"] = ["x", "y", "z"]
    plan = pm.solve(pm.Problem.from_tables(**found, attributes=["area_name"]), threads=1)
    table = pairs_for_people(plan)
    assert table.column_names[-1] == "cadre_area_name_"
    assert set(table.column("cadre_area_name").to_pylist()) <= {"甲县", "东乡", None}


def test_csv_files_are_for_people_and_parquet_files_for_programs(
    plan: pm.Plan, tmp_path: Path
) -> None:
    write_result(plan, tmp_path / "out")
    for name, table in (
        ("pairs", pairs_for_people(plan)),
        ("unmatched", unmatched_for_people(plan)),
    ):
        text = {column: pa.string() for column in table.column_names}
        written = pacsv.read_csv(
            tmp_path / "out" / f"{name}.csv",
            convert_options=pacsv.ConvertOptions(column_types=text, strings_can_be_null=True),
        )
        assert written.column_names == table.column_names
        assert written.num_rows == table.num_rows
        typed = parquet.read_table(tmp_path / "out" / f"{name}.parquet", memory_map=False)
        assert typed.equals(getattr(plan, name))
    kilometres = written_column(tmp_path / "out" / "pairs.csv", "distance_km")
    assert kilometres == [metres / 1000 for metres in plan.pairs.column("distance_m").to_pylist()]


def written_column(path: Path, name: str) -> list[Any]:
    values: list[Any] = pacsv.read_csv(path).column(name).to_pylist()
    return values


def test_pairs_for_people_are_current_pairs_of_the_next_time(plan: pm.Plan, tmp_path: Path) -> None:
    write_result(plan, tmp_path / "out")
    again = pm.Problem.from_tables(
        **{**tables(), "current": tmp_path / "out" / "pairs.csv"}, attributes=["team", "needs"]
    )
    assert again.current.num_rows == plan.pairs.num_rows
