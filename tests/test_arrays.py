import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.arrays import exact_dot, exact_sum
from pairmatch.formulate.grouping import group_rows, pack_columns

INT64 = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(INT64, max_size=50))
def test_exact_sum_is_pythons_sum(values: list[int]) -> None:
    assert exact_sum(np.array(values, dtype=np.int64)) == sum(values)


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), INT64), max_size=50))
def test_exact_dot_is_pythons_sum_of_products(rows: list[tuple[int, int]]) -> None:
    left = np.array([row[0] for row in rows], dtype=np.int64)
    right = np.array([row[1] for row in rows], dtype=np.int64)
    assert exact_dot(left, right) == sum(a * b for a, b in rows)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2)), min_size=1, max_size=40))
def test_group_rows_numbers_groups_by_their_first_row(rows: list[tuple[int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    first, group, size = group_rows(*columns)
    order = list(dict.fromkeys(rows))
    assert [rows[n] for n in first] == order
    assert group.tolist() == [order.index(row) for row in rows]
    assert size.tolist() == [rows.count(row) for row in order]


@given(
    st.lists(
        st.tuples(st.integers(-(2**40), 2**40), st.integers(0, 2**40), st.integers(0, 5)),
        min_size=1,
        max_size=30,
    )
)
def test_pack_columns_keeps_which_rows_are_equal(rows: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    packed = list(zip(*(column.tolist() for column in pack_columns(*columns)), strict=True))
    for a, left in enumerate(rows):
        for b, right in enumerate(rows):
            assert (left == right) == (packed[a] == packed[b])
