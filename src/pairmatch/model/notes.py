"""Notes: what a reader must know of a problem or a plan, and what is no failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NAMES_SAID = 30

# {names}: of columns or files
WORDS: Mapping[str, str] = {
    "area_without_point": "areas without a point: {count}",
    "default_policy": "no policy file: every field has its default",
    "dropped_column": "unknown columns were dropped: {names}",
    "gone_pair": "pairs of people who are not in the tables were dropped: {count}",
    "ignored_file": "files that are no table were ignored: {names}",
    "inherited_point": "people whose area has no point either, so at that of one above: {count}",
    "no_distances": "nobody has a location: distances count nothing",
    "no_locality": "no table of areas: locality counts nothing",
    "no_rows": "the table has no rows, so that nobody is paired: is it the right one?",
    "no_units": "no table of units: unit ids are not checked, and nobody sponsors",
    "point_of_area": "people without a point of their own, so at that of their area: {count}",
    "rounded_to_metres": "rounded to whole metres: {count}",
    "zero_point": "at 0 degrees east and north, most likely for want of a value: {count}",
}


@dataclass(frozen=True)
class Note:
    """Something that the reader should know and that is no failure.

    Attributes
    ----------
    code
        Stable name of the kind.
    table, column
        Where; the column is None where the whole table is meant.
    count
        How many rows, columns or files are concerned, or 1.
    names
        Names of columns or files, as far as they may be shown; ``#3`` is the third column.
    rows
        The first few rows concerned, counted from 1, if that helps to find them.
    """

    code: str
    table: str
    column: str | None = None
    count: int = 1
    names: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What the reader should know, without the content of any cell."""
        names = ", ".join(self.names[:_NAMES_SAID])
        if len(self.names) > _NAMES_SAID:
            names += f" and {len(self.names) - _NAMES_SAID:,} more"
        text = WORDS[self.code].format(names=names, count=f"{self.count:,}")
        if self.rows:
            more = self.count - len(self.rows)
            text += f" ({'row' if self.count == 1 else 'rows'} {', '.join(map(str, self.rows))}"
            text += f" and {more:,} more)" if more else ")"
        return text

    def document(self) -> dict[str, Any]:
        """Return the note as plain data for programs, its text with it."""
        return {
            "code": self.code,
            "table": self.table,
            "column": self.column,
            "count": self.count,
            "names": list(self.names),
            "rows": list(self.rows),
            "text": self.text,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Note":
        """Return a note from what `document` gave.

        Raises
        ------
        KeyError, TypeError, ValueError
            If that is no note.
        """
        note = cls(
            code=str(document["code"]),
            table=str(document["table"]),
            column=None if document["column"] is None else str(document["column"]),
            count=int(document["count"]),
            names=tuple(str(name) for name in document["names"]),
            rows=tuple(int(row) for row in document["rows"]),
        )
        if note.code not in WORDS:
            raise ValueError("no such note")
        return note


@dataclass(frozen=True)
class Files:
    """Names of the files that a problem was read from, and of those beside them that were not."""

    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
