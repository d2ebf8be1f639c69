"""Degrees as people write them: with signs, minutes and seconds, or a letter for the side."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray

# what else is written for each sign; the first before NFKC, which makes letters of some of them
_SIGNS = (("[º˚度]", "°"), ("[′’‘＇分]", "'"), ("''|[″”“＂秒]", '"'), ("−", "-"))
_SIDES: Mapping[str, Mapping[str, int]] = {
    "lon": {"e": 1, "东经": 1, "w": -1, "西经": -1},
    "lat": {"n": 1, "北纬": 1, "s": -1, "南纬": -1},
}
_SIXTY = 60
_DECIMALS = 9
_NUMBER = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"


def decimal_degrees(texts: pa.Array, column: str) -> pa.Array:
    """Return degrees as decimal numbers, as text; null where they are not written in such a way.

    South and west are below zero. A number alone is none of these. A letter of the other axis, two
    letters, a letter beside a sign, and sixty minutes or more are nothing that is certain.

    Parameters
    ----------
    texts
        Shape (texts,).
    column
        ``lon`` or ``lat``.
    """
    plain = _plain(texts)
    found = pc.extract_regex(plain, _pattern(column))
    parts = {field.name: pc.struct_field(found, field.name) for field in found.type}
    degrees, minutes, seconds = (_numbers(parts[name]) for name in ("d", "m", "s"))
    before, behind, sign = (_filled(parts[name]) for name in ("before", "behind", "sign"))
    good = _bools(found.is_valid()) & ~(before & behind) & ~((before | behind) & sign)
    good &= ~_bools(pc.match_substring_regex(plain, _NUMBER))
    good &= (minutes < _SIXTY) & (seconds < _SIXTY)
    good &= ~_filled(parts["m"]) | (degrees % 1 == 0)
    below = np.zeros(len(texts), dtype=np.bool_)
    for side in ("before", "behind", "sign"):
        minus = [name for name, one in _SIDES[column].items() if one < 0]
        below |= _bools(pc.is_in(parts[side], value_set=pa.array(["-", *minus])))
    value = np.round(degrees + minutes / _SIXTY + seconds / _SIXTY**2, _DECIMALS)
    text = pa.array(np.where(below & (value > 0), -value, value)).cast(pa.string())
    return pc.if_else(pa.array(good), pc.replace_substring_regex(text, r"\.0$", ""), None)


def _pattern(column: str) -> str:
    side = "|".join(_SIDES[column])
    number = "[0-9]{1,2}(?:[.][0-9]+)?"
    return (
        rf"^(?P<before>{side})?\s*:?\s*(?P<sign>[+-]?)(?P<d>[0-9]{{1,3}}(?:[.][0-9]+)?)\s*"
        rf"(?:°\s*(?:(?P<m>{number})\s*'\s*(?:(?P<s>{number})\s*\"\s*)?)?)?(?P<behind>{side})?$"
    )


def _plain(texts: pa.Array) -> pa.Array:
    for pattern, sign in _SIGNS:
        texts = pc.replace_substring_regex(texts, pattern, sign)
    return pc.utf8_lower(pc.utf8_trim_whitespace(pc.utf8_normalize(texts, form="NFKC")))


def _numbers(texts: pa.Array) -> npt.NDArray[np.float64]:
    given = pc.if_else(pa.array(_filled(texts)), texts, "0")
    numbers: npt.NDArray[np.float64] = given.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def _filled(texts: pa.Array) -> BoolArray:
    return _bools(pc.greater(pc.binary_length(texts), 0))


def _bools(marked: pa.Array) -> BoolArray:
    found: BoolArray = pc.fill_null(marked, fill_value=False).to_numpy(zero_copy_only=False)
    return found
