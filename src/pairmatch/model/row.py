"""What the rows of all tables share: opaque ids, and no number of a person anywhere."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from pairmatch.model.personal_numbers import holds_id_number, holds_phone_number
from pairmatch.model.quoting_nothing import QuotingNothing

MOST_CHARACTERS = 128
"""The most characters that an id may have."""

CONTROL = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""A character that a terminal or a reader would act upon, or not show."""

_CONTROL = re.compile(CONTROL)


def _without_numbers(text: str) -> str:
    if holds_id_number(text):
        raise PydanticCustomError(
            "id_number", "Input should not look like an ID number of a person"
        )
    if holds_phone_number(text):
        raise PydanticCustomError("phone_number", "Input should not look like a phone number")
    return text


def _without_controls(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError(
            "control_character", "Input should not have control characters or unseen ones"
        )
    return text


_LENGTH = Field(max_length=MOST_CHARACTERS)
_OPAQUE = (AfterValidator(_without_controls), AfterValidator(_without_numbers))

Text = Annotated[str, AfterValidator(_without_numbers)]
OptionalId = Annotated[str, _LENGTH, *_OPAQUE]
Id = Annotated[str, Field(min_length=1), _LENGTH, *_OPAQUE]


class Row(QuotingNothing):
    """A row of a table."""
