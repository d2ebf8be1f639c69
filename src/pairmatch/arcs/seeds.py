"""The first candidate arcs: the cheapest partners on both sides."""

from collections.abc import Callable

import numpy as np

from pairmatch.arcs.pricing import Pricing, Quota
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.costs import largest_cost
from pairmatch.formulate.transportation import TransportationProblem

_PER_RECIPIENT = 12
_LEAST_PER_CADRE = 8


def seed_arcs(
    problem: TransportationProblem, pricing: Pricing, stop: Callable[[], bool]
) -> tuple[IntArray, IntArray] | None:
    """Return the cheapest partners of every class, or None if stopped.

    A class of cadres gets as many partners as its capacity may need, twice over: a start that
    cannot serve everybody makes the potentials of the unserved huge, and pricing useless.
    """
    u = problem.load.marginal(problem.start + 1)
    # above every cost, so that every eligible pair is wanted and the cheapest ones are chosen
    dear = largest_cost(problem.costs.tables) + int(u.max(initial=0)) + 1
    v = np.full(problem.demand.shape[0], dear, dtype=np.int64)
    typical = max(1.0, float(np.mean(problem.wanted))) if problem.demand.shape[0] else 1.0
    per_cadre = np.maximum(_LEAST_PER_CADRE, np.ceil(2 * problem.supply / typical)).astype(np.int64)
    per_cadre = np.minimum(per_cadre, problem.demand.shape[0])
    priced = pricing.price(u, v, Quota(per_cadre, _PER_RECIPIENT), only_best=True, stop=stop)
    return None if priced is None else (priced.cadre, priced.recipient)
