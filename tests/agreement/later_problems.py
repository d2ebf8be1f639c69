"""A problem some time later: people gone and new, other capacities, bans, locks, another policy."""

from typing import Any

import numpy as np
import pyarrow as pa

from pairmatch import InputError, Policy, Problem


def later_problem(problem: Problem, seed: int) -> Problem:
    """Return the problem after some random changes, the first that the checks let pass."""
    for attempt in range(50):
        rng = np.random.default_rng((seed, attempt))
        try:
            return _changed(problem, rng)
        except InputError:
            continue
    return problem


def _changed(problem: Problem, rng: np.random.Generator) -> Problem:
    tables = {name: table.to_pylist() for name, table in problem.tables().items()}
    for name, key in (("cadres", "cadre_id"), ("recipients", "recipient_id")):
        share = 0.2 if rng.random() < 0.5 else 0.0
        rows = [row for row in tables[name] if rng.random() >= share] or tables[name][:1]
        if rng.random() < 0.4:
            some = rows[int(rng.integers(len(rows)))]
            rows.append({**some, key: f"new{rng.integers(100)}"})
        tables[name] = rows
    _change_people(tables, rng)
    cadres = [row["cadre_id"] for row in tables["cadres"]]
    recipients = [row["recipient_id"] for row in tables["recipients"]]
    for name in ("current", "locks", "bans", "adjustments"):
        tables[name] = [
            row
            for row in tables.get(name, [])
            if row["cadre_id"] in cadres and row["recipient_id"] in recipients
        ]
    for name in ("locks", "bans"):
        if rng.random() < 0.3:
            pair = {
                "recipient_id": str(rng.choice(recipients)),
                "cadre_id": str(rng.choice(cadres)),
                "reason": None,
                "author": None,
            }
            tables[name].append(pair)
    given: dict[str, Any] = {
        name: pa.Table.from_pylist(rows, schema=problem.tables()[name].schema)
        if name in problem.tables()
        else rows
        for name, rows in tables.items()
        if rows
    }
    policy = problem.policy
    if rng.random() < 0.2:
        said = policy.model_dump(mode="json")
        said["load"]["marginal_km"] = ["0", "5"]
        policy = Policy.from_mapping(said)
    return Problem.from_tables(**given, policy=policy, attributes=problem.attributes)


def _change_people(tables: dict[str, list[dict[str, Any]]], rng: np.random.Generator) -> None:
    for row in tables["cadres"]:
        if row["capacity"] is not None and rng.random() < 0.2:
            row["capacity"] = max(row["min_load"], int(rng.integers(0, 4)))
    for row in tables["recipients"]:
        if rng.random() < 0.1:
            row["demand"] = int(rng.integers(1, 3))
