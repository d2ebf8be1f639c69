"""The text of a diff, and causes that random plans do not have."""

from dataclasses import replace
from typing import Any

import pyarrow as pa

from pairmatch import Plan, Problem, Status, solve

POINTS = {"c0": 103.0, "c1": 103.2, "c2": 103.4, "r0": 103.01, "r1": 103.21, "r2": 103.41}


def problem(cadres: str, recipients: str, **tables: Any) -> Problem:
    """Return people on a line, each at the point of their own."""

    def places(ids: list[str]) -> dict[str, list[float]]:
        return {"lon": [POINTS[one] for one in ids], "lat": [36.0] * len(ids)}

    c, r = cadres.split(), recipients.split()
    return Problem.from_tables(
        cadres={"cadre_id": c, "unit_id": ["u"] * len(c), "rank": ["staff"] * len(c), **places(c)},
        recipients={
            "recipient_id": r,
            "category": ["severely_disabled"] * len(r),
            "area": ["a"] * len(r),
            **places(r),
        },
        policy={"load": {"default_capacity": 1}},
        **tables,
    )


def planned(cadres: str, recipients: str, **tables: Any) -> Plan:
    return solve(problem(cadres, recipients, **tables), threads=1)


def lines_of(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_a_chain_is_shown_move_by_move() -> None:
    before = planned("c0 c1 c2", "r0 r1")
    bans = {"recipient_id": ["r0", "r0"], "cadre_id": ["c0", "c2"]}
    after = planned("c0 c1 c2", "r0 r1", bans=bans)
    diff = before.diff(after)
    assert diff.changes.select(
        ["recipient_id", "cadre_before", "cadre_after", "cause"]
    ).to_pylist() == [
        {"recipient_id": "r0", "cadre_before": "c0", "cadre_after": "c1", "cause": "forced"},
        {"recipient_id": "r1", "cadre_before": "c1", "cadre_after": "c2", "cause": "cascade"},
    ]
    lines = lines_of(diff.text())
    assert lines[0] == ["2", "pairs", "removed,", "2", "pairs", "added,", "0", "kept"]
    moves = [line[:4] for line in lines[-2:]]
    assert moves == [["r0", "c0", "c1", "1"], ["r1", "c1", "c2", "1"]]


def test_who_had_or_has_nobody_is_shown_with_nobody() -> None:
    before, after = planned("c0", "r0"), planned("c1", "r1")
    lines = lines_of(before.diff(after).text())
    assert [line[:4] for line in lines[-2:]] == [
        ["r0", "c0", "nobody", "1"],
        ["r1", "nobody", "c1", "2"],
    ]


def test_plans_that_are_the_same_have_nothing_to_show_but_their_cost() -> None:
    plan = planned("c0", "r0")
    text = plan.diff(plan).text()
    assert text.startswith("No pair differs: 1 kept\n\nCost in kilometres")
    assert "Who moves" not in text


def test_a_plan_that_is_worse_for_no_reason_is_a_loss() -> None:
    best = planned("c0 c1", "r0 r1")
    crossed = best.problem.costs(["c1", "c0"], ["r0", "r1"])[0].diagonal()
    cost = int(crossed.sum())
    worse = replace(
        best,
        status=Status.FEASIBLE,
        objective=cost,
        objective_terms={**best.objective_terms, "distance": cost},
        pairs=best.pairs.set_column(1, "cadre_id", pa.array(["c1", "c0"])).set_column(
            2, "cost_m", pa.array(crossed)
        ),
    )
    diff = best.diff(worse)
    assert diff.counts == {"forced": 0, "cascade": 0, "gain": 0, "tie": 0, "loss": 2}
    assert diff.chains_m["loss"] == cost - best.objective > 0
    assert worse.diff(best).counts["gain"] == 2
    assert "The plan after is FEASIBLE." in diff.text()


def test_many_changes_are_cut_short() -> None:
    count = 30
    ids = [f"{n:02d}" for n in range(count)]

    def plan(of: list[str]) -> Plan:
        return solve(
            Problem.from_tables(
                cadres={
                    "cadre_id": [f"c{one}" for one in of],
                    "unit_id": ["u"] * len(of),
                    "rank": ["staff"] * len(of),
                },
                recipients={
                    "recipient_id": [f"r{one}" for one in of],
                    "category": ["severely_disabled"] * len(of),
                    "area": [f"a{one}" for one in of],
                },
            ),
            threads=1,
        )

    text = plan(ids).diff(plan(ids[:1])).text()
    assert "and 9 more" in text
    assert "and 19 more" in text
