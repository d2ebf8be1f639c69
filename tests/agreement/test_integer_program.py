"""The levels of a plan equal those of an integer program that shares nothing with the engine."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from tests.agreement.features import FEATURES, features
from tests.agreement.integer_program import Optimum, solve_by_integer_program
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve

PROBLEMS = 480
CHUNK = 40
LEAST_OFTEN = 3


@cache
def _solved(seed: int) -> tuple[Problem, Plan]:
    problem = drawn_problem(seed)
    return problem, solve(problem, threads=1)


def _expected(problem: Problem, optimum: Optimum) -> tuple[Status, list[tuple[str, int]]]:
    levels = [("cost", optimum.cost)]
    if problem.policy.coverage.mode == "first":
        levels.insert(0, ("missing", optimum.all_missing))
    if optimum.violation:
        levels.insert(0, ("violation", optimum.violation))
    return Status.INFEASIBLE if optimum.violation else Status.OPTIMAL, levels


def _missing_by_priority(problem: Problem, plan: Plan) -> list[int]:
    found = plan.missing_by_priority()
    priorities = np.unique(problem.recipients.column("priority").to_numpy())[::-1]
    return [found.get(int(priority), 0) for priority in priorities]


@pytest.mark.parametrize("first", range(0, PROBLEMS, CHUNK))
def test_levels_and_status_are_those_of_the_integer_program(first: int) -> None:
    for seed in range(first, first + CHUNK):
        problem, plan = _solved(seed)
        optimum = solve_by_integer_program(problem)
        status, levels = _expected(problem, optimum)
        assert plan.status is status, f"seed {seed}"
        assert [(level.name, level.value) for level in plan.levels] == levels, f"seed {seed}"
        assert [level.gap for level in plan.levels] == [0] * len(levels), f"seed {seed}"
        assert plan.objective == optimum.cost, f"seed {seed}"
        assert plan.certificate.scope == "ALL_PAIRS", f"seed {seed}"
        if problem.policy.coverage.mode == "first":
            assert _missing_by_priority(problem, plan) == optimum.missing, f"seed {seed}"


@pytest.mark.parametrize("first", range(0, PROBLEMS, CHUNK))
def test_the_verifier_finds_the_same_figures(first: int) -> None:
    for seed in range(first, first + CHUNK):
        _, plan = _solved(seed)
        figures = plan.verify()
        assert figures.proven, f"seed {seed}"
        assert figures.levels == plan.levels, f"seed {seed}"
        assert figures.objective_terms == plan.objective_terms, f"seed {seed}"
        assert figures.missing == plan.missing, f"seed {seed}"


@pytest.mark.parametrize("seed", range(5000, 5006))
def test_larger_problems_agree_as_well(seed: int) -> None:
    problem = drawn_problem(seed, largest=60)
    plan = solve(problem, threads=1)
    status, levels = _expected(problem, solve_by_integer_program(problem))
    assert plan.status is status
    assert [(level.name, level.value) for level in plan.levels] == levels
    assert plan.verify().proven


def test_every_feature_of_the_tables_and_the_policy_occurs() -> None:
    seen: Counter[str] = Counter()
    for seed in range(PROBLEMS):
        seen.update(features(*_solved(seed)))
    assert set(seen) <= set(FEATURES)
    assert {name: seen[name] for name in FEATURES if seen[name] < LEAST_OFTEN} == {}
