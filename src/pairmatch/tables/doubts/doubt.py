"""What a doubt is."""

from dataclasses import dataclass, field
from typing import Any

from pairmatch.arrays import IntArray
from pairmatch.errors import check_language
from pairmatch.words import Parameters, say


@dataclass(frozen=True, eq=False)
class Doubt:
    """Rows of one table that are likely mistaken, for one reason.

    Attributes
    ----------
    code
        Stable name of the kind, as the page on failures lists it.
    table
        The table.
    rows
        Shape ``(n,)``, positions in the checked table, rising.
    parameters
        Of the words: ``names`` are examples that may be shown, ``more`` how many others there are.
    """

    code: str
    table: str
    rows: IntArray
    parameters: Parameters = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of rows."""
        return int(self.rows.shape[0])

    def words(self, language: str = "en") -> tuple[str, str]:
        """Return what is doubtful and what to do."""
        check_language(language)
        parameters = {**self.parameters, "count": self.count}
        return (
            say(f"doubt.{self.code}", parameters, language),
            say(f"doubt_advice.{self.code}", parameters, language),
        )

    def text(self, language: str = "en") -> str:
        """Return two lines: where and what, and what to do."""
        found, advice = self.words(language)
        parts = {"code": self.code, "table": self.table, "found": found, "advice": advice}
        return say("report.doubt", parts, language)

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return the same for programs, as plain data."""
        found, advice = self.words(language)
        return {
            "code": self.code,
            "table": self.table,
            "count": self.count,
            "parameters": dict(self.parameters),
            "found": found,
            "advice": advice,
        }
