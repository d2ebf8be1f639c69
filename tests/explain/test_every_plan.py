"""On tiny problems prices equal the best of all plans that keep the locks, which are listed."""

import numpy as np
import numpy.typing as npt
import pytest
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def every_plan(problem: Problem) -> tuple[Bools, Ints]:
    """Return all plans, shape (plans, cadres, recipients), and (violation, missing, cost) of each.

    Missing recipients count by the rank of their priority where coverage comes first, and their
    price otherwise.
    """
    cadre_ids = problem.cadres.column("cadre_id").to_pylist()
    recipient_ids = problem.recipients.column("recipient_id").to_pylist()
    cost, eligible = problem.costs(cadre_ids, recipient_ids)
    shape = cost.shape
    bits = np.arange(1 << cost.size)[:, None] >> np.arange(cost.size) & 1
    made = bits.reshape(-1, *shape).astype(np.bool_)
    load, served = made.sum(axis=2), made.sum(axis=1)
    demand = problem.recipients.column("demand").to_numpy()
    locked = np.zeros(shape, dtype=np.bool_)
    for row in problem.locks.to_pylist():
        at = cadre_ids.index(row["cadre_id"]), recipient_ids.index(row["recipient_id"])
        locked[at] = True
    fits = (load <= problem.capacity()).all(axis=1) & (served <= demand).all(axis=1)
    fits &= ~(made & ~eligible).any(axis=(1, 2)) & (made | ~locked).all(axis=(1, 2))
    made, load, served = made[fits], load[fits], served[fits]
    steps = np.maximum(problem.load_cost(cadre_ids), 0)
    total = np.concatenate([np.zeros((shape[0], 1), np.int64), steps.cumsum(axis=1)], axis=1)
    of_load = total[np.arange(shape[0]), load].sum(axis=1)
    short = np.maximum(problem.cadres.column("min_load").to_numpy() - load, 0).sum(axis=1)
    _, rank = np.unique(problem.recipients.column("priority").to_numpy(), return_inverse=True)
    lacking = demand - served
    value = (made * cost).sum(axis=(1, 2)) + of_load
    if problem.policy.coverage.mode == "priced":
        value += lacking.sum(axis=1) * int(problem.policy.coverage.price_km * 1000)
        return made, np.stack([short, 0 * short, value], axis=1)
    return made, np.stack([short, (lacking * (rank + 1)).sum(axis=1), value], axis=1)


def least(values: Ints) -> tuple[int, ...] | None:
    return min(map(tuple, values.tolist()), default=None)


def check_all_pairs(plan: Plan) -> int:
    """Check the price of every pair; return how many have one."""
    made, values = every_plan(plan.problem)
    best = least(values)
    assert best is not None
    cadre_ids = plan.problem.cadres.column("cadre_id").to_pylist()
    recipient_ids = plan.problem.recipients.column("recipient_id").to_pylist()
    priced = 0
    for i, cadre_id in enumerate(cadre_ids):
        for j, recipient_id in enumerate(recipient_ids):
            pair = plan.explain(recipient_id, cadre_id).asked
            assert pair is not None
            expected = least(values[made[:, i, j] != pair.in_plan])
            if pair.price is None:
                assert expected is None
                continue
            assert expected is not None
            order = pair.price.order
            found = (order[0], order[1] if len(order) > 2 else 0, order[-1])
            assert found == tuple(np.subtract(expected, best).tolist())
            priced += 1
    return priced


@pytest.mark.parametrize("seed", range(60))
def test_prices_are_those_of_the_best_plan(seed: int) -> None:
    plan = solve(drawn_problem(seed, 3))
    if plan.status is Status.OPTIMAL:
        check_all_pairs(plan)
    else:
        assert plan.explain(plan.problem.recipients.column("recipient_id")[0].as_py()).note


def test_many_pairs_are_priced() -> None:
    plans = [solve(drawn_problem(seed, 3)) for seed in range(20)]
    assert sum(check_all_pairs(plan) for plan in plans if plan.status is Status.OPTIMAL) > 20
