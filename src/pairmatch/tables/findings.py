"""Collecting failures and notes while tables are checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, Source
from pairmatch.model.notes import Note
from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.personal import citable
from pairmatch.tables.places import Places
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
    places
        For tables that were read from files that people write, where each row stands.
    incomplete
        Tables that lack rows or a key, so that nothing can be said of references to them.
    strict
        Whether what could be repaired is a failure.
    """

    found: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    strict: bool = False
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
        for source, part, rows in self._by_source(table, idx):
            shown: tuple[str, ...] = ()
            if ids is not None:
                distinct = dict.fromkeys(ids.take(pa.array(part[:_IDS_LOOKED_AT])).to_pylist())
                shown = citable(distinct)[:_IDS_SHOWN]
            self.found.append(Finding(kind, table, column, parameters, rows, shown, source))

    def repeated(
        self,
        kind: str,
        table: str,
        column: str | None,
        idx: IntArray,
        first: IntArray,
        ids: pa.ChunkedArray,
    ) -> None:
        """Add findings for rows that repeat an earlier one, with both places if these are apart.

        Parameters
        ----------
        idx, first
            Positions of the rows, rising, and of what each repeats.
        ids
            Of all rows.
        """
        places = self.places.get(table)
        if places is None or len(places.sources) == 1:
            self.rows(kind, table, column, _marked(idx, len(ids)), ids)
            return
        of, of_first = (np.searchsorted(places.ends, at, side="right") for at in (idx, first))
        for later, earlier in np.unique(np.stack([of, of_first], axis=1), axis=0).tolist():
            here = (of == later) & (of_first == earlier)
            marked = _marked(idx[here], len(ids))
            if later == earlier:
                self.rows(kind, table, column, marked, ids)
                continue
            source = places.sources[earlier]
            letter = source.letters.get(column or "", "")
            cells = [f"{letter}{row}" for row in places.numbers[first[here]][:_ROWS_NOTED].tolist()]
            self.rows(
                f"{kind}.elsewhere",
                table,
                column,
                marked,
                ids,
                file=source.file,
                sheet=source.sheet,
                cells=tuple(cells),
            )

    def numbered(
        self, kind: str, table: str, rows: Iterable[int], source: Source, **parameters: Value
    ) -> None:
        """Add a finding for rows by their number, which were not read as rows at all."""
        numbers = np.fromiter(rows, np.int64)
        self.found.append(Finding(kind, table, None, parameters, numbers, (), source))

    def repaired(
        self,
        code: str,
        table: str,
        column: str | None,
        marked: pa.ChunkedArray | pa.Array | BoolArray,
    ) -> None:
        """Note that cells were repaired, or add a finding if that is not wanted.

        Parameters
        ----------
        code
            Of the repair: the note is ``repaired_CODE``, the finding ``not_repaired.CODE``.
        marked
            One truth value for each row: whether its cell was repaired.
        """
        if self.strict:
            self.rows(f"not_repaired.{code}", table, column, marked)
        else:
            self.note_rows(f"repaired_{code}", table, column, marked)

    def table(self, kind: str, table: str, column: str | None = None, **parameters: Value) -> None:
        """Add a finding about a whole table or column, with its file if it is all in one."""
        sources = self.places[table].sources if table in self.places else ()
        source = Source(sources[0].file, sources[0].sheet) if len(sources) == 1 else Source()
        self.found.append(Finding(kind, table, column, parameters, source=source))

    def refused(self, error: RefusedError, table: str) -> None:
        """Add why a table was not read at all."""
        self.found.append(error.finding(table))

    def absorb(self, part: "Findings", offset: int = 0) -> None:
        """Take over what was found in one table by itself, or in its rows from an offset on."""
        self.found.extend(part.found)
        self.notes.extend(part.notes)
        self.places.update(part.places)
        self.incomplete |= part.incomplete
        self._lost |= part._lost  # noqa: SLF001  # the same class's own
        for key, idx in part._flagged.items():  # noqa: SLF001  # the same class's own
            self._flagged.setdefault(key, []).extend(one + offset for one in idx)

    def taken(self, table: str, kept: IntArray) -> None:
        """Take note that only some rows of a table are left, whose positions rise."""
        self.places[table] = self.places[table].taken(kept)
        for key, flagged in self._flagged.items():
            if key[0] == table:
                self._flagged[key] = [
                    np.flatnonzero(np.isin(kept, idx)).astype(np.int64) for idx in flagged
                ]

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
        self.places.pop(table, None)
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
        self,
        code: str,
        table: str,
        column: str | None,
        noted: pa.ChunkedArray | pa.Array | BoolArray,
    ) -> None:
        """Add a note about rows, if there are any, with the first of them."""
        idx = _true(noted)
        if idx.shape[0]:
            source, _, numbers = self._by_source(table, idx)[0]
            self.notes.append(
                Note(
                    code,
                    table,
                    column,
                    idx.shape[0],
                    rows=tuple(numbers[:_ROWS_NOTED].tolist()),
                    file=source.file,
                    sheet=source.sheet,
                )
            )

    def flagged(self, table: str, columns: Iterable[str], row_count: int) -> BoolArray:
        """Tell which rows have a failure in one of these columns, so that none counts twice."""
        flagged = np.zeros(row_count, dtype=np.bool_)
        for column in columns:
            if (table, column) in self._lost:
                flagged[:] = True
            for idx in self._flagged.get((table, column), []):
                flagged[idx] = True
        return flagged

    def _by_source(self, table: str, idx: IntArray) -> list[tuple[Source, IntArray, IntArray]]:
        """Return each source that has some of the rows, with their positions and numbers."""
        places = self.places.get(table)
        return [(Source(), idx, idx + 1)] if places is None else places.by_source(idx)


def _marked(idx: IntArray, count: int) -> BoolArray:
    marked = np.zeros(count, dtype=np.bool_)
    marked[idx] = True
    return marked


def _true(marked: pa.ChunkedArray | pa.Array | BoolArray) -> IntArray:
    """Return the positions where a value is true; null counts as false."""
    if not isinstance(marked, np.ndarray):
        if not pc.any(marked).as_py():
            return np.zeros(0, dtype=np.int64)
        marked = pc.fill_null(marked, fill_value=False).to_numpy(zero_copy_only=False)
    return np.flatnonzero(marked).astype(np.int64)
