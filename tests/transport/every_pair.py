"""Random problems over classes, with what an integer sum over every pair says of a solution."""

from typing import Any

import numpy as np
from tests.transport.class_problems import dense_costs

from pairmatch.transport.candidates import Candidates
from pairmatch.transport.master import MasterSolution, Prices
from pairmatch.transport.transportation import TransportationProblem

Table = np.ndarray[Any, np.dtype[np.int64]]

SUM = Prices(violation=3_000_000, missing=900_000, with_cost=True)
LEVELS = (SUM, Prices(5, 1, with_cost=False), Prices(1, 0, with_cost=False))


def every_pair(problem: TransportationProblem) -> Candidates:
    """Return all pairs that may have an arc as candidates."""
    cadre, recipient = np.nonzero(dense_costs(problem) >= 0)
    return Candidates(problem, cadre.astype(np.int64), recipient.astype(np.int64))


def some_pairs(
    problem: TransportationProblem, rng: np.random.Generator, share: float
) -> Candidates:
    """Return a share of all pairs as candidates."""
    cadre, recipient = np.nonzero(dense_costs(problem) >= 0)
    chosen = rng.random(cadre.shape) < share
    return Candidates(problem, cadre[chosen].astype(np.int64), recipient[chosen].astype(np.int64))


def loads(
    problem: TransportationProblem, candidates: Candidates, solution: MasterSolution
) -> Table:
    """Return recipients by class of cadres."""
    load = np.zeros(problem.limit.shape[0], dtype=np.int64)
    np.add.at(load, problem.known.cadre, solution.known_flow)
    np.add.at(load, candidates.cadre[: solution.arc_flow.shape[0]], solution.arc_flow)
    return load


def served(
    problem: TransportationProblem, candidates: Candidates, solution: MasterSolution
) -> Table:
    """Return cadres found, by class of recipients."""
    found = np.zeros(problem.demand.shape[0], dtype=np.int64)
    np.add.at(found, problem.known.recipient, solution.known_flow)
    np.add.at(found, candidates.recipient[: solution.arc_flow.shape[0]], solution.arc_flow)
    return found


def violations(
    problem: TransportationProblem, candidates: Candidates, solution: MasterSolution
) -> int:
    """Count what minimum loads are short of, members sharing a class's load, and broken locks."""
    load = loads(problem, candidates, solution)
    short = np.maximum(problem.floor * problem.cadres.size - load, 0)
    known = problem.known
    return int(short.sum()) + int((known.lock & (solution.known_flow == 0)).sum())


def value_of(
    problem: TransportationProblem,
    candidates: Candidates,
    solution: MasterSolution,
    prices: Prices,
) -> int:
    """Add up what a solution costs, person by person and step by step."""
    total = prices.violation * violations(problem, candidates, solution)
    price = problem.rank * prices.missing
    if prices.with_cost and not problem.coverage_first:
        price = np.full_like(price, problem.price_m)
    total += int((price * solution.missing).sum())
    if not prices.with_cost:
        return total
    arcs = solution.arc_flow.shape[0]
    total += int((candidates.cost[:arcs] * solution.arc_flow).sum())
    total += int((problem.known.cost_m * solution.known_flow).sum())
    marginal = problem.load.marginal_m.tolist()
    for i, load in enumerate(loads(problem, candidates, solution).tolist()):
        size, start = int(problem.cadres.size[i]), int(problem.start[i])
        # members of a class share its load as evenly as may be
        for member in range(size):
            own = load // size + (member < load % size)
            total += sum(marginal[min(start + n, len(marginal) - 1)] for n in range(own))
    return total
