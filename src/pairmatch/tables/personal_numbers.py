"""Which cells of a column hold a person's ID number or phone number.

The same as `pairmatch.model.personal_numbers` says of one text, for a whole column at once.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.model.personal_numbers import (
    AREA_CODE_AND_SERIAL,
    FEWEST_DIGITS,
    HEXADECIMAL,
    ID_NUMBER,
    ID_NUMBER_WITH_GAPS,
    LETTER,
    PHONE_NUMBER,
    SHORT_ID_NUMBER,
    folded,
)
from pairmatch.tables.positions import is_null, whole
from pairmatch.tables.raw_bytes import rows_with_digits

# a new line within a text parts its digits no more than a space does
_BETWEEN = "\n"


@dataclass(frozen=True)
class PersonalNumbers:
    """Where the numbers are.

    Attributes
    ----------
    id_number, phone_number
        Shape ``(rows,)``.
    """

    id_number: BoolArray
    phone_number: BoolArray


def personal_numbers(values: pa.ChunkedArray) -> PersonalNumbers | None:
    """Return which texts hold a number of a person, or None if none does."""
    rows = rows_with_digits(values, FEWEST_DIGITS)
    # nulls may have bytes as well
    rows = rows[~is_null(values)[rows]]
    if rows.shape[0] == 0:
        return None
    words = whole(values.take(pa.array(rows))).dictionary_encode()
    texts = _folded(words.dictionary)
    numbers = []
    for found in (_id_numbers(texts), _phone_numbers(texts)):
        marked = np.zeros(len(values), dtype=np.bool_)
        marked[rows] = found[words.indices.to_numpy()]
        numbers.append(marked)
    if not (numbers[0].any() or numbers[1].any()):
        return None
    return PersonalNumbers(*numbers)


def _id_numbers(texts: pa.Array) -> BoolArray:
    found = _match(texts, ID_NUMBER)
    gaps = _match(texts, ID_NUMBER_WITH_GAPS)
    if gaps.any():
        found |= gaps & ~_match(texts, AREA_CODE_AND_SERIAL)
    return found | _unless_hexadecimal(texts, _match(texts, SHORT_ID_NUMBER))


def _phone_numbers(texts: pa.Array) -> BoolArray:
    return _unless_hexadecimal(texts, _match(texts, PHONE_NUMBER))


def _unless_hexadecimal(texts: pa.Array, found: BoolArray) -> BoolArray:
    if found.any():
        found &= ~(_match(texts, HEXADECIMAL) & _match(texts, LETTER))
    return found


def _match(texts: pa.Array, pattern: str) -> BoolArray:
    found: BoolArray = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found.copy()


def _folded(texts: pa.Array) -> pa.Array:
    """Fold all texts in one call."""
    if pc.all(pc.string_is_ascii(texts)).as_py():
        return texts
    joined = _BETWEEN.join(pc.replace_substring(texts, _BETWEEN, " ").to_pylist())
    return pa.array(folded(joined).split(_BETWEEN), pa.string())
