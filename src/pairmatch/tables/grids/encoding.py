"""The encoding of a text file: by its marks, else UTF-8 if all of it is, else GB18030.

Nothing is guessed from how often characters occur. What can go wrong is that bytes of GB18030
happen to be UTF-8 as well: they then come out as letters that no office here writes.
"""

import codecs
import re
from typing import NamedTuple

from pairmatch.model.read_limits import RefusedError

_CONTROL_Z = b"\x1a"
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# two bytes of GB18030 that are UTF-8 as well give a letter below U+0800; Chinese offices write none
# of these but the vowels of pinyin
_UNLIKELY = re.compile(r"[^\W\d_āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹɡɑ]")
_TWO_BYTES = re.compile(r"[\u0080-\u07ff]")
_LOOKED_AT = 4096


class Text(NamedTuple):
    """A text as UTF-8, and what it was in."""

    data: bytes
    encoding: str


def plain_text(data: bytes) -> bytes:
    """Return a text that must be UTF-8, without its byte order mark.

    Raises
    ------
    RefusedError
        If it is not UTF-8.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError("bad_encoding") from None
    return data.removeprefix(codecs.BOM_UTF8)


def office_text(data: bytes) -> Text:
    """Return a text in UTF-8, with or without marks, UTF-16 or GB18030, as UTF-8.

    Raises
    ------
    RefusedError
        If it is in none of these, or if it is UTF-8 only by chance.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Text(_again(data.removeprefix(mark), encoding), "UTF-16")
    if b"\0" in data[:_LOOKED_AT]:
        little = data[1:_LOOKED_AT:2].count(0) >= data[:_LOOKED_AT:2].count(0)
        return Text(_again(data, "utf-16-le" if little else "utf-16-be"), "UTF-16")
    # programs that write a mark may be given a text that has one
    while data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Text(_again(data, "gb18030"), "GB18030")
    if not text.isascii() and any(
        _UNLIKELY.match(letter) for letter in set(_TWO_BYTES.findall(text))
    ):
        raise RefusedError("bad_encoding.unlikely_letters")
    if b"\0" in data:
        raise RefusedError("bad_encoding.none")
    return Text(_ended(data), "UTF-8")


def _again(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise RefusedError("bad_encoding.none") from None
    text = text.lstrip("\ufeff")
    if "\0" in text:
        raise RefusedError("bad_encoding.none")
    try:
        return _ended(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise RefusedError("bad_encoding.none") from None


def _ended(text: bytes) -> bytes:
    """Return a text without the sign that old programs end a file with."""
    end = text.rstrip(_CONTROL_Z + b"\r\n")
    return end + b"\n" if _CONTROL_Z in text[len(end) :] else text
