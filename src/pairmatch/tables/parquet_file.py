"""Parquet files as Arrow tables, after a look at how large they get."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.parquet_footer import Leaf, read_footer
from pairmatch.tables.parquet_pages import PageSizes, page_sizes

# so much may be unpacked before it is looked at how much it is
_BYTES_AT_A_TIME = 1 << 28
_BYTES_OF_AN_OFFSET = 4


def read_parquet(path: Path, limits: ReadLimits) -> pa.Table:
    """Read a Parquet file, unless it has too many rows or unpacks to too many bytes.

    Columns of text that the file keeps as words and references to them come back so, since their
    words may be few and long; see `pairmatch.tables.unpacked`.

    Raises
    ------
    RefusedError
        If there is more in it than the limits allow: before anything is unpacked where the headers
        tell, else as soon as it is too much.
    OSError, ValueError, pyarrow.ArrowException
        If it is no Parquet file.
    """
    # imported here, as tables in memory can do without
    from pyarrow import parquet  # noqa: PLC0415

    # an open file, not a path: no partitions are read from folder names, and the file may be
    # replaced while the problem lives
    with path.open("rb") as file:
        footer = read_footer(file)
        limits.check_rows(footer.rows)
        sizes = [_sizes(file, leaf) for leaf in footer.leaves]
        limits.check_bytes(sum(map(_fewest_bytes, footer.leaves, sizes)))
        flat = {
            leaf.name.decode(): size
            for leaf, size in zip(footer.leaves, sizes, strict=True)
            if leaf.is_flat and all(chunk.is_text for chunk in leaf.chunks)
        }
        words = {name for name, size in flat.items() if 0 < size.by_dictionary == size.values}
        file.seek(0)
        opened = parquet.ParquetFile(file, read_dictionary=sorted(words))
        names = opened.schema_arrow.names
        if len(set(names)) < len(names):
            # which is said by whoever asked; by name they cannot be told apart
            return opened.schema_arrow.empty_table()
        left = limits.max_bytes
        columns = []
        for name in names:
            size = PageSizes() if name in words else flat.get(name, PageSizes())
            allowed = ReadLimits(limits.max_rows, max(1, left))
            column = _column(opened, name, size, footer.rows, allowed)
            left -= column.nbytes
            columns.append(column)
        return pa.table(columns, names=names)


def _sizes(file: BinaryIO, leaf: Leaf) -> PageSizes:
    return sum((page_sizes(file, chunk) for chunk in leaf.chunks), PageSizes())


def _fewest_bytes(leaf: Leaf, sizes: PageSizes) -> int:
    """Return what a column takes at least; of lists, what it may take at most."""
    fewest = max(sizes.bytes, sizes.values * (leaf.width or _BYTES_OF_AN_OFFSET))
    return fewest if leaf.is_flat else fewest + sizes.values * sizes.longest


def _column(
    opened: Any, name: str, sizes: PageSizes, rows: int, limits: ReadLimits
) -> pa.ChunkedArray:
    """Read one column, a part at a time where its words may be unpacked to too much."""
    most = min(_BYTES_AT_A_TIME, limits.max_bytes)
    at_a_time = max(1, most // max(1, sizes.longest))
    if at_a_time >= rows:
        return opened.read(columns=[name]).column(0)
    kind = opened.schema_arrow.field(name).type
    return pa.chunked_array(_parts(opened, name, at_a_time, limits), kind).combine_chunks()


def _parts(opened: Any, name: str, rows: int, limits: ReadLimits) -> Iterator[pa.Array]:
    size = 0
    for batch in opened.iter_batches(rows, columns=[name]):
        size += batch.nbytes
        limits.check_bytes(size)
        yield batch.column(0)
