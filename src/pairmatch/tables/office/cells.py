"""What single cells mean, as offices write them.

Each function returns what a text means, None for nothing, with the codes of what was repaired;
what is not understood comes back as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeAlias

Mended: TypeAlias = tuple[str | None, tuple[str, ...]]
Mend: TypeAlias = Callable[[str], Mended]

UNSEEN = "[\u00ad\u200b-\u200f\u2060\ufeff]"
"""Characters that are not seen and mean nothing here."""

_UNSEEN = re.compile(UNSEEN)
# wide letters, digits and signs that codes are made of; a wide bracket is as good as any
_WIDE = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord("－"): "-", ord("＿"): "_", ord("．"): "."}
_QUOTED = re.compile(
    r"""=["“”＂](?P<formula>[^"“”＂]*)["“”＂]|['’‘＇](?P<text>[^\W_].*?)['’‘＇]?""", re.DOTALL
)
NOTHING = (
    r"(?i:[-—–―－_/／\\]{1,4}|无|暂无|没有|空|空白|不详|未知|待定|缺"
    r"|n/a|nil|none|null|nan|\(null\)|<na>)"
)
"""What people and programs write where there is nothing to write, for `re` and for Arrow."""

LONGEST_NOTHING = 6
"""Bytes of the longest of these."""

_NOTHING = re.compile(NOTHING)
_NO_NUMBER = re.compile(r"na|无数据", re.IGNORECASE)
_WITH_ZEROS = re.compile(r"([0-9]+)\.0+")
# all digits are there: as many behind the point as the number has behind its first
_EXPONENT = re.compile(r"([1-9])\.([0-9]+)[eE]\+?([0-9]{1,2})")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMERALS = {"零": "0", "两": "2"} | {
    one: str(n) for n, one in enumerate("一二三四五六七八九十", 1)
}
_MEASURED = re.compile(
    r"(?P<number>[+-]?[0-9.,]+|[零一二两三四五六七八九十])\s*(?P<measure>[^\W\d_]+)"
)
_PEOPLE = frozenset(("人", "名", "户", "个", "位", "个人"))
_KILOMETRES = frozenset(("公里", "千米", "km", "kms"))
MEASURES: Mapping[str, frozenset[str]] = {
    "capacity": _PEOPLE,
    "min_load": _PEOPLE,
    "demand": _PEOPLE,
    "extra_km": _KILOMETRES,
}
"""By column, what may stand behind a number."""

_SEPARATORS = re.compile(r"[;；、,，/／|｜\n]+")
_OTHER_SEPARATORS = re.compile(r"[；、,，/／|｜\n]")
_CODES_APART = re.compile(r"[0-9]{2,}(?:\s+[0-9]{2,})+")


def mended_id(text: str) -> Mended:
    """Return what an id or a code means; ``11.0`` is left to whoever knows the whole column."""
    codes: list[str] = []
    plain = _plain(text, codes)
    wide = plain.translate(_WIDE)
    if wide != plain:
        codes.append("width")
    bare = _unquoted(wide, codes)
    if not bare:
        return None, tuple(codes)
    if _NOTHING.fullmatch(bare):
        return None, ("nothing",)
    exponent = _EXPONENT.fullmatch(bare)
    if exponent and len(exponent[2]) == int(exponent[3]):
        return exponent[1] + exponent[2], (*codes, "exponent")
    return bare, tuple(codes)


def mended_ids(text: str) -> Mended:
    """Return several codes joined by semicolons, whatever parts them."""
    codes: list[str] = []
    plain = _plain(text, codes)
    if _NOTHING.fullmatch(plain):
        return None, ("nothing",)
    if _CODES_APART.fullmatch(plain):
        return ";".join(plain.split()), (*codes, "separator")
    if _OTHER_SEPARATORS.search(plain):
        codes.append("separator")
    items = []
    for part in _SEPARATORS.split(plain):
        item, found = mended_id(part)
        # blanks between the items of a list are no slip
        codes += [code for code in found if code not in ("blanks", "nothing")]
        if item is not None:
            zeros = _WITH_ZEROS.fullmatch(item)
            codes += ["decimal"] if zeros else []
            items.append(zeros[1] if zeros else item)
    return ";".join(items) or None, tuple(dict.fromkeys(codes))


def mended_number(text: str, column: str, *, whole: bool) -> Mended:
    """Return a number as programs write it."""
    codes: list[str] = []
    plain = _plain(text, codes)
    number = unicodedata.normalize("NFKC", plain).replace("−", "-")
    if _NOTHING.fullmatch(plain) or _NO_NUMBER.fullmatch(plain):
        return None, ("nothing",)
    if number != plain:
        codes.append("width")
    number = _unquoted(number, codes)
    measured = _MEASURED.fullmatch(number)
    if measured and measured["measure"].casefold() in MEASURES.get(column, ()):
        number = measured["number"]
        codes.append("measure")
    if number in _NUMERALS:
        number = _NUMERALS[number]
        codes.append("numeral")
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
        codes.append("thousands")
    zeros = _WITH_ZEROS.fullmatch(number.lstrip("+-"))
    if whole and zeros:
        number = number.partition(".")[0]
        codes.append("decimal")
    return number or None, tuple(codes)


def without_zeros(text: str) -> str:
    """Return a whole number without the ``.0`` behind it."""
    found = _WITH_ZEROS.fullmatch(text)
    return found[1] if found else text


def means_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing to say."""
    return _NOTHING.fullmatch(_UNSEEN.sub("", text).strip()) is not None


def _plain(text: str, codes: list[str]) -> str:
    plain = _UNSEEN.sub("", text).strip()
    if plain != text:
        codes.append("blanks")
    return plain


def _unquoted(text: str, codes: list[str]) -> str:
    found = _QUOTED.fullmatch(text)
    if found is None:
        return text
    formula = found["formula"]
    codes.append("apostrophe" if formula is None else "formula")
    return (found["text"] if formula is None else formula).strip()
