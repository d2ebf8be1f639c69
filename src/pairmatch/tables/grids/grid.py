"""What stands in a sheet or a text file: cells of text, with where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from pairmatch.arrays import IntArray

MAX_COLUMNS = 1024
"""Most columns of a sheet; the widest table has some ten, and offices add their own."""


@dataclass(frozen=True)
class Merged:
    """Cells merged to one: its rows and columns, the first and the last, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Grid:
    """Cells of text, before anybody has looked for a header.

    Attributes
    ----------
    file, sheet
        Names, as far as they may be shown; ``sheet`` is empty for a text file.
    cells
        Text columns named by the spreadsheet's letters; null where a cell is empty.
    rows
        Shape (rows,), the number of each row as the spreadsheet counts it, from 1.
    merged
        Merged cells; only the first of them has a text.
    bad_cells
        By kind of finding, cells that cannot be read, as (row, letter).
    lost_digits
        Cells that the workbook holds as numbers of more than 15 digits, as (row, letter).
    title
        The sheet's name as it is, never shown.
    """

    file: str
    sheet: str
    cells: pa.Table
    rows: IntArray
    merged: tuple[Merged, ...] = ()
    bad_cells: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    lost_digits: tuple[tuple[int, str], ...] = ()
    title: str = ""
