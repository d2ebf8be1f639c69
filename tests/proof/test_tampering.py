"""The verifier rejects whatever does not hold, and says what it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement.cases import Case
from tests.proof.base_plans import CASES, base_plan
from tests.proof.tampering import (
    TABLES,
    Tampering,
    added_to_cell,
    counted_right,
    table_of,
    with_cell,
    with_certificate,
    with_column,
    with_entry,
    with_level,
    with_rows,
    with_table,
    without_proof,
)

from pairmatch import CertificateError, Plan, Status
from pairmatch.model.reasons import COUNTS
from pairmatch.proof import BoundTerms, Level, Scope

OPTIMAL = ("shortage", "roomy", "locks", "priced", "minimum loads")


def _row(plan: Plan, table: str, **wanted: Any) -> int:
    """Return the first row with these values."""
    rows = table_of(plan, table).to_pylist()
    return next(n for n, row in enumerate(rows) if wanted.items() <= row.items())


def _made(plan: Plan, recipient: str, cadre: str) -> Plan:
    """Give a recipient's first pair another cadre and change nothing else."""
    at = _row(plan, "pairs", recipient_id=recipient)
    return with_cell(plan, "pairs", "cadre_id", at, cadre)


def _costs_swapped(plan: Plan) -> Plan:
    costs = plan.pairs.column("cost_m").to_pylist()
    assert costs[0] != costs[1]
    costs[:2] = costs[1::-1]
    return with_column(plan, "pairs", "cost_m", pa.array(costs, pa.int64()))


def _terms(plan: Plan, **more: int) -> Plan:
    terms = {name: value + more.get(name, 0) for name, value in plan.objective_terms.items()}
    return replace(plan, objective_terms=terms)


def _without(plan: Plan, table: str, row: int) -> Plan:
    count = table_of(plan, table).num_rows
    return with_rows(plan, table, [n for n in range(count) if n != row])


def _twice(plan: Plan, table: str, row: int) -> Plan:
    return with_rows(plan, table, [*range(table_of(plan, table).num_rows), row])


def _prices(plan: Plan, level: str, **more: int) -> Plan:
    prices = next(entry.prices for entry in plan.certificate.levels if entry.level == level)
    names = [one.name for one in plan.problem.policy.objective]
    raised = tuple(price + more.get(name, 0) for name, price in zip(names, prices, strict=True))
    return with_entry(plan, level, prices=raised)


def _bound_terms(plan: Plan, level: str, **more: int) -> Plan:
    terms = next(entry.terms for entry in plan.certificate.levels if entry.level == level)
    raised = {name: getattr(terms, name) + value for name, value in more.items()}
    return with_entry(plan, level, terms=terms._replace(**raised))


def _duals_exchanged(plan: Plan) -> Plan:
    """Exchange the duals of two levels, on both sides."""
    for name in ("cadre_duals", "recipient_duals"):
        table = table_of(plan, name)
        names = table.column_names
        exchanged = table.select([names[0], names[2], names[1]])
        plan = with_table(plan, name, exchanged.rename_columns(names))
    return plan


def _other(base: str, **changes: Any) -> Callable[[Plan], Plan]:
    """Offer the best plan of a problem that differs, with every figure counted right."""
    return lambda plan: counted_right(plan, replace(CASES[base], **changes))


def _priorities(case: Case, *priorities: int) -> tuple[Any, ...]:
    people = zip(case.recipients, priorities, strict=True)
    return tuple(replace(person, priority=priority) for person, priority in people)


def _capacities(case: Case, capacity: int) -> tuple[Any, ...]:
    return tuple(replace(cadre, capacity=capacity) for cadre in case.cadres)


_SHORTAGE, _ROOMY, _LOCKS = CASES["shortage"], CASES["roomy"], CASES["locks"]

TAMPERINGS = (
    Tampering("a pair moved", "roomy", lambda p: _made(p, "r0", "c4"), "cost of a pair"),
    Tampering("a pair moved: loads", "roomy", lambda p: _made(p, "r0", "c4"), "column load"),
    Tampering("two costs swapped", "shortage", _costs_swapped, "cost of a pair"),
    Tampering(
        "a dearer plan, counted right",
        "roomy",
        _other("roomy", bans=((0, 0),)),
        "the duals prove -30000, not the bound",
    ),
    Tampering(
        "a plan that serves fewer, counted right",
        "shortage",
        _other("shortage", cadres=_capacities(_SHORTAGE, 1)),
        "level missing: the duals prove",
    ),
    Tampering(
        "a low priority served before a high one, counted right",
        "shortage",
        _other("shortage", recipients=_priorities(_SHORTAGE, 1, 7, 2, 7, 7)),
        "level missing: the duals prove 0",
    ),
    Tampering(
        "a cadre's dual raised",
        "roomy",
        lambda p: added_to_cell(p, "cadre_duals", "cost", 0, 20_000),
        "level cost: the cadres part of the bound",
    ),
    Tampering(
        "a cadre's dual lowered",
        "shortage",
        lambda p: added_to_cell(p, "cadre_duals", "cost", 1, -1),
        "level cost: the cadres part of the bound",
    ),
    Tampering(
        "a recipient's dual raised",
        "roomy",
        lambda p: added_to_cell(p, "recipient_duals", "cost", 3, 1),
        "level cost: the recipients part of the bound",
    ),
    Tampering(
        "a recipient's dual lowered",
        "priced",
        lambda p: added_to_cell(p, "recipient_duals", "cost", 0, -1),
        "level cost: the recipients part of the bound",
    ),
    Tampering(
        "a dual lowered together with its part of the bound",
        "priced",
        lambda p: _bound_terms(
            added_to_cell(p, "recipient_duals", "cost", 1, -1), "cost", recipients=-1, pairs=0
        ),
        "the duals prove 189999, not the bound 190000",
    ),
    Tampering(
        "a dual beyond every size",
        "roomy",
        lambda p: with_cell(p, "cadre_duals", "cost", 0, 2**62),
        "too large to be added up exactly",
    ),
    Tampering(
        "a dual beyond every size, downwards",
        "roomy",
        lambda p: with_cell(p, "cadre_duals", "cost", 0, -(2**63)),
        "too large to be added up exactly",
    ),
    Tampering(
        "duals of cadres removed",
        "shortage",
        lambda p: with_table(p, "cadre_duals", table_of(p, "cadre_duals").drop_columns("missing")),
        "the columns of the table cadre_duals are not cadre_id, missing, cost",
    ),
    Tampering(
        "duals of recipients removed",
        "roomy",
        lambda p: with_table(
            p, "recipient_duals", table_of(p, "recipient_duals").drop_columns("cost")
        ),
        "the columns of the table recipient_duals are not recipient_id, cost",
    ),
    Tampering(
        "the proof of a level removed",
        "shortage",
        lambda p: without_proof(p, "missing"),
        "level missing: the duals prove 0",
    ),
    Tampering(
        "the proof of the cost removed",
        "priced",
        lambda p: without_proof(p, "cost"),
        "level cost: the duals prove 0",
    ),
    Tampering(
        "a cadre missing from the duals",
        "roomy",
        lambda p: _without(p, "cadre_duals", 2),
        "are not those of the cadre_ids",
    ),
    Tampering(
        "a recipient twice in the duals",
        "roomy",
        lambda p: _twice(p, "recipient_duals", 2),
        "are not those of the recipient_ids",
    ),
    Tampering(
        "two people exchanged in the duals",
        "roomy",
        lambda p: with_rows(p, "cadre_duals", [1, 0, 2, 3, 4]),
        "are not those of the cadre_ids",
    ),
    Tampering("the levels' duals exchanged", "shortage", _duals_exchanged, "part of the bound is"),
    Tampering(
        "a bound raised", "roomy", lambda p: with_level(p, -1, bound=p.objective + 1), "duals prove"
    ),
    Tampering(
        "a bound raised above the missing",
        "shortage",
        lambda p: with_level(p, 0, bound=3, gap=-1),
        "level missing: the duals prove 2, not the bound 3",
    ),
    Tampering(
        "a value edited",
        "shortage",
        lambda p: with_level(p, 0, value=1, bound=1),
        "level missing is 2, not 1",
    ),
    Tampering("a gap edited", "roomy", lambda p: with_level(p, -1, gap=1), "gap do not agree"),
    Tampering(
        "the certificate's bound edited",
        "priced",
        lambda p: with_certificate(p, lower_bound=189_999),
        "certificate's bound and gap",
    ),
    Tampering(
        "the certificate's gap edited",
        "priced",
        lambda p: with_certificate(p, gap=1),
        "certificate's bound and gap",
    ),
    Tampering(
        "the relative gap edited",
        "stopped",
        lambda p: with_certificate(p, relative_gap=0.0),
        "relative gap",
    ),
    Tampering(
        "the levels exchanged",
        "shortage",
        lambda p: replace(p, levels=p.levels[::-1]),
        "the levels are not missing, cost",
    ),
    Tampering(
        "a level dropped", "shortage", lambda p: replace(p, levels=p.levels[1:]), "the levels are"
    ),
    Tampering(
        "the violations dropped",
        "clash",
        lambda p: replace(p, levels=p.levels[1:]),
        "the levels are not violation, missing, cost",
    ),
    Tampering(
        "a pair beyond the distance", "clash", lambda p: _made(p, "r1", "c1"), "not eligible"
    ),
    Tampering("a banned pair", "locks", lambda p: _made(p, "r2", "c2"), "are banned"),
    Tampering(
        "an overload",
        "minimum loads",
        # one of them is there already
        lambda p: _made(_made(p, "r0", "c1"), "r1", "c1"),
        "more than their capacity",
    ),
    Tampering(
        "an overload of capacity 1",
        "shortage",
        lambda p: _made(p, "r0", "c0"),
        "1 cadre has more than their capacity",
    ),
    Tampering(
        "a minimum load left undone, counted right",
        "minimum loads",
        _other(
            "minimum loads",
            cadres=tuple(replace(one, min_load=0) for one in CASES["minimum loads"].cadres),
        ),
        "the levels are not violation, missing, cost",
    ),
    Tampering(
        "a stolen lock, counted right",
        "locks",
        _other("locks", locks=()),
        "the levels are not violation, missing, cost",
    ),
    Tampering("a stolen lock", "locks", lambda p: _made(p, "r0", "c0"), "the levels are not"),
    Tampering(
        "locks said to be breakable",
        "locks",
        lambda p: with_certificate(p, locks_may_break=True),
        "part of the bound is",
    ),
    Tampering(
        "broken locks said to be kept by every plan",
        "clash",
        lambda p: with_certificate(p, locks_may_break=False),
        "no clash of hard rules is proven",
    ),
    Tampering(
        "a missing row", "roomy", lambda p: _without(p, "pairs", 0), "the unmatched are not those"
    ),
    Tampering(
        "a doubled row", "roomy", lambda p: _twice(p, "pairs", 0), "stands in the plan twice"
    ),
    Tampering(
        "a recipient with a cadre too many",
        "roomy",
        lambda p: _made(_twice(p, "pairs", 0), "r0", "c4"),
        "more cadres than it wants",
    ),
    Tampering("an unknown cadre", "roomy", lambda p: _made(p, "r0", "c9"), "do not have"),
    Tampering(
        "an unknown recipient",
        "roomy",
        lambda p: with_cell(p, "pairs", "recipient_id", 0, "r9"),
        "that the tables do not have",
    ),
    Tampering(
        "kept flipped",
        "roomy",
        lambda p: with_cell(p, "pairs", "kept", 1, True),
        "marked as kept",
    ),
    Tampering(
        "kept denied",
        "shortage",
        lambda p: with_cell(p, "pairs", "kept", 0, False),
        "marked as kept",
    ),
    Tampering(
        "a distance edited",
        "locks",
        lambda p: added_to_cell(p, "pairs", "distance_m", 0, -1),
        "the distance of a pair",
    ),
    Tampering(
        "a cost edited",
        "locks",
        lambda p: added_to_cell(p, "pairs", "cost_m", 0, -1),
        "the cost of a pair",
    ),
    Tampering(
        "the objective edited",
        "roomy",
        lambda p: replace(p, objective=p.objective - 1),
        "the objective is -30000, not -30001",
    ),
    Tampering("a term edited", "roomy", lambda p: _terms(p, distance=-1), "terms of the objective"),
    Tampering(
        "two terms edited",
        "roomy",
        lambda p: _terms(p, distance=1, load=-1),
        "terms of the objective",
    ),
    Tampering(
        "a term dropped",
        "roomy",
        lambda p: replace(
            p, objective_terms={k: v for k, v in p.objective_terms.items() if k != "inherited"}
        ),
        "terms of the objective",
    ),
    Tampering(
        "an unmatched row dropped",
        "shortage",
        lambda p: _without(p, "unmatched", 1),
        "the unmatched are not those",
    ),
    Tampering(
        "an unmatched row doubled",
        "shortage",
        lambda p: _twice(p, "unmatched", 1),
        "the unmatched are not those",
    ),
    Tampering(
        "an unmatched recipient exchanged",
        "shortage",
        lambda p: with_cell(p, "unmatched", "recipient_id", 0, "r0"),
        "the unmatched are not those",
    ),
    Tampering(
        "the number missing edited",
        "priced",
        lambda p: added_to_cell(p, "unmatched", "missing", 2, 1),
        "number of missing cadres",
    ),
    Tampering(
        "a reason outside of the list",
        "priced",
        lambda p: with_cell(p, "unmatched", "reason", 0, "because"),
        "no reason from the list",
    ),
    Tampering(
        "a load edited",
        "roomy",
        lambda p: added_to_cell(p, "loads", "load", 4, 1),
        "column load of the loads",
    ),
    Tampering(
        "a capacity edited",
        "roomy",
        lambda p: added_to_cell(p, "loads", "capacity", 4, 1),
        "column capacity of the loads",
    ),
    Tampering(
        "a minimum load edited",
        "minimum loads",
        lambda p: with_cell(p, "loads", "min_load", 1, 0),
        "column min_load of the loads",
    ),
    Tampering(
        "a cadre dropped from the loads",
        "roomy",
        lambda p: _without(p, "loads", 4),
        "does not list every cadre once",
    ),
    Tampering(
        "a cadre doubled in the loads",
        "roomy",
        lambda p: _twice(p, "loads", 4),
        "does not list every cadre once",
    ),
    Tampering(
        "a stopped plan called optimal",
        "stopped",
        lambda p: replace(p, status=Status.OPTIMAL),
        "OPTIMAL, but that is not proven",
    ),
    Tampering(
        "a plan that is none called feasible",
        "unsolved",
        lambda p: replace(p, status=Status.FEASIBLE),
        "has no bound where there is a plan",
    ),
    Tampering(
        "a plan called none",
        "roomy",
        lambda p: replace(p, status=Status.UNSOLVED),
        "UNSOLVED, but there are pairs",
    ),
    Tampering(
        "a gap claimed where there is no plan",
        "unsolved",
        lambda p: with_certificate(p, lower_bound=0, gap=0, relative_gap=0.0),
        "bound and gap are not those of the last level",
    ),
    Tampering(
        "a gap claimed below a level that is not proven",
        "unsolved",
        lambda p: replace(p, levels=(p.levels[0], Level("cost", 0, 0, 0))),
        "value, bound and gap do not agree",
    ),
    Tampering(
        "a stopped plan called infeasible",
        "stopped",
        lambda p: replace(p, status=Status.INFEASIBLE),
        "no clash of hard rules is proven",
    ),
    Tampering(
        "a clash called optimal",
        "clash",
        lambda p: replace(p, status=Status.OPTIMAL),
        "hard rules are broken 3 times",
    ),
    Tampering(
        "an optimal plan called infeasible",
        "shortage",
        lambda p: replace(p, status=Status.INFEASIBLE),
        "no clash of hard rules is proven",
    ),
    Tampering(
        "an optimal plan called feasible",
        "roomy",
        lambda p: replace(p, status=Status.FEASIBLE),
        "the plan is complete",
    ),
    Tampering(
        "the scope narrowed",
        "roomy",
        lambda p: with_certificate(p, scope=Scope.CANDIDATE_ARCS),
        "not proven over all pairs",
    ),
    Tampering(
        "the scope of a stopped plan widened, with its status",
        "stopped",
        lambda p: replace(with_certificate(p, scope=Scope.ALL_PAIRS), status=Status.OPTIMAL),
        "not proven over all pairs",
    ),
    Tampering(
        "the price of the missing raised",
        "shortage",
        lambda p: _prices(p, "cost", missing=1),
        "level cost: the duals prove",
    ),
    Tampering(
        "the price of a violation lowered",
        "clash",
        lambda p: _prices(p, "cost", violation=-1),
        "level cost: the",
    ),
    Tampering(
        "the metres counted twice",
        "roomy",
        lambda p: _prices(p, "cost", cost=1),
        "the prices of level cost are not those",
    ),
    Tampering(
        "metres counted in the missing",
        "shortage",
        lambda p: _prices(p, "missing", cost=1),
        "the prices of level missing are not those",
    ),
    Tampering(
        "a price that takes the place of all proofs",
        "shortage",
        lambda p: with_entry(p, "missing", prices=(0, 0, 0)),
        "level missing: the",
    ),
    Tampering(
        "parts of the bound edited",
        "roomy",
        lambda p: _bound_terms(p, "cost", cadres=1, pairs=-1),
        "level cost: the cadres part of the bound",
    ),
    Tampering(
        "a level of another name",
        "roomy",
        lambda p: with_entry(p, "cost", level="costs"),
        "the levels of the certificate are not among violation, missing, cost",
    ),
)


@pytest.mark.parametrize("base", [*CASES, "stopped", "unsolved"])
def test_plans_that_nobody_touched_hold(base: str) -> None:
    plan = base_plan(base)
    figures = plan.verify()
    assert figures.status is plan.status
    assert figures.levels == plan.levels
    assert figures.proven is (base in CASES)


def test_the_plans_are_of_every_kind() -> None:
    assert all(base_plan(name).status is Status.OPTIMAL for name in OPTIMAL)
    assert base_plan("clash").status is Status.INFEASIBLE
    assert base_plan("stopped").status is Status.CANCELLED
    assert base_plan("unsolved").status is Status.UNSOLVED
    assert base_plan("shortage").missing == 2
    assert base_plan("priced").missing == 3
    assert base_plan("locks").problem.locks.num_rows == 1


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.name)
def test_a_plan_that_was_tampered_with_is_rejected(tampering: Tampering) -> None:
    plan = base_plan(tampering.base)
    assert plan.verify().levels == plan.levels
    with pytest.raises(CertificateError) as caught:
        tampering.change(plan).verify()
    assert tampering.says in str(caught.value)


def test_the_message_names_everything_that_is_wrong() -> None:
    plan = base_plan("roomy")
    changed = with_level(_terms(_made(plan, "r0", "c4"), load=1), -1, gap=5)
    with pytest.raises(CertificateError) as caught:
        changed.verify()
    for matter in ("cost of a pair", "column load", "terms of the objective", "gap do not agree"):
        assert matter in str(caught.value)


# of these, other values may hold: text for people, and the counts that it is made of
_FREE = {"detail", "reason", *COUNTS}
_NUMBER = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3) | st.integers(-(10**6), 10**6)
_TEXT = st.sampled_from(["", "r0", "r1", "c0", "c1", "banned", "stopped", "\u540d"]) | st.none()


def _value(draw: st.DrawFn, kind: pa.DataType, old: Any) -> Any:
    if pa.types.is_boolean(kind):
        return draw(st.booleans() | st.none())
    if pa.types.is_integer(kind):
        near = st.integers(-2, 2).map(lambda more: (old or 0) + more)
        return draw((near | _NUMBER).filter(lambda value: -(2**63) <= value < 2**63) | st.none())
    return draw(_TEXT)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_cell_edited_is_rejected_or_proves_the_same(data: st.DataObject) -> None:
    plan = base_plan(data.draw(st.sampled_from([*CASES, "stopped", "unsolved"])))
    name = data.draw(st.sampled_from([name for name in TABLES if table_of(plan, name).num_rows]))
    table = table_of(plan, name)
    column = data.draw(st.sampled_from(table.column_names))
    row = data.draw(st.integers(0, table.num_rows - 1))
    old = table.column(column)[row].as_py()
    new = data.draw(st.composite(_value)(table.schema.field(column).type, old))
    changed = with_cell(plan, name, column, row, new)
    try:
        figures = changed.verify()
    except CertificateError:
        assert new != old
        return
    # a dual that carries nothing may differ: the same bound was evaluated with it; and the duals
    # of a plan that was stopped before any proof are of no level
    is_id = column in ("cadre_id", "recipient_id")
    is_dual = name.endswith("_duals") and not (is_id and plan.certificate.levels)
    assert new == old or column in _FREE or is_dual
    assert figures == plan.verify()


_SCALARS = (
    "objective",
    "lower_bound",
    "gap",
    "relative_gap",
    "scope",
    "locks_may_break",
    "level",
    "prices",
    "terms",
    "objective term",
    "status",
)


def _scalar_edited(data: st.DataObject, plan: Plan, name: str) -> Plan:
    number = data.draw(_NUMBER | st.integers(-(10**30), 10**30))
    if name == "objective":
        return replace(plan, objective=number)
    if name == "status":
        return replace(plan, status=data.draw(st.sampled_from(Status)))
    if name == "objective term":
        term = data.draw(st.sampled_from(sorted(plan.objective_terms)))
        return replace(plan, objective_terms={**plan.objective_terms, term: number})
    if name == "level":
        at = data.draw(st.integers(0, len(plan.levels) - 1))
        field = data.draw(st.sampled_from(["value", "bound", "gap"]))
        return with_level(plan, at, **{field: number})
    if name in ("prices", "terms"):
        if not plan.certificate.levels:
            return plan
        entry = data.draw(st.sampled_from(plan.certificate.levels))
        part: tuple[int, ...] | BoundTerms = getattr(entry, name)
        at = data.draw(st.integers(0, len(part) - 1))
        edited = (*part[:at], number, *part[at + 1 :])
        made = BoundTerms(*edited) if isinstance(part, BoundTerms) else edited
        return with_entry(plan, entry.level, **{name: made})
    choices: dict[str, Any] = {
        "lower_bound": number,
        "gap": number,
        "relative_gap": data.draw(st.floats()),
        "scope": data.draw(st.sampled_from(Scope)),
        "locks_may_break": data.draw(st.booleans()),
    }
    return with_certificate(plan, **{name: choices[name]})


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_number_edited_is_rejected_or_proves_the_same(data: st.DataObject) -> None:
    plan = base_plan(data.draw(st.sampled_from([*CASES, "stopped", "unsolved"])))
    name = data.draw(st.sampled_from(_SCALARS))
    changed = _scalar_edited(data, plan, name)
    try:
        figures = changed.verify()
    except CertificateError:
        return
    # what holds has the same figures; the status of a stopped plan does not say who stopped it
    found = plan.verify()
    assert replace(figures, status=found.status) == found
    stopped = (Status.FEASIBLE, Status.CANCELLED)
    assert figures.status is found.status or {figures.status, found.status} == {*stopped}
