"""Alternatives are the pairs of the least price, whoever is asked about."""

from dataclasses import replace

import pytest
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Status, solve

Order = tuple[int, ...]


def prices(plan: Plan) -> dict[tuple[str, str], Order]:
    """Return the price of every pair that has one and is not made, by recipient and cadre."""
    found = {}
    for recipient_id in plan.problem.recipients.column("recipient_id").to_pylist():
        for cadre_id in plan.problem.cadres.column("cadre_id").to_pylist():
            pair = plan.explain(recipient_id, cadre_id).asked
            assert pair is not None
            if not pair.in_plan and pair.price is not None:
                found[recipient_id, cadre_id] = pair.price.order
    return found


@pytest.mark.parametrize("most", [1, 4])
@pytest.mark.parametrize("seed", [0, 1, 2, 5, 6, 8, 9, 11])
def test_alternatives_have_the_least_prices(seed: int, most: int) -> None:
    plan = solve(drawn_problem(seed))
    if plan.status is not Status.OPTIMAL:
        pytest.fail("a plan that is proven is needed")
    listed = prices(plan)
    for side, name in enumerate(("recipient_id", "cadre_id")):
        table = plan.problem.recipients if side == 0 else plan.problem.cadres
        for one in table.column(name).to_pylist():
            asked = (one, None) if side == 0 else (None, one)
            found = plan.explain(*asked, alternatives=most).alternatives
            assert [pair.price.order for pair in found if pair.price is not None] == sorted(
                order for pair, order in listed.items() if pair[side] == one
            )[:most]
            for pair in found:
                assert (pair.recipient_id, pair.cadre_id)[side] == one


def test_a_plan_in_which_rules_clash_has_bounds() -> None:
    clashing = next(
        plan
        for plan in (solve(drawn_problem(seed)) for seed in range(40))
        if plan.status is Status.INFEASIBLE
    )
    recipient_id = clashing.problem.recipients.column("recipient_id")[0].as_py()
    explanation = clashing.explain(recipient_id)
    assert explanation.note == "infeasible"
    assert all(pair.price is None for pair in explanation.alternatives)
    assert "Hard rules clash" in explanation.text()


def test_a_plan_that_was_stopped_has_bounds_that_take_in_its_gap() -> None:
    plan = solve(drawn_problem(6))
    certificate = replace(plan.certificate, gap=1000)
    stopped = replace(plan, status=Status.FEASIBLE, certificate=certificate)
    recipient_ids = plan.problem.recipients.column("recipient_id").to_pylist()
    cadre_ids = plan.problem.cadres.column("cadre_id").to_pylist()
    seen = 0
    for pair in ((recipient, cadre) for recipient in recipient_ids for cadre in cadre_ids):
        proven, bound = plan.explain(*pair).asked, stopped.explain(*pair).asked
        assert proven is not None
        assert bound is not None
        if proven.least_m is not None:
            assert bound.price is None
            assert bound.least_m == proven.least_m - 1000
            seen += 1
    assert seen > 10
    assert stopped.explain(recipient_ids[0]).note == "not_proven"
