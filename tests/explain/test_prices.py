"""Each price equals a solve with that lock or ban, and each chain leads to the plan it promised.

``python -m tests.explain.test_prices 500`` takes more problems.
"""

import sys
from collections import Counter

import numpy as np
import pytest
from tests.agreement.random_problems import drawn_problem
from tests.explain.priced import check_price

from pairmatch import Status, solve


def check_problem(seed: int, most: int) -> Counter[str]:
    """Check some pairs of one random problem."""
    plan = solve(drawn_problem(seed))
    found: Counter[str] = Counter()
    if plan.status is not Status.OPTIMAL:
        return found
    rng = np.random.default_rng(seed)
    recipients = plan.problem.recipients.column("recipient_id").to_pylist()
    cadres = plan.problem.cadres.column("cadre_id").to_pylist()
    pairs = [(recipient, cadre) for recipient in recipients for cadre in cadres]
    for at in rng.permutation(len(pairs))[:most].tolist():
        found[check_price(plan, *pairs[at])] += 1
    return found


@pytest.mark.parametrize("seed", range(25))
def test_prices_equal_a_solve_with_the_pair(seed: int) -> None:
    found = check_problem(seed, 4)
    assert sum(found.values()) in (0, 4)


if __name__ == "__main__":
    total: Counter[str] = Counter()
    for number in range(int(sys.argv[1])):
        try:
            total += check_problem(number, 8)
        except Exception:
            print("seed", number)  # noqa: T201  # run by hand
            raise
    print(dict(total))  # noqa: T201  # as above
