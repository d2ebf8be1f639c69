"""Rounds of confirmation: what is kept is saved plans and scenario files, and nothing else."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pairmatch as pm
from pairmatch.synth import generate_province

ROUNDS = 3


def answers(plan: pm.Plan, rng: np.random.Generator, number: int) -> pm.Scenario:
    """Return what units say of some pairs that nobody has answered for: most are confirmed."""
    locked = {row["recipient_id"] for row in plan.problem.locks.to_pylist()}
    open_pairs = [
        {"recipient_id": row["recipient_id"], "cadre_id": row["cadre_id"]}
        for row in plan.pairs.to_pylist()
        if row["recipient_id"] not in locked
    ]
    asked = [open_pairs[int(n)] for n in rng.choice(len(open_pairs), size=60, replace=False)]
    said = rng.random(60) < 0.8
    edits = [
        {
            "op": "lock" if is_confirmed else "ban",
            "pairs": [pair for pair, yes in zip(asked, said, strict=True) if yes == is_confirmed],
            "reason": "confirmed" if is_confirmed else "rejected",
            "author": f"office-{number}",
        }
        for is_confirmed in (True, False)
    ]
    return pm.Scenario.from_mapping({"name": f"round {number}", "edits": edits})


def pairs_of(plan: pm.Plan) -> set[tuple[str, str]]:
    rows: list[dict[str, Any]] = plan.pairs.to_pylist()
    return {(row["recipient_id"], row["cadre_id"]) for row in rows}


def named(plan: pm.Plan, table: str) -> set[tuple[str, str]]:
    rows: list[dict[str, Any]] = getattr(plan.problem, table).to_pylist()
    return {(row["recipient_id"], row["cadre_id"]) for row in rows}


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[pm.Plan]]:
    """Propose, and go through the rounds; each plan as it was made, and the folder of all files."""
    folder, rng = tmp_path_factory.mktemp("rounds"), np.random.default_rng(7)
    plans = [pm.solve(generate_province(0.005).problem())]
    plans[0].save(folder / "plan-0")
    for number in range(1, ROUNDS + 1):
        file = folder / f"round-{number}.yaml"
        file.write_text(answers(plans[-1], rng, number).to_yaml(), encoding="utf-8")
        # from the files, as another person on another day would
        last = pm.Plan.load(folder / f"plan-{number - 1}")
        plans.append(last.what_if(pm.read_scenario(file)))
        plans[-1].save(folder / f"plan-{number}")
    return folder, plans


def test_what_is_confirmed_stays_and_what_is_rejected_does_not_come_back(
    rounds: tuple[Path, list[pm.Plan]],
) -> None:
    _, plans = rounds
    for before, after in pairwise(plans):
        assert after.status is pm.Status.OPTIMAL
        assert named(before, "locks") < named(after, "locks") <= pairs_of(after)
        assert named(before, "bans") < named(after, "bans")
        assert not named(after, "bans") & pairs_of(after)
        assert all(level.gap == 0 for level in after.levels)
        after.verify()
        # rejected pairs had to go; whoever else moves makes room for them, or is better off
        assert "tie" not in before.diff(after).counts or not before.diff(after).counts["tie"]


def test_every_plan_names_its_problem_and_the_plan_that_it_started_from(
    rounds: tuple[Path, list[pm.Plan]],
) -> None:
    folder, plans = rounds
    saved = [pm.Plan.load(folder / f"plan-{number}") for number in range(ROUNDS + 1)]
    assert [plan.digest() for plan in saved] == [plan.digest() for plan in plans]
    assert len({plan.problem.digest() for plan in saved}) == ROUNDS + 1
    assert saved[0].summary()["start_digest"] is None
    for before, after in pairwise(saved):
        assert after.summary()["start_digest"] == before.digest()


def test_the_files_are_all_that_is_needed(rounds: tuple[Path, list[pm.Plan]]) -> None:
    folder, plans = rounds
    scenarios = [pm.read_scenario(folder / f"round-{n}.yaml") for n in range(1, ROUNDS + 1)]
    # all rounds on the problem of the first proposal make the problem of the last
    again = pm.Plan.load(folder / "plan-0").problem.edit(*scenarios)
    assert again.digest() == plans[-1].problem.digest()
    cold = pm.solve(again)
    assert [(level.name, level.value) for level in cold.levels] == [
        (level.name, level.value) for level in plans[-1].levels[: len(cold.levels)]
    ]
    # and each round is repeatable
    last = pm.Plan.load(folder / f"plan-{ROUNDS - 1}").what_if(scenarios[-1])
    assert last.pairs.equals(plans[-1].pairs)


def test_who_has_answered_and_why_is_kept(rounds: tuple[Path, list[pm.Plan]]) -> None:
    folder, _ = rounds
    last = pm.Plan.load(folder / f"plan-{ROUNDS}").problem
    for table, reason in (("locks", "confirmed"), ("bans", "rejected")):
        rows = getattr(last, table)
        assert set(rows.column("reason").to_pylist()) == {reason}
        authors = set(rows.column("author").to_pylist())
        assert authors == {f"office-{number}" for number in range(1, ROUNDS + 1)}
