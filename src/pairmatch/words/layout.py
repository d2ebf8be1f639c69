"""Numbers and columns of text as a planner reads them, in any language."""

from collections.abc import Sequence
from unicodedata import east_asian_width


def km(metres: int) -> str:
    """Return metre-equivalents as kilometres, exactly: ``12,345.678 km``."""
    sign = "-" if metres < 0 else ""
    whole, rest = divmod(abs(metres), 1000)
    return f"{sign}{whole:,}.{rest:03d} km"


def aligned(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Return a line a row: the first column aligned left, the others right."""
    if not rows:
        return []
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [
            row[0] + gaps[0],
            *(gap + cell for cell, gap in zip(row[1:], gaps[1:], strict=True)),
        ]
        lines.append(indent + "  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    """Return how many places a text takes on a terminal, where a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
