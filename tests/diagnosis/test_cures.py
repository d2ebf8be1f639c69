from dataclasses import replace
from typing import Any

import pytest
from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.cured import cured

from pairmatch import Plan, Problem, Status, solve
from pairmatch.diagnosis import relaxed
from pairmatch.diagnosis.cures import Cure

FULL = Case((CadreCase(capacity=1), CadreCase(place=1, capacity=1)), (RecipientCase(),) * 4)


def _solved(problem: Problem) -> Plan:
    plan = solve(problem, threads=1)
    assert plan.status is Status.OPTIMAL
    return plan


def _cures(plan: Plan) -> dict[str, Cure]:
    assert plan.diagnosis is not None
    groups = [cure for group in plan.diagnosis.shortages for cure in group.cures]
    return {cure.kind: cure for cure in (*groups, *plan.diagnosis.policy_cures)}


def _brings(plan: Plan, cure: Cure) -> None:
    after = _solved(cured(plan.problem, cure))
    assert plan.missing - after.missing == cure.serves > 0


def test_places_are_spread_over_the_cadres_in_reach() -> None:
    plan = _solved(FULL.problem())
    cure = _cures(plan)["capacity"]
    assert cure == Cure("capacity", 2, places=(("c0", 1), ("c1", 1)))
    assert str(cure) == "2 more places among 2 cadres in reach (capacity): 2 more served"
    _brings(plan, cure)


def test_places_go_only_to_cadres_who_can_serve_somebody_further() -> None:
    # r0 wants four of two cadres: places for it are none; r1 has nobody
    case = Case(
        (CadreCase(capacity=1), CadreCase(capacity=1)),
        (RecipientCase(demand=4, priority=9), RecipientCase()),
    )
    plan = _solved(case.problem())
    assert plan.missing == 3
    cure = _cures(plan)["capacity"]
    assert (cure.serves, sum(more for _, more in cure.places)) == (1, 1)
    _brings(plan, cure)


def test_the_fewest_bans_are_lifted() -> None:
    case = Case(
        (CadreCase(capacity=1), CadreCase(capacity=1)),
        (RecipientCase(), RecipientCase()),
        bans=((0, 0), (1, 0), (1, 1)),
    )
    plan = _solved(case.problem())
    assert plan.missing == 1
    cure = _cures(plan)["bans"]
    assert (cure.serves, len(cure.pairs)) == (1, 1)
    assert str(cure) == "1 ban lifted: 1 more served"
    _brings(plan, cure)


def test_a_lock_is_lifted_where_its_recipient_has_somebody_else() -> None:
    # r0 could go to c1, whom r1 cannot reach
    case = Case(
        (CadreCase(place=1, capacity=1), CadreCase(place=2, capacity=1)),
        (RecipientCase(place=2), RecipientCase(place=1)),
        locks=((0, 0),),
        bans=((1, 1),),
    )
    plan = _solved(case.problem())
    cure = _cures(plan)["locks"]
    assert cure == Cure("locks", 1, pairs=(("r0", "c0"),))
    assert str(cure) == "1 lock lifted: 1 more served"
    _brings(plan, cure)


def test_sponsorship_that_is_only_preferred() -> None:
    case = Case((CadreCase(unit=1),), (RecipientCase(),), outside="require")
    plan = _solved(case.problem())
    assert _cures(plan) == {"sponsorship": Cure("sponsorship", 1)}
    assert str(_cures(plan)["sponsorship"]) == (
        "sponsorship preferred, not required: 1 more served"
    )
    _brings(plan, _cures(plan)["sponsorship"])


def test_no_more_pairs_are_allowed_than_are_needed() -> None:
    case = Case((CadreCase(rank=0), CadreCase(rank=1, capacity=0)), (RecipientCase(category=1),))
    tables = case.tables()
    rule = {"categories": ["orphan"], "verdict": "forbidden"}
    tables["policy"]["eligibility"] = [rule]
    plan = _solved(Problem.from_tables(**tables))
    cure = _cures(plan)["eligibility"]
    assert cure == Cure("eligibility", 1, rules=(("staff", "orphan"),))
    assert str(cure) == "eligibility that allows staff for orphan: 1 more served"
    _brings(plan, cure)


def test_the_shortest_distance_in_whole_kilometres_that_serves_as_many() -> None:
    case = Case((CadreCase(place=1),), (RecipientCase(place=2),), max_km=20)
    plan = _solved(case.problem())
    cure = _cures(plan)["max_km"]
    assert cure.max_km is not None
    assert str(cure) == f"distance.max_km {cure.max_km}: 1 more served"
    _brings(plan, cure)
    assert _solved(replace(case, max_km=cure.max_km - 1).problem()).missing == 1


def test_where_that_would_take_long_the_limit_is_lifted_altogether(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pairmatch.diagnosis.cures._QUICK_PAIRS", 0)
    plan = _solved(Case((CadreCase(place=1),), (RecipientCase(place=2),), max_km=20).problem())
    cure = _cures(plan)["max_km"]
    assert cure == Cure("max_km", 1)
    assert str(cure) == "no distance.max_km: 1 more served"
    _brings(plan, cure)


def test_what_cannot_be_solved_with_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    # too many kinds of people for the flow to be quick
    solved = relaxed.most_served

    def none(*args: Any, **options: Any) -> relaxed.Relaxed | None:
        return solved(*args, **{**options, "most_pairs": 0})

    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 2, bans=((0, 0),), max_km=20)
    assert set(_cures(_solved(case.problem()))) == {"bans_and_capacity"}
    monkeypatch.setattr("pairmatch.diagnosis.cures.most_served", none)
    assert set(_cures(_solved(case.problem()))) == {"bans_and_capacity"}


def test_cures_survive_saving(tmp_path: Any) -> None:
    case = Case(
        (CadreCase(capacity=1), CadreCase(place=2, unit=1)),
        (RecipientCase(), RecipientCase(), RecipientCase()),
        bans=((0, 0),),
        outside="require",
    )
    plan = _solved(case.problem())
    assert len(_cures(plan)) >= 2
    plan.save(tmp_path / "plan")
    assert Plan.load(tmp_path / "plan").diagnosis == plan.diagnosis
