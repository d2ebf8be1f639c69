"""A table, such as one of changes, as a file."""

from pathlib import Path

import pyarrow as pa

from pairmatch.errors import PlanFileError
from pairmatch.tables.csv_for_people import write_csv
from pairmatch.whole_folder import cannot_write, name_beside
from pairmatch.workbooks.sheets import check_can_write_workbooks
from pairmatch.workbooks.table_files import write_workbook

_CSV = ".csv"
_WORKBOOK = ".xlsx"


def check_file(path: Path, *, replace: bool) -> None:
    """Find out whether a file may be written.

    Raises
    ------
    PlanFileError
        Saying what is in the way.
    OptionError
        If a workbook is wanted, and the package that writes it is missing.
    """
    parameters = {"folder": str(path)}
    if path.suffix.lower() not in (_CSV, _WORKBOOK):
        raise PlanFileError("not_a_table", parameters)
    if path.suffix.lower() == _WORKBOOK:
        check_can_write_workbooks()
    if path.is_dir() or (path.exists() and not replace):
        raise PlanFileError("taken_file", parameters)


def write_table(table: pa.Table, path: Path, *, replace: bool, sheet: str = "changes") -> None:
    """Write a table, whole or not at all; see `Diff.write`.

    Parameters
    ----------
    sheet
        Name of the sheet, if it is a workbook.
    """
    check_file(path, replace=replace)
    aside = name_beside(path)
    try:
        try:
            if path.suffix.lower() == _CSV:
                write_csv(table, aside)
            else:
                write_workbook(sheet, table, aside, {})
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
