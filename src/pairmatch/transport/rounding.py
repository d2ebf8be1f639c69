r"""Dual values of a sum with changed pairs, rounded to such of the levels above them.

Let every price in a sum but the last be a multiple of :math:`K`, and the last, that of a changed
pair, be 1. A pair that is no pair of the start costs :math:`K c`. Where it has no negative reduced
cost, :math:`K c \ge v - u`, it has none at :math:`\lfloor (u + s)/K \rfloor` and
:math:`\lfloor (v + s)/K \rfloor` either, whatever :math:`s`, as :math:`c` is an integer. So
the pairs that have one are among those that had one before, and where the bound of the sum met its
value, these are arcs that carry all they can: no further pass over all pairs is needed.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pairmatch.arrays import exact_dot
from pairmatch.flow.arc_store import places_of_nonzero
from pairmatch.transport.loop import Run
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import load_steps


def rounded(run: Run, values: Sequence[int]) -> Run | None:
    """Return an optimal run as one of the levels above changed pairs, with a proof of its own.

    Parameters
    ----------
    values
        Of its solution on these levels.

    Returns
    -------
    Run or None
        None if the rounded dual values prove less than the value.
    """
    solution, factor = run.solution, run.problem.prices[-2]
    if (
        solution is None
        or not run.optimal
        or any(price % factor for price in run.problem.prices[:-1])
    ):
        return None
    problem = run.problem.at((*(price // factor for price in run.problem.prices[:-1]), 0))
    # what changed pairs add to dual values lies around 0
    u, v = (run.u + factor // 2) // factor, (run.v + factor // 2) // factor
    value = sum(price * own for price, own in zip(problem.prices, (*values, 0), strict=True))
    used = places_of_nonzero(solution.arc_flow)
    cadre, recipient = run.solution_cadre[used], run.solution_recipient[used]
    reduced = np.minimum(0, problem.costs.of_pairs(cadre, recipient) + u[cadre] - v[recipient])
    people = problem.cadres.size[cadre] * problem.recipients.size[recipient]
    open_price = None if run.open_price is None else (run.open_price + factor // 2) // factor
    total = exact_dot(people, reduced)
    bound = lower_bound(problem, load_steps(problem), u, v, total, open_price)
    if bound != value:
        return None
    return replace(
        run,
        problem=problem,
        solution=replace(solution, value=value),
        bound=bound,
        u=u,
        v=v,
        open_price=open_price,
    )
