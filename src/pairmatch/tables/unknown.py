"""Values that are not among the known ones: why not, and what is known."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.model.near_names import edits
from pairmatch.tables.personal import citable
from pairmatch.tables.positions import Column, positions, whole
from pairmatch.words import Value

_INVISIBLE = "[\\x{00AD}\\x{200B}-\\x{200F}\\x{2060}\\x{FEFF}]"
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,12}(?:省|市|州|盟|区|县|旗|乡|镇|街道|村|社区|居委会)")
_VALUES_COMPARED = 3
_LONGEST = 64
_CODES_COMPARED = 30
_CODES_SEARCHED = 20_000
_CODES_SHOWN = 4


def but_for_blanks(values: pa.Array, known: Column) -> BoolArray:
    """Tell which unknown values are known without the blanks at their start and end."""
    return positions(pc.utf8_trim_whitespace(values), known) >= 0


def but_for_dress(values: pa.Array, known: Column) -> BoolArray:
    """Tell which unknown values are known in another case or width, without what is not seen."""
    return positions(plain(values), plain(pc.unique(whole(known)))) >= 0


def plain(values: pa.Array) -> pa.Array:
    """Return texts in one case and width, without blanks around them and what is not seen."""
    wide = pc.utf8_normalize(values, form="NFKC")
    return pc.utf8_trim_whitespace(pc.utf8_lower(pc.replace_substring_regex(wide, _INVISIBLE, "")))


def known_codes(unknown: pa.Array, known: Column) -> dict[str, Value]:
    """Return how many codes a table has and a few of them, those nearest to what was not found.

    Only codes of the table stand in it, and of those only what cannot be somebody's number.
    """
    codes = [code for code in whole(known).to_pylist() if code is not None]
    wanted = [value for value in pc.unique(unknown[:1000]).to_pylist() if len(value) <= _LONGEST]
    near: dict[str, None] = {}
    if len(codes) <= _CODES_SEARCHED:
        for value in wanted[:_VALUES_COMPARED]:
            alike = get_close_matches(value, codes, n=_CODES_COMPARED)
            alike.sort(key=partial(edits, value))
            near.update(dict.fromkeys(alike[:2]))
    shown = _shown(list(near))
    such = [] if shown else _shown(codes[:100])
    what = "codes_nearest" if shown else "codes_such" if such else "codes"
    return {"known": what, "count": len(codes), "names": (*shown, *such)}


def _shown(codes: Sequence[str]) -> list[str]:
    safe = set(citable(codes))
    return [code for code in codes if code in safe or _PLACE.fullmatch(code)][:_CODES_SHOWN]
