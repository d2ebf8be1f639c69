"""Tables of the Markdown pages, by the heading above them."""

import re
from pathlib import Path

from tests.docs.pages import ROOT

REFERENCE = ROOT / "docs" / "reference"


def tables_under(page: Path) -> dict[str, list[list[str]]]:
    """Return the rows of the first table under each heading, without its header."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    ended = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, ended = line.lstrip("#").strip(), False
        elif line.startswith("|") and not ended:
            found.setdefault(heading, []).append(cells(line))
        elif heading in found:
            ended = True
    return {heading: rows[2:] for heading, rows in found.items()}


def cells(line: str) -> list[str]:
    r"""Return the cells of a row; ``\|`` is no end of a cell."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def code_of(cell: str) -> str:
    """Return what stands in backticks."""
    return cell.strip("`")
