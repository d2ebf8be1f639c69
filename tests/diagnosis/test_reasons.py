from dataclasses import replace
from typing import Any

import pytest
from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, solve
from pairmatch.diagnosis.reasons import details
from pairmatch.model.reasons import COUNTS, REASONS, detail

ONE = Case((CadreCase(place=0),), (RecipientCase(place=2),), outside="ignore")


def _reason(problem: Problem, **limits: Any) -> tuple[str, str]:
    plan = solve(problem, threads=1, **limits)
    rows = plan.unmatched.to_pylist()
    assert len(rows) == 1
    assert plan.verify().missing == rows[0]["missing"]
    assert details(plan.unmatched).equals(plan.unmatched.column("detail"))
    return rows[0]["reason"], rows[0]["detail"]


def test_no_eligible_cadre() -> None:
    tables = ONE.tables()
    rule = {"categories": ["severely_disabled"], "ranks": ["staff"], "verdict": "forbidden"}
    tables["policy"]["eligibility"] = [rule]
    reason, detail = _reason(Problem.from_tables(**tables))
    assert reason == "no_eligible_cadre"
    assert detail == "eligibility and sponsorship leave 0 cadres"


def test_no_eligible_cadre_because_sponsorship_is_required() -> None:
    case = replace(ONE, recipients=(RecipientCase(place=0),), outside="require")
    case = case.with_cadre(0, unit=1)
    assert _reason(case.problem())[0] == "no_eligible_cadre"


def test_out_of_reach() -> None:
    reason, detail = _reason(replace(ONE, max_km=20).problem())
    assert reason == "out_of_reach"
    assert detail == "1 cadre allowed by the rules, 0 of them within the distance"


def test_banned() -> None:
    reason, detail = _reason(replace(ONE, bans=((0, 0),)).problem())
    assert reason == "banned"
    assert detail == "1 cadre allowed by the rules and in reach, 1 of them banned"


def test_capacity_exhausted() -> None:
    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 2)
    reason, detail = _reason(case.problem())
    assert reason == "capacity_exhausted"
    assert detail == "1 eligible cadre in reach with 1 place, all taken by others"


def test_cheaper_unserved() -> None:
    reason, _ = _reason(replace(ONE, priced_km=5).problem())
    assert reason == "cheaper_unserved"


def test_full_places_are_no_matter_of_the_price() -> None:
    case = replace(Case((CadreCase(capacity=1),), (RecipientCase(),) * 2), priced_km=5000)
    assert _reason(case.problem())[0] == "capacity_exhausted"


def test_stopped() -> None:
    assert _reason(ONE.problem(), time_limit=1e-9)[0] == "stopped"


def test_a_demand_beyond_the_eligible_cadres_has_too_few_of_them() -> None:
    case = replace(ONE, recipients=(RecipientCase(demand=3),), cadres=(CadreCase(),) * 2)
    reason, detail = _reason(case.problem())
    assert reason == "no_eligible_cadre"
    assert detail == "eligibility and sponsorship leave 2 cadres"


def _counts(problem: Problem, recipient: str) -> int:
    ids = problem.cadres.column("cadre_id").to_pylist()
    return int(problem.costs(ids, [recipient])[1].sum())


def _expected(plan: Plan, recipient: str, missing: int) -> str:
    """Lift one obstacle after the other, by asking the problem and not the plan."""
    problem = plan.problem
    ids = problem.recipients.column("recipient_id").to_pylist()
    has = problem.recipients.column("demand").to_pylist()[ids.index(recipient)] - missing
    unbanned = Problem.from_tables(**{**problem.tables(), "bans": None}, policy=problem.policy)
    distance = problem.policy.distance.model_copy(update={"max_km": None})
    anywhere = unbanned.with_policy(problem.policy.model_copy(update={"distance": distance}))
    if _counts(anywhere, recipient) <= has:
        return "no_eligible_cadre"
    if _counts(unbanned, recipient) <= has:
        return "out_of_reach"
    if _counts(problem, recipient) <= has:
        return "banned"
    loads = plan.loads.to_pylist()
    mine = {row["cadre_id"] for row in plan.pairs.to_pylist() if row["recipient_id"] == recipient}
    eligible = problem.costs([row["cadre_id"] for row in loads], [recipient])[1][:, 0]
    left = sum(
        row["capacity"] - row["load"]
        for row, may in zip(loads, eligible, strict=True)
        if may and row["cadre_id"] not in mine
    )
    return "cheaper_unserved" if left else "capacity_exhausted"


@pytest.mark.parametrize("first", range(12_000, 12_120, 40))
def test_reasons_name_the_first_thing_that_stands_in_the_way(first: int) -> None:
    rows = 0
    for seed in range(first, first + 40):
        plan = solve(drawn_problem(seed, largest=12), threads=1)
        for row in plan.unmatched.to_pylist():
            rows += 1
            expected = _expected(plan, row["recipient_id"], row["missing"])
            assert row["reason"] == expected, f"seed {seed}, {row['recipient_id']}"
    assert rows > 20


def test_the_counts_of_a_reason_are_kept() -> None:
    cadres = (CadreCase(capacity=1), CadreCase(capacity=3))
    case = Case(cadres, (RecipientCase(demand=2),), bans=((0, 1),))
    plan = solve(case.problem(), threads=1)
    (row,) = plan.unmatched.to_pylist()
    assert {name: row[name] for name in COUNTS} == {
        "allowed": 2,
        "in_reach": 2,
        "banned": 1,
        "served": 1,
        "places": 0,
        "places_left": 0,
    }


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_with_any_counts(reason: str) -> None:
    some = dict(zip(COUNTS, range(9, 3, -1), strict=True))
    none = dict.fromkeys(COUNTS, 0)
    assert "{" not in detail(reason, some) + detail(reason, none)
