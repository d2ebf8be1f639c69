"""What a look at the bytes rules out is really not there."""

import re

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pairmatch.model.row import CONTROL
from pairmatch.tables.raw_bytes import (
    holds,
    holds_others,
    longest,
    may_hold_beyond_ascii,
    may_hold_both_cases,
    may_hold_controls,
    may_hold_spaces,
    rows_with_digits,
    shortest,
)

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
def test_texts_that_are_passed_over_have_few_digits_or_are_no_numbers_of_persons(
    texts: list[str | None], begin: int, end: int, count: int
) -> None:
    column = _sliced(texts, begin, end)
    found = set(rows_with_digits(column, count).tolist())
    assert found <= set(range(len(column)))
    for row, text in enumerate(column.to_pylist()):
        if row not in found and text and sum(letter.isdecimal() for letter in text) >= count:
            assert text.isdecimal()
            assert text.isascii()
            assert len(text) not in (11, 13, 15, 18, 20)
            assert len(text) != 12 or text[0] != "0"


@settings(deadline=None)
@given(_TEXTS, st.integers(0, 4), st.integers(0, 8))
@example(["a", "\u200b"], 0, 2)
@example(["\x7f"], 0, 1)
def test_controls_that_are_ruled_out_are_in_no_cell(
    texts: list[str | None], begin: int, end: int
) -> None:
    column = _sliced(texts, begin, end)
    if not may_hold_controls(column):
        assert not any(re.search(CONTROL, text) for text in column.to_pylist() if text)
    assert longest(column) >= max((len(text) for text in column.to_pylist() if text), default=0)


def test_what_is_there_is_seen_and_plain_ids_are_passed_over() -> None:
    ids = pa.chunked_array([["C000001", "C000002"], [None, "U-12", "620102001001"]], pa.string())
    assert not may_hold_spaces(ids)
    assert not may_hold_controls(ids)
    assert longest(ids) == 12
    assert rows_with_digits(ids, 11).tolist() == []
    numbers = pa.chunked_array([["x", None], ["13812345678", "x1-2-3-4-5-6-7-8-9-0-1", ""]])
    assert rows_with_digits(numbers, 11).tolist() == [2, 3]
    assert rows_with_digits(numbers.slice(3), 11).tolist() == [0]
    assert may_hold_spaces(pa.chunked_array([["a", " b"]]))
    empty = pa.chunked_array([], pa.string())
    assert not may_hold_spaces(empty)
    assert rows_with_digits(empty, 1).tolist() == []
    assert longest(empty) == 0


def test_a_column_without_rows_may_have_no_offsets() -> None:
    nothing = pa.py_buffer(b"")
    column = pa.chunked_array([pa.StringArray.from_buffers(0, nothing, nothing)])
    assert not may_hold_spaces(column)
    assert rows_with_digits(column, 1).tolist() == []


def test_nulls_alone_may_come_without_bytes() -> None:
    column = pa.chunked_array([pa.nulls(3, pa.string())])
    assert longest(column) == 0
    assert rows_with_digits(column, 1).tolist() == []


@settings(deadline=None)
@given(_TEXTS, st.integers(0, 4), st.integers(0, 8))
@example(["aA", None], 0, 2)
@example(["0.5", "-", ""], 1, 2)
@example([None, None, "E", "e"], 3, 1)
def test_bytes_that_are_ruled_out_are_in_no_cell(
    texts: list[str | None], begin: int, end: int
) -> None:
    column = _sliced(texts, begin, end)
    given = "".join(text for text in column.to_pylist() if text)
    assert holds(column, b".-0") or not set(given) & set(".-0")
    assert holds_others(column, b"0123456789") or not set(given) - set("0123456789")
    assert may_hold_beyond_ascii(column) or given.isascii()
    letters = {letter for letter in given if letter.isascii() and letter.isalpha()}
    twice = {letter for letter in letters if letter.swapcase() in letters}
    assert may_hold_both_cases(column) or not twice
    lengths = [len(text.encode()) for text in column.to_pylist() if text]
    assert shortest(column) == min(lengths, default=0)
