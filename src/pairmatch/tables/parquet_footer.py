"""What the footer of a Parquet file says of rows and columns.

Read by ourselves: pyarrow ends the process on some footers that are broken, where it is asked for
the metadata of a column. Numbers of fields are those of `parquet.thrift`.
"""

import os
from dataclasses import dataclass
from typing import BinaryIO

from pairmatch.tables.parquet_thrift import Fields, Value, read_struct

_MAGIC = b"PAR1"
_LARGEST_FOOTER = 1 << 24
_REPEATED = 2
_BYTE_ARRAY, _FIXED = 6, 7
_WIDTHS = {0: 1, 1: 4, 2: 8, 3: 12, 4: 4, 5: 8}


@dataclass(frozen=True)
class ColumnChunk:
    """One column of one group of rows.

    Attributes
    ----------
    depth
        1 where the column is flat.
    is_text
        Whether it has words of any length.
    codec
        Number of the compression.
    """

    depth: int
    is_text: bool
    codec: int
    values: int
    begin: int


@dataclass(frozen=True)
class Leaf:
    """One column of the file: its chunks, its width (0 for words), and whether it is in a list."""

    name: bytes
    width: int
    is_flat: bool
    chunks: tuple[ColumnChunk, ...]


@dataclass(frozen=True)
class Footer:
    """Rows of the file, and its columns."""

    rows: int
    leaves: tuple[Leaf, ...]


def read_footer(file: BinaryIO) -> Footer:
    """Return what the footer of a file says.

    Raises
    ------
    ValueError
        If it is no footer.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 8))
    end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if end[4:] != _MAGIC or not 0 < length <= min(_LARGEST_FOOTER, size - 8):
        raise ValueError("no footer of a Parquet file")
    file.seek(size - 8 - length)
    fields, _ = read_struct(file.read(length))
    groups = [_struct(group) for group in _list(fields.get(4))]
    rows = max(_number(fields.get(3)), sum(_number(group.get(3)) for group in groups))
    columns = [[_chunk(_struct(chunk)) for chunk in _list(group.get(1))] for group in groups]
    elements = [_struct(element) for element in _list(fields.get(2))]
    described = [element for element in elements[1:] if not element.get(5)]
    if any(len(chunks) != len(described) for chunks in columns):
        raise ValueError("no footer of a Parquet file")
    flat = len(described) == len(elements) - 1
    return Footer(
        rows,
        tuple(
            _leaf(element, [chunks[n] for chunks in columns], flat=flat)
            for n, element in enumerate(described)
        ),
    )


def _leaf(element: Fields, chunks: list[ColumnChunk], *, flat: bool) -> Leaf:
    kind = _number(element.get(1))
    name = element.get(4)
    if not isinstance(name, bytes):
        raise ValueError("a column without a name")  # noqa: TRY004  # a broken file
    is_flat = (flat or all(chunk.depth == 1 for chunk in chunks)) and element.get(3) != _REPEATED
    width = _number(element.get(2)) if kind == _FIXED else _WIDTHS.get(kind, 0)
    return Leaf(name, width, is_flat, tuple(chunks))


def _chunk(chunk: Fields) -> ColumnChunk:
    said = _struct(chunk.get(3))
    begin = _number(said.get(9))
    dictionary = said.get(11)
    if isinstance(dictionary, int) and 0 < dictionary < begin:
        begin = dictionary
    depth = len(_list(said.get(3)))
    is_text = _number(said.get(1)) == _BYTE_ARRAY
    return ColumnChunk(depth, is_text, _number(said.get(4)), _number(said.get(5)), begin)


def _number(value: Value) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("no number where there must be one")
    return value


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise ValueError("no list where there must be one")  # noqa: TRY004  # a broken file
    return value


def _struct(value: Value) -> Fields:
    if not isinstance(value, dict):
        raise ValueError("no structure where there must be one")  # noqa: TRY004  # the same
    return value
