"""Any table that a caller may have, as an Arrow table; nothing is checked here but readability."""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import BaseModel

from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file, check_not_url
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.feather_file import read_feather
from pairmatch.tables.findings import Findings
from pairmatch.tables.parquet_file import read_parquet
from pairmatch.tables.plain_file import read_plain
from pairmatch.tables.schema import Schema
from pairmatch.tables.streams import read_iterable, read_stream
from pairmatch.tables.title_row import refuse_title
from pairmatch.tables.unpacked import check_unpacked

WORKBOOK = ".xlsx"
TEXT_ENDINGS = (".tsv", ".txt")
READABLE = (".csv", WORKBOOK, ".parquet", ".feather")

# a name of a file may hold anything; only what is clearly an ending is repeated
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,7}")

_OTHER_CONTENT = RefusedError("unreadable_file.content")
# what says how long it is by the memory that it has
_ARRAY = ("__array__", "__arrow_array__", "__arrow_c_array__", "__arrow_c_stream__")
_BYTES_OF_A_MODEL = 1024
_BYTES_OF_A_CELL = 64
_NOT_READABLE = (pa.ArrowException, TypeError, ValueError, OverflowError)


def read_table(
    source: Any, schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Table | None:
    """Return a caller's table as Arrow, or None after adding why it cannot be read.

    Parameters
    ----------
    source
        A path, an Arrow table or batch, anything with an Arrow stream, a pandas frame, a mapping
        of columns, or an iterable of the table's pydantic model, of mappings, named tuples or
        dataclasses.
    limits
        Reading stops where there is more.
    """
    if isinstance(source, str | os.PathLike):
        table = _with_names(_read_file(source, schema.name, findings, limits), schema, findings)
    else:
        try:
            table = _with_names(_read_object(source, schema, findings, limits), schema, findings)
        except RefusedError as error:
            table = None
            findings.refused(error, schema.name)
        except MemoryError:
            table = None
            out_of_memory(schema.name, findings)
        except _NOT_READABLE:
            table = None
            _no_table(source, schema, findings)
    if table is not None and refuse_title(table.column_names, schema, findings):
        table = None
    if table is not None and len(set(table.column_names)) < table.num_columns:
        table = None
        findings.table("bad_header.twice", schema.name)
    if table is None:
        findings.unread(schema.name)
    return table


def valid_table(
    table: pa.Table, source: Any, schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Table | None:
    """Return a table that was read, or None after adding that its memory is not what it says.

    Text that is not UTF-8, offsets that point nowhere: Arrow does not look by itself. Nor does it
    say how large a column gets that refers to a few long words.
    """
    try:
        table.validate(full=True)
        check_unpacked(table, limits)
    except RefusedError as error:
        findings.refused(error, schema.name)
        findings.unread(schema.name)
        return None
    except MemoryError:
        out_of_memory(schema.name, findings)
        findings.unread(schema.name)
        return None
    except _NOT_READABLE:
        if isinstance(source, str | os.PathLike):
            findings.refused(_OTHER_CONTENT, schema.name)
        else:
            _no_table(source, schema, findings)
        findings.unread(schema.name)
        return None
    return table


def _with_names(table: pa.Table | None, schema: Schema, findings: Findings) -> pa.Table | None:
    """Return a table whose columns have names, or None after adding that they have none."""
    try:
        if table is not None:
            table.schema.names  # noqa: B018  # Arrow does not look whether they are UTF-8
    except UnicodeDecodeError:
        table = None
        findings.table("bad_header.not_utf8", schema.name)
    return table


def _no_table(source: Any, schema: Schema, findings: Findings) -> None:
    given, model = type(source).__name__, schema.model.__name__
    findings.table("wrong_type.table", schema.name, given=given, model=model)


def _read_object(source: Any, schema: Schema, findings: Findings, limits: ReadLimits) -> pa.Table:
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if _is_pandas_frame(source):
        limits.check_rows(len(source))
        names = [str(name) for name in source.columns]
        values = [source.iloc[:, n] for n in range(len(names))]
        return _from_columns(names, values, schema, findings, limits)
    if hasattr(source, "__arrow_c_stream__"):
        return read_stream(pa.RecordBatchReader.from_stream(source), limits)
    if isinstance(source, Mapping):
        names = [str(name) for name in source]
        return _from_columns(names, list(source.values()), schema, findings, limits)
    if isinstance(source, Iterable):
        rows = read_iterable(source, limits, _BYTES_OF_A_MODEL)
        if all(isinstance(row, schema.model) for row in rows):
            return _from_models(rows, schema, findings, limits)
        return _from_mappings(
            [as_mapping(row, schema.model) for row in rows], schema, findings, limits
        )
    raise TypeError("no table")


def _is_pandas_frame(source: Any) -> bool:
    # whoever has a pandas frame has imported pandas
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(source, pandas.DataFrame)


def _from_columns(
    names: list[str], values: list[Any], schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Table:
    columns = [
        _column(name, value, schema, findings, limits)
        for name, value in zip(names, values, strict=True)
    ]
    return pa.table(columns, names=names)


def _column(
    name: str, values: Any, schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Array | pa.ChunkedArray:
    """Make a column; one of several Python types becomes text, so that bad cells are reported."""
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values
    single = not isinstance(values, Iterable) or getattr(values, "ndim", 1) == 0
    if single or isinstance(values, str | bytes):
        raise TypeError("a single value where a column is needed")
    if isinstance(values, np.ndarray) and (values.ndim != 1 or values.dtype.kind in "OUS"):
        values = values.tolist()
    elif not isinstance(values, list | tuple) and not any(hasattr(values, name) for name in _ARRAY):
        # what it says of its length may be wrong
        values = read_iterable(values, limits, _BYTES_OF_A_CELL)
    limits.check_rows(len(values))
    try:
        if hasattr(values, "__arrow_c_stream__"):
            return pa.chunked_array(values)
        return pa.array(values)
    except MemoryError:
        raise
    except _NOT_READABLE:
        return _mixed(name, list(values), schema, findings)


def _mixed(name: str, values: list[Any], schema: Schema, findings: Findings) -> pa.Array:
    """Make a column of text from cells of several types, reporting those that are no table's."""
    known = next((column for column in schema.columns if column.name == name), None)
    allowed: tuple[type, ...] = (str, int, np.integer)
    if known is not None and known.kind in ("integer", "number"):
        allowed = (*allowed, float, np.floating, Decimal)
    cells = [None if _missing(value) else value for value in values]
    if known is not None:
        wrong = [
            cell is not None and (isinstance(cell, bool) or not isinstance(cell, allowed))
            for cell in cells
        ]
        findings.rows("wrong_type.mixed", schema.name, name, np.array(wrong, dtype=np.bool_))
        cells = [None if bad else cell for cell, bad in zip(cells, wrong, strict=True)]
    return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())


def _missing(value: Any) -> bool:
    """Tell None and the missing values of pandas, which equal nothing, not even themselves."""
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def _from_models(
    rows: list[BaseModel], schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Table:
    names = [column.name for column in schema.columns]
    return _from_columns(
        names,
        [[_plain(getattr(row, name)) for row in rows] for name in names],
        schema,
        findings,
        limits,
    )


def as_mapping(row: Any, model: type[BaseModel]) -> Mapping[str, Any]:
    """Return a mapping, one of a model, a named tuple or a dataclass as a mapping of its fields.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    # a plain one is told at once; the abstract class takes longer to ask
    if type(row) is dict or isinstance(row, Mapping):
        return row
    if isinstance(row, model):
        return {name: _plain(getattr(row, name)) for name in model.model_fields}
    if isinstance(row, tuple) and hasattr(row, "_fields"):
        return dict(zip(row._fields, row, strict=True))
    if is_dataclass(row) and not isinstance(row, type):
        return {field.name: getattr(row, field.name) for field in fields(row)}
    raise TypeError("no row")


def _from_mappings(
    rows: Sequence[Mapping[str, Any]], schema: Schema, findings: Findings, limits: ReadLimits
) -> pa.Table:
    """Make a table of mappings; where one lacks a column that another has, the cell is empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not all(isinstance(name, str) for name in names):
        raise TypeError("a column whose name is not text")
    values = [[row.get(name) for row in rows] for name in names]
    return _from_columns(names, values, schema, findings, limits)


def _plain(value: Any) -> Any:
    # decimals as text: Arrow would want one precision for the whole column
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _read_file(
    source: str | os.PathLike[str], table: str, findings: Findings, limits: ReadLimits
) -> pa.Table | None:
    try:
        check_not_url(source)
        suffix = Path(source).suffix.lower()
        if suffix in READABLE:
            path = check_file(source, limits.max_bytes)
            refuse_other_kinds(path, is_table=True)
            if suffix in (".csv", WORKBOOK):
                return read_plain(path, table, findings, limits)
            return (read_parquet if suffix == ".parquet" else read_feather)(path, limits)
        is_folder = Path(source).is_dir()
        why = RefusedError("unsupported_format", names=READABLE)
        if is_folder:
            why = unreadable(IsADirectoryError())
        elif _ENDING.fullmatch(suffix):
            why = RefusedError("unsupported_format.ending", names=READABLE, ending=suffix)
    except RefusedError as error:
        why = error
    except MemoryError:
        out_of_memory(table, findings)
        return None
    except (pa.ArrowException, TypeError, ValueError):
        why = _OTHER_CONTENT
    except IsADirectoryError as error:
        why = unreadable(error)
    except OSError as error:
        # Arrow's readers say by an OSError without a number that the content is not theirs
        why = _OTHER_CONTENT if error.errno is None else unreadable(error)
    findings.refused(why, table)
    return None


def out_of_memory(table: str, findings: Findings) -> None:
    """Report a table that does not fit into the memory that is left."""
    findings.table("out_of_memory", table)
