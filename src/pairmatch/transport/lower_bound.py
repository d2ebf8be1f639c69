"""The bound that potentials prove, over all pairs of classes."""

import numpy as np

from pairmatch.arrays import IntArray, exact_dot
from pairmatch.transport.master import LoadSteps
from pairmatch.transport.transportation import TransportationProblem


def lower_bound(
    problem: TransportationProblem,
    steps: LoadSteps,
    u: IntArray,
    v: IntArray,
    priced_total: int,
    open_price: int | None = None,
) -> int:
    """Evaluate the Lagrangian bound of potentials, over all pairs.

    ``priced_total`` is the sum of the negative reduced costs of the ordinary pairs, as pricing
    found it. The other terms are the recipients', the load curves' and the known arcs'. Where some
    have to be left out, ``open_price`` is what one of them is taken to cost, by default the full
    price.
    """
    known = problem.known
    step_gain = np.minimum(0, steps.unit_cost - u[steps.cadre])
    known_gain = np.minimum(0, problem.known_cost + u[known.cadre] - v[known.recipient])
    # pricing took current pairs for ordinary ones of their classes, which they are not
    keep = slice(0, problem.keep_arcs)
    base = problem.known_base[keep]
    ordinary = base + u[known.cadre[keep]] - v[known.recipient[keep]]
    taken_for = np.where(base >= 0, np.minimum(0, ordinary), 0)
    of_missing = problem.missing
    left_out = 0
    if problem.left_out:
        price = problem.missing_at_rank_1 if open_price is None else open_price
        of_missing = np.where(problem.is_open, price, of_missing)
        left_out = price * problem.left_out
    return (
        exact_dot(problem.wanted, np.minimum(v, of_missing))
        - left_out
        + exact_dot(steps.capacity, step_gain)
        + exact_dot(known.capacity, known_gain)
        - exact_dot(known.capacity[keep], taken_for)
        + priced_total
        + problem.constant
    )
