"""Where the values of a column stand among keys, looked up once for everybody who asks.

Hashing a quarter of a million texts takes milliseconds, and checks as well as the formulation ask
where the same columns stand in the same tables.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray

Column: TypeAlias = pa.ChunkedArray | pa.Array

_Where: TypeAlias = tuple[tuple[int, ...], ...]


def whole(column: Column) -> pa.Array:
    """Return a column as one array; Arrow's own `combine_chunks` copies a single chunk as well."""
    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def is_null(column: pa.ChunkedArray) -> BoolArray:
    """Tell which rows of a column are null, shape ``(rows,)``."""
    if column.null_count == 0:
        return np.zeros(len(column), dtype=np.bool_)
    null: BoolArray = column.is_null().to_numpy()
    return null


def positions(values: Column, keys: Column) -> IntArray:
    """Return the position of every value among distinct keys, or -1 for null or unknown.

    Keys are hashed in each call, which is what takes the time: better one call for many columns.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
    found = pc.index_in(values, value_set=whole(keys), skip_nulls=True)
    chunks = found.chunks if isinstance(found, pa.ChunkedArray) else [found]
    result = np.empty(len(values), dtype=np.int64)
    start = 0
    for chunk in chunks:
        filled = pc.fill_null(chunk, -1).to_numpy(zero_copy_only=False)
        result[start : start + len(chunk)] = filled
        start += len(chunk)
    return result


class Lookups:
    """Positions that were found, by the memory in which the columns and the keys lie.

    Arrow arrays do not change and are kept here with their positions, so the same memory holds
    the same values. A column that was sorted, filled or sliced lies elsewhere and is looked up
    again. A few names, such as ranks, are keys by what they are. Positions are shared, so nobody
    may write to them; they are not marked so, as kernels would be compiled once more for that.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[_Where, _Where | tuple[str, ...]], _Found] = {}

    def __reduce__(self) -> tuple[type["Lookups"], tuple[()]]:
        """Let copies start empty, as their columns lie elsewhere."""
        return Lookups, ()

    def within(self, tables: Iterable[pa.Table]) -> "Lookups":
        """Return what is known of the columns of some tables, letting go of all other memory."""
        columns = {_where(column) for table in tables for column in table.columns}
        kept = Lookups()
        kept._found = {key: known for key, known in self._found.items() if key[0] in columns}
        return kept

    def positions(self, values: Column, keys: Column | tuple[str, ...]) -> IntArray:
        """Return `positions`, from memory where they are known."""
        known = self._found.get((_where(values), _key(keys)))
        if known is not None:
            return known.positions
        among = pa.array(keys, pa.string()) if isinstance(keys, tuple) else keys
        return self.keep(values, keys, positions(values, among))

    def keep(self, values: Column, keys: Column | tuple[str, ...], found: IntArray) -> IntArray:
        """Keep positions that were found in another way, and return them."""
        self._found[_where(values), _key(keys)] = _Found(values, keys, found)
        return found


class _Found(NamedTuple):
    """Positions, with the columns whose memory they stand for."""

    values: Column
    keys: Column | tuple[str, ...]
    positions: IntArray


def _key(keys: Column | tuple[str, ...]) -> "_Where | tuple[str, ...]":
    return keys if isinstance(keys, tuple) else _where(keys)


def _where(column: Column) -> _Where:
    """Return where the chunks of a column lie: offsets, lengths and the addresses of buffers."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return tuple(
        (
            chunk.offset,
            len(chunk),
            *(0 if buffer is None else buffer.address for buffer in chunk.buffers()),
        )
        for chunk in chunks
        if len(chunk)
    )
