"""What does not end is stopped at the limit."""

from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

import pyarrow as pa
import pytest

from pairmatch.model import Recipient
from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables import streams
from pairmatch.tables.streams import read_iterable, read_stream
from tests.tables.good import good_tables, refused, where

SCHEMA = pa.schema({"cadre_id": pa.string()})


class Endless:
    """A stream whose batches never end."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch
        self.given = 0

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.RecordBatchReader.from_batches(
            self.batch.schema, self._batches()
        ).__arrow_c_stream__()

    def _batches(self) -> Iterator[pa.RecordBatch]:
        while True:
            self.given += 1
            yield self.batch


class Liar:
    """Says that it is short."""

    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Iterator[Any]:
        return (f"c{n}" for n in count())


def test_an_endless_stream_is_stopped_at_the_rows() -> None:
    source = Endless(pa.record_batch({"cadre_id": ["a", "b"]}))
    error = refused({**good_tables(), "cadres": source}, max_rows=100)
    assert where(error) == [("too_many_rows", "cadres", None, ())]
    assert source.given == 51


def test_an_endless_stream_is_stopped_at_the_bytes() -> None:
    source = Endless(pa.record_batch({"cadre_id": ["x" * 1_000]}))
    error = refused({**good_tables(), "cadres": source}, max_bytes=100_000)
    assert where(error) == [("too_many_bytes", "cadres", None, ())]
    assert source.given < 101


def test_an_endless_stream_of_nothing_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_MOST_EMPTY_BATCHES", 50)
    source = Endless(pa.record_batch({"cadre_id": pa.array([], pa.string())}))
    error = refused({**good_tables(), "cadres": source})
    assert where(error) == [("too_many_rows", "cadres", None, ())]
    assert source.given == 51


def test_endless_rows_are_stopped() -> None:
    row = Recipient(recipient_id="r", category="orphan", area="t1")
    error = refused({**good_tables(), "recipients": repeat(row)}, max_rows=1_000)
    assert where(error) == [("too_many_rows", "recipients", None, ())]
    # a row takes a kilobyte, whatever the rows may be
    error = refused({**good_tables(), "recipients": repeat(row)}, max_bytes=2**20)
    assert where(error) == [("too_many_bytes", "recipients", None, ())]


@pytest.mark.parametrize("values", [count(), Liar(), repeat("c1")])
def test_endless_columns_are_stopped(values: Any) -> None:
    error = refused({**good_tables(), "cadres": {"cadre_id": values}}, max_rows=1_000)
    assert where(error) == [("too_many_rows", "cadres", None, ())]


def test_what_ends_in_time_comes_whole() -> None:
    limits = ReadLimits(max_rows=4)
    batches = [pa.record_batch({"cadre_id": ["a", "b"]}) for _ in range(2)]
    table = read_stream(pa.RecordBatchReader.from_batches(SCHEMA, batches), limits)
    assert table.column("cadre_id").to_pylist() == ["a", "b", "a", "b"]
    assert read_stream(pa.RecordBatchReader.from_batches(SCHEMA, []), limits).num_rows == 0
    assert read_iterable(iter("abcd"), limits, 1) == list("abcd")
    with pytest.raises(RefusedError):
        read_iterable("abcde", limits, 1)
