"""Guesses from smaller problems: any is safe, whatever the thresholds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem
from tests.transport.class_problems import class_problems

from pairmatch import Problem, Status, solve
from pairmatch.flow import engine_named
from pairmatch.limits import Limits
from pairmatch.transport import coarse as coarse_module
from pairmatch.transport.coarse import coarsen, guess_from_below
from pairmatch.transport.guess import Guess
from pairmatch.transport.transportation import TransportationProblem, transportation_problem
from pairmatch.tuning import Tuning


def _smallest(problem: TransportationProblem) -> int:
    """Return how many classes of recipients are left when coarsening changes nothing more."""
    count = -1
    while problem.demand.shape[0] != count:
        count = problem.demand.shape[0]
        problem = coarsen(problem).problem
    return count


# small problems go through several coarse ones, and through deep trees of boxes
DEEP = Tuning(coarse_merged=2, leaf=2, fan=2, least_chunk=3)
# one arc at a time: many rounds, so that warm starts have to hold
STARVED = replace(
    DEEP,
    proposals=1,
    proposals_if_scarce=1,
    margin_m=0,
    coarse_proposals=1,
    coarse_seeds=1,
    seeds=1,
)


def _small(tuning: Tuning, classes: int) -> Tuning:
    """Return a tuning under which coarse problems go down to that many classes of recipients."""
    return replace(tuning, coarse_small=classes, coarse_small_if_scarce=classes)


def _guess(problem: TransportationProblem, limits: Limits) -> Guess:
    with ThreadPoolExecutor(1) as pool:
        return guess_from_below(problem, engine_named("simplex"), limits, pool)


def test_a_guess_has_potentials_and_pairs_within_what_there_is() -> None:
    with_pairs = 0
    for whole in class_problems(40, first=32_000, largest=60, tuning=DEEP):
        problem = replace(whole, tuning=_small(DEEP, max(2, _smallest(whole))))
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
            u = coarse_module._interpolated(problem, coarse, v, Limits(), pool)
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


def test_a_stop_ends_guessing_at_any_moment() -> None:
    class StopAfter:
        def __init__(self, questions: int) -> None:
            self.left = questions

        def is_set(self) -> bool:
            self.left -= 1
            return self.left < 0

    problems = class_problems(40, largest=60, tuning=DEEP)
    whole = max(problems, key=lambda found: found.demand.shape[0])
    problem = replace(whole, tuning=_small(DEEP, max(2, _smallest(whole))))
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
        formulation = problem.formulation
        classes = transportation_problem(formulation, soft_locks=False)
        if not formulation.special_pairs.locked.any() and not classes.closed_cadre.shape[0]:
            count -= 1
            yield seed, problem


@pytest.mark.parametrize("first", range(33_000, 33_400, 100))
@pytest.mark.parametrize("tuning", [DEEP, STARVED], ids=("deep", "starved"))
def test_both_engines_reach_the_integer_programs_levels_through_coarse_problems(
    first: int, tuning: Tuning
) -> None:
    coarse = rounds = 0
    for seed, problem in _without_single_pairs(first + 1000 * (tuning is STARVED), 20):
        classes = transportation_problem(problem.formulation, soft_locks=False, tuning=tuning)
        smallest = max(2, _smallest(classes))
        coarse += classes.demand.shape[0] > smallest
        optimum = solve_by_integer_program(problem)
        for engine in ("simplex", "ortools"):
            plan = solve(problem, threads=1, engine=engine, tuning=_small(tuning, smallest))
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


@pytest.mark.parametrize("many", [0, 2])
@pytest.mark.parametrize("merged", [2, 3, 8])
def test_clusters_hold_every_class_once_and_only_alike_ones(merged: int, many: int) -> None:
    tuning = Tuning(coarse_merged=merged, coarse_apart=many)
    smaller = 0
    for problem in class_problems(60, largest=60, tuning=tuning):
        coarse = coarsen(problem)
        small = coarse.problem
        assert coarse.cadre.shape == problem.limit.shape
        assert coarse.recipient.shape == problem.demand.shape
        for of_class, count in (
            (coarse.cadre, small.limit.shape[0]),
            (coarse.recipient, small.demand.shape[0]),
        ):
            members = np.bincount(of_class, minlength=count)
            assert members.shape == (count,)
            assert members.min() >= 1
            assert members.max() <= merged
        assert small.supply.sum() == problem.supply.sum()
        assert small.wanted.sum() == problem.wanted.sum()
        supply = np.zeros_like(small.limit)
        np.add.at(supply, coarse.cadre, problem.supply)
        assert supply.tolist() == small.supply.tolist()
        wanted = np.zeros_like(small.demand)
        np.add.at(wanted, coarse.recipient, problem.wanted)
        assert wanted.tolist() == small.wanted.tolist()
        for fine, few in (
            (problem.start, small.start),
            (problem.limit, small.limit),
            (problem.floor, small.floor),
            (problem.costs.cadres.rank, small.costs.cadres.rank),
            (problem.costs.cadres.sponsor_set, small.costs.cadres.sponsor_set),
        ):
            assert fine.tolist() == few[coarse.cadre].tolist()
        for fine, few in (
            (problem.priority_rank, small.priority_rank),
            (problem.costs.recipients.category, small.costs.recipients.category),
            (problem.costs.recipients.zone, small.costs.recipients.zone),
        ):
            assert fine.tolist() == few[coarse.recipient].tolist()
        # a cluster stands where one of its classes does
        for number, one in enumerate(small.cadres.representative):
            assert coarse.cadre[one] == number
        # clusters follow each other as classes do
        assert (np.diff(small.cadres.representative) > 0).all()
        assert (np.diff(small.recipients.representative) > 0).all()
        assert small.known.cadre.shape == small.closed_cadre.shape == (0,)
        smaller += small.demand.shape[0] < problem.demand.shape[0]
    assert smaller > 20


def test_cadres_stay_apart_unless_they_far_outnumber_clusters_of_recipients() -> None:
    apart = merged = 0
    for many in (0, 1, 8):
        for problem in class_problems(60, largest=60, tuning=Tuning(coarse_apart=many)):
            coarse = coarsen(problem).problem
            cadres = problem.limit.shape[0]
            if cadres <= many * coarse.demand.shape[0]:
                assert coarse.limit.shape[0] == cadres
                apart += 1
            else:
                assert coarse.limit.shape[0] <= cadres
                merged += coarse.limit.shape[0] < cadres
    assert min(apart, merged) > 20


def test_coarsening_again_and_again_comes_to_an_end() -> None:
    for problem in class_problems(20, largest=60):
        smaller = problem
        sizes = [problem.demand.shape[0]]
        while len(sizes) < 3 or sizes[-1] < sizes[-2]:
            smaller = coarsen(smaller).problem
            sizes.append(problem.demand.shape[0])
        assert sizes == sorted(sizes, reverse=True)
        assert smaller.wanted.sum() == problem.wanted.sum()


@pytest.mark.parametrize("merged", [2, 8])
def test_refined_flows_keep_the_sums_and_everybodys_share(
    merged: int,
) -> None:
    rng = np.random.default_rng(15)
    sent = 0
    for problem in class_problems(60, largest=60, tuning=Tuning(coarse_merged=merged)):
        coarse = coarsen(problem)
        supply, wanted = coarse.problem.supply.copy(), coarse.problem.wanted.copy()
        rows = []
        for i, j in rng.permutation(list(np.ndindex(supply.shape[0], wanted.shape[0]))):
            units = int(rng.integers(0, min(supply[i], wanted[j]) + 1))
            if units:
                rows.append((i, j, units))
                supply[i] -= units
                wanted[j] -= units
        cadre, recipient, amount = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        fine_cadre, fine_recipient, fine_amount = coarse.refined(problem, cadre, recipient, amount)
        keys = fine_cadre << 32 | fine_recipient
        assert np.unique(keys).shape == keys.shape
        assert (fine_amount > 0).all()
        assert fine_amount.sum() == amount.sum()
        total: dict[tuple[int, int], int] = {}
        for i, j, units in zip(
            coarse.cadre[fine_cadre].tolist(),
            coarse.recipient[fine_recipient].tolist(),
            fine_amount.tolist(),
            strict=True,
        ):
            total[i, j] = total.get((i, j), 0) + units
        assert total == {(int(i), int(j)): int(units) for i, j, units in rows}
        load = np.zeros_like(problem.limit)
        np.add.at(load, fine_cadre, fine_amount)
        assert (load <= problem.supply).all()
        served = np.zeros_like(problem.demand)
        np.add.at(served, fine_recipient, fine_amount)
        assert (served <= problem.wanted).all()
        # members of a cluster take turns
        for cluster in range(supply.shape[0]):
            inside = coarse.cadre == cluster
            size = problem.cadres.size[inside]
            low, high = load[inside] // size, -(-load[inside] // size)
            assert high.max() - low.min() <= 1
        sent += int(amount.sum())
    assert sent > 300


def test_no_flow_is_refined_to_none() -> None:
    problem = next(class_problems(1))
    none = np.zeros(0, dtype=np.int64)
    assert [part.shape for part in coarsen(problem).refined(problem, none, none, none)] == [
        (0,),
        (0,),
        (0,),
    ]
