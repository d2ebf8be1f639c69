import pyarrow as pa
import pytest

from pairmatch.tables.decode import decoded, is_text, kind_of
from pairmatch.words import say

WORDS = ["甲", None, "", "甲", "long enough not to be stored inline"]


@pytest.mark.parametrize("layout", [pa.string(), pa.large_string(), pa.string_view()])
@pytest.mark.parametrize("encoding", ["plain", "dictionary", "runs"])
def test_text_of_any_layout_and_encoding_is_the_same_text(
    layout: pa.DataType, encoding: str
) -> None:
    values = pa.array(WORDS, layout)
    if encoding == "dictionary":
        # views cannot be encoded, but a dictionary may hold them
        plain = pa.array(WORDS).dictionary_encode()
        values = pa.DictionaryArray.from_arrays(plain.indices, plain.dictionary.cast(layout))
    elif encoding == "runs":
        values = pa.RunEndEncodedArray.from_arrays(pa.array(range(1, 6), pa.int32()), values)
    column = pa.chunked_array([values, values])
    assert decoded(column).to_pylist() == WORDS * 2
    assert decoded(column).type == pa.string()
    assert decoded(column.slice(1, 7)).to_pylist() == (WORDS * 2)[1:8]
    assert decoded(pa.chunked_array([], values.type)).to_pylist() == []


def test_chunks_may_have_dictionaries_of_their_own() -> None:
    column = pa.chunked_array(
        [pa.array(["a", "b"]).dictionary_encode(), pa.array(["b", None]).dictionary_encode()]
    )
    assert decoded(column).to_pylist() == ["a", "b", "b", None]


def test_numbers_stay_numbers() -> None:
    column = pa.chunked_array([pa.array([1, 1, None]).dictionary_encode()])
    assert decoded(column).type == pa.int64()
    assert decoded(column).to_pylist() == [1, 1, None]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (pa.bool_(), "true and false"),
        (pa.int8(), "whole numbers"),
        (pa.float32(), "numbers with a fraction"),
        (pa.decimal128(5, 2), "numbers with a fraction"),
        (pa.date32(), "dates or times"),
        (pa.string(), "text"),
        (pa.list_(pa.string()), "nested values"),
        (pa.binary(), "bytes or values of another kind"),
    ],
)
def test_kinds_have_words(kind: pa.DataType, words: str) -> None:
    assert say(f"phrase.{kind_of(kind)}") == words
    assert is_text(kind) == (words == "text")


def test_the_names_inside_of_a_type_are_not_repeated() -> None:
    assert "Wang" not in kind_of(pa.struct([("Wang", pa.int64())]))
