"""Guesses from smaller problems: any is safe, whatever the thresholds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem
from tests.arcs.problems import class_problems
from tests.column_generation.problems import SUM

from pairmatch import Problem, Status, solve
from pairmatch.arcs import coarse as coarse_module
from pairmatch.arcs import coarsen
from pairmatch.arcs import pricing as pricing_module
from pairmatch.column_generation import Limits, loop, master
from pairmatch.column_generation import coarse as guess_module
from pairmatch.column_generation.coarse import guess_from_below
from pairmatch.column_generation.start import Guess
from pairmatch.flow import engine_named
from pairmatch.formulate.persons import persons
from pairmatch.formulate.transportation import TransportationProblem, transportation_problem


def _smallest(problem: TransportationProblem) -> int:
    """Return how many classes of recipients are left when coarsening changes nothing more."""
    count = -1
    while problem.demand.shape[0] != count:
        count = problem.demand.shape[0]
        problem = coarsen(problem).problem
    return count


@pytest.fixture
def deep(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make small problems go through several coarse ones, and through deep trees of boxes."""
    monkeypatch.setattr(coarse_module, "_MERGED", 2)
    for name, value in (("_LEAF", 2), ("_FAN", 2), ("_LEAST_OF_CHUNK", 3)):
        monkeypatch.setattr(pricing_module, name, value)
    return monkeypatch


def _guess(problem: TransportationProblem, limits: Limits) -> Guess:
    with ThreadPoolExecutor(1) as pool:
        return guess_from_below(problem, SUM, engine_named("simplex"), limits, pool)


def test_a_guess_has_potentials_and_pairs_within_what_there_is(deep: pytest.MonkeyPatch) -> None:
    with_pairs = 0
    for problem in class_problems(40, first=32_000, largest=60):
        deep.setattr(guess_module, "_SMALL", max(2, _smallest(problem)))
        guess = _guess(problem, Limits())
        assert guess.u.shape == problem.limit.shape
        keys = guess.cadre << 32 | guess.recipient
        assert np.unique(keys).shape == keys.shape
        assert (problem.costs.of_pairs(guess.cadre, guess.recipient) >= 0).all()
        load = np.zeros_like(problem.limit)
        np.add.at(load, guess.cadre, guess.amount)
        assert (load <= problem.supply).all()
        served = np.zeros_like(problem.demand)
        np.add.at(served, guess.recipient, guess.amount)
        assert (served <= problem.wanted).all()
        with_pairs += guess.cadre.shape[0] > 0
    assert with_pairs > 15


def test_potentials_of_cadres_are_the_least_that_clusters_of_recipients_allow() -> None:
    rng = np.random.default_rng(44)
    merged = above = below = 0
    with ThreadPoolExecutor(1) as pool:
        for problem in class_problems(40, first=34_000, largest=60):
            coarse = coarsen(problem, both=True)
            clusters = coarse.problem.recipients.representative
            v = rng.integers(0, 200_000, clusters.shape)
            u = guess_module._interpolated(problem, coarse, v, Limits(), pool)
            cost = problem.costs.block(np.arange(problem.limit.shape[0]), clusters)
            least = problem.load.marginal(problem.start + 1)
            nothing = -(1 << 60)
            worth = np.where(cost >= 0, v - cost, nothing).max(axis=1)
            forced = (problem.floor > 0) & (worth > nothing)
            free = problem.floor == 0
            assert u[free].tolist() == np.maximum(worth, least)[free].tolist()
            assert u[forced].tolist() == worth[forced].tolist()
            below += int((u[forced] < least[forced]).sum())
            merged += coarse.problem.limit.shape[0] < problem.limit.shape[0]
            above += int((u > least).sum())
    assert merged > 5
    assert above > 100
    assert below > 0


def test_a_small_problem_is_guessed_from_its_load_curves() -> None:
    for problem in class_problems(5):
        guess = _guess(problem, Limits())
        assert guess.u.tolist() == problem.load.marginal(problem.start + 1).tolist()
        assert guess.cadre.shape == (0,)


def test_a_stop_ends_guessing_at_any_moment(deep: pytest.MonkeyPatch) -> None:
    class StopAfter:
        def __init__(self, questions: int) -> None:
            self.left = questions

        def is_set(self) -> bool:
            self.left -= 1
            return self.left < 0

    problem = max(class_problems(40, largest=60), key=lambda found: found.demand.shape[0])
    deep.setattr(guess_module, "_SMALL", max(2, _smallest(problem)))
    finished = 0
    for questions in range(60):
        cancel = StopAfter(questions)
        guess = _guess(problem, Limits(None, cancel, None))
        assert guess.u.shape == problem.limit.shape
        finished += cancel.left >= 0
    assert 0 < finished < 60


def _without_single_pairs(first: int, count: int) -> Iterator[tuple[int, Problem]]:
    """Return problems, a good part of which have several coarse ones below them."""
    seed = first
    while count:
        seed += 1
        problem = drawn_problem(seed, largest=(9, 14, 30)[seed % 3])
        everybody = persons(problem)
        classes = transportation_problem(everybody, soft_locks=False)
        if not everybody.exceptions.locked.any() and not classes.closed_cadre.shape[0]:
            count -= 1
            yield seed, problem


@pytest.mark.parametrize("first", range(33_000, 33_400, 100))
@pytest.mark.parametrize("way", ["as ever", "starved", "forgetful"])
def test_both_engines_reach_the_integer_programs_levels_through_coarse_problems(
    first: int, way: str, deep: pytest.MonkeyPatch
) -> None:
    if way != "as ever":
        # one arc at a time: many rounds, so that warm starts have to hold
        deep.setattr(loop, "_PER_RECIPIENT", 1)
        deep.setattr(loop, "_PER_RECIPIENT_IF_SCARCE", 1)
        deep.setattr(loop, "_MARGIN_M", 0)
        deep.setattr(master, "LARGE", 0)
        # and so large that only samples are proposed
        deep.setattr(loop, "LARGE", 0)
        deep.setattr(master, "_MANY_NEW", 0.0)
        deep.setattr("pairmatch.column_generation.coarse._PER_RECIPIENT", 1)
        deep.setattr("pairmatch.column_generation.coarse._SEEDS", 1)
        deep.setattr("pairmatch.column_generation.coarse._SEEDS_OF_SHARE", 1)
        deep.setattr("pairmatch.column_generation.first_candidates._SEEDS", 1)
    if way == "forgetful":
        # every restart drops what is not in use, as often as it may
        deep.setattr(master, "_CROWDED", 0)
        deep.setattr(master, "_DEAR_M", 0)
    coarse = rounds = 0
    for seed, problem in _without_single_pairs(first + 1000 * (way != "as ever"), 20):
        classes = transportation_problem(persons(problem), soft_locks=False)
        smallest = max(2, _smallest(classes))
        deep.setattr(guess_module, "_SMALL", smallest)
        coarse += classes.demand.shape[0] > smallest
        optimum = solve_by_integer_program(problem)
        for engine in ("simplex", "ortools"):
            plan = solve(problem, threads=1, engine=engine)
            expected = Status.INFEASIBLE if optimum.violation else Status.OPTIMAL
            assert plan.status is expected, f"seed {seed}"
            assert plan.objective == optimum.cost, f"seed {seed}"
            levels = {level.name: level.value for level in plan.levels}
            assert levels.get("violation", 0) == optimum.violation, f"seed {seed}"
            if problem.policy.coverage.mode == "first":
                assert levels["missing"] == optimum.all_missing, f"seed {seed}"
            assert plan.verify().proven, f"seed {seed}"
            rounds += plan.stats.rounds
    assert coarse > 5
    assert rounds > 40
