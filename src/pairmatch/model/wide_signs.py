"""Full-width signs in a text of YAML, as people write them whose keyboard is set to Chinese.

What stands in quotes, in comments and within a text is left alone: only signs where YAML wants one
of its own are changed, and no line is added or lost.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

from pairmatch.errors import InputError

_Read = TypeVar("_Read")

_ANY = re.compile("[：，　“”［］｛｝－０-９]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|“(?P<wide>[^"“”\\\n]*)”', re.DOTALL)
_BLANKS = re.compile("[ \t\u3000]+")
_OF_YAML = re.compile("[ \t]+")
_DASH = re.compile("[-－?](?=[ \t\u3000\n])")
_WORD = re.compile(r"[^\s\u3000,，:：\[\]{}［］｛｝]+")
_NUMBER = re.compile(r"[－-]?[０-９]+(?:[．.][０-９]+)?(?=[ \t\u3000]*(?:[\n,，\]}］｝#]|$))")
# a key with a wide colon in it, and its own colon behind
_REST_OF_KEY = re.compile(r"[^\s:,\[\]{}\"'“]*:(?:\s|$)")
_END_OF_VALUE = re.compile(r"[ \t\u3000]*(?:[\n,，\]}］｝#]|$)")
_NEXT_KEY = re.compile(r"[^,，}｝\n]*[:：]")
_BLOCK = re.compile(r"[|>][+-]?[0-9]?[+-]?[ \t]*(?:#[^\n]*)?(?=\n)")
_OPEN = {"[": "[", "{": "{", "［": "[", "｛": "{"}
_CLOSE = {"]": "]", "}": "}", "］": "]", "｝": "}"}


def read_as_meant(text: str, read: Callable[[str], _Read]) -> tuple[_Read, tuple[int, ...]]:
    """Read a text, with full-width signs for plain ones where it cannot be read as it is.

    Commas between the items of a list in brackets are always taken for plain ones: the list would
    be read as one item otherwise, and nobody would see it.

    Parameters
    ----------
    read
        Raises `InputError` for what is wrong.

    Returns
    -------
    tuple
        What was read, and the lines in which signs were taken for plain ones, from 1.
    """
    likely = with_plain_signs(text, lists_alone=True)
    try:
        return read(likely), _unlike(text, likely)
    except InputError as error:
        plain = with_plain_signs(text)
        if plain == likely:
            raise
        why = error
    try:
        return read(plain), _unlike(text, plain)
    except InputError as error:
        # whichever leaves less to mend says what is wrong
        why = min(error, why, key=_to_mend)
    raise why


def _to_mend(error: InputError) -> tuple[bool, int]:
    """Return whether the text as a whole is wrong, and how many things are."""
    return any(one.column is None for one in error.findings), len(error.findings)


def with_plain_signs(text: str, *, lists_alone: bool = False) -> str:
    """Return a text with plain signs.

    Parameters
    ----------
    lists_alone
        Whether only commas in lists in brackets are changed.
    """
    if not _ANY.search(text) or _is_json(text):
        return text
    return _Scanner(text, lists_alone=lists_alone).plain()


def _is_json(text: str) -> bool:
    """Tell whether all of a text is in quotes that has to be, as programs write it."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _unlike(one: str, other: str) -> tuple[int, ...]:
    if one == other:
        return ()
    lines = zip(one.split("\n"), other.split("\n"), strict=True)
    return tuple(number for number, (was, now) in enumerate(lines, 1) if was != now)


class _Scanner:
    """Goes through a text once and knows whether a key, a value or an item may begin."""

    def __init__(self, text: str, *, lists_alone: bool) -> None:
        self._text, self._lists_alone = text, lists_alone
        self._at = 0
        self._done: list[str] = []
        self._brackets: list[str] = []
        self._new_line()

    def _new_line(self) -> None:
        self._first = self._begins = True
        self._in_value = False
        self._words = 0

    def plain(self) -> str:
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign == "\n":
                self._take(1)
                if not self._brackets:
                    self._new_line()
            elif sign in " \t" or (sign == "\u3000" and not self._lists_alone):
                self._blanks()
            elif sign == "#" and (self._at == 0 or self._text[self._at - 1].isspace()):
                end = self._text.find("\n", self._at)
                self._take((len(self._text) if end < 0 else end) - self._at)
            elif not (self._begins and self._beginning(sign)):
                self._within(sign)
        return "".join(self._done)

    def _beginning(self, sign: str) -> bool:
        """Take a quoted text, a dash, a bracket or a number; tell whether there was one."""
        if quoted := _QUOTED.match(self._text, self._at):
            wide = quoted["wide"]
            self._take(len(quoted[0]), None if wide is None else f'"{wide}"')
            self._words, self._begins = 1, False
        elif self._is_dash(sign):
            self._take(1, "-" if sign == "－" else None)
            return True
        elif self._is_bracket(sign, _OPEN):
            self._take(1, _OPEN[sign])
            self._brackets.append(_OPEN[sign])
            self._next_item()
        elif block := _BLOCK.match(self._text, self._at):
            self._take(len(block[0]))
            self._block()
        elif number := _NUMBER.match(self._text, self._at):
            self._take(len(number[0]), unicodedata.normalize("NFKC", number[0]))
            self._words, self._begins = 1, False
        else:
            return False
        self._first = False
        return True

    def _is_dash(self, sign: str) -> bool:
        if not self._first or self._brackets or (sign == "－" and self._lists_alone):
            return False
        return _DASH.match(self._text, self._at) is not None

    def _within(self, sign: str) -> None:
        """Take a sign or a word that may stand anywhere."""
        self._first = False
        if self._brackets and self._is_bracket(sign, _CLOSE):
            self._take(1, _CLOSE[sign])
            self._brackets.pop()
            self._words, self._begins, self._in_value = 1, False, True
        elif sign in ",，" and self._brackets:
            self._comma(sign)
        elif sign in ":：":
            self._colon(sign)
        else:
            word = _WORD.match(self._text, self._at)
            self._take(len(word[0]) if word else 1)
            self._words += 1
            self._begins = False

    def _is_bracket(self, sign: str, brackets: Mapping[str, str]) -> bool:
        return sign in brackets and (sign.isascii() or not self._lists_alone)

    def _comma(self, sign: str) -> None:
        in_list = self._brackets[-1] == "["
        if sign == "，" and not in_list:
            # within a value, unless a key comes next
            is_one = bool(_NEXT_KEY.match(self._text, self._at + 1))
        else:
            is_one = True
        behind = self._text[self._at + 1 : self._at + 2]
        plain = "," if sign == "," or behind.isspace() else ", "
        self._put(1, plain if is_one else None, always=in_list)
        if is_one:
            self._next_item()

    def _colon(self, sign: str) -> None:
        behind = self._text[self._at + 1 : self._at + 2]
        if sign == ":":
            is_one = not behind or behind.isspace() or (bool(self._brackets) and behind in ",]}\"'")
            self._take(1)
        else:
            is_one = not self._in_value and self._words == 1 and self._is_of_mapping()
            is_one = is_one and not self._lists_alone
            is_one = is_one and not _REST_OF_KEY.match(self._text, self._at + 1)
            self._take(1, (":" if not behind or behind.isspace() else ": ") if is_one else None)
        if is_one:
            self._in_value = self._begins = True
            self._words = 0
        else:
            self._begins = False
            self._words += 1

    def _is_of_mapping(self) -> bool:
        return not self._brackets or self._brackets[-1] == "{"

    def _blanks(self) -> None:
        found = (_OF_YAML if self._lists_alone else _BLANKS).match(self._text, self._at)
        blanks = found[0] if found else self._text[self._at]
        after = self._at + len(blanks)
        if self._first and not self._brackets:
            plain = blanks.replace("\u3000", "  ")
        elif self._begins or _END_OF_VALUE.match(self._text, after):
            plain = blanks.replace("\u3000", " ")
        else:
            plain = blanks
        self._take(len(blanks), plain)

    def _block(self) -> None:
        """Pass over the lines of a text that is written below its key."""
        start = self._text.rfind("\n", 0, self._at) + 1
        line = self._text[start : self._at]
        indent = len(line) - len(line.lstrip())
        more = re.compile(rf"\n(?:[ \t]*(?=\n|\Z)|[ ]{{{indent + 1},}}[^\n]*)")
        while found := more.match(self._text, self._at):
            self._take(len(found[0]))
        self._begins = False

    def _next_item(self) -> None:
        self._begins, self._in_value, self._words = True, False, 0

    def _take(self, length: int, plain: str | None = None) -> None:
        """Take so much of the text, as it is or as something plain."""
        self._put(length, plain, always=False)

    def _put(self, length: int, plain: str | None, *, always: bool) -> None:
        given = self._text[self._at : self._at + length]
        changed = plain is not None and (always or not self._lists_alone)
        self._done.append(plain if changed and plain is not None else given)
        self._at += length
