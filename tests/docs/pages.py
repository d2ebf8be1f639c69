"""Blocks of the Markdown pages, with what a comment just before a block says about it."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        *(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts),
    ]
)
_MARK = re.compile(r"<!-- (file|exit|command|sample|screen): (.+?) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block; ``marks`` are the comments just before it, by kind."""

    language: str
    text: str
    line: int
    marks: dict[str, str]


def is_shown(sample: str, screen: str) -> bool:
    """Tell whether all lines of a sample are on a screen, in order.

    What differs from run to run is left out of the sample: the rest of a line after three points,
    or whole lines where there is nothing else.
    """
    printed = iter(screen.splitlines())
    for line in sample.splitlines():
        begins, dots, _ = line.partition("...")
        if (begins or not dots) and not any(
            shown.startswith(begins) if dots else shown == line for shown in printed
        ):
            return False
    return True


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    found: list[Block] = []
    marks: dict[str, str] = {}
    inside: list[str] | None = None
    language, start = "", 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if inside is not None:
            if line.startswith("```"):
                found.append(Block(language, "\n".join(inside) + "\n", start, marks))
                marks, inside = {}, None
            else:
                inside.append(line)
        elif line.startswith("```"):
            language, start, inside = line.strip("`").strip(), number, []
        elif mark := _MARK.fullmatch(line.strip()):
            marks[mark[1]] = mark[2]
        elif line.strip():
            marks = {}
    return found
