"""The bound of arbitrary duals never passes the optimum, and equals a dense evaluation."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.random_problems import drawn_problem

from pairmatch import solve
from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.bound import Prices, bound_terms, missing_prices


def _dense(
    formulation: Formulation,
    prices: Prices,
    u: np.ndarray,
    v: np.ndarray,
    cost: np.ndarray,
    eligible: np.ndarray,
    *,
    locks_may_break: bool,
) -> int:
    locked = np.zeros_like(eligible)
    pairs = formulation.special_pairs
    locked[pairs.cadre[pairs.locked], pairs.recipient[pairs.locked]] = True
    objective = formulation.objective
    violation, of_metres = objective.violation(prices), prices[-1]
    reduced = cost * of_metres + u[:, None] - v[None, :]
    total = 0
    if locks_may_break:
        # a lock that is kept is rewarded, and all of them are paid for beforehand
        reduced -= violation * locked
        total += violation * int(pairs.locked.sum())
        locked[:] = False
    total += int(np.where(eligible, np.where(locked, reduced, np.minimum(0, reduced)), 0).sum())
    total += int((formulation.demand * np.minimum(v, missing_prices(formulation, prices))).sum())
    curves = formulation.load
    for i, most in enumerate(formulation.capacity):
        choices = [
            int(curves.total(np.full(formulation.cadre_count, load))[i]) * of_metres
            + violation * max(0, int(formulation.min_load[i]) - load)
            - int(u[i]) * load
            for load in range(int(locked[i].sum()), int(most) + 1)
        ]
        total += min(choices)
    return total


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 3), st.booleans(), st.booleans())
def test_any_duals_give_a_bound_that_no_plan_beats(
    seed: int, scale: int, with_cost: bool, locks_may_break: bool
) -> None:
    problem = drawn_problem(seed)
    plan = solve(problem, threads=1)
    formulation = problem.formulation
    # bounds for plans that keep all locks say nothing of one that cannot
    locks_may_break |= plan.status != "OPTIMAL"
    rng = np.random.default_rng(seed)
    top = 10 ** (2 * scale)
    u = rng.integers(-top, top + 1, formulation.cadre_count)
    v = rng.integers(-top, top + 1, formulation.recipient_count)
    above = rng.integers(0, top + 1, len(formulation.objective.levels) - 1).tolist()
    prices = (*above, int(with_cost))
    bound = bound_terms(formulation, prices, u, v, locks_may_break=locks_may_break).total
    cost, eligible = problem.costs(
        problem.cadres.column("cadre_id").to_pylist(),
        problem.recipients.column("recipient_id").to_pylist(),
    )
    dense = _dense(formulation, prices, u, v, cost, eligible, locks_may_break=locks_may_break)
    assert bound == dense
    value = plan.objective * prices[-1]
    value += formulation.objective.violation(prices) * sum(
        level.value for level in plan.levels if level.name == "violation"
    )
    if formulation.coverage_first:
        rank = missing_prices(formulation, prices)
        short = dict(
            zip(
                plan.unmatched.column("recipient_id").to_pylist(),
                plan.unmatched.column("missing").to_pylist(),
                strict=True,
            )
        )
        ids = problem.recipients.column("recipient_id").to_pylist()
        value += sum(int(price) * short.get(name, 0) for name, price in zip(ids, rank, strict=True))
    assert bound <= value
