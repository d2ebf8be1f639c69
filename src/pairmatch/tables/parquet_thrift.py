"""Structures in Thrift's compact protocol, which Parquet's footers and page headers are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = "int | bytes | list[Value] | dict[int, Value] | None"
Fields: TypeAlias = dict[int, Value]

_MOST_NESTED = 16
_MOST_BITS = 64
_MORE = 0x80
_LONG_LIST = 15
# what field types stand for
_TRUE, _FALSE, _BYTE, _DOUBLE, _BYTES, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_INTEGERS = (4, 5, 6)


def read_struct(data: bytes) -> tuple[Fields, int]:
    """Return the fields of a structure by their number, and how many bytes it has.

    Numbers, bytes, lists and structures are kept, anything else is None.

    Raises
    ------
    ValueError
        If there is none.
    """
    reader = _Reader(data)
    try:
        return reader.struct(0), reader.position
    except IndexError:
        pass
    # out here, so that nothing hangs on to it
    raise ValueError("no structure of Thrift's")


@dataclass
class _Reader:
    data: bytes
    position: int = 0
    by_kind: dict[int, Callable[[int], Value]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_kind = {
            **dict.fromkeys(_INTEGERS, lambda _depth: self.zigzag()),
            **dict.fromkeys((_LIST, _SET), self.list),
            _BYTE: lambda _depth: self.byte(),
            _DOUBLE: lambda _depth: self.skip(8),
            _BYTES: lambda _depth: self.bytes(self.varint()),
            _STRUCT: self.struct,
        }

    def byte(self) -> int:
        self.position += 1
        return self.data[self.position - 1]

    def skip(self, count: int) -> None:
        self.bytes(count)

    def bytes(self, count: int) -> bytes:
        begin = self.position
        self.position += count
        if self.position > len(self.data):
            raise IndexError
        return self.data[begin : self.position]

    def varint(self) -> int:
        value = 0
        for shift in range(0, _MOST_BITS, 7):
            byte = self.byte()
            value |= (byte & ~_MORE) << shift
            if byte < _MORE:
                return value
        raise IndexError

    def zigzag(self) -> int:
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def struct(self, depth: int) -> Fields:
        if depth > _MOST_NESTED:
            raise IndexError
        fields: Fields = {}
        number = 0
        while byte := self.byte():
            step, kind = byte >> 4, byte & 15
            number = number + step if step else self.zigzag()
            # a truth value stands in its type
            fields[number] = None if kind in (_TRUE, _FALSE) else self.value(kind, depth + 1)
        return fields

    def list(self, depth: int) -> "list[Value]":
        if depth > _MOST_NESTED:
            raise IndexError
        byte = self.byte()
        count, kind = byte >> 4, byte & 15
        if count == _LONG_LIST:
            count = self.varint()
        if kind in (_TRUE, _FALSE):
            self.skip(count)
            return []
        return [self.value(kind, depth + 1) for _ in range(count)]

    def value(self, kind: int, depth: int) -> Value:
        read = self.by_kind.get(kind)
        if read is None:
            raise IndexError
        return read(depth)
