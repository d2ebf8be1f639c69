"""Parquet files as Arrow tables, after a look at how large they get."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.parquet_pages import PageSizes, page_sizes

# so much may be unpacked before it is looked at how much it is
_BYTES_AT_A_TIME = 1 << 28
_WIDTHS = {"BOOLEAN": 1, "INT32": 4, "FLOAT": 4, "INT64": 8, "DOUBLE": 8, "INT96": 12}


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
        metadata = parquet.read_metadata(file)
        groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
        rows = max(metadata.num_rows, sum(group.num_rows for group in groups))
        limits.check_rows(rows)
        leaves = [_sizes(file, groups, n) for n in range(metadata.num_columns)]
        kinds = [metadata.schema.column(n) for n in range(metadata.num_columns)]
        limits.check_bytes(
            sum(_fewest_bytes(kind, sizes) for kind, sizes in zip(kinds, leaves, strict=True))
        )
        by_name = {kind.path: sizes for kind, sizes in zip(kinds, leaves, strict=True)}
        words = [
            kind.path
            for kind, sizes in zip(kinds, leaves, strict=True)
            if sizes.values
            and sizes.by_dictionary == sizes.values
            and kind.physical_type == "BYTE_ARRAY"
            and not kind.max_repetition_level
        ]
        opened = parquet.ParquetFile(file, metadata=metadata, read_dictionary=words)
        names = opened.schema_arrow.names
        if len(set(names)) < len(names):
            # which is said by whoever asked; by name they cannot be told apart
            return opened.schema_arrow.empty_table()
        left = limits.max_bytes
        columns = []
        for name in names:
            sizes = by_name.get(name, PageSizes()) if name not in words else PageSizes()
            column = _column(opened, name, sizes, rows, ReadLimits(limits.max_rows, max(1, left)))
            left -= column.nbytes
            columns.append(column)
        return pa.table(columns, names=names)


def _sizes(file: BinaryIO, groups: list[Any], column: int) -> PageSizes:
    return sum((page_sizes(file, group.column(column)) for group in groups), PageSizes())


def _fewest_bytes(kind: Any, sizes: PageSizes) -> int:
    """Return what a column takes at least; of lists, what it may take at most."""
    width = kind.length if kind.physical_type == "FIXED_LEN_BYTE_ARRAY" else 0
    width = width or _WIDTHS.get(kind.physical_type, 4)
    fewest = max(sizes.bytes, sizes.values * width)
    return fewest + sizes.values * sizes.longest if kind.max_repetition_level else fewest


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
