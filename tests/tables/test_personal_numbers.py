"""A column is searched as each of its texts would be."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairmatch.model.personal_numbers import holds_id_number, holds_phone_number
from pairmatch.tables.personal_numbers import personal_numbers
from tests.model.numbers_of_people import ID_NUMBERS, OTHER_TEXTS, PHONE_NUMBERS

_EVERY = [None, *PHONE_NUMBERS, *OTHER_TEXTS, *ID_NUMBERS]
_TEXTS = st.lists(
    st.one_of(
        st.sampled_from(_EVERY),
        st.text("0123456789xX-a 　１３９\u200b\n甲", max_size=24),
    ),
    max_size=12,
)


def same_as_one_by_one(texts: list[str | None], begin: int) -> None:
    whole = pa.array(texts, pa.string())
    column = pa.chunked_array([whole[:begin], whole[begin:]], pa.string())
    found = personal_numbers(column)
    ids = [text is not None and holds_id_number(text) for text in texts]
    phones = [text is not None and holds_phone_number(text) for text in texts]
    if found is None:
        assert not any(ids + phones)
    else:
        assert found.id_number.tolist() == ids
        assert found.phone_number.tolist() == phones


@pytest.mark.parametrize("text", [text for text in _EVERY if text is not None])
def test_every_example_by_itself_and_among_others(text: str) -> None:
    same_as_one_by_one([text], 0)
    same_as_one_by_one([None, "x", text, "甲乙", text], 3)


@settings(deadline=None)
@given(_TEXTS, st.integers(0, 5))
def test_any_texts(texts: list[str | None], begin: int) -> None:
    same_as_one_by_one(texts, begin)


def test_a_null_has_no_number_whatever_its_bytes_are() -> None:
    array = pa.array(["13812345678", "x"])
    null = pa.array([None, "x"], pa.string())
    mixed = pa.StringArray.from_buffers(2, *array.buffers()[1:], null.buffers()[0])
    assert mixed.to_pylist() == [None, "x"]
    assert personal_numbers(pa.chunked_array([mixed])) is None


def test_ids_of_two_and_a_half_thousand_villages_are_none() -> None:
    codes = [f"{620000000000 + 1009 * n:012}" for n in range(2_500)]
    assert personal_numbers(pa.chunked_array([codes])) is None
    assert personal_numbers(pa.chunked_array([[code[:9] for code in codes]])) is None
