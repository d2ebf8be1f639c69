"""Ways to change one thing in a plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
from tests.agreement.cases import Case

from pairmatch import Plan, solve
from pairmatch.proof import Level

TABLES = ("pairs", "unmatched", "loads", "cadre_duals", "recipient_duals")


@dataclass(frozen=True)
class Tampering:
    """What is done to which plan, and what the message must say of it."""

    name: str
    base: str
    change: Callable[[Plan], Plan]
    says: str


def table_of(plan: Plan, name: str) -> pa.Table:
    """Return a table of the plan or of its certificate."""
    owner = plan.certificate if name.endswith("_duals") else plan
    return getattr(owner, name)


def with_table(plan: Plan, name: str, table: pa.Table) -> Plan:
    """Return the plan with one table replaced."""
    if name.endswith("_duals"):
        certificate: Any = replace(plan.certificate, **{name: table})
        return replace(plan, certificate=certificate)
    changed: Any = {name: table}
    return replace(plan, **changed)


def with_column(plan: Plan, name: str, column: str, values: Any) -> Plan:
    """Return the plan with one column replaced, of whatever type."""
    table = table_of(plan, name)
    at = table.column_names.index(column)
    return with_table(plan, name, table.set_column(at, column, values))


def with_cell(plan: Plan, name: str, column: str, row: int, value: Any) -> Plan:
    """Return the plan with one cell replaced by a value of the column's type."""
    old = table_of(plan, name).column(column)
    values = old.to_pylist()
    values[row] = value
    return with_column(plan, name, column, pa.array(values, old.type))


def added_to_cell(plan: Plan, name: str, column: str, row: int, more: int) -> Plan:
    """Return the plan with a number added to one cell."""
    value = table_of(plan, name).column(column)[row].as_py()
    return with_cell(plan, name, column, row, value + more)


def with_rows(plan: Plan, name: str, rows: list[int]) -> Plan:
    """Return the plan with some rows of a table, in that order."""
    return with_table(plan, name, table_of(plan, name).take(pa.array(rows, pa.int64())))


def with_level(plan: Plan, at: int, **changes: Any) -> Plan:
    """Return the plan with one of its levels changed."""
    levels = list(plan.levels)
    levels[at] = levels[at]._replace(**changes)
    return replace(plan, levels=tuple(levels))


def with_certificate(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with fields of its certificate changed."""
    return replace(plan, certificate=replace(plan.certificate, **changes))


def with_entry(plan: Plan, level: str, /, **changes: Any) -> Plan:
    """Return the plan with prices or terms of one level of the certificate changed."""
    entries = [
        entry._replace(**changes) if entry.level == level else entry
        for entry in plan.certificate.levels
    ]
    return with_certificate(plan, levels=tuple(entries))


def without_proof(plan: Plan, level: str) -> Plan:
    """Return the plan without the proof of a level, of which nothing is left."""
    entries = tuple(entry for entry in plan.certificate.levels if entry.level != level)
    plan = with_certificate(plan, levels=entries)
    for name in ("cadre_duals", "recipient_duals"):
        plan = with_table(plan, name, table_of(plan, name).drop_columns(level))
    return plan


def with_shortage(plan: Plan, at: int, **changes: Any) -> Plan:
    """Return the plan with one shortage of its diagnosis changed."""
    assert plan.diagnosis is not None
    shortages = list(plan.diagnosis.shortages)
    shortages[at] = replace(shortages[at], **changes)
    return with_diagnosis(plan, shortages=tuple(shortages))


def with_diagnosis(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with fields of its diagnosis changed."""
    assert plan.diagnosis is not None
    return replace(plan, diagnosis=replace(plan.diagnosis, **changes))


def counted_right(plan: Plan, other: Case) -> Plan:
    """Return the plan of another problem on the same people, every figure right, every gap 0.

    Only the proof is the first plan's. Levels that are named there have the other plan's values.
    """
    found = solve(other.problem(), threads=1)
    values = {level.name: level.value for level in found.levels}
    levels = tuple(
        Level(level.name, values[level.name], values[level.name], 0) for level in plan.levels
    )
    certificate = replace(plan.certificate, lower_bound=levels[-1].bound, gap=0)
    return replace(
        found, problem=plan.problem, certificate=certificate, levels=levels, status=plan.status
    )
