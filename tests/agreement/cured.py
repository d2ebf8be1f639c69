"""What a cure says, done to the tables."""

from typing import Any

import pyarrow as pa

from pairmatch import Problem
from pairmatch.diagnosis.cures import Cure


def cured(problem: Problem, cure: Cure) -> Problem:
    """Return the problem with a cure applied, and nothing else changed."""
    tables = problem.tables()
    policy: dict[str, Any] = problem.policy.model_dump(mode="json")
    if cure.places:
        more = dict(cure.places)
        ids = problem.cadres.column("cadre_id").to_pylist()
        now = dict(zip(ids, problem.capacity().tolist(), strict=True))
        raised = [
            now[cadre] + more.get(cadre, 0)
            for cadre in tables["cadres"].column("cadre_id").to_pylist()
        ]
        at = tables["cadres"].column_names.index("capacity")
        tables["cadres"] = tables["cadres"].set_column(at, "capacity", pa.array(raised, pa.int64()))
    if cure.pairs:
        name = "locks" if cure.kind == "locks" else "bans"
        rows = tables[name].to_pylist()
        kept = [
            n
            for n, row in enumerate(rows)
            if (row["recipient_id"], row["cadre_id"]) not in cure.pairs
        ]
        assert len(kept) == len(rows) - len(cure.pairs)
        tables[name] = tables[name].take(pa.array(kept, pa.int64()))
    for rank, category in cure.rules:
        rule = {"categories": [category], "ranks": [rank], "verdict": "allowed"}
        policy["eligibility"].insert(0, rule)
    if cure.kind == "sponsorship":
        policy["sponsorship"]["mode"] = "prefer"
    if cure.kind == "max_km":
        policy["distance"]["max_km"] = cure.max_km
    return Problem.from_tables(**tables, policy=policy, attributes=problem.attributes)
