from dataclasses import replace

from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.random_problems import drawn_problem

from pairmatch import Problem, solve
from pairmatch.plan.diagnosis import Diagnosis

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
    assert "3 more places among the 1 cadre in reach (capacity)" in text
    assert "3 places of cadres out of reach" in text
    assert "1 more place among the 1 cadre in reach (capacity)" in text
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
    assert "1 cadres are 1 recipients short of their minimum loads (first: c0)" in str(found)


def test_locks_that_cannot_be_kept_are_listed() -> None:
    case = Case((CadreCase(capacity=1),), (RecipientCase(),) * 2, locks=((0, 0), (1, 0)))
    found = _diagnosis(case.problem())
    assert len(found.broken_locks) == 1
    recipient, cadre = found.broken_locks[0]
    assert (recipient in ("r0", "r1"), cadre) == (True, "c0")
    assert "1 locks cannot be kept" in str(found)
    assert "raise the capacity" in str(found)


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
    for seed in range(13_000, 13_400):
        problem = drawn_problem(seed)
        simple = (
            problem.policy.coverage.mode == "first"
            and problem.locks.num_rows == 0
            and set(problem.recipients.column("demand").to_pylist()) == {1}
            and len(set(problem.recipients.column("priority").to_pylist())) == 1
            and not any(problem.cadres.column("min_load").to_pylist())
        )
        if not simple:
            continue
        plan = solve(problem, threads=1)
        for group in plan.diagnosis.shortages if plan.diagnosis else ():
            groups += 1
            assert group.wanted - group.places == group.short, f"seed {seed}"
            assert sum(count for _, count in group.categories) == group.short, f"seed {seed}"
    assert groups > 20
