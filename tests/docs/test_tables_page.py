"""The page on tables lists every column as the schema has it."""

import pytest

from pairmatch.tables.schema import SCHEMAS, Column, Schema
from tests.docs.markdown_tables import REFERENCE, tables_under

TABLES = tables_under(REFERENCE / "tables.md")


def range_of(column: Column) -> str:
    if column.name in ("lon", "lat"):
        return "-180 to 180" if column.name == "lon" else "-90 to 90"
    return "" if column.low is None else f"{column.low:,} to {column.high:,}"


def required(column: Column) -> str:
    if not column.required:
        return "no"
    return "yes" if column.filled else "column"


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_columns_are_listed_as_the_schema_has_them(schema: Schema) -> None:
    said = [(row[0], row[1], row[2], row[4]) for row in TABLES[schema.name]]
    assert said == [
        (column.name, required(column), column.kind, range_of(column)) for column in schema.columns
    ]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_defaults_are_those_of_the_schema(schema: Schema) -> None:
    said = {row[0]: row[3] for row in TABLES[schema.name]}
    for column in schema.columns:
        if column.default is not None:
            assert said[column.name] == str(column.default)
        else:
            assert not said[column.name].isdigit()
            assert bool(said[column.name]) is not column.filled


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_column_says_what_it_does(schema: Schema) -> None:
    assert all(row[5] for row in TABLES[schema.name])
