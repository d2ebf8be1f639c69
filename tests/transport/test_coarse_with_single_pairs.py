"""Coarse problems beside bans, locks and other single pairs, against the integer program."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem
from tests.transport.class_problems import class_problems

from pairmatch import Problem, Status, solve
from pairmatch.flow import engine_named
from pairmatch.limits import Limits
from pairmatch.transport.coarse import guess_from_below
from pairmatch.tuning import Tuning


def test_groups_of_one_class_each_end_coarsening() -> None:
    people = 5000
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c0", "c1"], "unit_id": ["u", "u"], "rank": ["staff", "staff"]},
        recipients={
            "recipient_id": [f"r{n}" for n in range(people)],
            "category": ["orphan"] * people,
            "area": ["a"] * people,
            "priority": list(range(1, people + 1)),
        },
    )
    assert solve(problem).status is Status.OPTIMAL


# small problems go through several coarse ones
DEEP = Tuning(coarse_merged=2, coarse_small=2, coarse_small_if_scarce=2)


def test_a_guess_names_no_closed_pair() -> None:
    closed = 0
    for problem in class_problems(60, largest=30, tuning=DEEP):
        with ThreadPoolExecutor(1) as pool:
            guess = guess_from_below(problem, engine_named("simplex"), Limits(), pool)
        keys = guess.cadre << 32 | guess.recipient
        closed_keys = problem.closed_cadre << 32 | problem.closed_recipient
        assert np.intersect1d(keys, closed_keys).shape == (0,)
        closed += closed_keys.shape[0]
    assert closed > 50


def test_bans_hold_on_large_problems() -> None:
    people = 4500
    place = {
        "area": ["a"] * people,
        "lon": [103 + n % 67 * 0.01 for n in range(people)],
        "lat": [36 + n // 67 * 0.01 for n in range(people)],
    }
    banned = range(0, people, 50)
    problem = Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n:05}" for n in range(people)],
            "unit_id": ["u"] * people,
            "rank": ["bureau"] * people,
            "capacity": [1] * people,
            **place,
        },
        recipients={
            "recipient_id": [f"r{n:05}" for n in range(people)],
            "category": ["orphan"] * people,
            **place,
        },
        bans={
            "recipient_id": [f"r{n:05}" for n in banned],
            "cadre_id": [f"c{n:05}" for n in banned],
        },
    )
    assert solve(problem).verify().proven


@pytest.mark.parametrize("first", range(34_000, 34_200, 50))
def test_problems_with_bans_and_locks_agree_through_coarse_ones(first: int) -> None:
    for seed in range(first, first + 50):
        problem = drawn_problem(seed, largest=(9, 14, 30)[seed % 3])
        optimum = solve_by_integer_program(problem)
        for engine in ("simplex", "ortools"):
            plan = solve(problem, threads=1, engine=engine, tuning=DEEP)
            assert plan.objective == optimum.cost, f"seed {seed}"
            levels = {level.name: level.value for level in plan.levels}
            assert levels.get("violation", 0) == optimum.violation, f"seed {seed}"
            if problem.policy.coverage.mode == "first":
                assert levels["missing"] == optimum.all_missing, f"seed {seed}"
            assert plan.verify().proven, f"seed {seed}"
