"""An edited problem is the one that is made of tables edited by hand; nothing of it is stale."""

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairmatch import InputError, Policy, Problem, Scenario
from pairmatch.formulate.costs import PairCosts
from tests.agreement.random_problems import drawn_problem
from tests.tables.edits.by_hand import ByHand, WrongError, random_edits
from tests.test_problem_formulation import _arrays as arrays

OF_EDITS = ("removed_reference", "emptied_reference", "closed_area")


def by_hand(problem: Problem, edits: list[dict[str, Any]]) -> tuple[Problem, ByHand] | None:
    """Return the problem that edits make, or None if they must be refused."""
    hand = ByHand(problem)
    try:
        for edit in edits:
            hand.apply(edit)
        return hand.problem(), hand
    except (WrongError, InputError):
        return None


def ids(problem: Problem) -> tuple[list[str], list[str]]:
    return (
        problem.cadres["cadre_id"].to_pylist(),
        problem.recipients["recipient_id"].to_pylist(),
    )


def state_notes(problem: Problem) -> list[Any]:
    """Return the notes that say how the tables stand."""
    return sorted(
        note.document()["text"] + note.table
        for note in problem.notes
        if note.code not in (*OF_EDITS, "gone_pair")
    )


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**31), st.integers(1, 6), st.booleans())
def test_an_edited_problem_is_that_of_tables_edited_by_hand(
    seed: int, count: int, is_formulated: bool
) -> None:
    problem = drawn_problem(seed % 900)
    before = problem.digest()
    if is_formulated:
        problem.costs(*ids(problem))
    edits = random_edits(np.random.default_rng(seed), problem, count)
    wanted = by_hand(problem, edits)
    if wanted is None:
        with pytest.raises(InputError):
            problem.edit(*edits)
    else:
        expected, hand = wanted
        edited = problem.edit(*edits)
        assert edited.tables() == expected.tables()
        assert edited.digest() == expected.digest()
        assert edited.policy == expected.policy
        assert list(arrays(edited.formulation)) == list(arrays(expected.formulation))
        for one, other in zip(
            edited.costs(*ids(edited)), expected.costs(*ids(edited)), strict=True
        ):
            assert np.array_equal(one, other)
        assert edited.capacity().tolist() == expected.capacity().tolist()
        assert state_notes(edited) == state_notes(expected)
        counts = {
            (note.code, note.table, note.column): note.count
            for note in edited.notes
            if note.code in OF_EDITS
        }
        assert counts == {key: number for key, number in hand.counts.items() if number}
        old = dict(zip(ids(problem)[0], range(problem.cadres.num_rows), strict=True))
        cadres, recipients = edited.positions_before(problem)
        assert cadres.tolist() == [old.get(one, -1) for one in ids(edited)[0]]
        old = dict(zip(ids(problem)[1], range(problem.recipients.num_rows), strict=True))
        assert recipients.tolist() == [old.get(one, -1) for one in ids(edited)[1]]
    fresh = Problem.from_tables(
        **problem.tables(), policy=problem.policy, attributes=problem.attributes
    )
    assert problem._digest.value(lambda: "") == before == fresh.digest()
    assert list(arrays(problem.formulation)) == list(arrays(fresh.formulation))


def _pointed(many: int) -> Problem:
    """Return a problem of people at points of their own, several at most of them."""
    rng = np.random.default_rng(5)
    return Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n:03d}" for n in range(many)],
            "unit_id": ["u"] * many,
            "rank": ["staff"] * many,
            "area": ["a"] * many,
            "lon": 103 + rng.integers(0, 9, many) / 8,
            "lat": [36.0] * many,
        },
        recipients={
            "recipient_id": [f"r{n:03d}" for n in range(many)],
            "category": ["orphan"] * many,
            "area": ["a"] * many,
        },
        areas={"area": ["a"], "parent": [None], "level": ["county"], "lon": [103.5], "lat": [36.0]},
        current={
            "recipient_id": [f"r{n:03d}" for n in range(many)],
            "cadre_id": [f"c{int(n):03d}" for n in rng.integers(0, many, many)],
        },
    )


def _remade(problem: Problem) -> Problem:
    return Problem.from_tables(**problem.tables(), policy=problem.policy)


@pytest.mark.parametrize("seed", range(20))
def test_points_and_named_pairs_of_people_who_stay_are_taken_over(seed: int) -> None:
    rng, problem = np.random.default_rng(seed), _pointed(80)
    problem.costs(["c000"], ["r000"])
    gone = [f"c{int(n):03d}" for n in rng.choice(80, 10, replace=False)]
    left = sorted({f"c{n:03d}" for n in range(80)} - set(gone))
    pairs = [
        {"recipient_id": f"r{n:03d}", "cadre_id": left[int(rng.integers(70))]} for n in range(30)
    ]
    edited = problem.edit(
        {"op": "remove_cadres", "ids": gone},
        {"op": "change_cadres", "ids": left[:9], "set": {"lon": 103.25, "lat": 36.0}},
        {
            "op": "add_cadres",
            "rows": [
                {"cadre_id": f"c{n:03d}x", "unit_id": "u", "rank": "staff", "area": "a"}
                | ({"lon": 103 + n / 16, "lat": 36.0} if n % 3 else {})
                for n in range(12)
            ],
        },
        {"op": "adjust", "pairs": pairs[:10], "extra_km": 2},
        {"op": "lock", "pairs": pairs[10:20]},
        {"op": "ban", "pairs": pairs[20:]},
    )
    # not only at once, but again from an edited problem
    again = edited.edit({"op": "remove_recipients", "ids": ["r003", "r004"]})
    for one in (edited, again):
        assert list(arrays(one.formulation)) == list(arrays(_remade(one).formulation))


def test_costs_of_named_pairs_are_priced_again_where_they_may_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = _pointed(80)
    problem.costs(["c000"], ["r000"])
    priced: list[int] = []
    of_pairs = PairCosts.of_pairs

    def counted(costs: PairCosts, cadre: Any, recipient: Any) -> Any:
        priced.append(cadre.shape[0])
        return of_pairs(costs, cadre, recipient)

    monkeypatch.setattr(PairCosts, "of_pairs", counted)
    moved = {"op": "change_recipients", "ids": ["r000"], "set": {"lon": 103.0, "lat": 36.0}}
    ban = {"op": "ban", "pairs": [{"recipient_id": "r005", "cadre_id": "c070"}]}
    _ = problem.edit(moved, ban).formulation
    # two, unless the banned pair is an incumbent one, whose cost is known
    assert sum(priced) <= 2
    dearer = problem.edit({"op": "set_policy", "set": {"distance.detour": 1.5}})
    assert dearer.formulation.special_pairs.base_m.max() > 0
    assert sum(priced) >= 80


def test_where_people_stood_before_is_known_by_id() -> None:
    problem = _pointed(4)
    edited = problem.edit(
        {"op": "remove_cadres", "ids": ["c001", "c002"]},
        {
            "op": "add_cadres",
            "rows": [
                {"cadre_id": one, "unit_id": "u", "rank": "staff", "area": "a"}
                for one in ("c002", "c0015")
            ],
        },
    )
    for one in (edited, _remade(edited)):
        cadres, recipients = one.positions_before(problem)
        # c000, c0015, c002 and c003
        assert cadres.tolist() == [0, -1, 2, 3]
        assert recipients.tolist() == [0, 1, 2, 3]
    assert edited.edit().positions_before(problem)[0].tolist() == [0, -1, 2, 3]


def test_an_edited_problem_is_copied_and_pickled_as_any() -> None:
    problem = _pointed(8)
    problem.costs(["c000"], ["r000"])
    edited = problem.edit({"op": "remove_cadres", "ids": ["c001"]})
    again = pickle.loads(pickle.dumps(edited))  # noqa: S301  # pickled on the line itself
    assert again.digest() == edited.digest()
    assert (
        again.positions_before(problem)[0].tolist() == edited.positions_before(problem)[0].tolist()
    )
    assert list(arrays(again.formulation)) == list(arrays(edited.formulation))
    # another policy has other costs
    other = edited.with_policy(Policy.from_mapping({"distance": {"detour": 2}}))
    assert list(arrays(other.formulation)) == list(
        arrays(Problem.from_tables(**edited.tables(), policy=other.policy).formulation)
    )


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**31), st.integers(0, 8))
def test_the_edits_of_a_difference_make_the_one_problem_of_the_other(seed: int, count: int) -> None:
    old = drawn_problem(seed % 900)
    edits = random_edits(np.random.default_rng(seed), old, count)
    try:
        new = old.edit(*edits)
    except InputError:
        new = drawn_problem(seed % 901 + 900)
    for one, other in ((new, old), (old, new), (new, new)):
        found = one.diff(other)
        assert other.edit(*found).digest() == one.digest()
        # and so do the edits that are kept in a file
        scenario = Scenario.from_yaml(Scenario(edits=found).to_yaml())
        assert other.edit(scenario).digest() == one.digest()
    assert new.diff(new) == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**31))
def test_the_difference_of_problems_that_have_nothing_in_common(seed: int) -> None:
    new, old = drawn_problem(seed % 1009), drawn_problem(seed % 997 + 2000)
    assert old.edit(*new.diff(old)).digest() == new.digest()
