"""Notes: what a reader must know of a problem or a plan, and what is no failure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pairmatch.errors import Source, check_language
from pairmatch.words import LANGUAGES, say, shown

_NAMES_SAID = 30


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
        The first few rows concerned, as a `pairmatch.errors.Finding` counts them, if that helps to
        find them.
    file, sheet
        Where these rows stand, if they were read from a file that people write.
    """

    code: str
    table: str
    column: str | None = None
    count: int = 1
    names: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    file: str = ""
    sheet: str = ""

    def and_more(self, other: "Note") -> "Note":
        """Return this note and another one that says the same of other rows or files."""
        names = tuple(dict.fromkeys((*self.names, *other.names)))
        counts_names = self.count == len(self.names) and other.count == len(other.names)
        count = len(names) if counts_names else self.count + other.count
        return replace(self, count=count, names=names)

    def text(self, language: str = "en") -> str:
        """Return what the reader should know, without the content of any cell."""
        check_language(language)
        names = shown(self.names, len(self.names), _NAMES_SAID)
        text = say(f"note.{self.code}", {"count": self.count, **names}, language)
        if not self.rows:
            return text
        rows = shown(self.rows, self.count, len(self.rows))
        source = Source(self.file, self.sheet).text(language)
        said = {"count": self.count, "source": source, **rows}
        return text + say("finding.noted_rows", said, language)

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return the note as plain data for programs, its text with it."""
        check_language(language)
        return {
            "code": self.code,
            "table": self.table,
            "column": self.column,
            "count": self.count,
            "names": list(self.names),
            "rows": list(self.rows),
            "file": self.file,
            "sheet": self.sheet,
            "text": self.text(language),
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
            # plans of earlier releases have neither
            file=str(document.get("file", "")),
            sheet=str(document.get("sheet", "")),
        )
        if f"note.{note.code}" not in LANGUAGES["en"].texts:
            raise ValueError("no such note")
        return note


@dataclass(frozen=True)
class Files:
    """Names of the files that a problem was read from, and of those beside them that were not."""

    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
