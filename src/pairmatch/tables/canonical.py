"""One table brought into its canonical form, rows still in the caller's order."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.convert import TYPES, convert
from pairmatch.tables.findings import Findings
from pairmatch.tables.personal import is_personal_column, looks_like_id_number
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
    for name in attributes:
        if name in raw.column_names and name not in known:
            columns[name] = _attribute(raw.column(name))
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
        values = pa.chunked_array([pa.nulls(raw.num_rows, TYPES[column.kind])])
        if column.kind == "ids":
            values = pa.chunked_array([pa.array([[]] * raw.num_rows, TYPES["ids"])])
    else:
        given = raw.column(column.name)
        values = convert(given, column, schema, findings)
        if column.filled:
            # a bad cell was reported as such and is not missing as well
            missing = pc.and_(values.is_null(), pc.or_(given.is_null(), _blank(given)))
            findings.rows(
                "null_value",
                schema.name,
                column.name,
                missing,
                "empty cells",
                "fill them in, or leave the rows out",
            )
    if column.kind in ("id", "ids"):
        _refuse_id_numbers(values, column, schema, findings)
    if column.default is not None:
        values = pc.fill_null(values, column.default)
    return values


def _blank(given: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(given.type):
        given = given.cast(given.type.value_type)
    if pa.types.is_string(given.type) or pa.types.is_large_string(given.type):
        return pc.equal(given, pa.scalar("", given.type))
    return given.is_null()


def _refuse_id_numbers(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> None:
    if column.kind == "ids":
        flat = pa.chunked_array([pc.list_flatten(chunk) for chunk in values.chunks], pa.string())
        owner = pa.chunked_array(
            [pc.list_parent_indices(values.combine_chunks())] if len(values) else [], pa.int64()
        )
        marked = set(owner.filter(looks_like_id_number(flat)).to_pylist())
        bad = pa.array([row in marked for row in range(len(values))], pa.bool_())
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


def _attribute(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return values.cast(pa.string())


def check_attributes(
    attributes: Sequence[str], tables: Sequence[pa.Table | None], findings: Findings
) -> None:
    """Refuse attributes that no table has, or that look personal."""
    for name in attributes:
        if is_personal_column(name):
            findings.table(
                "personal_column",
                "attributes",
                None,
                "a column that looks like a name, an ID number or a phone number",
                "leave it out: no personal data comes in",
            )
        elif not any(table is not None and name in table.column_names for table in tables):
            findings.table(
                "unknown_attribute",
                "attributes",
                None,
                "a column that neither cadres nor recipients have",
                "name columns of the tables of cadres or recipients",
            )


def personal_values(
    table: pa.Table, schema: Schema, attributes: Sequence[str], findings: Findings
) -> None:
    """Refuse attributes whose values look like ID numbers."""
    for name in attributes:
        if name in table.column_names and not is_personal_column(name):
            findings.rows(
                "id_looks_like_id_number",
                schema.name,
                None,
                looks_like_id_number(table.column(name)),
                "values of an attribute that look like a person's ID number",
                "leave the attribute out: no personal data comes in",
            )
