"""Random problems over classes, with what an integer sum over every pair says of a solution."""

from typing import Any

import numpy as np
from tests.transport.class_problems import dense_costs

from pairmatch.model.levels import MissingCost
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.master import MasterSolution
from pairmatch.transport.prices import first_prices, prices_of_prefix
from pairmatch.transport.transportation import TransportationProblem

Table = np.ndarray[Any, np.dtype[np.int64]]

# the sum of all levels, and each of those above the last one with what is above it
LEVELS = ("sum", "missing", "violation")


def summed(problem: TransportationProblem, level: str = "sum") -> TransportationProblem:
    """Return the problem with its levels in one sum, down to one of them."""
    if level == "sum":
        return problem.at(first_prices(problem))
    names = [one.name for one in problem.objective.levels]
    # where coverage is priced there is no level for it
    return problem.at(prices_of_prefix(problem, names.index(level) if level in names else 0))


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
) -> int:
    """Add up what a solution costs, level by level, person by person and step by step."""
    total = 0
    arcs = solution.arc_flow.shape[0]
    known = problem.known
    for level, price in zip(problem.objective.levels, problem.prices, strict=True):
        value = level.violation * violations(problem, candidates, solution)
        if level.missing is MissingCost.PRIORITY_RANK:
            value += int((problem.priority_rank * solution.missing).sum())
        if level.missing is MissingCost.POLICY_PRICE:
            value += problem.objective.price_m * int(solution.missing.sum())
        if level.pairs is not None:
            costs = problem.costs.under(problem.objective.tables[level.pairs])
            pairs = candidates.cadre[:arcs], candidates.recipient[:arcs]
            value += int((costs.of_pairs(*pairs) * solution.arc_flow).sum())
            base = costs.of_pairs(known.cadre, known.recipient)
            value += int((base * solution.known_flow).sum())
        if level.corrections:
            value += int((known.correction_m * solution.known_flow).sum())
        if level.load:
            value += cost_of_loads(problem, loads(problem, candidates, solution))
        total += price * value
    return total


def cost_of_loads(problem: TransportationProblem, load: Table) -> int:
    """Add up what each member of a class adds, step by step."""
    total = 0
    for i, of_class in enumerate(load.tolist()):
        marginal = problem.curves.marginal_m[problem.curves.kind[i]].tolist()
        size, start = int(problem.cadres.size[i]), int(problem.start[i])
        # members of a class share its load as evenly as may be
        for member in range(size):
            own = of_class // size + (member < of_class % size)
            total += sum(marginal[min(start + n, len(marginal) - 1)] for n in range(own))
    return total
