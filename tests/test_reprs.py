"""What is shown of large things: a few lines, and no id."""

import pytest

from pairmatch import Plan, Problem, solve
from pairmatch.flow import max_flow
from pairmatch.synth import generate_province


@pytest.fixture(scope="module")
def problem() -> Problem:
    return generate_province(0.003, seed=3).problem()


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem)


def test_a_plan_is_shown_in_a_few_lines(plan: Plan) -> None:
    lines = repr(plan).splitlines()
    assert lines[0] == f"<Plan OPTIMAL: {plan.pairs.num_rows:,} pairs, {plan.missing:,} missing"
    for line, level in zip(lines[1:-1], plan.levels, strict=True):
        assert line == f"  {level.name}: {level.value:,}, bound {level.bound:,}, gap {level.gap:,}"
    assert lines[-1].startswith("  753 cadres, 801 recipients, scope ALL_PAIRS, ")


def test_a_stopped_plan_is_shown_without_a_gap_that_is_not_known(problem: Problem) -> None:
    plan = solve(problem, time_limit=1e-9)
    assert "gap not known" in repr(plan)


def test_a_problem_and_a_certificate_are_shown_in_a_line(plan: Plan) -> None:
    units, areas = plan.problem.units.num_rows, plan.problem.areas.num_rows
    assert repr(plan.problem).startswith(
        f"<Problem: 753 cadres, 801 recipients, {units:,} units, {areas:,} areas; "
    )
    assert len(plan.certificate.levels) == 1
    assert repr(plan.certificate) == (
        f"<Certificate: lower bound {plan.objective:,}, gap 0, scope ALL_PAIRS, duals of "
        f"753 cadres and 801 recipients on 1 level>"
    )


def test_no_id_is_shown(plan: Plan) -> None:
    shown = repr(plan) + repr(plan.problem) + repr(plan.certificate)
    ids = plan.pairs.column("cadre_id").to_pylist() + plan.pairs.column("recipient_id").to_pylist()
    assert not [one for one in ids if one in shown]


def test_a_province_and_a_maximum_flow_are_shown_in_a_line() -> None:
    province = generate_province(0.003, seed=3)
    assert repr(province).startswith("<Province: 753 cadres, 801 recipients, ")
    assert "\n" not in repr(province)
    flow = max_flow([0] * 2000, [1] * 2000, [3] * 2000, nodes=2, source=0, sink=1)
    assert repr(flow) == "<MaxFlowResult: value 6,000, 2 nodes, 2,000 arcs>"
