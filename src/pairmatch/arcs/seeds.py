"""The first candidate arcs: the best partners of every class of recipients."""

from collections.abc import Callable

import numpy as np

from pairmatch.arcs.pricing import Priced, Pricing
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.costs import largest_cost
from pairmatch.formulate.transportation import TransportationProblem


def seed_arcs(
    problem: TransportationProblem,
    pricing: Pricing,
    u: IntArray,
    per_recipient: int,
    stop: Callable[[], bool],
    done: Callable[[int], None],
) -> Priced | None:
    """Return the partners of every class of recipients that are best at given potentials.

    Parameters
    ----------
    u
        Shape ``(I,)``: a guess at the cadres' potentials. Where it is right the seeds hold all
        that is needed; where it is 0 they are the cheapest partners.
    per_recipient
        How many partners each class gets.

    Returns
    -------
    Priced or None
        The arcs; None if stopped.
    """
    # above every cost, so that every eligible pair is wanted and the best ones are chosen
    dear = largest_cost(problem.costs.tables) + int(u.max(initial=0)) + 1
    v = np.full(problem.demand.shape[0], dear, dtype=np.int64)
    return pricing.price(u, v, per_recipient, only_best=True, stop=stop, done=done)
