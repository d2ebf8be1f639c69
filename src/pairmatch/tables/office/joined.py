"""Parts of a table from many offices, one below the other."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.errors import Finding, Source
from pairmatch.model.notes import Note
from pairmatch.tables.decode import decoded, is_text
from pairmatch.tables.findings import Findings
from pairmatch.tables.places import Places
from pairmatch.tables.schema import Schema

# what every office may list, as it is nobody's alone
_SHARED = ("units", "areas")
_SEPARATOR = ";"


def joined(
    parts: Sequence[tuple[pa.Table | None, Findings]], schema: Schema
) -> tuple[pa.Table | None, Findings]:
    """Return the parts of a table as one, None if one of them could not be read.

    Units and areas that several parts list alike are taken once.
    """
    if len(parts) == 1:
        return parts[0]
    every = Findings()
    offset = 0
    tables = []
    places = []
    for table, findings in parts:
        if table is not None:
            places.append(findings.places.pop(schema.name))
            tables.append(_as_text(table))
        every.absorb(findings, offset)
        offset += 0 if table is None else table.num_rows
    every.notes = _summed(every.notes)
    if schema.name in every.incomplete and len(tables) < len(parts):
        return None, every
    whole = pa.concat_tables(tables, promote_options="default").combine_chunks()
    _report_missing(tables, places, schema, every)
    every.places[schema.name] = Places.joined(places)
    if schema.name in _SHARED:
        whole = _without_repeats(whole, schema, every)
    return whole, every


def _report_missing(
    tables: Sequence[pa.Table], places: Sequence[Places], schema: Schema, findings: Findings
) -> None:
    """Report columns that some parts lack and others have; what all lack is reported later."""
    needed = [column.name for column in schema.columns if column.required]
    for name in needed:
        lacks = [name not in table.column_names for table in tables]
        if all(lacks):
            continue
        offset = 0
        for table, place, lacks_it in zip(tables, places, lacks, strict=True):
            if lacks_it:
                (source, *_) = place.sources
                where = Source(source.file, source.sheet)
                findings.found.append(Finding("missing_column", schema.name, name, source=where))
                findings.mark(schema.name, name, np.arange(offset, offset + table.num_rows))
            offset += table.num_rows


def _as_text(table: pa.Table) -> pa.Table:
    """Return a table with every column as text: parts may be of different kinds of files."""
    columns = []
    for column in map(decoded, table.columns):
        kind = column.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            columns.append(pc.binary_join(column.cast(pa.list_(pa.string())), _SEPARATOR))
        else:
            columns.append(column if is_text(kind) else column.cast(pa.string()))
    return pa.table(columns, names=table.column_names)


def _without_repeats(whole: pa.Table, schema: Schema, findings: Findings) -> pa.Table:
    """Return rows without those that stand alike in an earlier part."""
    names = [column.name for column in schema.columns if column.name in whole.column_names]
    numbered = whole.select(names).append_column("row", pa.array(np.arange(whole.num_rows)))
    first = numbered.group_by(names, use_threads=False).aggregate([("row", "min")])
    kept = np.sort(first.column("row_min").to_numpy()).astype(np.int64)
    if kept.shape[0] == whole.num_rows:
        return whole
    findings.note("joined_rows", schema.name, count=whole.num_rows - kept.shape[0])
    findings.taken(schema.name, kept)
    return whole.take(pa.array(kept))


def _summed(notes: Sequence[Note]) -> list[Note]:
    """Return one note for all parts that say the same of a column."""
    summed: dict[tuple[str, str, str | None], Note] = {}
    for note in notes:
        key = (note.code, note.table, note.column)
        before = summed.get(key)
        summed[key] = note if before is None else before.and_more(note)
    return list(summed.values())
