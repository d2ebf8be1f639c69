"""The scripts of the planner's week: optimal, proven, and nobody moves without a cause."""

import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pairmatch as pm

EXAMPLES = Path(__file__).parents[2] / "examples"
SCALE = 0.005
NAMES = ("transfer_season", "earthquake", "lost_sponsor")


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLES / f"{name}.py"))


@cache
def plans(name: str) -> tuple[pm.Plan, ...]:
    found: tuple[pm.Plan, ...] = script(name)["main"](SCALE)
    return found


def changes(before: pm.Plan, after: pm.Plan) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = before.diff(after).changes.to_pylist()
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_plans_hold_and_equal_a_cold_solve(name: str) -> None:
    _, after, *_ = plans(name)
    after.verify()
    assert after.status is pm.Status.OPTIMAL
    assert all(level.gap == 0 for level in after.levels)
    if name != "earthquake":
        # there, pairs elsewhere stand, so that another plan may be better
        cold = pm.solve(after.problem)
        assert [(level.name, level.value) for level in cold.levels] == [
            (level.name, level.value) for level in after.levels[: len(cold.levels)]
        ]


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_before_stays_and_the_one_after_names_it(name: str) -> None:
    before, after, *_ = plans(name)
    assert after.summary()["start_digest"] == before.digest()
    assert after.problem.digest() != before.problem.digest()
    before.verify()


def test_a_transfer_season_changes_two_and_three_of_a_hundred() -> None:
    before, after = plans("transfer_season")
    cadres, recipients = after.problem.positions_before(before.problem)
    assert int((cadres < 0).sum()) == round(0.02 * before.problem.cadres.num_rows) // 2
    assert int((recipients < 0).sum()) == round(0.03 * before.problem.recipients.num_rows) // 2
    found = changes(before, after)
    assert "tie" not in {row["cause"] for row in found}
    # most of them are people who changed, or who had one of these
    assert len(found) < 0.15 * before.pairs.num_rows


def test_an_earthquake_moves_nobody_outside_of_the_county() -> None:
    before, after = plans("earthquake")
    county = script("earthquake")["busiest_county"](before)
    area = {row["recipient_id"]: row["area"] for row in before.problem.recipients.to_pylist()}
    cadre = {row["cadre_id"]: row["area"] for row in before.problem.cadres.to_pylist()}
    busy = {one for one, where in cadre.items() if where.startswith(county)}
    assert busy
    assert not busy & set(after.pairs.column("cadre_id").to_pylist())
    for row in changes(before, after):
        inside = {area[row["recipient_id"]][:6], cadre.get(row["cadre_before"], "")[:6]}
        assert county in inside


def test_at_most_so_many_of_the_cadres_are_taken() -> None:
    before, after = script("earthquake")["main"](SCALE, 3)
    taken = after.problem.cadres.column("capacity").to_pylist().count(0)
    assert taken == 3
    assert before.problem.cadres.column("capacity").to_pylist().count(0) == 0


def test_a_county_that_loses_its_sponsors_has_others() -> None:
    before, after, few = plans("lost_sponsor")
    assert changes(before, after)
    assert len(changes(before, few)) <= 5
    assert after.objective <= few.objective
    assert few.certificate.lower_bound is not None
    assert few.certificate.lower_bound <= few.objective
