"""Workbooks (.xlsx) as grids: what is stored is read, nothing is computed or fetched.

fastexcel gives every cell as text. What it does not tell, such as merged cells or numbers that are
longer than a spreadsheet can hold, is looked up in the parts of the file beforehand, and so is how
large the sheets are: a sheet with one cell far away takes as much memory as one that is full.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.model.shown_names import shown_sheet_name
from pairmatch.tables.formula_cells import without_apostrophes
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.sheet_scan import SheetParts
from pairmatch.tables.grids.workbook_parts import sheet_parts
from pairmatch.tables.places import letter

if TYPE_CHECKING:
    from fastexcel import ExcelSheet

# of a cell in fastexcel's memory, and of its text in ours
_BYTES_OF_A_CELL = 64


def read_workbook(path: Path, file: str, limits: ReadLimits) -> list[Grid]:
    """Return all sheets of a workbook that hold anything.

    Parameters
    ----------
    path
        Of a regular file.
    file
        Its name, as far as it may be shown.

    Raises
    ------
    RefusedError
        If it is no workbook, or has more rows or takes more bytes than the limits allow, or if the
        package that reads workbooks is not installed.
    OSError
        If it cannot be read.
    """
    if find_spec("fastexcel") is None:
        raise RefusedError("unsupported_format.not_installed")
    parts = sheet_parts(path, limits)
    for sheet in parts:
        limits.check_rows(sheet.rows - 1)
        limits.check_bytes(sheet.rows * sheet.columns * _BYTES_OF_A_CELL)
    import fastexcel  # noqa: PLC0415  # an extra, loaded only where it is needed

    try:
        reader = fastexcel.read_excel(path)
        grids = [
            _grid(
                reader.load_sheet(part.name, header_row=None, skip_rows=0, dtypes="string"),
                part,
                part.first,
                file,
            )
            for part in parts
            if part.first is not None
        ]
    except fastexcel.FastExcelError:
        raise RefusedError("unreadable_file.content") from None
    return grids


def _grid(sheet: "ExcelSheet", part: SheetParts, first: tuple[int, int], file: str) -> Grid:
    batch, errors = sheet.to_arrow_with_errors()
    row, column = first
    # columns to the left without any value are left out
    values = batch.slice(row - 1, 1).to_pylist()
    filled = [at for value in values for at, cell in enumerate(value.values()) if cell is not None]
    if not filled or filled[0] >= column:
        # it has read something else than what is stored
        raise RefusedError("unreadable_file.content")
    left = column - 1 - filled[0]
    letters = [letter(left + at) for at in range(batch.num_columns)]
    cells = pa.table([pa.chunked_array([values]) for values in batch.columns], names=letters)
    wrong = [] if errors is None else errors.errors
    bad = {
        "cell_error": tuple((at.position[0] + 1, letters[at.position[1]]) for at in wrong),
        "cell_not_computed": part.not_computed,
    }
    return Grid(
        file,
        shown_sheet_name(part.name),
        without_apostrophes(_with_nulls(cells)),
        np.arange(1, batch.num_rows + 1, dtype=np.int64),
        part.merged,
        {kind: places for kind, places in bad.items() if places},
        part.lost_digits,
        part.name,
    )


def _with_nulls(cells: pa.Table) -> pa.Table:
    """Return cells with nulls for texts without a character."""
    empty = [pc.equal(pc.binary_length(column), 0) for column in cells.columns]
    columns = [
        pc.if_else(none, pa.scalar(None, pa.string()), column) if pc.any(none).as_py() else column
        for none, column in zip(empty, cells.columns, strict=True)
    ]
    return pa.table(columns, names=cells.column_names)
