"""Collecting failures and notes while tables are checked."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model.errors import Finding
from pairmatch.tables.personal import citable

_IDS_SHOWN = 5


@dataclass(frozen=True)
class Note:
    """Something that the caller should know and that is no failure."""

    code: str
    table: str
    column: str | None
    count: int
    text: str


@dataclass
class Findings:
    """What checking has found so far.

    ``row_numbers`` holds, for tables that lost rows while being read, the numbers of those left.
    """

    found: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    row_numbers: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    def rows(
        self,
        code: str,
        table: str,
        column: str | None,
        bad: pa.ChunkedArray | pa.Array | npt.NDArray[np.bool_],
        found: str,
        advice: str,
        ids: pa.ChunkedArray | None = None,
    ) -> bool:
        """Add a finding for the rows where ``bad`` is true; return whether there are any."""
        mask = bad if isinstance(bad, np.ndarray) else _mask(bad)
        idx = np.flatnonzero(mask)
        if idx.shape[0] == 0:
            return False
        numbers = self.row_numbers.get(table)
        rows = idx + 1 if numbers is None else numbers[idx]
        shown: tuple[str, ...] = ()
        if ids is not None:
            shown = citable(ids.take(pa.array(idx[:_IDS_SHOWN])).to_pylist())
        self.found.append(Finding(code, table, column, found, advice, rows.astype(np.int64), shown))
        return True

    def table(self, code: str, table: str, column: str | None, found: str, advice: str) -> None:
        """Add a finding about a whole table or column."""
        self.found.append(Finding(code, table, column, found, advice))

    def note(self, code: str, table: str, column: str | None, count: int, text: str) -> None:
        """Add a note."""
        self.notes.append(Note(code, table, column, count, text))


def _mask(bad: pa.ChunkedArray | pa.Array) -> npt.NDArray[np.bool_]:
    if isinstance(bad, pa.Array):
        bad = pa.chunked_array([bad])
    mask: npt.NDArray[np.bool_] = pc.fill_null(bad, fill_value=False).to_numpy()
    return mask
