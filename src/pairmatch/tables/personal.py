"""What must not come in: names, ID numbers, phone numbers.

Recipients are children, disabled people and destitute families. Only opaque ids are taken.
"""

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.raw_bytes import may_hold_digits

# 18 digits (the last may be X) or 15 digits; or an 18-digit number with a plausible date inside
_ID_NUMBER = (
    r"^\s*([0-9]{15}|[0-9]{17}[0-9Xx])\s*$"
    r"|(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx]([^0-9]|$)"
)
_ID_NUMBER_LENGTH = 15
_MOBILE_NUMBER = r"^\s*(\+?86[ -]?)?1[3-9][0-9]{9}\s*$"
_OPAQUE = re.compile(r"(?=.*[0-9])[A-Za-z0-9_.:\-]{1,40}")
_HOLDS_PERSONAL_NUMBER = re.compile(
    r"1[3-9][0-9]{9}"  # mobile phones
    r"|(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"  # other phones
    r"|(?<![0-9])([0-9]{15}|[0-9]{17}[0-9Xx])(?![0-9])"  # ID numbers
    r"|(?<![0-9])(19|20)[0-9]{2}[-.](0?[1-9]|1[0-2])[-.][0-3]?[0-9](?![0-9])"  # dates of birth
)
_NAME_OF_A_PLACE = re.compile(
    r"(area|province|prefecture|city|county|township|town|village|unit|org|organi[sz]ation)_?name",
    re.IGNORECASE,
)
_PERSONAL_COLUMN = re.compile(
    r"^(full|first|last|family|given|sur|nick|middle)?[ _]?name$|[ _]name$|xing_?ming|姓名|名字"
    r"|(^|[ _])id[ _]?(card|number|num|no)([ _]|$)|citizen|passport|身份证|证件|shen_?fen_?zheng"
    r"|phone|mobile|(^|[ _])tel([ _]|$)|电话|手机|联系方式"
    r"|e[-_]?mail|邮箱|we_?chat|微信|birth|生日|出生|home_?address|住址|bank|银行卡",
    re.IGNORECASE,
)


def looks_like_id_number(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Tell for every text whether it is, or holds, what looks like a Chinese ID number."""
    longest = pc.max(pc.binary_length(values)).as_py() or 0
    if longest < _ID_NUMBER_LENGTH or not may_hold_digits(values, _ID_NUMBER_LENGTH):
        return pc.and_(values.is_null(), values.is_valid())
    return pc.match_substring_regex(values, _ID_NUMBER)


def mostly_mobile_numbers(values: pa.ChunkedArray) -> bool:
    """Tell whether at least half of the texts are what looks like a mobile phone number."""
    matches = pc.sum(pc.match_substring_regex(values, _MOBILE_NUMBER)).as_py() or 0
    return bool(matches) and 2 * matches >= len(values) - values.null_count


def is_personal_column(name: str) -> bool:
    """Tell whether a column's name says that it holds a name, an ID number or a phone number.

    Names of places and units are no names of people.
    """
    name = name.strip()
    return _PERSONAL_COLUMN.search(name) is not None and not _NAME_OF_A_PLACE.fullmatch(name)


def citable(ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return those ids that may stand in a message.

    They are short, have a digit (a word may be somebody's name), and hold no number of a person.
    """
    return tuple(
        text
        for text in ids
        if text is not None and _OPAQUE.fullmatch(text) and not _HOLDS_PERSONAL_NUMBER.search(text)
    )
