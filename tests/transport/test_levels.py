from dataclasses import replace

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, dense_costs

from pairmatch import CostRangeError
from pairmatch.transport.levels import check_prices, first_price
from pairmatch.transport.master import Prices


def test_the_first_price_is_above_any_single_pair_with_its_load() -> None:
    for problem in class_problems(60):
        dearest = int(dense_costs(problem).max(initial=0))
        dearest += int(np.abs(problem.known.cost_m).max(initial=0))
        dearest += int(problem.load.marginal_m[-1])
        assert dearest < first_price(problem) < 1 << 42


def test_prices_within_the_ranges_pass_and_beyond_them_do_not() -> None:
    problem = replace(next(class_problems(1)), coverage_first=True)
    problem = replace(problem, rank=np.full_like(problem.rank, 3))
    people = int(problem.cadres.size.sum()) * int(problem.recipients.size.max())
    check_prices(problem, Prices(1000, 500, with_cost=True))
    largest = ((1 << 62) - 1) // people // 3
    with pytest.raises(CostRangeError, match="for a missing recipient"):
        check_prices(problem, Prices(0, largest + 1, with_cost=True))
    # without costs the level stands 40 bits higher
    check_prices(problem, Prices(1, (1 << 20) // 3 - 1, with_cost=False))
    with pytest.raises(CostRangeError, match="fewer distinct priorities"):
        check_prices(problem, Prices(1, 1 << 20, with_cost=False))
