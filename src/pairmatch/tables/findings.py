"""Collecting failures and notes while tables are checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding
from pairmatch.model.notes import Note
from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.personal import citable
from pairmatch.words import Value

_IDS_SHOWN = 5
_ROWS_NOTED = 5
_IDS_LOOKED_AT = 100


@dataclass
class Findings:
    """What checking has found so far.

    Attributes
    ----------
    found
        The failures, in the order in which they were found.
    notes
        The notes.
    row_numbers
        For tables that lost rows while they were read, the numbers of those left.
    incomplete
        Tables that lack rows or a key, so that nothing can be said of references to them.
    """

    found: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    row_numbers: dict[str, IntArray] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    _flagged: dict[tuple[str, str | None], list[IntArray]] = field(default_factory=dict)
    _lost: set[tuple[str, str | None]] = field(default_factory=set)

    def rows(
        self,
        kind: str,
        table: str,
        column: str | None,
        bad: pa.ChunkedArray | pa.Array | BoolArray,
        ids: pa.ChunkedArray | None = None,
        **parameters: Value,
    ) -> None:
        """Add a finding for the rows where ``bad`` is true, if there are any.

        Parameters
        ----------
        bad
            One truth value for each row that was read; null counts as false.
        ids
            Ids of all rows, of which the first few distinct bad ones are cited if they are opaque.
        parameters
            Of the words of that kind.
        """
        idx = _true(bad)
        if idx.shape[0] == 0:
            return
        self._flagged.setdefault((table, column), []).append(idx)
        rows = self._numbered(table, idx)
        shown: tuple[str, ...] = ()
        if ids is not None:
            distinct = dict.fromkeys(ids.take(pa.array(idx[:_IDS_LOOKED_AT])).to_pylist())
            shown = citable(distinct)[:_IDS_SHOWN]
        self.found.append(Finding(kind, table, column, parameters, rows, shown))

    def numbered(self, kind: str, table: str, rows: Iterable[int], **parameters: Value) -> None:
        """Add a finding for rows by their number, which were not read as rows at all."""
        numbers = np.fromiter(rows, np.int64)
        self.found.append(Finding(kind, table, None, parameters, numbers))

    def table(self, kind: str, table: str, column: str | None = None, **parameters: Value) -> None:
        """Add a finding about a whole table or column."""
        self.found.append(Finding(kind, table, column, parameters))

    def refused(self, error: RefusedError, table: str) -> None:
        """Add why a table was not read at all."""
        self.found.append(error.finding(table))

    def absorb(self, part: "Findings") -> None:
        """Take over what was found in one table by itself."""
        self.found.extend(part.found)
        self.notes.extend(part.notes)
        self.row_numbers.update(part.row_numbers)
        self.incomplete |= part.incomplete
        self._lost |= part._lost  # noqa: SLF001  # the same class's own
        for key, idx in part._flagged.items():  # noqa: SLF001  # the same class's own
            self._flagged.setdefault(key, []).extend(idx)

    def lost(self, table: str, column: str) -> None:
        """Take every row of a column for one with a failure: the column is not there as named."""
        self._lost.add((table, column))

    def failed(self, table: str, row_count: int) -> dict[str, IntArray]:
        """Return the rows of a table with a failure, by column."""
        columns = {column for name, column in (*self._flagged, *self._lost) if name == table}
        return {
            column: np.flatnonzero(self.flagged(table, [column], row_count))
            for column in columns
            if column is not None
        }

    def mark(self, table: str, column: str, idx: IntArray) -> None:
        """Take rows of a column for ones with a failure that was reported before."""
        self._flagged.setdefault((table, column), []).append(idx)

    def unread(self, table: str) -> None:
        """Take a table for one without rows, as it could not be read after all."""
        self.incomplete.add(table)
        self.row_numbers.pop(table, None)
        for key in [key for key in self._flagged if key[0] == table]:
            del self._flagged[key]

    def note(
        self,
        code: str,
        table: str,
        column: str | None = None,
        count: int = 1,
        names: Iterable[str] = (),
    ) -> None:
        """Add a note."""
        self.notes.append(Note(code, table, column, count, tuple(names)))

    def note_rows(
        self, code: str, table: str, column: str | None, noted: pa.ChunkedArray | BoolArray
    ) -> None:
        """Add a note about rows, if there are any, with the first of them."""
        idx = _true(noted)
        if idx.shape[0]:
            rows = self._numbered(table, idx[:_ROWS_NOTED]).tolist()
            self.notes.append(Note(code, table, column, idx.shape[0], rows=tuple(rows)))

    def flagged(self, table: str, columns: Iterable[str], row_count: int) -> BoolArray:
        """Tell which rows have a failure in one of these columns, so that none counts twice."""
        flagged = np.zeros(row_count, dtype=np.bool_)
        for column in columns:
            if (table, column) in self._lost:
                flagged[:] = True
            for idx in self._flagged.get((table, column), []):
                flagged[idx] = True
        return flagged

    def _numbered(self, table: str, idx: IntArray) -> IntArray:
        """Return the numbers of rows, from 1, by their positions among those left."""
        numbers = self.row_numbers.get(table)
        return idx + 1 if numbers is None else numbers[idx]


def _true(marked: pa.ChunkedArray | pa.Array | BoolArray) -> IntArray:
    """Return the positions where a value is true; null counts as false."""
    if not isinstance(marked, np.ndarray):
        if not pc.any(marked).as_py():
            return np.zeros(0, dtype=np.int64)
        marked = pc.fill_null(marked, fill_value=False).to_numpy(zero_copy_only=False)
    return np.flatnonzero(marked).astype(np.int64)
