import json
import pickle
from dataclasses import FrozenInstanceError

import pytest
from tests.agreement.cases import CadreCase, Case, RecipientCase
from tests.agreement.random_problems import drawn_problem
from tests.proof.base_plans import CASES, base_plan

from pairmatch import PairmatchError, Plan, Problem, Status, __version__, solve

EVERY = [*CASES, "stopped"]


@pytest.mark.parametrize("name", EVERY)
def test_a_summary_is_json_and_says_what_the_plan_is(name: str) -> None:
    plan = base_plan(name)
    summary = plan.summary()
    assert json.loads(json.dumps(summary)) == summary
    assert summary["schema_version"] == 1
    assert summary["version"] == __version__
    assert summary["status"] == str(plan.status)
    assert summary["advice"].startswith(plan.status.advice)
    assert summary["objective"] == plan.objective == sum(summary["objective_terms"].values())
    assert [level["name"] for level in summary["levels"]] == [level.name for level in plan.levels]
    assert summary["pairs"] == plan.pairs.num_rows
    assert summary["missing"] == plan.missing == sum(summary["missing_by_priority"].values())
    assert summary["missing"] == sum(summary["unmatched_by_reason"].values())
    assert summary["unmatched"] == plan.unmatched.num_rows
    assert summary["lower_bound"] == plan.certificate.lower_bound
    assert summary["gap"] == plan.certificate.gap
    assert summary["scope"] == str(plan.certificate.scope)
    assert summary["cadres"] == plan.problem.cadres.num_rows
    assert summary["recipients"] == plan.problem.recipients.num_rows
    assert summary["seconds"]["total"] >= 0
    assert summary["peak_memory_mb"] > 0


def test_the_advice_speaks_of_who_is_left_out_only_where_somebody_is() -> None:
    assert base_plan("roomy").summary()["advice"] == Status.OPTIMAL.advice
    short = base_plan("shortage").summary()["advice"]
    assert short.startswith(f"{Status.OPTIMAL.advice} Under these rules not all cadres can be")
    assert short.endswith("the diagnosis says where places are short.")
    priced = base_plan("priced").summary()
    assert priced["diagnosis"] is None
    assert priced["advice"].endswith("each recipient without one has a reason.")
    assert base_plan("clash").summary()["advice"] == Status.INFEASIBLE.advice


@pytest.mark.parametrize("name", EVERY)
def test_pairs_and_missing_make_up_what_is_wanted(name: str) -> None:
    plan = base_plan(name)
    wanted = sum(plan.problem.recipients.column("demand").to_pylist())
    assert plan.pairs.num_rows + plan.missing == wanted
    assert sum(plan.loads.column("load").to_pylist()) == plan.pairs.num_rows


def test_missing_by_priority_has_the_highest_first_and_no_zeros() -> None:
    plan = base_plan("priced")
    assert plan.missing_by_priority() == {1: 3}
    case = Case((CadreCase(capacity=1),), tuple(RecipientCase(priority=n) for n in (1, 7, 2, 7, 7)))
    found = solve(case.problem()).missing_by_priority()
    assert list(found.items()) == [(7, 2), (2, 1), (1, 1)]
    assert base_plan("roomy").missing_by_priority() == {}


def _households(names: list[str | None]) -> Plan:
    """Solve a problem in which each recipient lives beside a cadre of their own."""
    case = Case(
        tuple(CadreCase(place=n, capacity=1) for n in range(4)),
        tuple(RecipientCase(place=n) for n in range(4)),
    )
    tables = case.tables()
    tables["recipients"]["household_id"] = names
    return solve(Problem.from_tables(**tables))


def test_households_split_between_cadres_are_counted() -> None:
    assert _households(["h", "h", "g", "g"]).split_households() == 2
    assert _households(["h", "h", "h", "h"]).split_households() == 1
    assert _households(["a", "b", "c", "d"]).split_households() == 0
    assert _households([None, None, "h", None]).split_households() == 0
    assert base_plan("roomy").split_households() == 0


def test_a_household_whose_members_have_the_same_cadre_is_whole() -> None:
    case = Case((CadreCase(capacity=2),), (RecipientCase(),) * 2)
    tables = case.tables()
    tables["recipients"]["household_id"] = ["h", "h"]
    plan = solve(Problem.from_tables(**tables))
    assert plan.split_households() == 0
    assert plan.summary()["households_split"] == 0


@pytest.mark.parametrize("name", EVERY)
def test_raise_for_status_raises_unless_the_plan_is_optimal(name: str) -> None:
    plan = base_plan(name)
    if plan.status is Status.OPTIMAL:
        plan.raise_for_status()
        assert plan.certificate.gap == 0
    else:
        with pytest.raises(PairmatchError, match=f"{plan.status}: "):
            plan.raise_for_status()


@pytest.mark.parametrize("name", EVERY)
def test_plans_and_problems_pickle(name: str) -> None:
    plan = base_plan(name)
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301  # pickled one line above
    assert again.pairs.equals(plan.pairs)
    assert again.levels == plan.levels
    assert again.status is plan.status
    assert again.verify() == plan.verify()
    assert solve(again.problem, threads=1).levels == solve(plan.problem, threads=1).levels


def test_a_plan_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        base_plan("roomy").objective = 0  # type: ignore[misc]  # on purpose


def test_pairs_by_exception_are_those_that_a_rule_merely_allows() -> None:
    # staff may take orphans, at 60 km; of severely disabled people no rule speaks
    case = Case(
        (CadreCase(capacity=3),),
        (RecipientCase(category=1), RecipientCase(category=1), RecipientCase(category=0)),
    )
    plan = solve(case.problem())
    assert plan.by_exception == 2
    assert plan.objective_terms["eligibility"] == 120_000
    leader = case.with_cadre(0, rank=1)
    assert solve(leader.problem()).by_exception == 0


def test_objective_terms_and_costs_are_those_of_the_problem() -> None:
    for seed in range(15_000, 15_060):
        plan = solve(drawn_problem(seed), threads=1)
        problem, terms = plan.problem, plan.objective_terms
        cadre_ids = problem.cadres.column("cadre_id").to_pylist()
        recipient_ids = problem.recipients.column("recipient_id").to_pylist()
        cost, eligible = problem.costs(cadre_ids, recipient_ids)
        load_cost = problem.load_cost(cadre_ids)
        for row in plan.pairs.to_pylist():
            at = cadre_ids.index(row["cadre_id"]), recipient_ids.index(row["recipient_id"])
            assert eligible[at]
            assert cost[at] == row["cost_m"]
        of_pairs = sum(plan.pairs.column("cost_m").to_pylist())
        assert of_pairs == sum(terms.values()) - terms["load"] - terms["coverage"]
        loads = plan.loads.column("load").to_pylist()
        steps = sum(int(load_cost[n, :load].sum()) for n, load in enumerate(loads))
        assert terms["load"] == steps
        price = int(problem.policy.coverage.price_km * 1000)
        priced = problem.policy.coverage.mode == "priced"
        assert terms["coverage"] == (plan.missing * price if priced else 0)
