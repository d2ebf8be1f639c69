"""Notes: what a reader must know of a problem or a plan, and what is no failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# {names}: of columns or files
WORDS: Mapping[str, str] = {
    "area_without_point": "have no point",
    "default_policy": "no policy file: every field has its default",
    "dropped_column": "unknown columns were dropped: {names}",
    "gone_pair": "name a cadre or recipient who is not in the tables: these pairs were dropped",
    "ignored_file": "files that are no table were ignored: {names}",
    "inherited_point": "stand at the point of a higher area, as their own has none",
    "no_distances": "nobody has a location: distances count nothing",
    "no_locality": "no table of areas: locality counts nothing",
    "no_units": "no table of units: unit ids are not checked, and nobody sponsors",
    "point_of_area": "have no point of their own and stand at the point of their area",
    "rounded_to_metres": "were rounded to whole metres",
    "zero_point": "stand at 0 degrees east, 0 degrees north, in the sea: missing values?",
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
        text = WORDS[self.code].format(names=", ".join(self.names))
        if self.rows:
            more = self.count - len(self.rows)
            text += f" (row{'s' if self.count > 1 else ''} {', '.join(map(str, self.rows))}"
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
        KeyError, TypeError
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
            raise KeyError(note.code)
        return note


@dataclass(frozen=True)
class Files:
    """Names of the files that a problem was read from, and of those beside them that were not."""

    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
