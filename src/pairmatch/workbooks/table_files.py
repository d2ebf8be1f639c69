"""Tables and a policy as files of a folder, in a format of the caller's choice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import pyarrow as pa
from pyarrow import parquet

from pairmatch.model.policy import Policy
from pairmatch.options import Options
from pairmatch.tables.csv_for_people import write_csv
from pairmatch.workbooks.sheets import (
    check_can_write_workbooks,
    check_fits,
    columns_of,
    new_workbook,
    rows_of,
    without_lists,
)

TableFormat = Literal["parquet", "csv", "xlsx"]

FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)


def check_format(table_format: object) -> None:
    """Find out whether tables can be written in a format, before anything long is started.

    Raises
    ------
    OptionError
        If it is none of `FORMATS`, or a package that it needs is not installed.
    """
    options = Options()
    options.one_of("format", table_format, FORMATS)
    options.check()
    if table_format == "xlsx":
        check_can_write_workbooks()


def write_tables(
    tables: Mapping[str, pa.Table],
    policy: Policy | None,
    folder: Path,
    table_format: TableFormat,
    *,
    metadata: Mapping[str, str] | None = None,
    heading: str = "",
) -> None:
    """Write a file for each table, named after it, and ``policy.yaml`` if there is a policy.

    Parameters
    ----------
    tables
        By name.
    policy
        The policy.
    folder
        Must be there.
    table_format
        ``"csv"``: UTF-8 with a byte order mark, for spreadsheet programs. ``"xlsx"``: a workbook
        for each table, with one sheet of its name.
    metadata
        Written into each Parquet file and workbook.
    heading
        A comment to begin the policy with.

    Raises
    ------
    OptionError
        If a package is missing, or a table is too large for a workbook.
    OSError
        If a file cannot be written.
    """
    for name, table in tables.items():
        path = folder / f"{name}.{table_format}"
        if table_format == "parquet":
            parquet.write_table(table.replace_schema_metadata(metadata), path)
        elif table_format == "csv":
            write_csv(without_lists(table), path)
        else:
            write_workbook(name, without_lists(table), path, metadata or {})
    if policy is not None:
        (folder / "policy.yaml").write_text(heading + policy.to_yaml(), encoding="utf-8")


def write_workbook(name: str, table: pa.Table, path: Path, metadata: Mapping[str, str]) -> None:
    """Write a table without lists as a workbook with one sheet of that name.

    Raises
    ------
    OptionError
        If the package that writes workbooks is missing, or the table is too large for one.
    OSError
        If the file cannot be written.
    """
    check_fits(name, table)
    comments = "\n".join(f"{key}: {value}" for key, value in metadata.items())
    with new_workbook(path, comments=comments) as book:
        book.add_sheet(name, columns_of(table), rows_of(table))
