"""CSV files and workbooks as they have to be: the first row names the columns, nothing is repaired.

What offices send is read by `pairmatch.tables.office`.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from pairmatch.errors import Source
from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.model.shown_names import shown_file_name
from pairmatch.tables.convert import blank_cells
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.encoding import plain_text
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.text_file import begin_plain, parse
from pairmatch.tables.grids.workbook import read_workbook
from pairmatch.tables.places import Places

_LIMITS = ReadLimits()


def read_plain(
    path: Path, table: str, findings: Findings, limits: ReadLimits = _LIMITS
) -> pa.Table:
    """Read a CSV file in UTF-8, or a workbook with one sheet that holds anything, as text.

    Empty cells become null. An apostrophe that keeps a cell from being a formula is taken away.
    Rows without anything are skipped. Rows that do not have as many cells as the header are
    reported and left out.

    Raises
    ------
    RefusedError
        If the file is none of these, has no header, or is larger than the limits allow.
    OSError
        If the file cannot be opened.
    """
    name = shown_file_name(path.name)
    if path.suffix.lower() == ".csv":
        text = plain_text(path.read_bytes())
        grid = parse(text, begin_plain(text), name, table, findings, limits)
    else:
        grids = read_workbook(path, name, limits)
        if len(grids) != 1:
            raise RefusedError("which_sheet" if grids else "bad_header", count=len(grids))
        grid = grids[0]
    for kind, cells in grid.bad_cells.items():
        findings.numbered(kind, table, [row for row, _ in cells], Source(name, grid.sheet))
    return _below_header(grid, table, findings)


def _below_header(grid: Grid, table: str, findings: Findings) -> pa.Table:
    """Return the rows below the first that is not blank, which names the columns."""
    filled = np.zeros(grid.rows.shape[0], dtype=np.bool_)
    for column in grid.cells.columns:
        filled |= ~blank_cells(column)
    if not filled.any():
        raise RefusedError("bad_header")
    header, *kept = np.flatnonzero(filled).tolist()
    names = [(column[header].as_py() or "").strip() for column in grid.cells.columns]
    idx = np.array(kept, dtype=np.int64)
    letters = dict(zip(names, grid.cells.column_names, strict=True))
    findings.places[table] = Places.of(Source(grid.file, grid.sheet, letters), grid.rows[idx])
    return grid.cells.take(pa.array(idx)).rename_columns(names)
