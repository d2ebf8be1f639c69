"""How large a column of a Parquet file gets when it is read, from the headers of its pages.

The footer of a file may say anything, and its sizes are those of the encoded pages: one long word
and a million references to it are small there. A reader takes memory for what the headers of the
pages say, so these are added up, without unpacking a page. See `parquet.thrift` in the Parquet
format, and Thrift's compact protocol.
"""

from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from pairmatch.tables.parquet_footer import ColumnChunk
from pairmatch.tables.parquet_thrift import Value, read_struct

_HEADER_BYTES = 1 << 16
_MOST_PAGES = 1_000_000
_LARGEST_DICTIONARY = 1 << 26
_DATA, _DICTIONARY, _DATA_V2 = 0, 2, 3
# fields of the headers: of a page, of what its data are, and of their encoding
_KIND, _UNPACKED, _PACKED = 1, 2, 3
_VALUES = {_DATA: (5, 1), _DATA_V2: (8, 1)}
_ENCODING = {_DATA: (5, 2), _DATA_V2: (8, 4)}
# plain, runs, and numbers or words by their differences: no value is longer than what it takes
_LITERAL = (0, 3, 5, 6, 9)
_BY_DICTIONARY = (2, 8)

# of those that are not named here a word is taken to be as long as all of them
_CODECS = {0: "", 1: "snappy", 2: "gzip", 4: "brotli", 6: "zstd", 7: "lz4_raw"}


@dataclass(frozen=True)
class PageSizes:
    """What the pages of one column unpack to.

    Attributes
    ----------
    bytes
        All pages, unpacked but still encoded.
    longest
        No value that is referred to again and again is longer; 0 if none is.
    values
        How many values there are.
    by_dictionary
        How many of them refer to a dictionary.
    """

    bytes: int = 0
    longest: int = 0
    values: int = 0
    by_dictionary: int = 0

    def __add__(self, other: "PageSizes") -> "PageSizes":
        """Return the sizes of two parts of one column."""
        return PageSizes(
            self.bytes + other.bytes,
            max(self.longest, other.longest),
            self.values + other.values,
            self.by_dictionary + other.by_dictionary,
        )


def page_sizes(file: BinaryIO, chunk: ColumnChunk) -> PageSizes:
    """Return the sizes of the pages of a column chunk.

    Parameters
    ----------
    file
        The Parquet file.
    chunk
        One of its columns in one group of rows.

    Raises
    ------
    ValueError
        If these are no pages.
    """
    position = chunk.begin
    sizes = PageSizes()
    words: tuple[int, _Header] | None = None
    for _ in range(_MOST_PAGES):
        if sizes.values >= chunk.values:
            return _with_longest_word(file, chunk, sizes, words)
        file.seek(position)
        page = _Header(file.read(_HEADER_BYTES))
        sizes += _sizes(page)
        position += page.length + page.number(_PACKED)
        if page.number(_KIND) == _DICTIONARY:
            words = position, page
    raise ValueError("too many pages")


def _with_longest_word(
    file: BinaryIO, chunk: ColumnChunk, sizes: PageSizes, words: "tuple[int, _Header] | None"
) -> PageSizes:
    """Look for the longest word of a dictionary, if not all values refer to it.

    Ids are mostly written so: a dictionary until it is full, then each id as it is.
    """
    if words is None or sizes.by_dictionary == sizes.values:
        return sizes
    end, page = words
    codec = _CODECS.get(chunk.codec)
    is_large = page.number(_UNPACKED) > _LARGEST_DICTIONARY
    if codec is None or not chunk.is_text or is_large:
        return sizes
    file.seek(end - page.number(_PACKED))
    data = file.read(page.number(_PACKED))
    if codec:
        try:
            data = pa.decompress(data, page.number(_UNPACKED), codec=codec, asbytes=True)
        except (OSError, pa.ArrowException):
            # some programs frame what they packed
            return sizes
    return replace(sizes, longest=longest_word(data))


def longest_word(data: bytes) -> int:
    """Return the length of the longest of the words of a dictionary, each after its length."""
    first = int.from_bytes(data[:4], "little")
    if data and len(data) % (4 + first) == 0:
        rows = np.frombuffer(data, np.uint8).reshape(-1, 4 + first)
        if (rows[:, :4] == rows[0, :4]).all():
            return first
    position = longest = 0
    while position < len(data):
        length = int.from_bytes(data[position : position + 4], "little")
        longest = max(longest, length)
        position += 4 + length
    return longest


def _sizes(page: "_Header") -> PageSizes:
    kind, unpacked = page.number(_KIND), page.number(_UNPACKED)
    if kind == _DICTIONARY:
        return PageSizes(unpacked, unpacked)
    if kind not in _VALUES:
        return PageSizes(unpacked)
    values, encoding = page.number(*_VALUES[kind]), page.number(*_ENCODING[kind])
    if encoding in _BY_DICTIONARY:
        return PageSizes(unpacked, 0, values, values)
    # a word may begin with all of the one before it
    return PageSizes(unpacked, 0 if encoding in _LITERAL else unpacked, values)


class _Header:
    """The header of a page: whole numbers by their field."""

    def __init__(self, data: bytes) -> None:
        self._fields, self.length = read_struct(data)

    def number(self, *path: int) -> int:
        """Return the number at a path of fields."""
        found: Value = self._fields
        for field in path:
            found = found.get(field) if isinstance(found, dict) else None
        if not isinstance(found, int) or found < 0:
            raise ValueError("no header of a page")
        return found
