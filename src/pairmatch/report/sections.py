"""A summary as sections, written as aligned text or as Markdown: what is said is said once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pairmatch.words.layout import aligned, places

_INDENT = "  "
# Markdown drops blanks at the edge of a cell, but not these
_KEPT_BLANK = "\u00a0"
# an underscore within a word is one in Markdown too
_MARKS = re.compile(r"[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# what would make a heading, a rule or a list of a line
_START = re.compile(r"^(\d*)(?=[#+-]|[.)](?:\s|$))")


@dataclass(frozen=True)
class Section:
    """A part of a summary.

    Attributes
    ----------
    title
        Stands above it; empty if what follows needs none.
    rows
        A table: a label first, then numbers. A label that begins with blanks is below the one
        before.
    has_header
        Whether the first row is the header of the others.
    lines
        What stands below the table: points below the title, or paragraphs if there is none.
    """

    title: str = ""
    rows: Sequence[Sequence[str]] = ()
    has_header: bool = False
    lines: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.rows and not self.lines


def text_of(sections: Iterable[Section]) -> str:
    """Return sections as lines with aligned columns, a blank line between two."""
    return "\n\n".join("\n".join(_text_lines(one)) for one in sections if not one.is_empty)


def markdown_of(title: str, sections: Iterable[Section]) -> str:
    """Return sections as a Markdown page with tables, which is readable as it stands, too."""
    pages = [_markdown_lines(one) for one in sections if not one.is_empty]
    return "\n\n".join([f"# {_escaped(title)}", *("\n\n".join(blocks) for blocks in pages)])


def _text_lines(section: Section) -> list[str]:
    indent = _INDENT if section.title else ""
    head = [section.title] if section.title else []
    return [*head, *aligned(section.rows), *(indent + line for line in section.lines)]


def _markdown_lines(section: Section) -> list[str]:
    """Return the blocks of a section."""
    blocks = [f"## {_escaped(section.title)}"] if section.title else []
    if section.rows:
        blocks.append("\n".join(_table(section)))
    lines = [_START.sub(r"\1\\", _escaped(line)) for line in section.lines]
    if section.title and lines:
        return [*blocks, "\n".join(f"- {line}" for line in lines)]
    return [*blocks, *lines]


def _table(section: Section) -> list[str]:
    """Return a table of Markdown whose columns are aligned as well."""
    rows = [[_cell(cell) for cell in row] for row in section.rows]
    if not section.has_header:
        rows.insert(0, [""] * len(rows[0]))
    widths = [max(3, *(places(row[at]) for row in rows)) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        blanks = [" " * (width - places(cell)) for cell, width in zip(row, widths, strict=True)]
        first = row[0] + blanks[0]
        others = [blank + cell for cell, blank in zip(row[1:], blanks[1:], strict=True)]
        lines.append(f"| {' | '.join([first, *others])} |")
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return [lines[0], f"| {' | '.join(rule)} |", *lines[1:]]


def _cell(text: str) -> str:
    label = text.lstrip(" ")
    return _KEPT_BLANK * (len(text) - len(label)) + _escaped(label)


def _escaped(text: str) -> str:
    """Return text that Markdown takes as it is."""
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", text)
