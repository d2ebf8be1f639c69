"""One table as somebody wrote it: text below a header, and where each cell stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from pairmatch.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows of text below a header.

    Attributes
    ----------
    file
        Name of the file, below the folder that is read, as far as it may be shown.
    sheet
        Name of the sheet of a workbook, as far as it may be shown; empty for a text file.
    names
        The header of each column, as it is written.
    letters
        How the spreadsheet calls each column: A, B, ... AA.
    cells
        Text columns named as ``letters``, shape (rows, columns); null where a cell is empty.
    rows
        Shape (rows,), the number of each row as the spreadsheet counts it, from 1.
    lost_digits
        By letter, the positions of rows whose cell the workbook holds as a number of more than 15
        digits: the spreadsheet has lost the others.
    """

    file: str
    sheet: str
    names: tuple[str, ...]
    letters: tuple[str, ...]
    cells: pa.Table
    rows: IntArray
    lost_digits: Mapping[str, IntArray] = field(default_factory=dict)
