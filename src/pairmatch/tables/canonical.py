"""One table brought into its canonical form, rows still in the caller's order."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model.personal_numbers import holds_personal_number
from pairmatch.model.shown_names import may_be_shown
from pairmatch.tables.columns import sort_out_columns
from pairmatch.tables.convert import TYPES, blank, convert
from pairmatch.tables.damaged import report_damaged_items, without_damaged
from pairmatch.tables.decode import decoded, is_text, kind_of
from pairmatch.tables.findings import Findings
from pairmatch.tables.opaque import refuse_numbers, refuse_what_is_not_opaque
from pairmatch.tables.personal_columns import is_personal_column
from pairmatch.tables.schema import Column, Schema
from pairmatch.words import Value


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
    misspelt = sort_out_columns(raw.column_names, schema, attributes, findings)
    columns = {
        column.name: _absent(raw, column, schema, findings, reported=column.name in misspelt)
        if column.name not in raw.column_names
        else _column(raw, column, schema, findings)
        for column in schema.columns
    }
    if raw.num_rows and any(columns[key].null_count == raw.num_rows for key in schema.key):
        findings.incomplete.add(schema.name)
    for name in attributes:
        if name in raw.column_names and name not in known:
            columns[name] = _attribute(raw.column(name), name, schema, attributes, findings)
    return pa.table(columns)


def columns_given(
    raw: pa.Table, schema: Schema, findings: Findings, attributes: Sequence[str] = ()
) -> pa.Table:
    """Convert the columns that are there as `canonical` does, and say nothing of the others."""
    sort_out_columns(raw.column_names, schema, attributes, findings)
    known = {column.name: column for column in schema.columns}
    columns = {}
    for name in raw.column_names:
        if name in known:
            columns[name] = _column(raw, known[name], schema, findings)
        elif name in attributes:
            columns[name] = _attribute(raw.column(name), name, schema, attributes, findings)
    return pa.table(columns)


def _absent(
    raw: pa.Table, column: Column, schema: Schema, findings: Findings, *, reported: bool
) -> pa.ChunkedArray:
    """Return nulls or defaults for a column that is not there, and report it if it must be."""
    if column.required and not reported:
        names = tuple(column.name for column in schema.columns)
        if any(name in raw.column_names for name in names):
            findings.table("missing_column", schema.name, column.name)
        else:
            # a file without a header, or with one in another language
            findings.table("missing_column.all", schema.name, column.name, names=names)
        findings.lost(schema.name, column.name)
    if column.required and column.name in schema.key:
        findings.incomplete.add(schema.name)
    nothing = pa.nulls(raw.num_rows, TYPES[column.kind])
    if column.kind == "ids":
        nothing = pa.array([[]] * raw.num_rows, TYPES["ids"])
    values = pa.chunked_array([nothing])
    return values if column.default is None else pc.fill_null(values, column.default)


def _column(raw: pa.Table, column: Column, schema: Schema, findings: Findings) -> pa.ChunkedArray:
    given = without_damaged(decoded(raw.column(column.name)), column, schema.name, findings)
    values = convert(given, column, schema, findings)
    if column.kind == "ids":
        report_damaged_items(values, column, schema.name, findings)
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
        findings.rows("null_value", schema.name, column.name, empty.to_numpy() & ~wrong)
    refuse_what_is_not_opaque(values, column, schema.name, findings)
    if column.default is not None:
        values = pc.fill_null(values, column.default)
    return values


def _attribute(
    given: pa.ChunkedArray,
    name: str,
    schema: Schema,
    attributes: Sequence[str],
    findings: Findings,
) -> pa.ChunkedArray:
    """Return an attribute as text, after refusing what looks like numbers of persons."""
    values = decoded(given)
    shown, which = _shown(name, attributes)
    try:
        text = values.cast(pa.string())
    except pa.ArrowException:
        findings.table(
            "wrong_type.attribute", schema.name, shown, values=kind_of(values.type), **which
        )
        return pa.chunked_array([pa.nulls(len(values), pa.string())])
    if not is_personal_column(name):
        refuse_numbers(text, shown, schema.name, findings, is_id=False, **which)
    return text


def _shown(name: str, attributes: Sequence[str]) -> tuple[str | None, dict[str, Value]]:
    """Return an attribute's name if it may stand in a message, else None and its position."""
    if may_be_shown(name):
        return name, {}
    return None, {"attribute": list(attributes).index(name) + 1}


def names_of_attributes(attributes: object, findings: Findings) -> tuple[str, ...]:
    """Return the names of attributes, or none after reporting what is no name of a column."""
    if isinstance(attributes, str):
        return (attributes,)
    if not isinstance(attributes, Iterable):
        given = type(attributes).__name__
        findings.table("wrong_type.attributes", "attributes", given=given)
        return ()
    names = tuple(attributes)
    for number, name in enumerate(names, 1):
        if not isinstance(name, str):
            given = type(name).__name__
            findings.table("wrong_type.attribute_name", "attributes", given=given, attribute=number)
    return tuple(name for name in names if isinstance(name, str))


def check_attributes(
    attributes: Sequence[str], tables: Sequence[pa.Table | None], findings: Findings
) -> None:
    """Refuse attributes that no table has, or that look personal."""
    for name in attributes:
        shown, which = _shown(name, attributes)
        if is_personal_column(name) or holds_personal_number(name):
            findings.table("personal_column", "attributes", shown, **which)
        elif not any(table is not None and name in table.column_names for table in tables):
            findings.table("unknown_attribute", "attributes", shown, **which)
