"""The first candidate arcs: the best partners of every class of recipients."""

from collections.abc import Callable

import numpy as np

from pairmatch.arcs.pricing import Priced, Pricing
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.costs import largest_cost
from pairmatch.formulate.transportation import TransportationProblem

_PER_RECIPIENT = 8
_PER_RECIPIENT_WITHIN = 30


def seed_arcs(
    problem: TransportationProblem,
    pricing: Pricing,
    u: IntArray,
    stop: Callable[[], bool],
    done: Callable[[int], None],
    *,
    within_m: int | None = None,
) -> Priced | None:
    """Return the partners of every class of recipients that are best at given potentials.

    Parameters
    ----------
    u
        Shape ``(I,)``: a guess at the cadres' potentials. Where it is right the seeds hold all
        that is needed; where it is 0 they are the cheapest partners.
    within_m
        Leave out partners that are worse than the best one by so many metres or more, and take
        more of the others: for a guess that is nearly right.

    Returns
    -------
    Priced or None
        The arcs; None if stopped.
    """
    # above every cost, so that every eligible pair is wanted and the best ones are chosen
    dear = largest_cost(problem.costs.tables) + int(u.max(initial=0)) + 1
    v = np.full(problem.demand.shape[0], dear, dtype=np.int64)
    if within_m is None:
        return pricing.price(u, v, _PER_RECIPIENT, only_best=True, stop=stop, done=done)
    best = pricing.price(u, v, 1, only_best=True, stop=stop, done=done)
    if best is None:
        return None
    v += best.least + within_m
    return pricing.price(u, v, _PER_RECIPIENT_WITHIN, only_best=True, stop=stop, done=done)
