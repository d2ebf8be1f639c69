"""A re-solve that is proven to change least changes nothing that is as good either way."""

from tests.explain.edited_tables import plans_before_and_after

from pairmatch import solve


def test_no_change_is_a_tie_where_the_level_changed_is_proven() -> None:
    ties_of_cold, proven = 0, 0
    for seed in range(250):
        before, cold = plans_before_and_after(seed)
        after = solve(cold.problem, start=before, threads=1)
        diff = before.diff(after)
        changed = after.levels[-1]
        assert (changed.name, changed.value) == ("changed", diff.removed)
        assert sum(diff.chains_m.values()) + diff.repriced.total == diff.objective.difference
        if changed.gap == 0:
            proven += 1
            assert diff.counts["tie"] == 0, seed
        ties_of_cold += before.diff(cold).counts["tie"] > 0
    # a cold solve has ties: without them this would show nothing
    assert ties_of_cold > 10
    assert proven > 200


def test_a_price_of_changed_pairs_is_repriced_and_nothing_changes_for_less() -> None:
    priced = 0
    for seed in range(60):
        before, cold = plans_before_and_after(seed)
        after = solve(cold.problem, start=before, change_km=7, threads=1)
        diff = before.diff(after)
        assert diff.repriced.changes == 7000 * diff.removed
        assert sum(diff.chains_m.values()) + diff.repriced.total == diff.objective.difference
        assert diff.terms.column("difference_m").to_pylist()[-1] == diff.repriced.changes
        assert diff.counts["loss"] == 0
        priced += diff.repriced.changes > 0
        if after.levels[-1].gap == 0:
            assert diff.counts["tie"] == 0, seed
    assert priced > 10
