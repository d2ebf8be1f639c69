"""One table brought into its canonical form, rows still in the caller's order."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.convert import TYPES, blank, convert
from pairmatch.tables.decode import decoded, is_text, kind_in_words
from pairmatch.tables.findings import Findings
from pairmatch.tables.lookups import whole
from pairmatch.tables.personal import (
    is_personal_column,
    looks_like_id_number,
    mostly_mobile_numbers,
)
from pairmatch.tables.schema import Column, Schema


def empty_table(schema: Schema) -> pa.Table:
    """Return the table with all of its columns and no rows."""
    return pa.table({column.name: pa.array([], TYPES[column.kind]) for column in schema.columns})


def canonical(
    raw: pa.Table, schema: Schema, findings: Findings, attributes: Sequence[str] = ()
) -> pa.Table:
    """Convert a table's columns, report what is wrong in any of them, and drop the others.

    Columns that are missing come back as nulls, so that later checks can go on.
    """
    raw = raw.rename_columns([str(name) for name in raw.column_names])
    known = {column.name for column in schema.columns}
    dropped = [name for name in raw.column_names if name not in known and name not in attributes]
    for name in dropped:
        # the name itself is not repeated: it may be a header that is really data
        shown = "a column that looks personal" if is_personal_column(name) else "an unknown column"
        findings.note("dropped_column", schema.name, None, 1, f"{shown} was dropped")
    columns = {column.name: _column(raw, column, schema, findings) for column in schema.columns}
    if raw.num_rows and any(columns[key].null_count == raw.num_rows for key in schema.key):
        findings.incomplete.add(schema.name)
    for name in attributes:
        if name in raw.column_names and name not in known:
            columns[name] = _attribute(raw.column(name), name, schema, findings)
    return pa.table(columns)


def _column(raw: pa.Table, column: Column, schema: Schema, findings: Findings) -> pa.ChunkedArray:
    if column.name not in raw.column_names:
        if column.required:
            findings.table(
                "missing_column",
                schema.name,
                column.name,
                "no such column",
                "add the column; the page on tables lists what each one holds",
            )
            if column.name in schema.key:
                findings.incomplete.add(schema.name)
        nothing = pa.nulls(raw.num_rows, TYPES[column.kind])
        if column.kind == "ids":
            nothing = pa.array([[]] * raw.num_rows, TYPES["ids"])
        values = pa.chunked_array([nothing])
    else:
        given = decoded(raw.column(column.name))
        values = convert(given, column, schema, findings)
        if column.filled:
            if column.kind in ("id", "text"):
                # only spaces have become null already
                empty = values.is_null()
            elif is_text(given.type):
                empty = pc.fill_null(blank(given), fill_value=True)
            else:
                empty = given.is_null()
            # a cell that was of a wrong type is not missing as well
            wrong = findings.flagged(schema.name, [column.name], raw.num_rows)
            findings.rows(
                "null_value",
                schema.name,
                column.name,
                empty.to_numpy() & ~wrong,
                "empty cells",
                "fill them in, or leave the rows out",
            )
    if column.kind in ("id", "ids", "text"):
        _refuse_id_numbers(values, column, schema, findings)
    if column.default is not None:
        values = pc.fill_null(values, column.default)
    return values


def _refuse_id_numbers(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> None:
    if column.kind == "ids":
        lists = whole(values)
        bad = np.zeros(len(values), dtype=np.bool_)
        marked = looks_like_id_number(pa.chunked_array([pc.list_flatten(lists)]))
        bad[pc.list_parent_indices(lists).filter(whole(marked)).to_numpy()] = True
    else:
        bad = looks_like_id_number(values)
    findings.rows(
        "id_looks_like_id_number",
        schema.name,
        column.name,
        bad,
        "values that look like a person's ID number",
        "use ids that mean nothing outside of your system; never a number of a person",
    )


def _attribute(
    given: pa.ChunkedArray, name: str, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    """Return an attribute as text, after refusing what looks like numbers of persons."""
    values = decoded(given)
    try:
        text = values.cast(pa.string())
    except pa.ArrowException:
        findings.table(
            "wrong_type",
            schema.name,
            name,
            f"an attribute of {kind_in_words(values.type)}",
            "give attributes as text or numbers",
        )
        return pa.chunked_array([pa.nulls(len(values), pa.string())])
    if not is_personal_column(name):
        if mostly_mobile_numbers(text):
            findings.table(
                "personal_column",
                schema.name,
                name,
                "an attribute whose values look like phone numbers",
                "leave it out: no personal data comes in",
            )
        findings.rows(
            "id_looks_like_id_number",
            schema.name,
            name,
            looks_like_id_number(text),
            "values of an attribute that look like a person's ID number",
            "leave the attribute out: no personal data comes in",
        )
    return text


def check_attributes(
    attributes: Sequence[str], tables: Sequence[pa.Table | None], findings: Findings
) -> None:
    """Refuse attributes that no table has, or that look personal."""
    for name in attributes:
        if is_personal_column(name):
            findings.table(
                "personal_column",
                "attributes",
                name,
                "a column that looks like a name, an ID number or a phone number",
                "leave it out: no personal data comes in",
            )
        elif not any(table is not None and name in table.column_names for table in tables):
            findings.table(
                "unknown_attribute",
                "attributes",
                name,
                "a column that neither cadres nor recipients have",
                "name columns of the tables of cadres or recipients",
            )
