from dataclasses import replace

import pairmatch as pm
from pairmatch.report.text import summary_text
from pairmatch.words.layout import km


def small(recipients: int, **policy: object) -> pm.Problem:
    return pm.Problem.from_tables(
        cadres={"cadre_id": ["c1"], "unit_id": ["u"], "rank": ["staff"]},
        recipients={
            "recipient_id": [f"r{n}" for n in range(recipients)],
            "category": ["orphan"] * recipients,
            "area": ["a"] * recipients,
            "household_id": ["h"] * recipients,
            "priority": list(range(recipients)),
        },
        policy=policy,
    )


def test_a_complete_plan() -> None:
    text = summary_text(pm.solve(small(2)))
    assert text.startswith("OPTIMAL: ")
    lines = [line.split() for line in text.splitlines()]
    assert ["of", "them", "allowed,", "not", "preferred", "2"] in lines
    assert "every eligible pair was priced" in text
    assert "Diagnosis" not in text
    assert "households" not in text


def test_a_shortage_is_told_by_reason_and_priority() -> None:
    text = summary_text(pm.solve(small(4)))
    lines = [line.split() for line in text.splitlines()]
    assert ["capacity", "exhausted", "2"] in lines
    assert ["at", "priority", "0", "1"] in lines
    assert ["at", "priority", "1", "1"] in lines
    assert "Diagnosis" in text


def test_terms_add_up_in_the_text_too() -> None:
    plan = pm.solve(small(3, coverage={"mode": "priced", "price_km": 500}))
    text = summary_text(plan)
    assert f"in all       {km(plan.objective)}" in text
    assert "coverage     500.000 km" in text


def test_a_plan_that_was_stopped() -> None:
    text = summary_text(pm.solve(small(2), time_limit=1e-9))
    assert text.startswith("UNSOLVED: ")
    assert "not every eligible pair was priced" in text


def test_compiling_is_not_counted_as_solving() -> None:
    plan = pm.solve(small(1))
    seconds = {"compile": 20.0, "formulate": 0.25, "solve": 0.75}
    stats = replace(plan.stats, seconds=seconds, total_seconds=21.0)
    lines = summary_text(replace(plan, stats=stats)).splitlines()
    assert lines[-3].startswith("1.0 s of solving (formulate 0.2, solve 0.8), ")
    assert lines[-1] == "20.0 s before it, to load compiled code, or to compile it on first use"
