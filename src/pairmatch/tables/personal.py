"""What must not come in: names, ID numbers, phone numbers.

Recipients are children, disabled people and destitute families. Only opaque ids are taken.
"""

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

# 18 digits (the last may be X) or 15 digits; or an 18-digit number with a plausible date inside
_ID_NUMBER = (
    r"^\s*([0-9]{15}|[0-9]{17}[0-9Xx])\s*$"
    r"|(^|[^0-9])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx]([^0-9]|$)"
)
_OPAQUE = re.compile(r"[A-Za-z0-9_.:\-]{1,40}")
_PHONE = re.compile(r".*1[3-9][0-9]{9}.*")
_LIKE_ID_NUMBER = re.compile(_ID_NUMBER)
_PERSONAL_COLUMN = re.compile(
    r"^(full_?|first_?|last_?|family_?|given_?|sur|nick)?name$|_name$|xingming"
    r"|姓名|名字|id_?(card|number|no)$|身份证|证件号|shenfenzheng"
    r"|phone|mobile|telephone|^tel$|_tel$|电话|手机|联系方式|e_?mail|邮箱|wechat|微信|birth|生日|出生",
    re.IGNORECASE,
)


def looks_like_id_number(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Tell for every text whether it looks like a Chinese ID number."""
    return pc.match_substring_regex(values, _ID_NUMBER)


def is_personal_column(name: str) -> bool:
    """Tell whether a column's name says that it holds a name, an ID number or a phone number."""
    return _PERSONAL_COLUMN.search(name.strip()) is not None


def citable(ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return those ids that may stand in a message: short, opaque, and no number of a person."""
    return tuple(
        text
        for text in ids
        if text is not None
        and _OPAQUE.fullmatch(text)
        and not _LIKE_ID_NUMBER.search(text)
        and not _PHONE.fullmatch(text)
    )
