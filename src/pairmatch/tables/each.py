"""Each table read and checked for itself, side by side where that pays."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

import pyarrow as pa

from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.alike import report_alike
from pairmatch.tables.canonical import canonical, empty_table
from pairmatch.tables.checks import Checker
from pairmatch.tables.findings import Findings
from pairmatch.tables.reading import out_of_memory, read_table, valid_table
from pairmatch.tables.schema import SCHEMAS, Schema

_PEOPLE = ("cadres", "recipients")


def read_each(
    given: Mapping[str, Any],
    attributes: Sequence[str],
    findings: Findings,
    executor: Executor,
    limits: ReadLimits,
    before: Mapping[str, Findings],
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """Read all tables, bring them into canonical form and check each for itself.

    Callers' objects are read one after another in the calling thread, as they may not like
    another; what comes after works on Arrow's memory only, which releases the interpreter lock.

    Parameters
    ----------
    given
        What the caller gave for each table; missing or None for nothing.
    findings
        Tables that are incomplete already are passed over.
    limits
        Most that is read of each table.
    before
        By table, what was found of its rows before, and where they stand.

    Returns
    -------
    raw, tables
        Those that could be read as they came, and all of them in canonical form: without rows
        where there was nothing to read.
    """
    parts = {schema.name: before.get(schema.name) or Findings() for schema in SCHEMAS}
    read = {
        schema.name: read_table(given.get(schema.name), schema, parts[schema.name], limits)
        for schema in SCHEMAS
        if schema.name not in findings.incomplete
        and (given.get(schema.name) is not None or schema.name not in before)
        and (given.get(schema.name) is not None or schema.name in _PEOPLE)
    }

    def checked(schema: Schema) -> tuple[pa.Table | None, pa.Table]:
        kept = attributes if schema.name in _PEOPLE else ()
        part, table = parts[schema.name], read.get(schema.name)
        source = given.get(schema.name)
        raw = None if table is None else valid_table(table, source, schema, part, limits)
        if raw is None:
            return None, empty_table(schema)
        try:
            return raw, _checked(raw, schema, kept, part)
        except MemoryError:
            out_of_memory(schema.name, part)
            part.unread(schema.name)
            return None, empty_table(schema)

    raw: dict[str, pa.Table] = {}
    tables: dict[str, pa.Table] = {}
    for schema, (valid, table) in zip(SCHEMAS, executor.map(checked, SCHEMAS), strict=True):
        findings.absorb(parts[schema.name])
        tables[schema.name] = table
        if valid is not None:
            raw[schema.name] = valid
    return raw, tables


def _checked(
    raw: pa.Table, schema: Schema, attributes: Sequence[str], findings: Findings
) -> pa.Table:
    """Return a table in canonical form, after the checks that need no other."""
    table = canonical(raw, schema, findings, attributes)
    checker = Checker(table, schema, findings)
    checker.distinct()
    report_alike(table, schema, findings)
    if schema.name in (*_PEOPLE, "areas"):
        checker.coordinates()
    return table
