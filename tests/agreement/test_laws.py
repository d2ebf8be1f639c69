"""Laws that every optimal plan obeys, whatever the problem.

Each is a theorem: either two problems are the same up to names, or every plan of the one is a
plan of the other and no worse there.
"""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.cases import CadreCase, Case, RecipientCase, cases, standing
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve

LAW = settings(max_examples=80, deadline=None)


def _solved(case: Case) -> Plan:
    plan = solve(case.problem(), threads=1)
    assert plan.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return plan


def _same(one: Plan, two: Plan) -> bool:
    tables = ("pairs", "unmatched", "loads")
    duals = ("cadre_duals", "recipient_duals")
    return (
        all(getattr(one, name).equals(getattr(two, name)) for name in tables)
        and all(
            getattr(one.certificate, name).equals(getattr(two.certificate, name)) for name in duals
        )
        and one.levels == two.levels
        and one.objective_terms == two.objective_terms
        and one.diagnosis == two.diagnosis
    )


@LAW
@given(cases())
def test_a_shrinking_case_agrees_with_the_integer_program(case: Case) -> None:
    problem = case.problem()
    plan = solve(problem, threads=1)
    optimum = solve_by_integer_program(problem)
    assert standing(plan) == (optimum.violation, *optimum.missing, optimum.cost)
    assert plan.verify().proven


@LAW
@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_people_changes_no_level(case: Case, random: Any) -> None:
    labels = [f"{n:02d}" for n in range(20)]
    random.shuffle(labels)
    names: dict[str, str] = {}

    def label(name: str) -> str:
        return names.setdefault(name, f"{name[0]}x{labels[len(names)]}")

    relabelled = solve(case.problem(label), threads=1)
    assert standing(relabelled) == standing(_solved(case))


@LAW
@given(cases(), st.randoms(use_true_random=False))
def test_shuffling_rows_of_every_table_changes_nothing(case: Case, random: Any) -> None:
    tables = case.tables()
    for name, table in tables.items():
        if name != "policy":
            order = list(range(len(next(iter(table.values())))))
            random.shuffle(order)
            tables[name] = {column: [values[n] for n in order] for column, values in table.items()}
    shuffled = solve(Problem.from_tables(**tables), threads=1)
    assert _same(shuffled, _solved(case))


@LAW
@given(cases(), st.lists(st.booleans(), min_size=6, max_size=6), st.booleans())
def test_splitting_classes_by_what_does_not_matter_changes_no_level(
    case: Case,
    moved: list[bool],
    households: bool,
) -> None:
    tables = case.tables()
    units = tables["units"]
    for column, values in units.items():
        units[column] = [*values, *([f"{unit}twin" for unit in values] * (column == "unit_id"))]
        if column != "unit_id":
            units[column] = [*values, *values]
    cadres = tables["cadres"]
    cadres["unit_id"] = [
        f"{unit}twin" if move else unit
        for unit, move in zip(cadres["unit_id"], moved, strict=False)
    ]
    if households:
        count = len(case.recipients)
        tables["recipients"]["household_id"] = [
            f"h{n // 2}" if n % 3 else None for n in range(count)
        ]
        tables["recipients"]["team"] = [f"team {n % 2}" for n in range(count)]
        tables["attributes"] = ["team"]
    split = solve(Problem.from_tables(**tables), threads=1)
    assert standing(split) == standing(_solved(case))


@LAW
@given(cases(), st.integers(0, 5), st.integers(1, 2))
def test_more_capacity_of_one_cadre_never_worsens(case: Case, cadre: int, more: int) -> None:
    # every plan keeps its loads, costs and breaches under the larger capacity
    at = cadre % len(case.cadres)
    own = case.cadres[at].capacity
    capacity = (case.default_capacity if own is None else own) + more
    floor = min(case.cadres[at].min_load, capacity - more)
    larger = case.with_cadre(at, capacity=capacity, min_load=floor)
    assert standing(_solved(larger)) <= standing(_solved(case))


@LAW
@given(cases(), st.integers(1, 2))
def test_more_capacity_for_all_by_the_policy_never_worsens(case: Case, more: int) -> None:
    kept = tuple(
        replace(cadre, min_load=min(cadre.min_load, case.default_capacity))
        if cadre.capacity is None
        else cadre
        for cadre in case.cadres
    )
    larger = replace(case, cadres=kept, default_capacity=case.default_capacity + more)
    assert standing(_solved(larger)) <= standing(_solved(case))


@LAW
@given(cases(), st.integers(0, 50))
def test_a_ban_never_improves(case: Case, which: int) -> None:
    free = [pair for pair in case.every_pair() if pair not in (*case.locks, *case.bans)]
    if not free:
        return
    banned = replace(case, bans=(*case.bans, free[which % len(free)]))
    assert standing(_solved(banned)) >= standing(_solved(case))


@LAW
@given(cases(), st.integers(0, 50), st.integers(1, 120))
def test_a_lower_cost_never_worsens_and_saves_no_more_than_itself(
    case: Case, which: int, less_km: int
) -> None:
    every = case.every_pair()
    pair = every[which % len(every)]
    extra = dict(case.adjustments)
    extra[pair] = extra.get(pair, 0) - less_km
    before = standing(_solved(case))
    after = standing(_solved(replace(case, adjustments=tuple(extra.items()))))
    assert after[:-1] == before[:-1]
    assert before[-1] - 1000 * less_km <= after[-1] <= before[-1]


@LAW
@given(cases(), st.integers(0, 6))
def test_one_recipient_more_is_one_missing_more_at_the_most(case: Case, place: int) -> None:
    # whoever had a plan keeps it if the newcomer goes without, and removing one person from a
    # plan breaks no rule but a minimum load
    cadres = tuple(replace(cadre, min_load=0) for cadre in case.cadres)
    before = replace(case, cadres=cadres, locks=(), priced_km=None)
    newcomer = RecipientCase(place=place % 4, priority=1)
    after = replace(before, recipients=(*before.recipients, newcomer))
    one, two = _solved(before), _solved(after)
    assert one.missing <= two.missing <= one.missing + 1


@settings(max_examples=25, deadline=None)
@given(cases())
def test_runs_and_threads_do_not_matter(case: Case) -> None:
    problem = case.problem()
    first = solve(problem, threads=1)
    assert _same(first, solve(problem, threads=1))
    assert _same(first, solve(problem, threads=3))


@pytest.mark.parametrize("seed", range(9000, 9004))
def test_runs_and_threads_do_not_matter_in_larger_problems(seed: int) -> None:
    problem = drawn_problem(seed, largest=120)
    first = solve(problem, threads=1)
    assert _same(first, solve(problem, threads=1))
    assert _same(first, solve(problem, threads=3))
    again = Problem.from_tables(
        **{name: _reversed(table) for name, table in problem.tables().items()},
        policy=problem.policy,
        attributes=problem.attributes,
    )
    assert _same(first, solve(again, threads=2))


def _reversed(table: pa.Table) -> pa.Table:
    return table.take(pa.array(range(table.num_rows - 1, -1, -1)))


def test_the_standing_counts_a_priority_before_the_ones_below() -> None:
    case = Case((CadreCase(capacity=1),), (RecipientCase(priority=1), RecipientCase(priority=7)))
    plan = _solved(case)
    assert plan.missing_by_priority() == {1: 1}
    assert standing(plan)[:3] == (0, 0, 1)
