"""What a column takes as a plain one is known before it is made one."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.decode import decoded
from pairmatch.tables.unpacked import check_unpacked
from tests.tables.good import good_tables, refused, where

WORD = "x" * 1_000_000
MANY = 6_000


def code_of(column: pa.Array | pa.ChunkedArray, **limits: int) -> str | None:
    try:
        check_unpacked(pa.table({"a": column}), ReadLimits(**limits))
    except RefusedError as error:
        return error.kind
    return None


def bombs() -> dict[str, pa.Array]:
    """Return columns of a megabyte that are six gigabytes as plain text."""
    words = pa.array([WORD])
    indices = pa.array([0] * MANY, pa.int32())
    view = pa.array([WORD], pa.string_view())
    views = pa.py_buffer(view.buffers()[1].to_pybytes()[:16] * MANY)
    return {
        "dictionary": pa.DictionaryArray.from_arrays(indices, words),
        "runs": pa.RunEndEncodedArray.from_arrays(pa.array([MANY], pa.int32()), words),
        "views": pa.Array.from_buffers(view.type, MANY, [None, views, view.buffers()[2]]),
        "lists": pa.ListViewArray.from_arrays(
            pa.array([0] * MANY, pa.int32()), pa.array([1] * MANY, pa.int32()), words
        ),
        "dictionary of lists": pa.DictionaryArray.from_arrays(indices, pa.array([[WORD]])),
    }


@pytest.mark.parametrize("kind", bombs())
def test_columns_that_refer_to_one_long_word_are_refused_before_they_are_unpacked(
    kind: str,
) -> None:
    column = bombs()[kind]
    assert column.nbytes < 2_000_000
    assert code_of(column) == "too_many_bytes"
    name = "sponsors" if "lists" in kind else "rank"
    tables: dict[str, Any] = good_tables()
    table = "units" if name == "sponsors" else "cadres"
    tables[table] = pa.table({name: column})
    before = pa.total_allocated_bytes()
    error = refused(tables)
    assert ("too_many_bytes", table, None, ()) in where(error)
    assert pa.total_allocated_bytes() - before < 2**30


def test_a_column_of_text_has_room_in_one_array() -> None:
    """Offsets have 32 bits, so that two gigabytes are the end whatever is allowed."""
    indices = pa.array([0] * 2_200, pa.int32())
    column = pa.DictionaryArray.from_arrays(indices, pa.array([WORD]))
    assert code_of(column, max_bytes=2**40) == "too_many_bytes"
    assert code_of(column[:1_000], max_bytes=2**40) is None


def test_rows_are_counted_too() -> None:
    assert code_of(pa.nulls(10), max_rows=9) == "too_many_rows"
    assert code_of(pa.nulls(10), max_rows=10) is None
    error = refused(good_tables(), max_rows=3)
    assert where(error) == [("too_many_rows", "recipients", None, ())]


TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=20)), max_size=8)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 4))
def test_no_column_takes_more_than_is_said(texts: list[str | None], begin: int) -> None:
    plain = pa.array(texts, pa.string())
    runs = pa.RunEndEncodedArray.from_arrays(pa.array(range(1, len(texts) + 1), pa.int32()), plain)
    for column in (plain, plain.dictionary_encode(), plain.cast(pa.string_view()), runs):
        chunked = pa.chunked_array([column[begin:]])
        size = sum(len((text or "").encode()) for text in texts[begin:])
        assert decoded(chunked).to_pylist() == texts[begin:]
        if size:
            assert code_of(chunked, max_bytes=size) in ("too_many_bytes", None)
            assert code_of(chunked, max_bytes=max(1, size - 1)) == "too_many_bytes"
        assert code_of(chunked, max_bytes=size + 64) is None


def test_other_columns_are_counted_as_they_are() -> None:
    columns: list[pa.Array] = [
        pa.array([1, 2]),
        pa.array([True]),
        pa.array([{"a": 1}]),
        pa.array([[1, 2]], pa.list_(pa.int64(), 2)),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([[1]], pa.large_list(pa.int64())),
        pa.array([[1]], pa.list_view(pa.int64())),
        pa.array([1.5]).dictionary_encode(),
        pa.array([b"a"], pa.binary_view()),
        pa.array([], pa.string_view()),
    ]
    for column in columns:
        assert code_of(column) is None


def test_a_list_counts_by_its_entries() -> None:
    column = pa.array([["a"] * 1_000])
    assert code_of(column, max_bytes=10_000) == "too_many_bytes"
    assert code_of(column, max_bytes=100_000) is None
