"""Who can be served at all, against the level solved over every pair of classes."""

from collections import Counter
from dataclasses import replace

import numpy as np
from tests.transport.class_problems import class_problems, dense_costs
from tests.transport.every_pair import every_pair, summed

from pairmatch.flow import engine_named
from pairmatch.transport.coverage import least_missing
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import Master, load_steps
from pairmatch.tuning import Tuning

ENGINE = engine_named("simplex")


def test_the_least_missing_is_that_of_the_level_over_every_pair_and_its_potentials_prove_it() -> (
    None
):
    seen: Counter[str] = Counter()
    for problem in class_problems(300, first=41_000):
        if problem.known.lock.any() or not problem.objective.coverage_first:
            continue
        own = summed(problem, "missing")
        master = Master(own, every_pair(own), ENGINE, None)
        by_itself = master.solve(lambda: False)
        assert by_itself is not None
        found = least_missing(problem, ENGINE, lambda: False)
        seen["clash"] += by_itself.violation > 0
        if by_itself.violation > 0:
            assert found is None
        if found is None:
            continue
        assert found.weighted_missing == by_itself.value
        bound = lower_bound(own, load_steps(own), found.u, found.v, 0)
        assert bound == found.weighted_missing
        reduced = found.u[:, None] - found.v[None, :]
        assert (reduced[dense_costs(problem) >= 0] >= 0).all()
        seen["found"] += 1
        seen["missing"] += found.weighted_missing > 0
        seen["ranks"] += found.weighted_missing > 0 and int(problem.priority_rank.max()) > 1
        seen["near only"] += problem.costs.tables.max_m >= 0
        seen["minimum loads"] += bool(problem.floor.any())
        seen["several"] += int(problem.demand.max()) > 1
    assert len(seen) == 7
    assert min(seen.values()) > 2


def test_the_potentials_prove_the_level_at_any_rising_weights_of_priorities() -> None:
    weighed = 0
    for problem in class_problems(120, first=42_000):
        if problem.known.lock.any() or not problem.objective.coverage_first or problem.floor.any():
            continue
        found = least_missing(problem, ENGINE, lambda: False)
        highest = int(problem.priority_rank.max())
        if found is None or found.weighted_missing == 0 or highest == 1:
            continue
        weight = np.cumsum(np.random.default_rng(weighed).integers(1, 50, highest + 2))
        weight = np.concatenate([[0], weight])
        heavier = replace(problem, priority_rank=weight[problem.priority_rank]).at(
            (int(weight[-1]), 1, 0)
        )
        master = Master(heavier, every_pair(heavier), ENGINE, None)
        solution = master.solve(lambda: False)
        assert solution is not None
        u, v = weight[np.maximum(found.u, 0)], weight[np.maximum(found.v, 0)]
        assert lower_bound(heavier, load_steps(heavier), u, v, 0) == solution.value
        weighed += 1
    assert weighed > 5


def test_too_many_kinds_leave_it_open() -> None:
    problem = next(p for p in class_problems(9) if least_missing(p, ENGINE, lambda: False))
    problem = replace(problem, tuning=Tuning(kinds=0))
    assert least_missing(problem, ENGINE, lambda: False) is None
