"""Numbers and columns of text as a planner reads them, in any language."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

# where a line may end: behind a blank, or beside a wide character but not before or behind a sign
# that belongs to what follows or stands before
_PIECE = re.compile(r"\s+|[(（“]*(?:[^\s\u2e80-\uffff]+|.)[，。；：！？、）”)]*")


def km(metres: int) -> str:
    """Return metre-equivalents as kilometres, exactly: ``12,345.678 km``."""
    sign = "-" if metres < 0 else ""
    whole, rest = divmod(abs(metres), 1000)
    return f"{sign}{whole:,}.{rest:03d} km"


def aligned(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Return a line a row: the first column aligned left, the others right."""
    if not rows:
        return []
    widths = [max(places(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        gaps = [" " * (width - places(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [
            row[0] + gaps[0],
            *(gap + cell for cell, gap in zip(row[1:], gaps[1:], strict=True)),
        ]
        lines.append(indent + "  ".join(cells).rstrip())
    return lines


def wrapped(text: str, most: int) -> list[str]:
    """Return a text in lines of a limited number of places, if its pieces allow."""
    lines = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if lines[-1] and places(lines[-1] + piece.rstrip()) > most:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def places(text: str) -> int:
    """Return how many places a text takes on a terminal, where a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
