"""Which texts hold a person's ID number or phone number, however it is written.

Patterns are plain enough for `re` and for Arrow (RE2): they are searched in `folded` text, where
every digit of any script is an ASCII digit and every letter an ASCII letter.
"""

import re
import unicodedata

FEWEST_DIGITS = 11
"""No number that is looked for has fewer digits; one of them may be an X."""

_GAP = "[^0-9A-Za-z]*"
_SEPARATED = "[^0-9A-Za-z]+"
_BEFORE = "(?:^|[^0-9])"
_AFTER = "(?:[^0-9]|$)"
_WHOLE = f"^{_GAP}(?:[0-9]{{15}}|[0-9]{{17}}[0-9Xx]){_GAP}$"


def _alone(number: str) -> str:
    """Return a pattern for a number with gaps that nothing but letters stands beside."""
    return f"(?:^|[A-Za-z]){_GAP}{number}{_GAP}(?:[A-Za-z]|$)"


def _digits(count: int, gap: str) -> str:
    return f"(?:{gap}[0-9]){{{count}}}"


def _day(gap: str) -> str:
    """Return a pattern for a month and a day."""
    return f"{gap}(?:0{gap}[1-9]|1{gap}[0-2]){gap}(?:0{gap}[1-9]|[12]{gap}[0-9]|3{gap}[01])"


def _eighteen(gap: str) -> str:
    """Return a pattern for 18 digits with a date of birth; a disability certificate has 2 more."""
    return (
        f"[1-9]{_digits(5, gap)}{gap}(?:1{gap}9|2{gap}0){_digits(2, gap)}{_day(gap)}"
        f"{_digits(3, gap)}{gap}[0-9Xx](?:{gap}[1-7]{gap}[1-4])?"
    )


def _fifteen(gap: str) -> str:
    """Return a pattern for 15 digits with a date of birth from 1930 on.

    An earlier one cannot be told from the code of a village.
    """
    return f"[1-9]{_digits(5, gap)}{gap}[3-9]{gap}[0-9]{_day(gap)}{_digits(3, gap)}"


_MOBILE_GROUPS = "|".join(
    _SEPARATED.join(f"[0-9]{{{count}}}" for count in counts if count)
    for counts in (
        (1, 4, 4),
        (1, 3, 5),
        (1, 5, 3),
        (1, 8),
        (2, 3, 4),
        (2, 4, 3),
        (3, 6),
        (5, 4),
    )
)
_MOBILE = "|".join(
    (
        f"{_BEFORE}(?:0|(?:00)?86)?1[3-9][0-9]{{9}}{_AFTER}",
        f"{_BEFORE}(?:(?:00)?86)?1[3-9](?:{_MOBILE_GROUPS}){_AFTER}",
        _alone(f"(?:(?:0{_GAP}0{_GAP})?8{_GAP}6{_GAP}|0{_GAP})?1{_GAP}[3-9]{_digits(9, _GAP)}"),
    )
)
_LAND_LINE = (
    f"{_BEFORE}(?:0|86{_SEPARATED})"
    f"(?:(?:10|2[0-9]){_SEPARATED}[2-8][0-9]{{3}}|[3-9][0-9]{{2}}{_SEPARATED}[2-8][0-9]{{2,3}})"
    f"{_GAP}[0-9]{{4}}{_AFTER}"
)

PHONE_NUMBER = f"{_MOBILE}|{_LAND_LINE}"
"""A mobile number; or a land line whose area code stands apart, as others look like any number."""

SHORT_ID_NUMBER = f"{_BEFORE}{_fifteen('')}{_AFTER}|{_alone(_fifteen(_GAP))}"
"""15 digits with a date of birth, in other text."""

ID_NUMBER = f"{_WHOLE}|{_BEFORE}{_eighteen('')}{_AFTER}"
"""15 or 18 digits and nothing else; or 18 with a date of birth, in other text."""

ID_NUMBER_WITH_GAPS = f"{_BEFORE}{_eighteen(_GAP)}{_AFTER}"
"""18 digits with a date of birth and gaps between any of them."""

HEXADECIMAL = (
    "^(?:[A-Za-z]{1,12}[-_.:])?(?:[0-9A-Fa-f]{16,}"
    "|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})$"
)
"""Random hexadecimal digits, which now and then hold eleven decimal ones; see `LETTER`."""

LETTER = "[A-Fa-f][0-9-]*$"
"""A hexadecimal letter among the digits at the end of a text."""

AREA_CODE_AND_SERIAL = f"^[^0-9]*[0-9]{{12}}{_SEPARATED}[0-9]+(?:{_SEPARATED}[0-9]+)?[^0-9]*$"
"""The code of a village, and set apart from it a number or two."""

_NUMERALS = dict(
    zip(
        "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺貳參陸",
        "00123456789123456789" + "1236",
        strict=True,
    )
)
_LIKE_X = "ХхΧχ×"
_FILLERS = "\u115f\u1160\u3164\uffa0"
_UNSEEN = ("Cf", "Mn", "Me", "Cc")


class _Folding(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in _NUMERALS:
        return _NUMERALS[character]
    if character in _LIKE_X:
        return "X"
    if unicodedata.category(character) in _UNSEEN or character in _FILLERS:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return "".join(
        one if one.isascii() else _NUMERALS.get(one, "a" if one.isalpha() else "-") for one in plain
    )


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Return a text in ASCII: digits of any script and Chinese numerals as digits.

    Characters that nobody sees are left out, letters of other scripts become ``a``, all else ``-``.
    """
    return text if text.isascii() else text.translate(_FOLDING)


_PHONE_NUMBER = re.compile(PHONE_NUMBER)
_SHORT_ID_NUMBER = re.compile(SHORT_ID_NUMBER)
_ID_NUMBER = re.compile(ID_NUMBER)
_ID_NUMBER_WITH_GAPS = re.compile(ID_NUMBER_WITH_GAPS)
_HEXADECIMAL = re.compile(HEXADECIMAL)
_LETTER = re.compile(LETTER)
_AREA_CODE_AND_SERIAL = re.compile(AREA_CODE_AND_SERIAL)


def holds_id_number(text: str) -> bool:
    """Tell whether a text is, or holds, what looks like a Chinese ID number."""
    text = folded(text)
    if _ID_NUMBER.search(text):
        return True
    if _ID_NUMBER_WITH_GAPS.search(text) and not _AREA_CODE_AND_SERIAL.search(text):
        return True
    return _SHORT_ID_NUMBER.search(text) is not None and not _is_hexadecimal(text)


def holds_phone_number(text: str) -> bool:
    """Tell whether a text is, or holds, what looks like a Chinese phone number."""
    text = folded(text)
    return _PHONE_NUMBER.search(text) is not None and not _is_hexadecimal(text)


def holds_personal_number(text: str) -> bool:
    """Tell whether a text holds an ID number or a phone number."""
    return holds_id_number(text) or holds_phone_number(text)


def _is_hexadecimal(text: str) -> bool:
    return _HEXADECIMAL.search(text) is not None and _LETTER.search(text) is not None
