"""Tables as CSV files that a spreadsheet program opens."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from pairmatch.tables.formula_cells import with_apostrophes

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # spreadsheet programs take a CSV with it as UTF-8


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV in UTF-8 with a byte order mark; no cell in it is a formula.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with path.open("wb") as file:
        file.write(_BYTE_ORDER_MARK)
        pacsv.write_csv(with_apostrophes(table), file)
