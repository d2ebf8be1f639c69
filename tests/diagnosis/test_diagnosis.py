from dataclasses import replace

import numpy as np
from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.random_problems import drawn_problem

from pairmatch import Problem, Status, solve
from pairmatch.diagnosis.diagnosis import Diagnosis, diagnose
from pairmatch.diagnosis.pairing import pairing
from pairmatch.diagnosis.reach import Crowds
from pairmatch.tables.positions import positions

# two counties so far apart that nobody of one reaches the other
APART = Case(
    cadres=(CadreCase(place=1, capacity=2), CadreCase(place=2, capacity=1)),
    recipients=(
        *(RecipientCase(place=1, category=n % 2) for n in range(5)),
        *(RecipientCase(place=2, category=1) for _ in range(2)),
    ),
    max_km=30,
)


def _diagnosis(problem: Problem) -> Diagnosis:
    found = solve(problem, threads=1).diagnosis
    assert found is not None
    return found


def test_nothing_short_and_nothing_broken_needs_no_diagnosis() -> None:
    assert solve(Case((CadreCase(),), (RecipientCase(),)).problem()).diagnosis is None


def test_each_group_that_competes_for_the_same_places_is_counted_apart() -> None:
    first, second = _diagnosis(APART.problem()).shortages
    assert (first.recipients, first.wanted, first.cadres, first.places) == (5, 5, 1, 2)
    assert first.short == 3
    assert first.areas == (("A", 3),)
    assert sum(count for _, count in first.categories) == 3
    assert (second.recipients, second.wanted, second.cadres, second.places) == (2, 2, 1, 1)
    assert second.short == 1
    assert second.areas == (("B", 1),)
    assert second.categories == (("orphan", 1),)


def test_the_text_names_counts_places_and_the_smallest_cures() -> None:
    text = str(_diagnosis(APART.problem()))
    assert "5 recipients together want 5 cadres; 1 cadre in reach with 2 places" in text
    assert ": 3 short (" in text
    assert "3 more places among 1 cadre in reach (capacity): 3 more served" in text
    assert "1 more place among 1 cadre in reach (capacity): 1 more served" in text
    assert "A (3)" in text


def test_as_many_places_more_as_the_cure_says_help_and_one_fewer_does_not() -> None:
    def missing(more: int) -> int:
        case = APART.with_cadre(0, capacity=2 + more)
        return solve(case.with_cadre(1, capacity=2).problem()).missing

    assert missing(2) == 1
    assert missing(3) == 0


def test_names_of_areas_are_used_where_there_are_any() -> None:
    tables = APART.tables()
    codes = tables["areas"]["area"]
    tables["areas"] = {**tables["areas"], "name": [f"area {code}" for code in codes]}
    first = _diagnosis(Problem.from_tables(**tables)).shortages[0]
    assert first.areas == (("area A", 3),)


def test_recipients_without_any_eligible_cadre_are_a_shortage_of_their_own() -> None:
    lonely = replace(APART, cadres=APART.cadres[:1])
    groups = _diagnosis(lonely.problem()).shortages
    assert sorted((group.cadres, group.places, group.short) for group in groups) == [
        (0, 0, 2),
        (1, 2, 3),
    ]


def test_minimum_loads_that_cannot_be_met_are_listed_with_what_is_short() -> None:
    case = Case(
        (CadreCase(place=1, min_load=2), CadreCase(place=2, min_load=1)),
        (RecipientCase(place=2), RecipientCase(place=1)),
        max_km=30,
    )
    found = _diagnosis(case.problem())
    assert found.below_min_load == (("c0", 1),)
    assert "1 cadre is 1 recipient short of their minimum loads (first: c0)" in str(found)


def test_locks_that_cannot_be_kept_are_listed() -> None:
    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 2, locks=((0, 0), (1, 0)))
    found = _diagnosis(case.problem())
    assert len(found.broken_locks) == 1
    recipient, cadre = found.broken_locks[0]
    assert (recipient in ("r0", "r1"), cadre) == (True, "c0")
    assert "1 lock is not kept" in str(found)
    assert "With these locks lifted no hard rule is broken" in str(found)


def test_what_is_said_to_mend_broken_rules_does() -> None:
    case = Case(
        (CadreCase(capacity=2, min_load=2), CadreCase(place=2, capacity=2, min_load=1)),
        (RecipientCase(),) * 2,
        locks=((0, 0), (0, 1)),
        max_km=30,
    )
    plan = solve(case.problem(), threads=1)
    found = plan.diagnosis
    assert found is not None
    assert plan.status is Status.INFEASIBLE
    assert (found.below_min_load, found.broken_locks) == ((("c1", 1),), (("r0", "c1"),))
    assert "With min_load lowered to what these cadres have and these locks lifted" in str(found)
    mended = replace(case.with_cadre(1, min_load=0), locks=((0, 0),))
    assert solve(mended.problem(), threads=1).status is Status.OPTIMAL


def test_a_place_that_a_ban_forbids_is_no_cure() -> None:
    # two more places of the one cadre were offered, from whom both are banned
    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 3, bans=((0, 0), (1, 0)))
    (group,) = _diagnosis(case.problem()).shortages
    assert (group.recipients, group.wanted, group.cadres, group.places, group.short) == (
        *(2, 2, 0, 0),
        2,
    )
    (cure,) = group.cures
    assert (cure.kind, cure.serves) == ("bans_and_capacity", 2)
    assert cure.pairs == (("r0", "c0"), ("r1", "c0"))
    assert cure.places == (("c0", 2),)


def test_a_cadre_gives_one_recipient_one_place_whatever_its_capacity() -> None:
    # no cadre was said to be in reach, as the one there is has its pair already
    case = Case((CadreCase(capacity=5),), (RecipientCase(demand=3),))
    (group,) = _diagnosis(case.problem()).shortages
    assert (group.wanted, group.cadres, group.places, group.short) == (3, 1, 1, 2)
    assert group.cures == ()


def test_locks_with_others_take_places_off_and_those_within_count() -> None:
    case = Case(
        (CadreCase(capacity=3), CadreCase(place=2, capacity=0)),
        (RecipientCase(place=2), *(RecipientCase(),) * 3),
        locks=((0, 0), (1, 0)),
    )
    (group,) = _diagnosis(case.problem()).shortages
    # r0 is locked and does not compete; c0 has two places for r1 to r3, of which r1's is locked
    assert (group.recipients, group.wanted, group.cadres, group.places, group.short) == (
        *(2, 2, 2, 1),
        1,
    )


def test_minimum_loads_elsewhere_take_no_place_off() -> None:
    case = Case(
        (CadreCase(capacity=2), CadreCase(capacity=2, min_load=2)),
        (RecipientCase(priority=5), *(RecipientCase(),) * 4),
    )
    (group,) = _diagnosis(case.problem()).shortages
    assert (group.wanted, group.cadres, group.places, group.short) == (5, 2, 4, 1)


def test_while_hard_rules_clash_no_cure_of_a_shortage_is_offered() -> None:
    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 2, locks=((0, 0), (1, 0)))
    found = _diagnosis(case.problem())
    assert [group.cures for group in found.shortages] == [()]
    assert found.policy_cures == ()


def test_a_stopped_plan_explains_no_shortage_that_is_not_proven() -> None:
    plan = solve(APART.problem(), threads=1)
    formulation = plan.problem.formulation
    ids = plan.problem.cadres.column("cadre_id"), plan.problem.recipients.column("recipient_id")
    cadre = positions(plan.pairs.column("cadre_id"), ids[0])
    recipient = positions(plan.pairs.column("recipient_id"), ids[1])
    who = pairing(formulation, cadre, recipient, np.full(cadre.shape[0], -1))
    crowds = Crowds(formulation.costs)
    assert diagnose(plan.problem, formulation, who, crowds, fewest_missing=False) is None
    assert diagnose(plan.problem, formulation, who, crowds, fewest_missing=True) == plan.diagnosis


def test_shortages_add_up_to_what_is_missing() -> None:
    short = 0
    for seed in range(13_000, 13_200):
        problem = drawn_problem(seed)
        plan = solve(problem, threads=1)
        if problem.policy.coverage.mode == "first" and plan.missing:
            short += 1
            assert plan.diagnosis is not None
            found = sum(group.short for group in plan.diagnosis.shortages)
            assert found == plan.missing, f"seed {seed}"
    assert short > 40


def test_a_group_is_short_by_what_it_wants_beyond_the_places_in_reach() -> None:
    groups = 0
    for seed in range(13_000, 13_200):
        problem = drawn_problem(seed)
        plan = solve(problem, threads=1)
        for group in plan.diagnosis.shortages if plan.diagnosis else ():
            groups += 1
            assert group.wanted - group.places == group.short, f"seed {seed}"
            assert sum(cure.serves > 0 for cure in group.cures) == len(group.cures)
    assert groups > 60
