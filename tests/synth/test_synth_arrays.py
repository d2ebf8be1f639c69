import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.synth.arrays import apportion, numbered, rank_within, repeated, starts


@given(
    total=st.integers(0, 10_000),
    weights=st.lists(st.floats(0.001, 1000), min_size=1, max_size=30),
    least=st.integers(0, 3),
)
def test_apportioned_parts_add_up_and_are_near_their_share(
    total: int, weights: list[float], least: int
) -> None:
    weight = np.array(weights)
    parts = apportion(total, weight, least)
    assert parts.sum() == total
    floor = least if total >= least * len(weights) else 0
    assert parts.min() >= floor
    share = floor + (total - floor * len(weights)) * weight / weight.sum()
    assert np.abs(parts - share).max() < 1 + 1e-6


@given(st.lists(st.integers(0, 5), max_size=30))
def test_rank_within_counts_earlier_rows_of_the_group(group: list[int]) -> None:
    ranks = rank_within(np.array(group, dtype=np.int64)).tolist()
    assert ranks == [group[:row].count(value) for row, value in enumerate(group)]


def test_blocks() -> None:
    sizes = np.array([2, 0, 3])
    assert starts(sizes).tolist() == [0, 2, 2]
    assert repeated(sizes).tolist() == [0, 0, 2, 2, 2]


@pytest.mark.parametrize(
    ("count", "first", "last"), [(3, "C01", "C03"), (0, None, None), (120, "C001", "C120")]
)
def test_numbered_ids_sort_by_number(count: int, first: str | None, last: str | None) -> None:
    ids = numbered("C", count, 2, first=1).to_pylist()
    assert ids == sorted(ids)
    assert (ids[0], ids[-1]) == (first, last) if ids else first is None
