"""What a look at the bytes rules out is really not there."""

import re

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pairmatch.tables.raw_bytes import may_hold_digits, may_hold_spaces

_TEXTS = st.lists(
    st.one_of(st.none(), st.text(max_size=6), st.text("0123456789a ", max_size=24)), max_size=12
)


def _sliced(texts: list[str | None], begin: int, end: int) -> pa.ChunkedArray:
    whole = pa.array(texts, pa.string())
    return pa.chunked_array([whole[:begin], whole[begin : begin + end]], pa.string())


# Arrow's first call of a function takes its time
@settings(deadline=None)
@given(_TEXTS, st.integers(0, 4), st.integers(0, 8))
@example(["a", "\u3000"], 0, 2)
@example(["a", "\u0085"], 1, 1)
@example(["a", "\t"], 1, 1)
def test_spaces_that_are_ruled_out_are_in_no_cell(
    texts: list[str | None], begin: int, end: int
) -> None:
    column = _sliced(texts, begin, end)
    trimmed = pc.utf8_trim_whitespace(column)
    if not may_hold_spaces(column):
        assert trimmed.equals(column)
        assert not any(re.search(r"\s", text) for text in column.to_pylist() if text)


@given(_TEXTS, st.integers(0, 4), st.integers(0, 8), st.integers(1, 20))
def test_digits_that_are_ruled_out_are_in_no_cell(
    texts: list[str | None], begin: int, end: int, count: int
) -> None:
    column = _sliced(texts, begin, end)
    run = re.compile(f"[0-9]{{{count}}}")
    if not may_hold_digits(column, count):
        assert not any(run.search(text) for text in column.to_pylist() if text)


def test_what_is_there_is_seen_and_plain_ids_are_passed_over() -> None:
    ids = pa.chunked_array([["C000001", "C000002"], [None, "U-12"]], pa.string())
    assert not may_hold_spaces(ids)
    assert not may_hold_digits(ids, 15)
    assert may_hold_digits(pa.chunked_array([["x123456789012345"]]), 15)
    assert not may_hold_digits(pa.chunked_array([["x12345678901234", "x"]]), 15)
    assert may_hold_spaces(pa.chunked_array([["a", " b"]]))
    empty = pa.chunked_array([], pa.string())
    assert not may_hold_spaces(empty)
    assert not may_hold_digits(empty, 1)


def test_a_column_without_rows_may_have_no_offsets() -> None:
    nothing = pa.py_buffer(b"")
    column = pa.chunked_array([pa.StringArray.from_buffers(0, nothing, nothing)])
    assert not may_hold_spaces(column)
    assert not may_hold_digits(column, 1)
