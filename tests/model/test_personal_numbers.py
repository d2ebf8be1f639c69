"""Numbers of persons are seen in any dress, and other ids are left in peace."""

import random
import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.model.personal_numbers import folded, holds_id_number, holds_phone_number
from tests.model.numbers_of_people import ID_NUMBERS, OTHER_TEXTS, PHONE_NUMBERS


@pytest.mark.parametrize("text", PHONE_NUMBERS)
def test_phone_numbers_are_seen(text: str) -> None:
    assert holds_phone_number(text)


@pytest.mark.parametrize("text", ID_NUMBERS)
def test_id_numbers_are_seen(text: str) -> None:
    assert holds_id_number(text)


@pytest.mark.parametrize("text", OTHER_TEXTS)
def test_other_texts_are_none(text: str) -> None:
    assert not holds_phone_number(text)
    assert not holds_id_number(text)


@given(
    st.integers(0, 10**8 - 1),
    st.lists(
        st.sampled_from(["", "", "-", " ", ".", "\u200b", "—", "_"]), min_size=11, max_size=11
    ),
    st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "〇一二三四五六七八九"]),
)
def test_mobile_numbers_are_seen_with_any_gaps_and_digits(
    rest: int, gaps: list[str], digits: str
) -> None:
    number = f"139{rest:08}"
    text = "".join(digits[int(one)] + gap for one, gap in zip(number, gaps, strict=True))
    assert holds_phone_number(text)
    assert holds_phone_number(f"r{text}的")


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31)),
    st.lists(st.sampled_from(["", "", "-", " ", "\u200b"]), min_size=11, max_size=11),
)
def test_id_numbers_are_seen_with_gaps_in_their_first_part(born: date, gaps: list[str]) -> None:
    number = f"620102{born:%Y%m%d}123X"
    begin = "".join(one + gap for one, gap in zip(number[:11], gaps, strict=True))
    assert holds_id_number(begin + number[11:])


def test_random_hexadecimal_ids_are_no_phone_numbers() -> None:
    draw = random.Random(7)  # noqa: S311  # ids of a test
    for _ in range(3_000):
        bits = draw.getrandbits(128)
        for text in (str(uuid.UUID(int=bits)), f"{bits:032x}", f"{bits % 2**64:016X}"):
            if any(letter.isalpha() for letter in text):
                assert not holds_phone_number(text)


def test_what_is_folded_is_ascii_and_ascii_stays() -> None:
    assert folded("a1-X") == "a1-X"
    assert folded("甲１\u200b·Ⅷ×é") == "a1-VIIIXa"
