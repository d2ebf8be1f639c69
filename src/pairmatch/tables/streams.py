"""Streams and iterables of which nobody knows where they end: read as far as is allowed."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pyarrow as pa

from pairmatch.model.read_limits import ReadLimits

_MOST_EMPTY_BATCHES = 100_000


def read_stream(reader: pa.RecordBatchReader, limits: ReadLimits) -> pa.Table:
    """Return all batches of a stream as a table.

    Raises
    ------
    RefusedError
        As soon as there are more rows or bytes than the limits allow.
    """
    batches = []
    rows = size = empty = 0
    for batch in reader:
        rows += batch.num_rows
        size += batch.nbytes
        empty += not batch.num_rows
        if empty > _MOST_EMPTY_BATCHES:
            rows = limits.max_rows + 1
        limits.check_rows(rows)
        limits.check_bytes(size)
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=reader.schema)


def read_iterable(source: Iterable[Any], limits: ReadLimits, bytes_of_one: int) -> list[Any]:
    """Return what an iterable gives.

    Parameters
    ----------
    bytes_of_one
        How much memory each takes, about.

    Raises
    ------
    RefusedError
        As soon as there is more than the limits allow.
    """
    most = min(limits.max_rows, limits.max_bytes // bytes_of_one)
    found = list(islice(source, most + 1))
    limits.check_rows(len(found))
    limits.check_bytes(len(found) * bytes_of_one)
    return found
