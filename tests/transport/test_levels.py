from dataclasses import replace

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, dense_costs

from pairmatch import CostRangeError
from pairmatch.transport.prices import first_prices, prices_of_prefix, raised, with_price


def test_first_prices_are_above_any_single_pair_with_its_load() -> None:
    for problem in class_problems(60):
        dearest = int(dense_costs(problem).max(initial=0))
        dearest += int(np.abs(problem.known.correction_m).max(initial=0))
        dearest += int(problem.curves.marginal_m.max())
        *above, last = first_prices(problem)
        assert last == 1
        assert dearest < above[-1] < 1 << 42
        if problem.objective.coverage_first:
            violation, missing = above
            # a rule that is kept never costs more than serving one recipient less
            assert violation == missing * (int(problem.priority_rank.max()) + 1)


def test_prices_rise_together_with_those_above_them() -> None:
    problem = next(p for p in class_problems(30) if p.objective.coverage_first)
    ranks = int(problem.priority_rank.max())
    assert prices_of_prefix(problem, 0) == (1, 0, 0)
    assert prices_of_prefix(problem, 1) == (ranks + 1, 1, 0)
    _, missing, _ = problem.prices
    assert raised(problem, 1) == (64 * missing * (ranks + 1), 64 * missing, 1)
    assert raised(problem, 0) == (64 * problem.prices[0], missing, 1)
    assert with_price(problem, 1, missing + 7)[1:] == (missing + 7, 1)


def test_prices_within_the_ranges_pass_and_beyond_them_do_not() -> None:
    problem = next(p for p in class_problems(30) if p.objective.coverage_first)
    problem = replace(problem, priority_rank=np.full_like(problem.priority_rank, 3))
    people = int(problem.cadres.size.sum()) * int(problem.recipients.size.max())
    assert problem.at((1000, 500, 1)).missing.tolist() == [1500] * problem.priority_rank.shape[0]
    largest = ((1 << 62) - 1) // people // 3
    with pytest.raises(CostRangeError, match="for a missing recipient"):
        problem.at((0, largest + 1, 1))
    # without costs the level stands 40 bits higher
    problem.at((1, (1 << 20) // 3 - 1, 0))
    with pytest.raises(CostRangeError, match="fewer distinct priorities"):
        problem.at((1, 1 << 20, 0))
