"""Tables of offices, read, mended and joined: from a folder or a workbook to one table a name."""

from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
import pyarrow as pa

from pairmatch.errors import Source
from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file
from pairmatch.model.shown_names import may_be_shown
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.encoding import office_text
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.text_file import begin, parse
from pairmatch.tables.office.headers import canonical_names
from pairmatch.tables.office.joined import joined
from pairmatch.tables.office.layout import positions, sheet_of
from pairmatch.tables.office.parts import Part, Parts
from pairmatch.tables.office.values import mended
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.places import Places
from pairmatch.tables.reading import TEXT_ENDINGS, out_of_memory, read_table
from pairmatch.tables.schema import SCHEMAS, Schema

_TEXTS = (".csv", *TEXT_ENDINGS)


def read_parts(
    parts: Parts,
    vocabulary: Vocabulary,
    executor: Executor,
    limits: ReadLimits,
    *,
    strict: bool,
    attributes: Collection[str] = (),
) -> dict[str, tuple[pa.Table | None, Findings]]:
    """Read the parts of each table, mend and join them.

    Parameters
    ----------
    strict
        Whether what could be repaired is a failure.
    attributes
        Headers of further columns that are wanted.

    Returns
    -------
    dict
        By table: its rows with our names of columns, None where a part could not be read, and
        what was found.
    """
    work = [(schema, part) for schema in SCHEMAS for part in parts.tables.get(schema.name, [])]

    def read(one: tuple[Schema, Part]) -> tuple[pa.Table | None, Findings]:
        schema, part = one
        findings = Findings(strict=strict)
        return _read(part, schema, vocabulary, findings, limits, attributes), findings

    done = list(executor.map(read, work))
    return {
        schema.name: joined(
            [one for one, (of, _) in zip(done, work, strict=True) if of is schema], schema
        )
        for schema in SCHEMAS
        if parts.tables.get(schema.name)
    }


def _read(
    part: Part,
    schema: Schema,
    vocabulary: Vocabulary,
    findings: Findings,
    limits: ReadLimits,
    attributes: Collection[str],
) -> pa.Table | None:
    """Return one part with our names of columns, or None after adding why it cannot be read."""
    source = Source(part.file, "" if part.grid is None else part.grid.sheet)
    table = None
    try:
        grid = grid_of(part, schema.name, findings, limits)
        if grid is None:
            table = read_table(part.path, schema, findings, limits)
        else:
            table = _mended(grid, schema, vocabulary, findings, attributes)
    except RefusedError as error:
        findings.refused(error, schema.name)
    except MemoryError:
        out_of_memory(schema.name, findings)
    except OSError as error:
        findings.refused(unreadable(error), schema.name)
    if table is None:
        findings.unread(schema.name)
    elif schema.name not in findings.places:
        numbers = np.arange(1, table.num_rows + 1, dtype=np.int64)
        findings.places[schema.name] = Places.of(source, numbers)
    findings.found = [
        one if one.source.file else replace(one, source=source) for one in findings.found
    ]
    return table


def grid_of(part: Part, table: str, findings: Findings, limits: ReadLimits) -> Grid | None:
    """Return the cells of a part, None if its file is none that people write.

    Raises
    ------
    RefusedError, OSError
        If it cannot be read.
    """
    if part.grid is not None:
        return part.grid
    if part.path.suffix.lower() in _TEXTS:
        return _text_grid(part, table, findings, limits)
    return None


def _text_grid(part: Part, table: str, findings: Findings, limits: ReadLimits) -> Grid:
    path = check_file(part.path, limits.max_bytes)
    refuse_other_kinds(path, is_table=True, any_encoding=True)
    text = office_text(path.read_bytes())
    if text.encoding != "UTF-8":
        findings.note("other_encoding", table, names=(text.encoding,))
    return parse(text.data, begin(text.data), part.file, table, findings, limits)


def _mended(
    grid: Grid,
    schema: Schema,
    vocabulary: Vocabulary,
    findings: Findings,
    attributes: Collection[str],
) -> pa.Table:
    sheet = sheet_of(grid, schema, vocabulary, findings)
    names = canonical_names(sheet.names, schema, vocabulary, findings, attributes)
    letters = dict(zip(names, sheet.letters, strict=True))
    source = Source(grid.file, grid.sheet, letters)
    findings.places[schema.name] = Places.of(source, sheet.rows)
    wanted = {*attributes, *(column.name for column in schema.columns)}
    for kind, cells in grid.bad_cells.items():
        for name, idx in positions(cells, sheet.rows, letters).items():
            if name in wanted:
                marked = np.zeros(sheet.rows.shape[0], dtype=np.bool_)
                marked[idx] = True
                findings.rows(kind, schema.name, name if may_be_shown(name) else None, marked)
    by_letter = {letter: name for name, letter in letters.items()}
    lost = {by_letter[letter]: rows for letter, rows in sheet.lost_digits.items()}
    return mended(sheet.cells.rename_columns(names), schema, vocabulary, findings, lost)
