"""What a plan comes to after edits, counted without any room that explains."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from pairmatch import Move, Plan, Problem, Status, solve

Pairs = set[tuple[str, str]]


def with_row(problem: Problem, table: str, recipient_id: str, cadre_id: str) -> Problem:
    """Return the problem with one more lock or ban."""
    tables: dict[str, Any] = problem.tables()
    rows = tables.get(table)
    listed = [] if rows is None else rows.select(["recipient_id", "cadre_id"]).to_pylist()
    row = {"recipient_id": recipient_id, "cadre_id": cadre_id}
    if row not in listed:
        listed.append(row)
    tables[table] = pa.Table.from_pylist(listed)
    return Problem.from_tables(**tables, policy=problem.policy, attributes=problem.attributes)


def pairs_of(plan: Plan) -> Pairs:
    columns = (plan.pairs.column(name).to_pylist() for name in ("recipient_id", "cadre_id"))
    return set(zip(*columns, strict=True))


def edited(pairs: Pairs, chain: Iterable[Move]) -> Pairs:
    """Apply a chain: pairs removed must be there, pairs added must not."""
    after = set(pairs)
    for move in chain:
        pair = (str(move.recipient_id), str(move.cadre_id))
        if move.action == "remove":
            after.remove(pair)
        elif move.action == "add":
            assert pair not in after
            after.add(pair)
    return after


def values(problem: Problem, pairs: Pairs) -> dict[str, int]:
    """Count violation, missing and cost of pairs, all of which may be made."""
    cadres, recipients = problem.cadres.to_pylist(), problem.recipients.to_pylist()
    capacity = dict(zip([row["cadre_id"] for row in cadres], problem.capacity(), strict=True))
    cost = violation = missing = 0
    for recipient_id, cadre_id in pairs:
        costs, eligible = problem.costs([cadre_id], [recipient_id])
        assert eligible[0, 0]
        cost += int(costs[0, 0])
    for row in cadres:
        load = sum(cadre_id == row["cadre_id"] for _, cadre_id in pairs)
        assert load <= capacity[row["cadre_id"]]
        cost += int(problem.load_cost([row["cadre_id"]])[0, :load].sum())
        violation += max(0, row["min_load"] - load)
    for row in recipients:
        served = sum(recipient_id == row["recipient_id"] for recipient_id, _ in pairs)
        assert served <= row["demand"]
        missing += row["demand"] - served
    for row in problem.locks.to_pylist():
        violation += (row["recipient_id"], row["cadre_id"]) not in pairs
    if problem.policy.coverage.mode == "priced":
        cost += missing * int(problem.policy.coverage.price_km * 1000)
    return {"violation": violation, "missing": missing, "cost": cost}


def missing_by_priority(plan: Plan) -> dict[int, int]:
    return {k: n for k, n in plan.missing_by_priority().items() if n}


def check_price(plan: Plan, recipient_id: str, cadre_id: str) -> str:
    """Hold what is explained of one pair against a solve with it, and return what it was."""
    pair = plan.explain(recipient_id, cadre_id).asked
    assert pair is not None
    if pair.in_plan and pair.locked:
        assert pair.price is None
        return "locked"
    if any(rule.code == "banned" for rule in pair.by_rule):
        row = {"recipient_id": recipient_id, "cadre_id": cadre_id}
        assert row in plan.problem.bans.select(["recipient_id", "cadre_id"]).to_pylist()
        return "banned by a row"
    table = "bans" if pair.in_plan else "locks"
    again = solve(with_row(plan.problem, table, recipient_id, cadre_id))
    if pair.price is None:
        assert again.status is Status.INFEASIBLE
        return "by rule" if pair.by_rule else "clash"
    before = values(plan.problem, pairs_of(plan))
    extra = dict(pair.price.levels)
    after = edited(pairs_of(plan), pair.chain)
    counted = values(plan.problem, after)
    assert ((recipient_id, cadre_id) in after) is not pair.in_plan
    for name, value in extra.items():
        assert counted[name] == before[name] + value
        assert (
            value
            == {
                "violation": sum(move.violation for move in pair.chain),
                "missing": sum(move.missing for move in pair.chain),
                "cost": pair.price_m,
            }[name]
        )
    assert pair.price_m == sum(move.cost_m for move in pair.chain)
    if extra["violation"]:
        assert again.status is Status.INFEASIBLE
        return "violation"
    assert again.status is Status.OPTIMAL
    assert values(again.problem, pairs_of(again)) == counted
    by_priority = missing_by_priority(plan)
    for priority, more in pair.price.missing_by_priority:
        by_priority[priority] = by_priority.get(priority, 0) + more
    if plan.problem.policy.coverage.mode == "first":
        assert {k: n for k, n in by_priority.items() if n} == missing_by_priority(again)
    if not pair.in_plan and not any(pair.price.order[:-1]):
        assert pair.least_m is not None
        assert (
            pair.least_m <= pair.price_m <= (pair.price_m if pair.most_m is None else pair.most_m)
        )
    kind = "banned" if pair.in_plan else "missing" if extra.get("missing") else "priced"
    return f"{kind} by a {pair.price.method}"
