"""The levels of a plan as a planner reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from pairmatch.model.levels import NAMES_IN_METRES
from pairmatch.words import named, say
from pairmatch.words.layout import km

_FIGURES = ("value", "bound", "gap")


def levels_rows(levels: Iterable[Mapping[str, Any]], language: str) -> list[tuple[str, ...]]:
    """Return rows with the value, bound and gap of each level, below a header."""
    header = tuple(say(f"report.{name}", language=language) for name in ("level", *_FIGURES))
    rows = [
        (
            named("level", level["name"], language),
            *(_level_value(level["name"], level[name]) for name in _FIGURES),
        )
        for level in levels
    ]
    return [header, *rows]


def _level_value(name: str, value: int | None) -> str:
    """Return the value of a level: kilometres or a count, as the level is defined.

    What is not known is a dash.
    """
    if value is None:
        return "-"
    return km(value) if name in NAMES_IN_METRES else f"{value:,}"
