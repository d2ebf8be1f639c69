"""Every example runs, and ends as the published figures force it to."""

import runpy
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import pairmatch as pm
from pairmatch.synth import PUBLISHED, organisation, scenario_names

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PAGE = ROOT / "docs" / "explanation" / "published_figures.md"


def main_of(name: str) -> Callable[..., pm.Plan]:
    main: Callable[..., pm.Plan] = runpy.run_path(str(EXAMPLES / f"{name}.py"))["main"]
    return main


@cache
def solved(name: str, capacity: int) -> pm.Plan:
    return main_of(name)(capacity)


def missing_with_a_reason(plan: pm.Plan) -> int:
    reasons = plan.unmatched.column("reason").to_pylist()
    missing: list[int] = plan.unmatched.column("missing").to_pylist()
    assert all(reason == "capacity_exhausted" for reason in reasons)
    return sum(missing)


def test_each_example_is_listed_and_each_scenario_has_one() -> None:
    scripts = {path.stem for path in EXAMPLES.glob("*.py")}
    later = {"transfer_season", "earthquake", "lost_sponsor", "round_of_confirmation"}
    assert scripts == {*scenario_names(), "province", *later}
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert all(f"[{name}.py]({name}.py)" in listed for name in scripts)


@pytest.mark.parametrize("capacity", [1, 2])
@pytest.mark.parametrize("name", scenario_names())
def test_as_many_are_missing_as_the_figures_force(name: str, capacity: int) -> None:
    plan = solved(name, capacity)
    figures = PUBLISHED[name]
    forced = figures.missing_at(capacity)
    assert plan.status is pm.Status.OPTIMAL
    assert plan.missing == forced
    assert missing_with_a_reason(plan) == forced
    assert plan.pairs.num_rows == figures.recipient_count - forced
    assert max(plan.loads.column("load").to_pylist()) <= capacity
    assert plan.certificate.gap == 0
    assert (plan.diagnosis is None) == (forced == 0)


@pytest.mark.parametrize(
    ("name", "capacity", "served", "missing"),
    [
        ("education_department", 1, 52, 1),
        ("education_department", 2, 53, 0),
        ("universities", 1, 528, 135),
        ("universities", 2, 663, 0),
        ("state_assets_commission", 1, 28, 6),
        ("state_assets_commission", 2, 34, 0),
        ("enterprises_78", 1, 1303, 358),
        ("enterprises_78", 2, 1661, 0),
        ("institutions_24", 1, 153, 22),
        ("institutions_24", 2, 175, 0),
        ("public_security", 1, 106, 0),
        ("social_organisations", 5, 26_875, 145),
        ("social_organisations", 6, 27_020, 0),
    ],
)
def test_the_figures_in_full(name: str, capacity: int, served: int, missing: int) -> None:
    plan = solved(name, capacity)
    assert (plan.pairs.num_rows, plan.missing) == (served, missing)


@pytest.mark.parametrize("name", scenario_names())
def test_plans_hold_against_the_tables(name: str) -> None:
    solved(name, 1).verify()


def test_orphans_without_a_leader_are_counted() -> None:
    leaders = PUBLISHED["universities"].leaders
    assert solved("universities", 2).by_exception >= 414 - 2 * leaders


def test_forbidding_the_exceptions_leaves_orphans_out() -> None:
    problem = organisation("universities").problem()
    policy = problem.policy.model_dump(mode="json")
    policy["eligibility"][1]["verdict"] = "forbidden"
    plan = pm.solve(problem.with_policy(pm.Policy.model_validate(policy)))
    assert plan.missing == 414 - 2 * PUBLISHED["universities"].leaders
    assert plan.by_exception == 0


def test_province_at_a_small_scale() -> None:
    plan = main_of("province")(0.005)
    assert plan.status is pm.Status.OPTIMAL
    assert plan.missing == 0
    assert plan.pairs.num_rows == 1_335


def test_the_page_on_published_figures_agrees() -> None:
    """The rows of organisations: name, cadres, recipients, a cadre, missing at one and at two."""
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert {row[0].strip("`") for row in rows} == set(scenario_names())
    for name, cadres, recipients, ratio, at_one, at_two in rows:
        plans = [solved(name.strip("`"), capacity) for capacity in (1, 2)]
        problem = plans[0].problem
        people = problem.cadres.num_rows, problem.recipients.num_rows
        assert (number(cadres), number(recipients)) == people
        assert float(ratio) == pytest.approx(people[1] / people[0], abs=0.0005)
        assert [number(at_one), number(at_two)] == [plan.missing for plan in plans]


def number(cell: str) -> int:
    return int(cell.replace(",", ""))
