"""How a solve ended."""

from enum import StrEnum

from pairmatch.errors import check_language
from pairmatch.words import say


class Status(StrEnum):
    """How a solve ended, and what to do about it."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    CANCELLED = "CANCELLED"
    UNSOLVED = "UNSOLVED"

    def text(self, language: str = "en") -> str:
        """Return what the status means for whoever asked."""
        check_language(language)
        return say(f"status.{self.value}", language=language)

    @property
    def advice(self) -> str:
        """The same in English."""
        return self.text()
