"""The prices of a certificate are strictly above their breakpoints.

Every plan that costs as little in the sum at these prices has the least of every level; at a price
that only ties, plans that are worse on a level above cost as little.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
from tests.agreement.cases import CadreCase, Case, RecipientCase

from pairmatch import Plan, solve
from pairmatch.proof.bound import priority_rank


def _values(case: Case, plan: Plan) -> Iterator[tuple[int, ...]]:
    """Yield the level values of every plan for people who want one cadre each, without locks."""
    problem = plan.problem
    cadre_ids = problem.cadres.column("cadre_id").to_pylist()
    cost, eligible = problem.costs(cadre_ids, problem.recipients.column("recipient_id").to_pylist())
    load_cost = problem.load_cost(cadre_ids)
    rank = priority_rank(problem.recipients.column("priority").to_numpy())
    min_load = problem.cadres.column("min_load").to_numpy()
    nobody = len(cadre_ids)
    for choice in product(range(nobody + 1), repeat=len(case.recipients)):
        served = [(i, j) for j, i in enumerate(choice) if i < nobody]
        load = np.bincount([i for i, _ in served], minlength=nobody)
        if not all(eligible[pair] for pair in served) or (load > problem.capacity()).any():
            continue
        metres = sum(int(cost[pair]) for pair in served)
        metres += sum(int(load_cost[i, :count].sum()) for i, count in enumerate(load))
        missing = sum(int(rank[j]) for j, i in enumerate(choice) if i == nobody)
        yield int(np.maximum(min_load - load, 0).sum()), missing, metres


def _check(case: Case) -> int:
    """Check one case, and return how many plans cost as little as the best one does."""
    plan = solve(case.problem(), threads=1)
    plan.verify()
    entry = plan.certificate.levels[-1]
    assert entry.level == plan.levels[-1].name
    plans = list(_values(case, plan))
    best = min(plans)
    value = [sum(p * v for p, v in zip(entry.prices, one, strict=True)) for one in plans]
    assert entry.terms.total == min(value)
    cheapest = [one for one, of_it in zip(plans, value, strict=True) if of_it == min(value)]
    assert set(cheapest) == {best}
    return len(cheapest)


def test_a_price_that_ties_is_raised() -> None:
    # at 1 for a missing cadre of the lowest rank, leaving out both ranks would cost as little
    case = Case(
        (CadreCase(rank=0, capacity=2), CadreCase(rank=0, capacity=2)),
        (RecipientCase(priority=1), RecipientCase(priority=2)),
        bans=((0, 0),),
        marginal_km=(0, 1),
    )
    assert _check(case) >= 1


def test_whatever_costs_as_little_is_as_good_on_every_level() -> None:
    rng = np.random.default_rng(5)
    short = broken = several = 0
    for _ in range(250):
        cadres = tuple(
            CadreCase(
                place=int(rng.integers(0, 4)),
                rank=int(rng.integers(0, 2)),
                capacity=int(rng.integers(0, 3)),
                min_load=int(rng.random() < 0.2),
            )
            for _ in range(int(rng.integers(1, 4)))
        )
        recipients = tuple(
            RecipientCase(
                place=int(rng.integers(0, 4)),
                category=int(rng.integers(0, 2)),
                priority=int(rng.integers(1, 4)),
            )
            for _ in range(int(rng.integers(1, 6)))
        )
        pairs = [(j, i) for j in range(len(recipients)) for i in range(len(cadres))]
        case = Case(
            cadres,
            recipients,
            bans=tuple(pair for pair in pairs if rng.random() < 0.2),
            marginal_km=(0, int(rng.integers(0, 60))),
            max_km=None if rng.random() < 0.6 else int(rng.integers(20, 60)),
        )
        several += _check(case) > 1
        plan = solve(case.problem(), threads=1)
        short += plan.missing > 0
        broken += plan.levels[0].name == "violation"
    assert min(short, broken, several) > 10
