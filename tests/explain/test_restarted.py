"""Prices of a plan that started from an earlier one are those of any other plan."""

import pytest
from tests.agreement.random_problems import drawn_problem
from tests.explain.priced import check_price

from pairmatch import Status, solve


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 8])
def test_prices_equal_a_solve_with_the_pair(seed: int) -> None:
    first = solve(drawn_problem(seed))
    plan = solve(first.problem, start=first)
    assert plan.status is Status.OPTIMAL
    assert plan.levels[-1].name == "changed"
    cadre_id = plan.problem.cadres.column("cadre_id")[0].as_py()
    kinds = {
        check_price(plan, recipient_id, cadre_id)
        for recipient_id in plan.problem.recipients.column("recipient_id").to_pylist()
    }
    assert not any(kind.endswith("solve") for kind in kinds)


def test_a_plan_that_is_held_to_an_earlier_one_has_no_price() -> None:
    first = solve(drawn_problem(6))
    plan = solve(first.problem, start=first, change_km=7)
    recipient_id = plan.problem.recipients.column("recipient_id")[0].as_py()
    explanation = plan.explain(recipient_id)
    assert explanation.note in ("held", "not_proven")
    assert all(pair.price is None for pair in (*explanation.pairs, *explanation.alternatives))
    assert "no price" in explanation.text() or "bounds" in explanation.text()
