"""Laws of a diff on random problems that were edited at random."""

import pickle
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.explain.edited_tables import plans_before_and_after
from tests.explain.recounted_diff import Changed, Side, recount_diff, standing_of

from pairmatch import CertificateError, Diff, OptionError, Plan, Problem, Status, solve
from pairmatch.explain.causes import CAUSES, REASONS

LAW = settings(max_examples=100)
SEEDS = st.integers(0, 249)


def pairs_of(plan: Plan) -> set[tuple[str, str]]:
    rows = plan.pairs.to_pylist()
    return {(row["recipient_id"], row["cadre_id"]) for row in rows}


def chain_key(chain: list[Changed]) -> set[tuple[tuple[str, str], bool]]:
    return {(one.pair, one.is_added) for one in chain}


def moves_of(row: dict[str, Any]) -> set[tuple[tuple[str, str], bool]]:
    return {
        ((move["recipient_id"], move["cadre_id"]), move["change"] == "added")
        for move in row["moves"]
    }


def adds_up(diff: Diff, before: Plan, after: Plan) -> bool:
    chains = sum(diff.chains.column("cost_m").to_pylist())
    missing = sum(diff.chains.column("missing").to_pylist())
    return bool(
        chains + diff.repriced.total == after.objective - before.objective
        and sum(diff.chains_m.values()) == chains
        and missing + diff.repriced_missing == after.missing - before.missing
        and sum(diff.terms.column("difference_m").to_pylist()) + diff.continuity.difference
        == diff.objective.difference
    )


@LAW
@given(SEEDS)
def test_chains_and_what_is_repriced_are_those_of_a_plain_count(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    diff, plain = before.diff(after), recount_diff(before, after)
    assert adds_up(diff, before, after)
    assert tuple(diff.repriced) == plain.repriced
    assert diff.repriced_missing == plain.repriced_missing
    rows = diff.chains.to_pylist()
    assert [row["chain"] for row in rows] == list(range(1, len(rows) + 1))
    by_moves = [(moves_of(row), row) for row in rows]
    assert len(rows) == len(plain.chains)
    for chain in plain.chains:
        row = next(row for moves, row in by_moves if moves == chain_key(chain))
        assert len(row["moves"]) == len(chain) == row["removed"] + row["added"]
        assert row["cost_m"] == sum(one.cost_m + one.load_m + one.coverage_m for one in chain)
        assert row["missing"] == sum(one.missing for one in chain)
        assert (row["cause"] == "forced") == any(one.reason for one in chain)
        costs = {one.pair: abs(one.cost_m) if one.cost_m else 0 for one in chain}
        for move in row["moves"]:
            assert abs(move["cost_m"]) == costs[move["recipient_id"], move["cadre_id"]]


@LAW
@given(SEEDS)
def test_every_change_is_one_row_with_its_cause(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    diff, plain = before.diff(after), recount_diff(before, after)
    rows = diff.changes.to_pylist()
    left, right = pairs_of(before), pairs_of(after)
    removed = [(row["recipient_id"], row["cadre_before"]) for row in rows if row["cadre_before"]]
    added = [(row["recipient_id"], row["cadre_after"]) for row in rows if row["cadre_after"]]
    assert sorted(removed) == sorted(left - right)
    assert sorted(added) == sorted(right - left)
    assert (diff.removed, diff.added, diff.kept) == (len(removed), len(added), len(left & right))
    assert [row["recipient_id"] for row in rows] == sorted(row["recipient_id"] for row in rows)
    chains = diff.chains.to_pylist()
    reasons = {(one.pair, one.is_added): one.reason for chain in plain.chains for one in chain}
    costs = [Side.of(plan).cost_m for plan in (before, after)]
    for row in rows:
        chain = chains[row["chain"] - 1]
        was, now = ((row["recipient_id"], row[f"cadre_{when}"]) for when in ("before", "after"))
        there = [one for one in ((was, False), (now, True)) if one[0][1] is not None]
        assert set(there) <= moves_of(chain)
        why = [reasons[one] for one in there if reasons[one]]
        assert row["reason"] == (why[0] if why else None)
        expected = "forced" if why else "cascade" if chain["cause"] == "forced" else chain["cause"]
        assert row["cause"] == expected
        assert row["cost_before_m"] == costs[0].get(was)
        assert row["cost_after_m"] == costs[1].get(now)


@LAW
@given(SEEDS)
def test_taking_back_a_chain_that_is_not_forced_says_what_it_is(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    if Status.OPTIMAL is not after.status:
        return
    problem, right = after.problem, pairs_of(after)
    now = standing_of(problem, right)
    assert now is not None
    for row in before.diff(after).chains.to_pylist():
        if row["cause"] == "forced":
            continue
        changes = [row[f"{level.name}_level"] for level in problem.policy.objective]
        assert (row["cause"] == "tie") == (not any(changes) and row["removed"] > 0)
        removed = {pair for pair, is_added in moves_of(row) if not is_added}
        taken_back = standing_of(problem, (right - moves_pairs(row)) | removed)
        # it may be taken back, and nothing is won by it
        assert taken_back is not None
        assert taken_back >= now
        assert row["cause"] in ("gain", "tie")
        if row["cause"] == "tie":
            assert taken_back == now


def moves_pairs(row: dict[str, Any]) -> set[tuple[str, str]]:
    return {pair for pair, _ in moves_of(row)}


@LAW
@given(SEEDS)
def test_exchanged_plans_have_the_same_chains_at_the_opposite_cost(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    there, back = before.diff(after), after.diff(before)
    assert tuple(back.repriced) == tuple(-part for part in there.repriced)
    assert back.repriced_missing == -there.repriced_missing
    opposite = {
        frozenset((pair, not is_added) for pair, is_added in moves_of(row)): row
        for row in back.chains.to_pylist()
    }
    for row in there.chains.to_pylist():
        other = opposite.pop(frozenset(moves_of(row)))
        assert (other["cost_m"], other["missing"]) == (-row["cost_m"], -row["missing"])
        assert (other["removed"], other["added"]) == (row["added"], row["removed"])
    assert opposite == {}


@LAW
@given(SEEDS)
def test_totals_are_those_of_the_changes(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    diff = before.diff(after)
    rows = diff.changes.to_pylist()
    for name in ("unit", "rank"):
        for total in getattr(diff, f"by_{name}").to_pylist():
            was = [row for row in rows if row[f"{name}_before"] == total[name]]
            now = [row for row in rows if row[f"{name}_after"] == total[name]]
            either = [row for row in rows if row in was or row in now]
            check_total(total, was, now, either)
    for total in diff.by_category.to_pylist():
        mine = [row for row in rows if row["category"] == total["category"]]
        check_total(total, mine, mine, mine)
    assert sum(diff.by_category.column("changes").to_pylist()) == len(rows)
    parents = {
        code: parent
        for plan in (before, after)
        for code, parent in zip(
            *(plan.problem.areas.column(name).to_pylist() for name in ("area", "parent")),
            strict=True,
        )
    }
    for total in diff.by_area.to_pylist():
        mine = [row for row in rows if total["area"] in within(row["area"], parents)]
        check_total(total, mine, mine, mine)


@LAW
@given(SEEDS)
def test_the_table_for_people_has_kilometres_and_names_of_areas(seed: int) -> None:
    before, after = plans_before_and_after(seed)
    table = before.diff(after).to_table()
    names: dict[str, str | None] = {}
    for plan in (before, after):
        areas = plan.problem.areas
        names |= zip(*(areas.column(name).to_pylist() for name in ("area", "name")), strict=True)
    for row in table.to_pylist():
        assert row["area_name"] == names.get(row["area"])
        for when in ("before", "after"):
            metres = row[f"cost_{when}_m"]
            assert row[f"cost_{when}_km"] == (None if metres is None else metres / 1000)


def within(area: str, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    above: str | None = area
    while above is not None:
        found.append(above)
        above = parents.get(above)
    return found


def check_total(total: dict[str, Any], was: list[Any], now: list[Any], either: list[Any]) -> None:
    assert total["changes"] == len(either)
    for cause in CAUSES:
        assert total[cause] == sum(row["cause"] == cause for row in either)
    assert total["removed"] == sum(row["cadre_before"] is not None for row in was)
    assert total["added"] == sum(row["cadre_after"] is not None for row in now)
    assert total["cost_before_m"] == sum(row["cost_before_m"] or 0 for row in was)
    assert total["cost_after_m"] == sum(row["cost_after_m"] or 0 for row in now)


def test_random_edits_have_every_cause_but_loss_and_every_reason() -> None:
    causes: set[str] = set()
    reasons: set[str] = set()
    repriced = 0
    for seed in range(250):
        before, after = plans_before_and_after(seed)
        diff = before.diff(after)
        assert adds_up(diff, before, after)
        causes |= {name for name, count in diff.counts.items() if count}
        reasons |= set(diff.reasons)
        repriced += any(diff.repriced) + 2 * bool(diff.repriced_missing)
    assert causes >= set(CAUSES) - {"loss"}
    assert reasons == set(REASONS)
    assert repriced > 50


@LAW
@given(SEEDS)
def test_a_plan_does_not_differ_from_itself(seed: int) -> None:
    plan, _ = plans_before_and_after(seed)
    diff = plan.diff(plan)
    assert (diff.changes.num_rows, diff.chains.num_rows) == (0, 0)
    assert tuple(diff.repriced) == (0, 0, 0, 0)
    assert diff.kept == plan.pairs.num_rows
    assert [total.num_rows for total in (diff.by_area, diff.by_unit, diff.by_rank)] == [0, 0, 0]
    assert diff.changes.schema == plan.diff(_nobody_in_common()).changes.schema


def small(prefix: str = "", count: int = 3, **policy: object) -> Problem:
    return Problem.from_tables(
        cadres={
            "cadre_id": [f"{prefix}c{n}" for n in range(count)],
            "unit_id": ["u"] * count,
            "rank": ["bureau"] * count,
        },
        recipients={
            "recipient_id": [f"{prefix}r{n}" for n in range(count)],
            "category": ["orphan"] * count,
            "area": ["a"] * count,
        },
        policy=policy or None,
    )


def _nobody_in_common() -> Plan:
    return solve(small("other"), threads=1)


def test_plans_with_nobody_in_common_are_all_gone_and_all_new() -> None:
    before, after = solve(small(), threads=1), _nobody_in_common()
    diff = before.diff(after)
    assert adds_up(diff, before, after)
    assert (diff.removed, diff.added, diff.kept) == (3, 3, 0)
    assert diff.reasons == {"recipient_gone": 3, "recipient_new": 3}
    assert (
        diff.changes.column("reason").to_pylist() == ["recipient_new"] * 3 + ["recipient_gone"] * 3
        or diff.changes.num_rows == 6
    )


def test_what_is_no_plan_or_has_no_pair_is_refused() -> None:
    plan = solve(small(), threads=1)
    unsolved = solve(small(), time_limit=1e-9)
    assert unsolved.status is Status.UNSOLVED
    with pytest.raises(OptionError, match=r"options\.after: a Problem where a Plan"):
        plan.diff(plan.problem)  # type: ignore[arg-type]
    with pytest.raises(OptionError) as caught:
        unsolved.diff(unsolved)
    assert [finding.column for finding in caught.value.findings] == ["before", "after"]
    assert {finding.code for finding in caught.value.findings} == {"unsolved_plan"}


def test_a_pair_of_somebody_whom_the_tables_do_not_have_is_refused() -> None:
    plan = solve(small(), threads=1)
    pairs = plan.pairs.set_column(0, "recipient_id", pa.array(["r0", "r1", "r9"]))
    forged = replace(plan, pairs=pairs)
    with pytest.raises(CertificateError, match="the tables do not have"):
        plan.diff(forged)


def test_pairs_in_another_order_or_number_than_the_tables_say_are_compared_all_the_same() -> None:
    plan = solve(small(), threads=1)
    assert plan.diff(replace(plan, pairs=plan.pairs.take([2, 0, 1]))).changes.num_rows == 0
    fewer = plan.diff(replace(plan, pairs=plan.pairs.slice(1)))
    assert fewer.changes.column("cadre_after").to_pylist() == [None]


def test_a_diff_pickles_and_shows_no_id() -> None:
    before, after = plans_before_and_after(3)
    diff = before.diff(after)
    again = pickle.loads(pickle.dumps(diff))  # noqa: S301  # our own
    assert again.changes.equals(diff.changes)
    assert again.summary() == diff.summary()
    assert "objective" in repr(diff)
    assert not any(one in repr(diff) for one in diff.changes.column("recipient_id").to_pylist())
