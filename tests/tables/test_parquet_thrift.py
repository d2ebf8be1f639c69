"""Structures of Thrift's compact protocol, and bytes that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables.parquet_thrift import read_struct


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (b"\0", {}),
        (b"\x15\x02\0", {1: 1}),
        (b"\x15\x01\x16\x80\x01\0", {1: -1, 2: 64}),
        (b"\x11\x12\x15\x04\0", {1: None, 2: None, 3: 2}),
        (b"\x18\x02ab\0", {1: b"ab"}),
        (b"\x05\x28\x02\0", {20: 1}),
        (b"\x1c\x15\x02\0\x15\x04\0", {1: {1: 1}, 2: 2}),
        (b"\x19\x25\x02\x04\0", {1: [1, 2]}),
        (b"\x19\xf5\x02\x02\x04\0", {1: [1, 2]}),
        (b"\x17" + bytes(8) + b"\x13\x07\0", {1: None, 2: 7}),
        (b"\x19\x22\x01\x02\x15\x02\0", {1: [], 2: 1}),
    ],
)
def test_structures_are_read_to_their_end(data: bytes, fields: object) -> None:
    assert read_struct(data + b"more") == (fields, len(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x15",
        b"\x18\x05ab\0",
        b"\x1d\0",
        b"\x1c" * 100,
        b"\x19\x1c" * 100,
        b"\x15" + b"\x80" * 9,
        b"\x15" + b"\xff" * 100_000,
    ],
)
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no structure") as caught:
        read_struct(data)
    assert caught.value.__context__ is None


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        _, length = read_struct(data)
    except ValueError:
        return
    assert 0 < length <= len(data)
