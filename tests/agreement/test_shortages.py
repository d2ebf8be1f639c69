"""Groups, reasons and cures against the network of people, and against solving again."""

from collections import Counter
from functools import cache

import pytest
from tests.agreement.crowded_problems import crowded_case, tables_with_rules
from tests.agreement.cured import cured
from tests.agreement.people_network import people_of
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve
from pairmatch.diagnosis.diagnosis import Diagnosis

CHUNK = 50


@cache
def _plan(seed: int) -> Plan:
    """Return a plan of the mixed random problems, or, from 100,000 on, of the crowded ones."""
    if seed < 100_000:
        return solve(drawn_problem(seed), threads=1)
    case = crowded_case(seed, priced=seed >= 200_000)
    return solve(Problem.from_tables(**tables_with_rules(case, seed)), threads=1)


def _first(seed: int) -> bool:
    return _plan(seed).problem.policy.coverage.mode == "first"


def _diagnosis(plan: Plan) -> Diagnosis:
    assert plan.diagnosis is not None
    return plan.diagnosis


@pytest.mark.parametrize("first", [20_000, 20_050, 100_000, 100_050, 100_100])
def test_groups_are_those_whom_paths_come_to_and_places_what_can_be_given(first: int) -> None:
    groups = 0
    for seed in range(first, first + CHUNK):
        plan = _plan(seed)
        if not _first(seed) or not plan.missing:
            continue
        people = people_of(plan)
        assert people.most_served() == plan.pairs.num_rows, f"seed {seed}"
        expected = sorted(
            (
                -sum(people.missing[j] for j in recipients),
                len(recipients),
                sum(people.demand[j] for j in recipients),
                int(people.eligible[:, recipients].any(axis=1).sum()),
                people.places(recipients),
            )
            for recipients, _ in people.groups()
        )
        found = [
            (-group.short, group.recipients, group.wanted, group.cadres, group.places)
            for group in _diagnosis(plan).shortages
        ]
        assert sorted(found) == expected, f"seed {seed}"
        for group in _diagnosis(plan).shortages:
            groups += 1
            assert group.wanted - group.places == group.short, f"seed {seed}"
    assert groups > 10


@pytest.mark.parametrize("first", [20_000, 100_000, 100_050, 200_000, 200_050])
def test_every_cure_brings_what_it_says_when_solved_with(first: int) -> None:
    kinds: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        plan = _plan(seed)
        diagnosis = plan.diagnosis
        if diagnosis is None or plan.status is not Status.OPTIMAL:
            continue
        for cures in (*(group.cures for group in diagnosis.shortages), diagnosis.policy_cures):
            assert [cure.serves for cure in cures] == sorted(
                (cure.serves for cure in cures), reverse=True
            )
            for cure in cures:
                kinds[cure.kind] += 1
                after = solve(cured(plan.problem, cure), threads=1)
                assert after.status is Status.OPTIMAL, f"seed {seed}: {cure}"
                assert plan.missing - after.missing == cure.serves > 0, f"seed {seed}: {cure}"
    if first == 100_000:
        assert set(kinds) >= {
            "capacity",
            "bans",
            "bans_and_capacity",
            "eligibility",
            "sponsorship",
            "max_km",
        }
    assert sum(kinds.values()) > (10 if first < 200_000 else -1)


@pytest.mark.parametrize("first", [20_000, 200_000, 200_050, 200_100])
def test_with_a_price_the_reason_says_whether_the_price_is_the_lever(first: int) -> None:
    reasons: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        plan = _plan(seed)
        if _first(seed):
            continue
        people = people_of(plan)
        raised = plan.problem.policy.model_copy(
            update={"coverage": plan.problem.policy.coverage.model_copy(update={"mode": "first"})}
        )
        most = solve(plan.problem.with_policy(raised), threads=1)
        for row in plan.unmatched.to_pylist():
            j = people.recipient_ids.index(row["recipient_id"])
            reason = row["reason"]
            reasons[reason] += 1
            possible = people.one_more_is_possible_for(j)
            further = (people.eligible & ~people.made)[:, j].sum()
            if reason == "cheaper_unserved":
                # with a price high enough, more are served: with coverage first, say
                assert possible, f"seed {seed}"
                assert plan.status is Status.INFEASIBLE or most.missing < plan.missing
            elif reason == "capacity_exhausted":
                assert not possible, f"seed {seed}"
                assert further > 0, f"seed {seed}"
            else:
                assert further == 0, f"seed {seed}"
    assert reasons["cheaper_unserved"] > 10
    if first >= 200_000:
        assert reasons["capacity_exhausted"] > 10


@pytest.mark.parametrize("first", [100_000, 100_050])
def test_details_count_what_is_there(first: int) -> None:
    for seed in range(first, first + CHUNK):
        plan = _plan(seed)
        people = people_of(plan)
        for row in plan.unmatched.to_pylist():
            j = people.recipient_ids.index(row["recipient_id"])
            further = (people.eligible & ~people.made)[:, j]
            if row["reason"] != "capacity_exhausted":
                assert not further.any(), f"seed {seed}"
                continue
            places = sum(
                capacity for capacity, may in zip(people.capacity, further, strict=True) if may
            )
            count = int(further.sum())
            more = " more" if people.made[:, j].any() else ""
            cadres = f"{count} eligible cadre{'s' if count > 1 else ''}{more} in reach with"
            assert row["detail"].startswith(f"{cadres} {places} place"), f"seed {seed}"
            assert row["detail"].endswith("all taken by others" if places else "none at all")


def test_reasons_of_crowded_problems_name_what_has_to_change() -> None:
    seen = Counter(
        row["reason"]
        for seed in range(100_000, 100_150)
        for row in _plan(seed).unmatched.to_pylist()
    )
    assert set(seen) == {"no_eligible_cadre", "out_of_reach", "banned", "capacity_exhausted"}
