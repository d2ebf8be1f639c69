"""What may stand in a message: ids that mean nothing outside of the caller's system.

Recipients are children, disabled people and destitute families. Only opaque ids are taken.
"""

import re
from collections.abc import Iterable

from pairmatch.model.personal_numbers import holds_id_number, holds_phone_number

_OPAQUE = re.compile(r"(?=.*[0-9])[A-Za-z0-9_.:\-]{1,40}")
_MORE_NUMBERS = re.compile(
    r"(?<![0-9])([0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9])"  # ID numbers, with a date of birth or not
    r"|1[3-9][0-9]{9}|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"  # phones
    r"|(?<![0-9])(19|20)[0-9]{2}[-.](0?[1-9]|1[0-2])[-.][0-3]?[0-9](?![0-9])"  # dates of birth
)


def citable(ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return those ids that may stand in a message.

    They are short, have a digit (a word may be somebody's name), and hold no number of a person.
    """
    return tuple(
        text
        for text in ids
        if text is not None
        and _OPAQUE.fullmatch(text)
        and not _MORE_NUMBERS.search(text)
        and not holds_id_number(text)
        and not holds_phone_number(text)
    )
