"""Prices equal a solve with the pair in synthetic provinces of every geometry, also in a shortage.

``python -m tests.explain.test_provinces 20`` takes more pairs of more provinces.
"""

import sys
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from tests.explain.priced import check_price

from pairmatch import Plan, Problem, solve
from pairmatch.synth import generate_province
from pairmatch.synth.people import Geometry

GEOMETRIES: tuple[Geometry, ...] = ("codes", "household", "point")


def province(geometry: Geometry, seed: int, *, short: bool) -> Problem:
    """Return a province of some 250 people on each side, half of them with a cadre already.

    In a shortage everybody may have one recipient, and priorities differ.
    """
    made = generate_province(0.001, seed, geometry, 0.5)
    problem = made.problem()
    if not short:
        return problem
    tables = problem.tables()
    recipients = tables["recipients"]
    priority = pa.array(np.arange(recipients.num_rows) % 3)
    at = recipients.column_names.index("priority")
    tables["recipients"] = recipients.set_column(at, "priority", priority)
    load = problem.policy.load.model_copy(update={"default_capacity": 1})
    return Problem.from_tables(**tables, policy=problem.policy.model_copy(update={"load": load}))


def check_some(plan: Plan, seed: int, most: int) -> Counter[str]:
    """Check pairs of people at random, and pairs of the plan."""
    rng = np.random.default_rng(seed)
    recipients = plan.problem.recipients.column("recipient_id").to_pylist()
    cadres = plan.problem.cadres.column("cadre_id").to_pylist()
    found: Counter[str] = Counter()
    for _ in range(most):
        pair = str(rng.choice(recipients)), str(rng.choice(cadres))
        found[check_price(plan, *pair)] += 1
    for row in rng.choice(plan.pairs.num_rows, most).tolist():
        pair = plan.pairs.select(["recipient_id", "cadre_id"]).slice(row, 1).to_pylist()[0].values()
        found[check_price(plan, *pair)] += 1
    return found


@pytest.mark.parametrize("short", [False, True], ids=["enough", "short"])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_prices_equal_a_solve_with_the_pair(geometry: Geometry, short: bool) -> None:
    found = check_some(solve(province(geometry, 0, short=short)), 0, 3)
    assert sum(found.values()) == 6
    assert found["banned by a path"] == 3


if __name__ == "__main__":
    total: Counter[str] = Counter()
    for number in range(int(sys.argv[1])):
        for kind in GEOMETRIES:
            for lacks in (False, True):
                total += check_some(solve(province(kind, number, short=lacks)), number, 6)
    print(dict(total))  # noqa: T201  # run by hand
