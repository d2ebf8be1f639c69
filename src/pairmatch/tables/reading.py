"""Any table that a caller may have, as an Arrow table; nothing is checked here but readability."""

import csv
import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.feather as feather
import pyarrow.parquet as parquet
from pydantic import BaseModel

from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import Schema

READABLE = (".csv", ".parquet", ".feather")


def read_table(source: Any, schema: Schema, findings: Findings) -> pa.Table | None:
    """Return a caller's table as Arrow, or None after adding why it cannot be read.

    ``source`` is a path, an Arrow table or batch, anything with an Arrow stream, a pandas frame,
    a mapping of columns or an iterable of pydantic models.
    """
    if isinstance(source, str | Path):
        return _read_file(Path(source), schema.name, findings)
    try:
        return _read_object(source, schema)
    except (pa.ArrowException, TypeError, ValueError):
        findings.table(
            "wrong_type",
            schema.name,
            None,
            f"a {type(source).__name__} that is no table",
            "give a path, an Arrow table or stream, a data frame, a mapping of columns of equal "
            "length, or an iterable of pairmatch models",
        )
        return None


def _read_object(source: Any, schema: Schema) -> pa.Table:
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if hasattr(source, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(source).read_all()
    if isinstance(source, Mapping):
        return pa.table({str(name): _column(values) for name, values in source.items()})
    if hasattr(source, "to_dict") and hasattr(source, "columns"):
        return pa.Table.from_pandas(source, preserve_index=False)
    if isinstance(source, Iterable):
        rows = list(source)
        if all(isinstance(row, BaseModel) for row in rows):
            return _from_models(rows, schema)
    raise TypeError("no table")


def _column(values: Any) -> pa.Array | pa.ChunkedArray:
    """Make a column; mixed Python values become text, so that each bad one can be reported."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    if isinstance(values, np.ndarray) and values.dtype.kind in "OUS":
        values = values.tolist()
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def _from_models(rows: list[BaseModel], schema: Schema) -> pa.Table:
    names = list(schema.model.model_fields)
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            value = getattr(row, name)
            columns[name].append(list(value) if isinstance(value, tuple) else value)
    return pa.table({name: _column(values) for name, values in columns.items()})


def _read_file(path: Path, table: str, findings: Findings) -> pa.Table | None:
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        findings.table(
            "unsupported_format",
            table,
            None,
            f"a file ending in {suffix or 'nothing'}",
            f"save the table as one of {', '.join(READABLE)} (CSV as UTF-8)",
        )
        return None
    try:
        if suffix == ".csv":
            return _read_csv(path, table, findings)
        # not through memory maps: the file may be replaced while the problem lives
        read = parquet.read_table if suffix == ".parquet" else feather.read_table
        return read(path, memory_map=False)
    except FileNotFoundError:
        found = "no such file"
    except (OSError, pa.ArrowException):
        found = f"a file that cannot be read as {suffix}"
    findings.table("unreadable_file", table, None, found, "check the path and how it was saved")
    return None


def _read_csv(path: Path, table: str, findings: Findings) -> pa.Table | None:
    """Read every column as text: '007' stays '007', and numbers are parsed by the checks."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
            for _ in iter(lambda: file.read(1 << 20), ""):
                pass
    except UnicodeDecodeError:
        findings.table(
            "bad_encoding",
            table,
            None,
            "bytes that are not UTF-8",
            "save the file as UTF-8 (in a spreadsheet program: 'CSV UTF-8')",
        )
        return None
    names = [name.strip() for name in header]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not names or twice:
        findings.table(
            "bad_header",
            table,
            None,
            f"{len(twice)} column names that occur twice" if twice else "a file without a header",
            "give every column one name in the first row",
        )
        return None
    bad_rows: list[int] = []
    seen = itertools.count()

    def ragged(row: pacsv.InvalidRow) -> str:
        # the number counts from 1 and includes the header
        bad_rows.append((row.number if row.number is not None else next(seen) + 2) - 1)
        return "skip"

    data = pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(use_threads=False, column_names=names, skip_rows=1),
        parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=ragged),
        convert_options=pacsv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    if bad_rows:
        findings.row_numbers[table] = np.setdiff1d(
            np.arange(1, data.num_rows + len(bad_rows) + 1), np.array(bad_rows)
        )
        everything = np.zeros(data.num_rows + len(bad_rows), dtype=np.bool_)
        everything[np.array(bad_rows) - 1] = True
        numbers = findings.row_numbers.pop(table)
        findings.rows(
            "ragged_row",
            table,
            None,
            everything,
            f"a number of cells other than the {len(names)} of the header",
            "quote cells that hold commas, and give every row the same number of cells",
        )
        findings.row_numbers[table] = numbers
    return data
