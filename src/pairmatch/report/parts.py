"""What a problem was cut into, as text."""

from collections.abc import Mapping
from typing import Any

from pairmatch.words import named, say
from pairmatch.words.layout import aligned

_PEOPLE = ("cadres", "recipients")


def parts_text(document: Mapping[str, Any], language: str = "en") -> str:
    """Return which folder has how many people, and what is left out, for a planner."""
    heads = [named("table", name, language) for name in _PEOPLE]
    rows = [(say("report.part", language=language), *heads)]
    rows += [
        (part["folder"], *(f"{part['tables'][name]:,}" for name in _PEOPLE))
        for part in document["parts"]
    ]
    lines = aligned(rows)
    if document["across"]:
        lines.append(say("report.across", {"count": document["across"]}, language))
    if document["left_out"]:
        left = [
            (named("table", name, language), f"{count:,}")
            for name, count in document["left_out"].items()
        ]
        lines += ["", say("report.left_out", language=language), *aligned(left)]
    return "\n".join([*lines, "", say("command.written", {"folder": document["folder"]}, language)])
