"""Random problems over classes, and their costs as a plain table."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from tests.agreement.random_problems import drawn_problem

from pairmatch.transport.prices import first_prices
from pairmatch.transport.transportation import TransportationProblem, transportation_problem
from pairmatch.tuning import DEFAULT_TUNING, Tuning


def class_problems(
    count: int, first: int = 30_000, largest: int = 25, tuning: Tuning = DEFAULT_TUNING
) -> Iterator[TransportationProblem]:
    """Return problems that have classes on both sides."""
    found = 0
    seed = first
    while found < count:
        formulation = drawn_problem(seed, largest=largest).formulation
        problem = transportation_problem(formulation, soft_locks=bool(seed % 2), tuning=tuning)
        seed += 1
        if problem.limit.shape[0] and problem.demand.shape[0]:
            found += 1
            yield problem.at(first_prices(problem))


def dense_costs(problem: TransportationProblem) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the cost of every class pair, -1 where not eligible or closed."""
    cost = problem.costs.block(
        np.arange(problem.limit.shape[0]), np.arange(problem.demand.shape[0])
    )
    cost[problem.closed_cadre, problem.closed_recipient] = -1
    return cost


def skipping_townships(
    problem: TransportationProblem, rng: np.random.Generator
) -> TransportationProblem:
    """Return the problem with half of the villages right below their counties."""
    both = problem.costs.cadres, problem.costs.recipients
    villages = np.unique(np.concatenate([side.ancestor[4] for side in both]))
    skipped = villages[(villages >= 0) & (rng.random(villages.shape) < 0.5)]
    cadre, recipient = (side.ancestor.copy() for side in both)
    for ancestor in (cadre, recipient):
        ancestor[3][np.isin(ancestor[4], skipped)] = -1
    costs = problem.costs._replace(
        cadres=both[0]._replace(ancestor=cadre), recipients=both[1]._replace(ancestor=recipient)
    )
    return replace(problem, costs=costs)
