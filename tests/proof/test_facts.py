"""Whatever in a plan is a fact is compared with the tables; changed, each is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.proof.base_plans import base_plan
from tests.proof.tampering import (
    TABLES,
    Tampering,
    table_of,
    with_cell,
    with_certificate,
    with_column,
    with_diagnosis,
    with_entry,
    with_rows,
    with_shortage,
    with_table,
    without_proof,
)

from pairmatch import CertificateError, Plan, Problem, Status, solve
from pairmatch.diagnosis.diagnosis import Diagnosis
from pairmatch.model.reasons import REASONS
from pairmatch.proof.certificate import levels_with_gaps
from pairmatch.proof.reasons import within


def _with(**changes: Any) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, **changes)


def _of_certificate(**changes: Any) -> Callable[[Plan], Plan]:
    return lambda plan: with_certificate(plan, **changes)


def _term_as(kind: Callable[[int], Any]) -> Callable[[Plan], Plan]:
    """Give one term the same value as another type."""

    def change(plan: Plan) -> Plan:
        terms: dict[str, Any] = dict(plan.objective_terms)
        terms["coverage"] = kind(terms["coverage"])
        assert terms == plan.objective_terms
        return replace(plan, objective_terms=terms)

    return change


def _part_of_bound_as(kind: Callable[[int], Any]) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        terms = plan.certificate.levels[-1].terms
        return with_entry(plan, "cost", terms=terms._replace(pairs=kind(terms.pairs)))

    return change


def _turned(name: str) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        count = table_of(plan, name).num_rows
        assert count > 1
        return with_rows(plan, name, list(range(count))[::-1])

    return change


def _columns_turned(name: str) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        table = table_of(plan, name)
        return with_table(plan, name, table.select(table.column_names[::-1]))

    return change


def _further_column(name: str) -> Callable[[Plan], Plan]:
    def change(plan: Plan) -> Plan:
        table = table_of(plan, name)
        more = pa.array([0] * table.num_rows, pa.int64())
        return with_table(plan, name, table.append_column("more", more))

    return change


def _cast(name: str, column: str, kind: pa.DataType) -> Callable[[Plan], Plan]:
    return lambda plan: with_column(plan, name, column, table_of(plan, name)[column].cast(kind))


def _reason(old: str, new: str) -> Callable[[Plan], Plan]:
    """Give the first recipient with a reason another one."""

    def change(plan: Plan) -> Plan:
        row = plan.unmatched.column("reason").to_pylist().index(old)
        return with_cell(plan, "unmatched", "reason", row, new)

    return change


def _group(**changes: Any) -> Callable[[Plan], Plan]:
    """Change the first group; numbers are added to what it says."""

    def change(plan: Plan) -> Plan:
        assert plan.diagnosis is not None
        first = plan.diagnosis.shortages[0]
        return with_shortage(
            plan,
            0,
            **{
                name: getattr(first, name) + value if type(value) is int else value
                for name, value in changes.items()
            },
        )

    return change


def _diagnosis_of(base: str) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, diagnosis=base_plan(base).diagnosis)


def _listed(**changes: Any) -> Callable[[Plan], Plan]:
    return lambda plan: with_diagnosis(plan, **changes)


def _largest_last(plan: Plan) -> Plan:
    assert plan.diagnosis is not None
    assert len(plan.diagnosis.shortages) > 1
    return with_diagnosis(plan, shortages=plan.diagnosis.shortages[::-1])


_NO_STATUS = "the status is none"
_NOT_WHOLE = "not a whole number"
_LEVELS = "the levels of the certificate are not among violation, missing, cost, in order"
_RULES = "1 reason is not what rules, distance and bans say"

FACTS = (
    Tampering("a status of no name", "roomy", _with(status="BEST"), _NO_STATUS),
    Tampering("no status", "roomy", _with(status=None), _NO_STATUS),
    Tampering("a status in small letters", "roomy", _with(status="optimal"), _NO_STATUS),
    Tampering("a status as a list", "roomy", _with(status=["OPTIMAL"]), _NO_STATUS),
    Tampering(
        "a clash called optimal, as a text",
        "clash",
        _with(status="OPTIMAL"),
        "hard rules are broken 3 times",
    ),
    Tampering(
        "a stopped plan called optimal, as a text",
        "stopped",
        _with(status="OPTIMAL"),
        "OPTIMAL, but that is not proven",
    ),
    Tampering(
        "a scope of no name", "roomy", _of_certificate(scope="EVERYTHING"), "the scope of the"
    ),
    Tampering(
        "locks that may perhaps break",
        "roomy",
        _of_certificate(locks_may_break=0),
        "does not say whether locks may break",
    ),
    Tampering(
        "a relative gap as a truth value",
        "roomy",
        _of_certificate(relative_gap=False),
        "relative gap is not a number",
    ),
    Tampering(
        "exceptions added", "roomy", _with(by_exception=99), "pairs are by exception, not 99"
    ),
    Tampering(
        "exceptions left out", "every reason", _with(by_exception=0), "1 pair is by exception"
    ),
    Tampering("exceptions as a truth value", "every reason", _with(by_exception=True), _NOT_WHOLE),
    Tampering("a term as a float", "roomy", _term_as(float), _NOT_WHOLE),
    Tampering("a term as a truth value", "roomy", _term_as(bool), _NOT_WHOLE),
    Tampering("a term of numpy", "roomy", _term_as(np.int64), _NOT_WHOLE),
    Tampering("terms as a list", "roomy", _with(objective_terms=[]), _NOT_WHOLE),
    Tampering(
        "a part of the bound as a float", "roomy", _part_of_bound_as(float), "of whole numbers"
    ),
    Tampering(
        "a part of the bound of numpy", "roomy", _part_of_bound_as(np.int64), "whole numbers"
    ),
    Tampering(
        "a level proven twice",
        "shortage",
        lambda p: with_certificate(p, levels=(p.certificate.levels[0], *p.certificate.levels)),
        _LEVELS,
    ),
    Tampering(
        "the proofs turned",
        "shortage",
        lambda p: with_certificate(p, levels=p.certificate.levels[::-1]),
        _LEVELS,
    ),
    Tampering(
        "the levels turned",
        "shortage",
        lambda p: replace(p, levels=p.levels[::-1]),
        "the levels are not missing, cost",
    ),
    Tampering(
        "a level doubled",
        "shortage",
        lambda p: replace(p, levels=(p.levels[0], *p.levels)),
        "the levels are not missing, cost",
    ),
    Tampering(
        "levels without names",
        "shortage",
        lambda p: _with(levels=tuple(tuple(level) for level in p.levels))(p),
        "the levels are not levels",
    ),
    Tampering("pairs turned", "shortage", _turned("pairs"), "not in the order of recipients"),
    Tampering("unmatched turned", "shortage", _turned("unmatched"), "in the tables' order"),
    Tampering("loads turned", "shortage", _turned("loads"), "in the tables' order"),
    *(
        Tampering(
            f"{what} of {table}", "shortage", change(table), f"the columns of the table {table} are"
        )
        for table in TABLES
        for what, change in (
            ("columns turned", _columns_turned),
            ("a further column", _further_column),
        )
    ),
    Tampering("no table", "shortage", _with(unmatched=None), "unmatched is not a table"),
    Tampering(
        "large texts",
        "shortage",
        _cast("pairs", "cadre_id", pa.large_string()),
        "the column cadre_id of the table pairs is not of type string",
    ),
    Tampering(
        "details as categories",
        "shortage",
        _cast("unmatched", "detail", pa.dictionary(pa.int32(), pa.string())),
        "the column detail of the table unmatched is not of type string",
    ),
    Tampering(
        "narrow numbers",
        "shortage",
        _cast("loads", "load", pa.int32()),
        "the column load of the table loads is not of type int64",
    ),
    Tampering(
        "no detail",
        "shortage",
        lambda p: with_cell(p, "unmatched", "detail", 0, None),
        "the column detail of the table unmatched has empty cells",
    ),
    *(
        Tampering(f"{new} instead of {old}", "every reason", _reason(old, new), _RULES)
        for old in ("no_eligible_cadre", "out_of_reach", "banned", "capacity_exhausted")
        for new in ("no_eligible_cadre", "out_of_reach", "banned", "capacity_exhausted")
        if old != new
    ),
    Tampering(
        "a shortage called a matter of time",
        "shortage",
        _reason("capacity_exhausted", "stopped"),
        "a reason is 'stopped', but the solve was not stopped before this was proven",
    ),
    Tampering(
        "a shortage called a matter of the price",
        "shortage",
        _reason("capacity_exhausted", "cheaper_unserved"),
        "coverage comes first, but a reason is 'cheaper_unserved'",
    ),
    Tampering(
        "a matter of the price called a shortage",
        "priced",
        _reason("cheaper_unserved", "capacity_exhausted"),
        "a reason is 'capacity_exhausted', but an eligible cadre has a place left",
    ),
    Tampering(
        "a reason where there is no plan",
        "unsolved",
        _reason("stopped", "capacity_exhausted"),
        "the status is UNSOLVED, but a reason is not 'stopped'",
    ),
    Tampering("a shortage not explained", "shortage", _with(diagnosis=None), "does not explain"),
    Tampering(
        "a shortage explained where there is none",
        "roomy",
        _diagnosis_of("shortage"),
        "the shortages do not add up to the 0 that are missing",
    ),
    Tampering(
        "a shortage explained where coverage is priced",
        "priced",
        _diagnosis_of("shortage"),
        "the diagnosis has a shortage, but coverage is priced",
    ),
    Tampering(
        "an empty diagnosis",
        "roomy",
        _with(diagnosis=Diagnosis((), (), ())),
        "there is a diagnosis, but nothing is short or broken",
    ),
    Tampering(
        "a diagnosis where there is no plan",
        "unsolved",
        _diagnosis_of("shortage"),
        "the status is UNSOLVED, but there is a diagnosis",
    ),
    Tampering("places added", "shortage", _group(places=1), "not short by what it wants beyond"),
    Tampering("wants added", "shortage", _group(wanted=1), "not short by what it wants beyond"),
    Tampering(
        "a smaller shortage",
        "shortage",
        _group(places=1, short=-1),
        "the shortages do not add up to the 2 that are missing",
    ),
    Tampering("a float", "shortage", _group(places=4.0), "does not have its counts"),
    Tampering("a truth value", "every reason", _group(cadres=True), "does not have its counts"),
    Tampering(
        "more people than there are", "shortage", _group(recipients=99), "than there is demand"
    ),
    Tampering("more cadres than there are", "shortage", _group(cadres=99), "that cannot be"),
    Tampering(
        "other categories",
        "shortage",
        _group(categories=(("destitute_household", 2),)),
        "the categories of the diagnosis are not those of the unmatched",
    ),
    Tampering(
        "areas of more people", "shortage", _group(areas=(("A", 99),)), "others than those who go"
    ),
    Tampering("areas as a list", "shortage", _group(areas=[("A", 1)]), "does not have its counts"),
    Tampering("the largest last", "every reason", _largest_last, "does not come first"),
    Tampering("no lists", "clash", _listed(broken_locks=None), "does not have its lists"),
    Tampering(
        "a broken lock left out",
        "clash",
        _listed(broken_locks=(("r1", "c0"),)),
        "does not list the locks that are broken",
    ),
    Tampering(
        "another lock called broken",
        "clash",
        _listed(broken_locks=(("r0", "c0"), ("r2", "c0"))),
        "does not list the locks that are broken",
    ),
    Tampering(
        "a minimum load left out",
        "clash",
        _listed(below_min_load=()),
        "does not list the cadres below their minimum loads",
    ),
    Tampering(
        "a minimum load short by more",
        "clash",
        _listed(below_min_load=(("c1", 2),)),
        "does not list the cadres below their minimum loads",
    ),
    Tampering(
        "a minimum load short by a truth value",
        "clash",
        _listed(below_min_load=(("c1", True),)),
        "not listed with whole numbers",
    ),
    Tampering("a clash not diagnosed", "clash", _with(diagnosis=None), "does not list the locks"),
)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_that_is_changed_is_refused(fact: Tampering) -> None:
    plan = base_plan(fact.base)
    assert plan.verify().levels == plan.levels
    with pytest.raises(CertificateError) as caught:
        fact.change(plan).verify()
    assert fact.says in str(caught.value)


@pytest.mark.parametrize("base", ["roomy", "shortage", "clash", "stopped", "unsolved"])
def test_a_status_is_compared_by_its_value(base: str) -> None:
    plan = base_plan(base)
    figures = _with(status=str(plan.status))(plan).verify()
    assert figures == plan.verify()
    assert figures.status is Status(plan.status)


def test_a_shortage_is_not_explained_before_it_is_proven() -> None:
    plan = base_plan("shortage")
    values = {level.name: level.value for level in plan.levels}
    unproven = without_proof(plan, "missing")
    claimed = replace(
        with_certificate(unproven, lower_bound=None, gap=None, relative_gap=None),
        status=Status.FEASIBLE,
        levels=levels_with_gaps(values, {**values, "missing": 0}),
    )
    with pytest.raises(CertificateError) as caught:
        claimed.verify()
    assert str(caught.value).splitlines()[1:] == [
        "- a reason says what is not proven, as the solve was stopped before",
        "- the diagnosis explains a shortage that is not proven",
    ]
    reasons = ["stopped"] * claimed.unmatched.num_rows
    settled = with_column(claimed, "unmatched", "reason", pa.array(reasons, pa.string()))
    assert not replace(settled, diagnosis=None).verify().proven


def test_every_reason_of_the_tables_is_there() -> None:
    assert set(base_plan("every reason").unmatched.column("reason").to_pylist()) == {
        *REASONS[:3],
        "capacity_exhausted",
    }


@pytest.mark.parametrize("max_km", [4, 9, 25, 70])
def test_who_is_within_the_distance_is_counted_block_by_block(max_km: int) -> None:
    rng = np.random.default_rng(max_km)
    problem = Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n:03d}" for n in range(300)],
            "unit_id": ["u"] * 300,
            "rank": ["staff"] * 300,
            "lon": (103 + rng.random(300)).tolist(),
            "lat": (36 + rng.random(300)).tolist(),
            "capacity": rng.integers(0, 2, 300).tolist(),
        },
        recipients={
            "recipient_id": [f"r{n:03d}" for n in range(250)],
            "category": ["destitute_household"] * 250,
            "area": ["a"] * 250,
            "lon": (103 + rng.random(250)).tolist(),
            "lat": (36 + rng.random(250)).tolist(),
        },
        policy={"distance": {"max_km": max_km}},
    )
    formulation = problem.formulation
    ids = (problem.cadres["cadre_id"].to_pylist(), problem.recipients["recipient_id"].to_pylist())
    eligible = problem.costs(*ids)[1]
    some = rng.random(300) < 0.7
    who = np.arange(0, 250, 2)
    expected = eligible[some][:, who].sum(axis=0)
    for enough in (1, 3, 1000):
        found = within(formulation, some, who, np.full(who.shape[0], enough))
        assert found.tolist() == np.minimum(expected, enough).tolist()
    plan = solve(problem, threads=1)
    assert plan.missing > 20
    assert plan.verify().proven
