"""How far a round is, as text for a planner."""

from collections.abc import Mapping, Sequence
from typing import Any

from pairmatch.lists.judged import SAID
from pairmatch.words import say
from pairmatch.words.layout import aligned

_COUNTIES_SHOWN = 100
_UNITS_SHOWN = 30
_DASH = "-"


def round_text(summary: Mapping[str, Any], language: str) -> str:
    """Return the counts by county, and the units to chase.

    Parameters
    ----------
    summary
        As `RoundStatus.summary` returns it.
    """
    parts = [
        [say("round.counts", {name: summary[name] for name in ("pairs", *SAID)}, language)],
        _since(summary["since"], language),
        _counties(summary["counties"], language),
        _units(summary, language),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _since(since: Mapping[str, int] | None, language: str) -> list[str]:
    if since is None:
        return []
    rows = [
        (say(f"round.{name}", language=language), f"{count:,}")
        for name, count in since.items()
        if count or name in ("pairs", "confirmed_stand")
    ]
    return [say("round.since", language=language), *aligned(rows)]


def _table(first: str, rows: Sequence[tuple[str, Mapping[str, Any]]], language: str) -> list[str]:
    columns = ("pairs", *SAID)
    header = [say(f"round_column.{first}", language=language)]
    header += [say(f"round_column.{name}", language=language) for name in columns]
    numbers = [[name, *(f"{row[column]:,}" for column in columns)] for name, row in rows]
    return aligned([header, *numbers])


def _more(count: int, language: str) -> list[str]:
    return [say("round.more", {"count": count}, language)] if count > 0 else []


def _counties(counties: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    rows = [
        (" ".join(filter(None, (row["county"], row["name"]))) or _DASH, row) for row in counties
    ]
    shown = rows[:_COUNTIES_SHOWN]
    title = say("round.by_county", language=language)
    lines = _table("county", shown, language)
    return [title, *lines, *_more(len(rows) - len(shown), language)]


def _units(summary: Mapping[str, Any], language: str) -> list[str]:
    """Return the units with open pairs, those without any answer first."""
    rows = [(row["unit_id"], row) for row in summary["units"] if row["open"]]
    if not rows:
        return [say("round.nobody", language=language)]
    shown = rows[:_UNITS_SHOWN]
    said = {"count": len(rows), "silent": summary["units_without_answer"]}
    title = say("round.chase", said, language)
    lines = _table("unit", shown, language)
    return [title, *lines, *_more(len(rows) - len(shown), language)]
