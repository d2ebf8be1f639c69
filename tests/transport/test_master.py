"""The master problem's value, violations and potentials, counted again over every pair."""

from collections import Counter

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, dense_costs
from tests.transport.every_pair import (
    LEVELS,
    every_pair,
    loads,
    served,
    some_pairs,
    summed,
    value_of,
    violations,
)

from pairmatch.flow import ENGINES, engine_named
from pairmatch.transport.guess import Guess
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import Master, load_steps
from pairmatch.transport.transportation import TransportationProblem


def _bound(problem: TransportationProblem, u: np.ndarray, v: np.ndarray) -> int:
    """Return the lower bound of potentials, with every pair priced one by one."""
    cost = dense_costs(problem)
    reduced = cost + u[:, None] - v[None, :]
    people = problem.cadres.size[:, None] * problem.recipients.size[None, :]
    total = int((np.where(cost >= 0, np.minimum(reduced, 0), 0) * people).sum())
    return lower_bound(problem, load_steps(problem), u, v, total)


def _guess(problem: TransportationProblem, rng: np.random.Generator) -> Guess:
    none = np.zeros(0, dtype=np.int64)
    return Guess(rng.integers(0, 200_000, problem.limit.shape), none, none, none)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("level", LEVELS)
def test_over_every_pair_the_bound_meets_the_value(engine: str, level: str) -> None:
    seen: Counter[str] = Counter()
    rng = np.random.default_rng(18)
    for whole in class_problems(70):
        problem = summed(whole, level)
        candidates = every_pair(problem)
        guess = _guess(problem, rng) if rng.random() < 0.7 else None
        master = Master(problem, candidates, engine_named(engine), guess)
        solution = master.solve(lambda: False)
        assert solution is not None
        assert solution.optimal
        assert solution.value == value_of(problem, candidates, solution)
        assert solution.violation == violations(problem, candidates, solution)
        assert (loads(problem, candidates, solution) <= problem.supply).all()
        found = served(problem, candidates, solution)
        assert (found + solution.missing).tolist() == problem.wanted.tolist()
        pairs = (
            problem.cadres.size[candidates.cadre] * problem.recipients.size[candidates.recipient]
        )
        assert (solution.arc_flow <= pairs).all()
        assert _bound(problem, solution.u, solution.v) == solution.value
        # any other potentials prove less
        for _ in range(3):
            u = solution.u + rng.integers(-9, 10, solution.u.shape)
            v = solution.v + rng.integers(-9, 10, solution.v.shape)
            assert _bound(problem, u, v) <= solution.value
        seen["missing"] += int(solution.missing.sum() > 0)
        seen["violation"] += int(solution.violation > 0)
        seen["locks"] += int(problem.known.lock.any())
        seen["kept"] += int(solution.known_flow.sum() > 0)
    assert len(seen) == 4
    assert min(seen.values()) > 2


def test_potentials_over_some_pairs_keep_the_optimality_conditions_of_those() -> None:
    rng = np.random.default_rng(19)
    raised = 0
    for problem in class_problems(60):
        candidates = some_pairs(problem, rng, 0.4)
        master = Master(problem, candidates, engine_named("simplex"), None)
        solution = master.solve(lambda: False)
        assert solution is not None
        u, v = solution.u, solution.v
        reduced = candidates.cost + u[candidates.cadre] - v[candidates.recipient]
        sizes = problem.cadres.size[candidates.cadre]
        pairs = sizes * problem.recipients.size[candidates.recipient]
        assert (reduced[solution.arc_flow < pairs] >= 0).all()
        assert (reduced[solution.arc_flow > 0] <= 0).all()
        price = problem.missing
        assert (v <= price).all()
        assert (v[solution.missing > 0] == price[solution.missing > 0]).all()
        steps = load_steps(problem)
        first = np.full(problem.limit.shape, np.iinfo(np.int64).max)
        np.minimum.at(first, steps.cadre, steps.unit_cost)
        idle = loads(problem, candidates, solution) == 0
        # nobody is needed from there: it stands as high as its first step
        assert (u[idle] == first[idle]).all()
        assert (u >= first).all()
        raised += int(idle.sum())
        bound = _bound(problem, u, v)
        assert bound <= solution.value
    assert raised > 50


@pytest.mark.parametrize("engine", ENGINES)
def test_arcs_that_come_later_lead_to_the_same_value(engine: str) -> None:
    rng = np.random.default_rng(20)
    for problem in class_problems(40):
        everything = every_pair(problem)
        at_once = Master(problem, everything, engine_named("simplex"), None)
        expected = at_once.solve(lambda: False)
        candidates = some_pairs(problem, rng, 0.3)
        master = Master(problem, candidates, engine_named(engine), _guess(problem, rng))
        values = []
        for share in (0.0, 0.5, 1.0):
            chosen = rng.random(len(everything)) < share
            candidates.add(everything.cadre[chosen], everything.recipient[chosen])
            solution = master.solve(lambda: False)
            assert solution is not None
            assert solution.arc_flow.shape == (len(candidates),)
            assert solution.value == value_of(problem, candidates, solution)
            values.append(solution.value)
        assert values == sorted(values, reverse=True)
        assert expected is not None
        assert values[-1] == expected.value


def test_steps_of_a_load_curve_are_as_long_as_the_class_is_large() -> None:
    required = 0
    for whole in class_problems(60):
        for level in LEVELS:
            problem = summed(whole, level)
            steps = load_steps(problem)
            room = np.zeros_like(problem.limit)
            np.add.at(room, steps.cadre, steps.capacity)
            assert room.tolist() == problem.supply.tolist()
            must = np.zeros_like(problem.limit)
            np.add.at(must, steps.cadre, steps.capacity * steps.required)
            floor = np.minimum(problem.floor, problem.limit) * problem.cadres.size
            assert must.tolist() == floor.tolist()
            for i in range(problem.limit.shape[0]):
                own = steps.cadre == i
                spread = np.repeat(
                    steps.unit_cost[own] + problem.violation * steps.required[own],
                    steps.capacity[own] // problem.cadres.size[i],
                )
                first = int(problem.start[i])
                numbers = np.arange(first, first + int(problem.limit[i]))
                marginal = problem.curves.marginal_m[problem.curves.kind[i]]
                expected = marginal[np.minimum(numbers, marginal.shape[0] - 1)]
                expected = expected * problem.weighs_all
                assert np.sort(spread).tolist() == expected.tolist()
            required += int(must.sum())
    assert required > 50
