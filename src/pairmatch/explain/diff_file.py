"""A table of changes as a file."""

from pathlib import Path

import pyarrow as pa

from pairmatch.errors import PlanFileError
from pairmatch.tables.csv_for_people import write_csv
from pairmatch.whole_folder import cannot_write, name_beside


def check_file(path: Path, *, replace: bool) -> None:
    """Find out whether a file may be written.

    Raises
    ------
    PlanFileError
        Saying what is in the way.
    """
    parameters = {"folder": str(path)}
    if path.suffix.lower() != ".csv":
        raise PlanFileError("not_csv", parameters)
    if path.is_dir() or (path.exists() and not replace):
        raise PlanFileError("taken_file", parameters)


def write_table(table: pa.Table, path: Path, *, replace: bool) -> None:
    """Write a table as CSV, whole or not at all; see `Diff.write`."""
    check_file(path, replace=replace)
    aside = name_beside(path)
    try:
        try:
            write_csv(table, aside)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
