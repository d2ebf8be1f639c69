"""Feather files, which are Arrow's own messages, after a look at how large they get.

Buffers that are packed begin with their unpacked length, and where they are stands in the metadata
of each message: a FlatBuffers table. See Arrow's `Message.fbs`.
"""

import struct
from pathlib import Path

import pyarrow as pa

from pairmatch.model.read_limits import ReadLimits

_MAGIC = b"ARROW1\x00\x00"
_DICTIONARY_BATCH, _RECORD_BATCH = 2, 3
# positions of fields in their tables
_HEADER_TYPE, _HEADER = 1, 2
_DATA = 1
_LENGTH, _BUFFERS, _COMPRESSION = 0, 2, 3
_NOT_PACKED = -1


def read_feather(path: Path, limits: ReadLimits) -> pa.Table:
    """Read a Feather file, unless it has too many rows or unpacks to too many bytes.

    Raises
    ------
    RefusedError
        If there is more in it than the limits allow, before anything is unpacked.
    OSError, ValueError, pyarrow.ArrowException
        If it is no Feather file.
    """
    data = path.read_bytes()
    if not data.startswith(_MAGIC):
        raise ValueError("no Feather file of version 2")
    messages = pa.py_buffer(data).slice(len(_MAGIC))
    rows = size = 0
    for message in pa.ipc.MessageReader.open_stream(pa.BufferReader(messages)):
        message_rows, message_size = _unpacked(message)
        rows += message_rows
        size += message_size
        limits.check_rows(rows)
        limits.check_bytes(size)
    # the messages in their order, as they were looked at; the end of the file could name others
    return pa.ipc.open_stream(pa.BufferReader(messages)).read_all()


def _unpacked(message: pa.Message) -> tuple[int, int]:
    """Return how many rows a message adds, and how many bytes it takes unpacked."""
    try:
        return _rows_and_bytes(message)
    except (struct.error, IndexError):
        pass
    raise ValueError("no message of Arrow's")


def _rows_and_bytes(message: pa.Message) -> tuple[int, int]:
    root = _Table.root(message.metadata.to_pybytes())
    kind = root.number(_HEADER_TYPE, "<B")
    if kind not in (_DICTIONARY_BATCH, _RECORD_BATCH):
        return 0, 0
    batch = root.table(_HEADER)
    if kind == _DICTIONARY_BATCH:
        batch = batch.table(_DATA)
    rows = batch.number(_LENGTH, "<q") if kind == _RECORD_BATCH else 0
    body = message.body
    is_packed = batch.has(_COMPRESSION)
    size = 0
    for offset, length in batch.pairs(_BUFFERS):
        if length < 0 or offset < 0 or offset + length > body.size:
            raise IndexError
        if is_packed and length:
            (unpacked,) = struct.unpack_from("<q", body, offset)
            size += length if unpacked == _NOT_PACKED else max(0, unpacked)
        else:
            size += length
    return max(0, rows), size


class _Table:
    """A FlatBuffers table: where its fields stand is said in a table of offsets before it."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self._position = position
        self._offsets = position - self._read("<i", position)

    @classmethod
    def root(cls, data: bytes) -> "_Table":
        return cls(data, struct.unpack_from("<I", data)[0])

    def has(self, field: int) -> bool:
        return self._field(field) > 0

    def number(self, field: int, kind: str) -> int:
        offset = self._field(field)
        return self._read(kind, self._position + offset) if offset else 0

    def table(self, field: int) -> "_Table":
        return _Table(self._data, self._followed(field))

    def pairs(self, field: int) -> list[tuple[int, int]]:
        """Return a vector of pairs of 64-bit numbers."""
        if not self.has(field):
            return []
        position = self._followed(field)
        count = self._read("<I", position)
        numbers = struct.unpack_from(f"<{2 * count}q", self._data, position + 4)
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def _followed(self, field: int) -> int:
        place = self._position + self._field(field)
        return place + self._read("<I", place)

    def _field(self, field: int) -> int:
        size = self._read("<H", self._offsets)
        place = 4 + 2 * field
        return self._read("<H", self._offsets + place) if place < size else 0

    def _read(self, kind: str, position: int) -> int:
        if position < 0:
            raise IndexError
        value: int = struct.unpack_from(kind, self._data, position)[0]
        return value
