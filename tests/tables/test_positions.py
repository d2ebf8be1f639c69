from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables import positions as module
from pairmatch.tables.positions import (
    is_null,
    places_in_order,
    positions,
    positions_alike,
    positions_in_order,
    whole,
)

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
    assert is_null(values).tolist() == [value is None for value in [*one, *two]]
    assert whole(values).to_pylist() == [*one, *two]


@given(st.lists(st.text(max_size=3), unique=True, max_size=12), st.lists(st.text(max_size=3)))
def test_among_keys_that_rise_few_values_are_found_as_many_are(
    texts: list[str], others: list[str]
) -> None:
    # Arrow's order of texts decides what rises
    keys = pa.chunked_array([texts], pa.string()).sort()
    values = pa.array([*others, None, *texts], pa.string())
    expected = positions(values, keys)
    assert positions_in_order(values, keys).tolist() == expected.tolist()


def test_many_values_are_found_among_keys_that_rise(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, values = _column(["a", "b", "c"]), pa.array(["c", None, "a", "d"], pa.string())
    few = positions_in_order(values, keys)
    monkeypatch.setattr(module, "_FEW", 3)
    assert positions_in_order(values, keys).tolist() == few.tolist() == [2, -1, 0, -1]
    assert few.dtype == np.int64


def test_one_chunk_is_not_copied() -> None:
    column = _column(["a", "b"])
    assert whole(column).buffers()[2].address == column.chunk(0).buffers()[2].address


@given(st.lists(st.text(max_size=3), unique=True), st.lists(st.text(max_size=3), max_size=40))
def test_places_are_those_of_a_bisection(texts: list[str], wanted: list[str]) -> None:
    keys = pa.chunked_array([texts], pa.string()).sort()
    among = keys.to_pylist()
    at, is_there = places_in_order(wanted, keys)
    assert at.tolist() == [bisect_left(among, one) for one in wanted]
    assert is_there.tolist() == [one in among for one in wanted]


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)), st.integers(0, 31))
def test_positions_among_keys_that_are_mostly_the_same_are_those_of_a_search(
    values: set[int], keys: set[int], alike: int
) -> None:
    same = set(range(alike))
    one, other = (sorted(f"{n:02d}" for n in some | same) for some in (values, keys))
    found = positions_alike(_column(one), _column(other))
    assert found.tolist() == positions(_column(one), _column(other)).tolist()
