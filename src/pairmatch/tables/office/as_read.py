"""Tables as offices wrote them, below one header each, for a report in which they can be mended.

Rows are where they were read, cells are as they stand. What may be personal is left blank.
"""

from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.errors import Source
from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.model.shown_names import may_be_shown
from pairmatch.tables.decode import decoded, is_text
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.headers import canonical_names
from pairmatch.tables.office.layout import sheet_of
from pairmatch.tables.office.parts import Part, parts_of_folder, parts_of_workbook
from pairmatch.tables.office.read import grid_of
from pairmatch.tables.office.user_names import user_names_of
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.personal_columns import is_personal_column
from pairmatch.tables.personal_numbers import personal_numbers
from pairmatch.tables.reading import WORKBOOK, read_table
from pairmatch.tables.schema import SCHEMAS, Schema

_NOT_READ = (RefusedError, MemoryError, OSError)


@dataclass(frozen=True, eq=False)
class TableAsRead:
    """One office's part of a table.

    Attributes
    ----------
    table
        Our name of it.
    source
        The file or sheet, with the letters of its columns.
    names
        The header of each column as it is written, empty where it may not be shown.
    columns
        Our names of the columns; None where a column is none of ours.
    cells
        Text columns, shape (rows, columns); null where a cell is empty or may be personal.
    rows
        Shape (rows,), the number of each row in its source.
    """

    table: str
    source: Source
    names: tuple[str, ...]
    columns: tuple[str | None, ...]
    cells: pa.Table
    rows: IntArray


def tables_as_read(
    where: Path, replaced: Collection[str], limits: ReadLimits, executor: Executor
) -> list[TableAsRead]:
    """Return all parts of all tables of a folder or a workbook, once more.

    A part that cannot be read has no columns and no rows.

    Parameters
    ----------
    where
        As `pairmatch.read_problem` takes it.
    replaced
        Tables that come from elsewhere.
    """
    vocabulary = Vocabulary.standard().with_user(user_names_of(where, Findings()).names)
    is_workbook = where.suffix.lower() == WORKBOOK and where.is_file()
    search = parts_of_workbook if is_workbook else parts_of_folder
    try:
        parts = search(where, replaced, vocabulary, Findings(), limits, executor)
    except _NOT_READ:
        return []
    work = [(schema, part) for schema in SCHEMAS for part in parts.tables.get(schema.name, [])]
    return list(
        executor.map(lambda one: _read(one[0], one[1], vocabulary, limits), work),
    )


def _read(schema: Schema, part: Part, vocabulary: Vocabulary, limits: ReadLimits) -> TableAsRead:
    source = Source(part.file, "" if part.grid is None else part.grid.sheet)
    findings = Findings()
    try:
        grid = grid_of(part, schema.name, findings, limits)
        if grid is None:
            return _plain(schema, part, source, limits)
        sheet = sheet_of(grid, schema, vocabulary, findings)
    except _NOT_READ:
        return _nothing(schema, source)
    ours = {column.name for column in schema.columns}
    meant = canonical_names(sheet.names, schema, vocabulary, findings)
    columns = tuple(name if name in ours else None for name in meant)
    known = {
        column: letter
        for column, letter in zip(columns, sheet.letters, strict=True)
        if column is not None
    }
    cells = _without_personal(sheet.cells, sheet.names, columns)
    source = Source(source.file, source.sheet, known)
    return TableAsRead(
        schema.name, source, _shown(sheet.names, columns), columns, cells, sheet.rows
    )


def _plain(schema: Schema, part: Part, source: Source, limits: ReadLimits) -> TableAsRead:
    """Return a table of a file that is not for people, such as Parquet."""
    table = read_table(part.path, schema, Findings(), limits)
    if table is None:
        return _nothing(schema, source)
    own = {column.name for column in schema.columns}
    names = tuple(table.column_names)
    columns = tuple(name if name in own else None for name in names)
    texts = pa.table([_as_text(column) for column in table.columns], names=list(names))
    cells = _without_personal(texts, names, columns)
    rows = np.arange(1, table.num_rows + 1, dtype=np.int64)
    return TableAsRead(schema.name, source, _shown(names, columns), columns, cells, rows)


def _nothing(schema: Schema, source: Source) -> TableAsRead:
    return TableAsRead(schema.name, source, (), (), pa.table({}), np.zeros(0, dtype=np.int64))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    plain = decoded(column)
    if is_text(plain.type):
        return plain
    if pa.types.is_list(plain.type) or pa.types.is_large_list(plain.type):
        return pc.binary_join(plain.cast(pa.list_(pa.string())), ";")
    return plain.cast(pa.string())


def _without_personal(
    cells: pa.Table, names: tuple[str, ...], columns: tuple[str | None, ...]
) -> pa.Table:
    """Return cells without names and numbers of persons.

    What stands in our columns was looked at when they were read: it is blanked by what was found.
    A header that may not be shown may be somebody's data, as where there is none.
    """
    kept = []
    for cell, name, column in zip(cells.columns, names, columns, strict=True):
        if column is not None:
            kept.append(cell)
        elif is_personal_column(name) or not may_be_shown(name):
            kept.append(pa.chunked_array([pa.nulls(len(cell), pa.string())]))
        else:
            kept.append(_without_numbers(cell))
    return pa.table(kept, names=cells.column_names)


def _shown(names: tuple[str, ...], columns: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(
        name if column is not None or may_be_shown(name) else ""
        for name, column in zip(names, columns, strict=True)
    )


def _without_numbers(cell: pa.ChunkedArray) -> pa.ChunkedArray:
    found = personal_numbers(cell)
    if found is None:
        return cell
    marked = pa.array(found.id_number | found.phone_number)
    return pc.if_else(marked, pa.scalar(None, pa.string()), cell)
