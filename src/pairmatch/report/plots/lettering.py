"""Texts of a plot, in a font that has their characters."""

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from pairmatch.report.plots.fonts import FontFace, best_face, is_drawn, own_face
from pairmatch.words import LANGUAGES, Parameters, say
from pairmatch.words.layout import places

_ALWAYS = string.ascii_letters + string.digits + " ,.():;+>#%-…"
_LONGEST = 24
# as matplotlib numbers places of a legend
_UPPER_LEFT = 2
# of lines, in heights of letters: fonts with ideographs leave less between lines than others
_SPACING = 1.45
# what plots say
_PARTS = ("plot.", "area_level.", "report.ALL_PAIRS", "report.CANDIDATE_ARCS")

Handle: TypeAlias = Artist | tuple[Artist, ...]


@dataclass(frozen=True)
class Lettering:
    """The language that texts are drawn in, and the font.

    Attributes
    ----------
    language
        The one that was asked for, or English if no font has its characters.
    face
        The font's.
    """

    language: str
    face: FontFace

    def say(self, name: str, parameters: Parameters | None = None) -> str:
        """Return a text of plots."""
        return say(f"plot.{name}", parameters, self.language)

    def name(self, names: Sequence[str], number: int) -> str:
        """Return the first of somebody's names that can be drawn, or else a number.

        A long name is cut short.
        """
        for one in names:
            if one and is_drawn(self.face, one):
                return _short(one)
        return f"#{number}"

    def dress(self, text: Text, size: float | str | None = None) -> None:
        """Give a text the font; whatever is in it is text, not a formula."""
        points = text.get_fontsize() if size is None else size
        text.set_fontproperties(FontProperties(fname=self.face))
        text.set_fontsize(points)
        text.set_parse_math(False)
        text.set_usetex(False)


def lettering(language: str, names: Iterable[str]) -> Lettering:
    """Find a font for the texts of plots in a language, and for names if it has them.

    Parameters
    ----------
    language
        Of `pairmatch.words.LANGUAGES`.
    names
        All that could be drawn.
    """
    wanted = {character for name in names for character in name if character.isprintable()}
    for one in (language, "en"):
        texts = LANGUAGES[one].texts.items()
        words = {character for key, text in texts if key.startswith(_PARTS) for character in text}
        face = best_face(words | set(_ALWAYS), wanted)
        if face is not None:
            return Lettering(one, face)
    return Lettering("en", own_face())


def dress_marks(ax: Axes, letters: Lettering, size: float | str | None = None) -> None:
    """Give what stands beside the marks of both axes the font."""
    for text in (*ax.get_xticklabels(), *ax.get_yticklabels()):
        letters.dress(text, size)


def put_texts(ax: Axes, letters: Lettering, title: str, x: str, y: str) -> None:
    """Give axes a title and labels."""
    above = ax.set_title(title, linespacing=_SPACING)
    letters.dress(above, "medium")
    letters.dress(ax.set_xlabel(x))
    letters.dress(ax.set_ylabel(y))


def put_legend(ax: Axes, letters: Lettering, handles: Sequence[Handle], labels: list[str]) -> None:
    """Add a legend beside the axes, or within them if nothing makes room beside."""
    figure = ax.get_figure(root=True)
    is_laid_out = figure is not None and figure.get_layout_engine() is not None
    beside = {"loc": _UPPER_LEFT, "bbox_to_anchor": (1.01, 1.0)}
    # labels that begin with a line would be left out, so that they come in afterwards
    numbers = [str(number) for number in range(len(labels))]
    legend = ax.legend(list(handles), numbers, **(beside if is_laid_out else {"loc": "best"}))
    for text, label in zip(legend.get_texts(), labels, strict=True):
        text.set_text(label)
        letters.dress(text, "small")


def _short(name: str) -> str:
    if places(name) <= _LONGEST:
        return name
    kept = ""
    for character in name:
        if places(kept + character) >= _LONGEST:
            break
        kept += character
    return kept + "…"
