import copy
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import Policy, Problem
from pairmatch.formulate.formulation import formulate
from pairmatch.tables import lookups as module
from pairmatch.tables.lookups import Lookups, is_null, positions, whole
from tests.tables.good import good_tables

_TEXTS = st.lists(st.one_of(st.none(), st.sampled_from(["a", "b", "c", "d"])), max_size=6)
_KEYS = st.lists(st.sampled_from(["a", "b", "c", "e"]), unique=True, max_size=4)


def _column(*parts: Sequence[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array(list(parts), pa.string())


@given(_TEXTS, _TEXTS, _KEYS, _KEYS)
def test_positions_are_those_of_a_search(
    one: list[str | None], two: list[str | None], first: list[str], second: list[str]
) -> None:
    keys = [*first, *(key for key in second if key not in first)]
    wanted = [keys.index(value) if value in keys else -1 for value in [*one, *two]]
    values = _column(one, two)
    assert positions(values, _column(first, keys[len(first) :])).tolist() == wanted
    lookups = Lookups()
    for _ in range(2):
        assert lookups.positions(values, _column(keys)).tolist() == wanted
        assert lookups.positions(values, tuple(keys)).tolist() == wanted
    assert is_null(values).tolist() == [value is None for value in [*one, *two]]
    assert whole(values).to_pylist() == [*one, *two]


def test_one_chunk_is_not_copied() -> None:
    column = _column(["a", "b"])
    assert whole(column).buffers()[2].address == column.chunk(0).buffers()[2].address


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    searched: list[int] = []

    def counted(values: pa.ChunkedArray, keys: pa.ChunkedArray) -> np.ndarray:
        searched.append(len(values))
        return positions(values, keys)

    monkeypatch.setattr(module, "positions", counted)
    return searched


def test_the_same_memory_is_searched_once_and_other_memory_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched = _counting(monkeypatch)
    lookups = Lookups()
    table = pa.table({"x": ["b", "a", "b"], "y": ["a", "b", None]})
    keys = _column(["a", "b"])
    # each access makes a new object for the same memory
    for _ in range(3):
        assert lookups.positions(table.column("x"), keys).tolist() == [1, 0, 1]
        assert lookups.positions(table.column("x"), ("b",)).tolist() == [0, -1, 0]
    assert searched == [3, 3]
    assert lookups.positions(table.column("y"), keys).tolist() == [0, 1, -1]
    assert lookups.positions(table.column("x").slice(1), keys).tolist() == [0, 1]
    assert lookups.positions(table.column("x"), _column(["b", "a"])).tolist() == [0, 1, 0]
    assert lookups.positions(table.column("x"), ("a", "b")).tolist() == [1, 0, 1]
    assert searched == [3, 3, 3, 2, 3, 3]


def test_what_is_kept_is_returned_and_copies_start_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = _counting(monkeypatch)
    lookups, values = Lookups(), _column(["a"])
    lookups.keep(values, ("a",), np.array([0]))
    assert lookups.positions(values, ("a",)).tolist() == [0]
    assert searched == []
    assert copy.deepcopy(lookups).positions(values, ("a",)).tolist() == [0]
    assert searched == [1]


def test_only_what_is_known_of_given_tables_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    lookups = Lookups()
    kept, dropped = pa.table({"x": ["a"]}), pa.table({"x": ["b"]})
    for table in (kept, dropped):
        lookups.positions(table.column("x"), ("a", "b"))
    within = lookups.within([kept])
    searched = _counting(monkeypatch)
    assert within.positions(kept.column("x"), ("a", "b")).tolist() == [0]
    assert searched == []
    assert within.positions(dropped.column("x"), ("a", "b")).tolist() == [1]
    assert searched == [1]


def test_the_formulation_searches_no_column_again_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = Problem.from_tables(**good_tables())
    expected = formulate(problem.checked, problem.policy)
    searched = _counting(monkeypatch)
    again = formulate(problem.checked, problem.policy)
    assert searched == []
    assert again.costs.cadres.rank.tolist() == expected.costs.cadres.rank.tolist()
    # another policy has other positions of ranks
    ranks = tuple(reversed(problem.policy.ranks))
    other = problem.with_policy(Policy(ranks=ranks)).formulation
    assert other.costs.cadres.rank.tolist() == [
        len(ranks) - 1 - rank for rank in expected.costs.cadres.rank.tolist()
    ]


def test_a_copy_of_a_problem_is_the_same_problem() -> None:
    problem = Problem.from_tables(**good_tables())
    again = copy.deepcopy(problem)
    assert again.cadres.equals(problem.cadres)
    assert again.formulation.capacity.tolist() == problem.formulation.capacity.tolist()
