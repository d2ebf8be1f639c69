"""Random problems over classes, and their costs as a plain table."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from tests.agreement.random_problems import drawn_problem

from pairmatch.formulate.persons import persons
from pairmatch.formulate.transportation import TransportationProblem, transportation_problem


def class_problems(
    count: int, first: int = 30_000, largest: int = 25
) -> Iterator[TransportationProblem]:
    """Return problems that have classes on both sides."""
    found = 0
    seed = first
    while found < count:
        everybody = persons(drawn_problem(seed, largest=largest))
        problem = transportation_problem(everybody, soft_locks=bool(seed % 2))
        seed += 1
        if problem.limit.shape[0] and problem.demand.shape[0]:
            found += 1
            yield problem


def dense_costs(problem: TransportationProblem) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the cost of every class pair, -1 where not eligible or closed."""
    cost = problem.costs.block(
        np.arange(problem.limit.shape[0]), np.arange(problem.demand.shape[0])
    )
    cost[problem.closed_cadre, problem.closed_recipient] = -1
    return cost
