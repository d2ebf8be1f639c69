"""Prices of the levels in one sum: moderate ones to begin with, and higher ones where needed.

Huge prices make huge potentials, and those make pricing useless. So a level costs no more than
what any single pair could cost on the levels below it, and whether that was enough is proven
afterwards (`pairmatch.transport.levels`).
"""

import numpy as np

from pairmatch.errors import CostRangeError
from pairmatch.formulate.costs import LONGEST_CHORD_M, largest_cost
from pairmatch.transport.transportation import TransportationProblem, check_prices

_RAISE = 64
# a chain of pairs may change for one on a level above: most are not longer
_PAIRS = 4
# as many pairs may change for a metre
_MOST_CHANGES = 256
_LEAST_CHANGES = 8


def reach_of_pair(problem: TransportationProblem) -> int:
    """Return more than any single pair costs on the last level that has pairs."""
    return _reach(problem, problem.objective.units[problem.objective.last_of_pairs])


def first_prices(problem: TransportationProblem) -> tuple[int, ...]:
    """Return prices at which each level most likely outweighs all that are below it."""
    last = len(problem.prices) - 1
    if last and problem.objective.counts_changes:
        # whole multiples: dual values divided by the factor are such of the levels above
        above = prices_of_prefix(problem, last - 1)
        factor = _factor_of_changes(problem, above)
        return (*(factor * price for price in above[:last]), 1)
    return _upwards(problem, problem.objective.units[last], last)


def _factor_of_changes(problem: TransportationProblem, above: tuple[int, ...]) -> int:
    """Return what a metre costs beside a changed pair: much, as far as integers allow it."""
    factor = _MOST_CHANGES
    while factor > _LEAST_CHANGES:
        try:
            check_prices(problem, (*(factor * price for price in above[:-1]), 1))
        except CostRangeError:
            factor //= 2
        else:
            break
    return factor


def prices_of_prefix(problem: TransportationProblem, level: int) -> tuple[int, ...]:
    """Return prices of the levels down to one, which costs 1; those below it cost nothing."""
    return _upwards(problem, problem.objective.units[level], level)


def raised(problem: TransportationProblem, level: int) -> tuple[int, ...]:
    """Return a problem's prices with that of a level and those above it raised."""
    return with_price(problem, level, problem.prices[level] * _RAISE)


def with_price(problem: TransportationProblem, level: int, price: int) -> tuple[int, ...]:
    """Return a problem's prices with one changed, and those above it as is fit for that."""
    prices = list(problem.prices)
    prices[level] = price
    return _upwards(problem, tuple(prices), level)


def _upwards(
    problem: TransportationProblem, prices: tuple[int, ...], level: int
) -> tuple[int, ...]:
    """Set the prices of the levels above one, each by what those below it may come to."""
    found = list(prices)
    for k in range(level - 1, -1, -1):
        below = (0,) * (k + 1) + tuple(found[k + 1 :])
        highest = np.array([int(problem.priority_rank.max(initial=1))])
        of_missing = int(problem.objective.missing(below, highest)[0])
        found[k] = of_missing + max(_reach(problem, below), found[k + 1])
    return tuple(found)


def _reach(problem: TransportationProblem, prices: tuple[int, ...]) -> int:
    """Return more than any single pair costs at some prices, its step of a load included."""
    objective = problem.objective
    tables = objective.pair_tables(prices)
    points = np.concatenate([problem.costs.cadres.point, problem.costs.recipients.point], axis=1)
    if points.shape[1] == 0:
        return 1
    distance = 0
    if tables.metre:
        spread = points.max(axis=1) - points.min(axis=1)
        chord = min(LONGEST_CHORD_M, int(np.ceil(np.sqrt((spread**2).sum()))) + 1)
        distance = chord * tables.detour_numerator // tables.detour_denominator + 1
    # the largest cost takes in the longest distance that there may be
    longest = LONGEST_CHORD_M * tables.detour_numerator // tables.detour_denominator
    of_tables = largest_cost(tables) - (longest * tables.metre if tables.max_m < 0 else 0)
    corrections = int(np.abs(problem.known.correction_m).max(initial=0))
    corrections *= objective.correction(prices)
    corrections += objective.changed(prices)
    of_load = int(problem.curves.marginal_m[:, -1].max()) * objective.load(prices)
    found = distance * tables.metre + of_tables + corrections + of_load
    return _PAIRS * (found + 1) if found else 1
