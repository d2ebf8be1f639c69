"""How far a round is, counted by hand."""

import pytest

import pairmatch as pm
from tests.lists.returned_lists import rows_of


def pairs_of(plan: pm.Plan, unit: str) -> list[dict[str, str]]:
    return [
        {name: row[name] for name in ("recipient_id", "cadre_id")}
        for row in rows_of(plan, code=unit)
    ]


def scenario(plan: pm.Plan) -> pm.Scenario:
    """Confirm two pairs of the first unit, and reject one of the second."""
    return pm.Scenario(
        edits=(
            pm.edits.LockPairs(pairs=pairs_of(plan, "u1")[:2], author="u1"),
            pm.edits.BanPairs(pairs=pairs_of(plan, "u2")[:1], author="u2"),
            pm.edits.SetPolicy(set={"load.default_capacity": 2}),
        )
    )


def test_pairs_are_counted_by_county_and_by_unit(plan: pm.Plan) -> None:
    status = plan.round_status(scenario(plan))
    assert dict(status.counts) == {"pairs": 9, "confirmed": 2, "rejected": 1, "open": 6}
    assert status.counties.to_pylist() == [
        {"county": "k1", "name": "甲县", "pairs": 6, "confirmed": 2, "rejected": 1, "open": 3},
        {"county": "k2", "name": None, "pairs": 3, "confirmed": 0, "rejected": 0, "open": 3},
    ]
    # the unit without any answer is the first to chase, then the one with most open pairs
    assert [(row["unit_id"], row["open"]) for row in status.units.to_pylist()] == [
        ("u3", 3),
        ("u2", 2),
        ("u1", 1),
    ]
    assert status.silent == 1
    assert status.since is None


def test_nothing_is_answered_at_first(plan: pm.Plan) -> None:
    status = plan.round_status()
    assert dict(status.counts) == {"pairs": 9, "confirmed": 0, "rejected": 0, "open": 9}
    assert status.silent == 3


def test_the_next_plan_says_what_became_of_the_pairs(plan: pm.Plan) -> None:
    said = scenario(plan)
    gone = pm.edits.RemoveRecipients(ids=["r8"])
    after = plan.what_if(said, gone)
    status = after.round_status()
    assert dict(status.counts) == {"pairs": 8, "confirmed": 2, "rejected": 0, "open": 6}
    since = status.since
    assert since is not None
    assert (since["pairs"], since["confirmed"], since["confirmed_stand"]) == (9, 2, 2)
    assert (since["rejected"], since["rejected_replaced"], since["rejected_back"]) == (1, 1, 0)
    assert since["gone"] == 1
    assert since["unanswered_stand"] + since["unanswered_changed"] == 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_are_aligned_where_chinese_takes_two_places(plan: pm.Plan, language: str) -> None:
    text = plan.round_status(scenario(plan)).text(language)
    lines = text.splitlines()
    (at,) = (at for at, line in enumerate(lines) if line.startswith("  k1 甲县"))
    wide = [
        len(line) + sum(letter > "\u2e80" for letter in line) for line in lines[at - 1 : at + 2]
    ]
    assert len(set(wide)) == 1
    assert "u3" in text


def test_when_all_have_answered_there_is_nobody_to_chase(plan: pm.Plan) -> None:
    everybody = [pair for unit in ("u1", "u2", "u3") for pair in pairs_of(plan, unit)]
    status = plan.round_status(pm.Scenario(edits=(pm.edits.LockPairs(pairs=everybody),)))
    assert status.counts["open"] == 0
    assert "Nobody to chase" in status.text()


def test_without_areas_counties_are_what_the_tables_have() -> None:
    problem = pm.Problem.from_tables(
        cadres={"cadre_id": ["c1"], "unit_id": ["u1"], "rank": ["bureau"]},
        recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a1"]},
    )
    status = pm.solve(problem).round_status()
    assert status.counties.column("county").to_pylist() == ["a1"]
    assert "a1" in status.text()


def test_a_prefecture_without_counties_is_one() -> None:
    problem = pm.Problem.from_tables(
        cadres={"cadre_id": ["c1"], "unit_id": ["u1"], "rank": ["bureau"], "area": ["v1"]},
        recipients={
            "recipient_id": ["r1", "r2"],
            "category": ["orphan", "orphan"],
            "area": ["v1", "v2"],
        },
        areas={
            "area": ["p", "v1", "v2"],
            "parent": [None, "p", "p"],
            "level": ["prefecture", "village", "village"],
        },
    )
    assert pm.solve(problem).round_status().counties.column("county").to_pylist() == ["p"]
