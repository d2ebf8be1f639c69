"""The first candidate arcs: the best partners of every class of recipients."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.formulate.costs import largest_cost
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class Seeds:
    """The best partners of every class of recipients.

    Attributes
    ----------
    cadre, recipient, cost
        Distinct arcs, those of one class of recipients side by side, and their costs in metres.
    value
        Shape ``(J,)``: what the best partner costs in all, its potential included; above every
        cost where there is none. At these potentials no pair has a negative reduced cost.
    """

    cadre: IntArray
    recipient: IntArray
    cost: IntArray
    value: IntArray


def seed_arcs(
    problem: TransportationProblem,
    pricing: Pricing,
    u: IntArray,
    per_recipient: int,
    stop: Callable[[], bool],
    done: Callable[[int], None],
) -> Seeds | None:
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
    Seeds or None
        The arcs; None if stopped.
    """
    # above every cost, so that every eligible pair is wanted and the best ones are chosen
    dear = largest_cost(problem.costs.tables) + int(u.max(initial=0)) + 1
    v = np.full(problem.demand.shape[0], dear, dtype=np.int64)
    priced = pricing.price(u, v, per_recipient, only_best=True, stop=stop, done=done)
    if priced is None:
        return None
    return Seeds(priced.cadre, priced.recipient, priced.cost, v + priced.least)
