"""Fonts on this machine, by the characters that are in their files."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

from matplotlib.font_manager import (
    FontPath,
    FontProperties,
    findfont,
    findSystemFonts,
    fontManager,
)
from matplotlib.ft2font import FT2Font, StyleFlags

# of two ideographs that look alike in no font: one that has the same glyph for both has only boxes
_UNLIKE = ("一", "人")
# what a face for Chinese is mostly called; others with the same characters have Japanese shapes
_CHINESE = ("SC", "CN", "GB", "Hei", "YaHei", "Song", "Kai", "PingFang", "WenQuanYi")
# faces that are read less well at this size
_SECOND = ("Mono", "Serif", "Ming", "Song", "Kai", "Fang")

FontFace: TypeAlias = FontPath


def is_drawn(face: FontFace, text: str) -> bool:
    """Tell whether a face has a glyph for every character of a text."""
    return drawn_by(face, text) == set(text)


def drawn_by(face: FontFace, characters: Iterable[str]) -> set[str]:
    """Return those characters that a face has glyphs for, and that are seen at all."""
    font = _opened(face)
    if font is None:
        return set()
    return {one for one in characters if one.isprintable() and font.get_char_index(ord(one))}


def best_face(words: Iterable[str], names: Iterable[str]) -> FontFace | None:
    """Return the face that has all of some characters, and the most of some others.

    Parameters
    ----------
    words
        Characters that it must have.
    names
        Characters that are wanted as well.

    Returns
    -------
    FontFace | None
        The one of matplotlib's settings if it has them all; None if no face has the words.
    """
    must, wanted = set(words), set(names)
    best: FontFace | None = None
    most = -1
    for face in _faces():
        if drawn_by(face, must) != must:
            continue
        count = len(drawn_by(face, wanted))
        if count == len(wanted):
            return face
        if count > most:
            best, most = face, count
    return best


def own_face() -> FontFace:
    """Return the face that comes with matplotlib, which has all that English needs."""
    return findfont(FontProperties(family="DejaVu Sans"))


def _faces() -> Iterator[FontFace]:
    """Yield the face of matplotlib's settings, then all others, those first that read well."""
    yield findfont(FontProperties())
    yield from _in_order(_files())


def _files() -> tuple[str, ...]:
    """Return the files of all fonts: those installed after matplotlib made its list, too."""
    files = {entry.fname for entry in fontManager.ttflist} | set(findSystemFonts())
    return tuple(sorted(map(str, files)))


@cache
def _in_order(files: tuple[str, ...]) -> tuple[FontFace, ...]:
    faces = []
    for file in files:
        first = _opened(FontPath(file, 0))
        for index in range(0 if first is None else first.num_faces):
            face = FontPath(file, index)
            font = _opened(face)
            if font is not None:
                faces.append((_rank(font, Path(file).name), face))
    return tuple(face for _, face in sorted(faces))


def _rank(font: FT2Font, file: str) -> tuple[object, ...]:
    """Return what faces are sorted by; a family's name says how it looks, not what it has."""
    name = font.family_name
    return (
        bool(font.style_flags & (StyleFlags.BOLD | StyleFlags.ITALIC)),
        font.style_name not in ("Regular", "Book", "Normal", "Roman"),
        not any(part in name for part in _CHINESE),
        any(part in name for part in _SECOND),
        name,
        file,
    )


@cache
def _opened(face: FontFace) -> FT2Font | None:
    """Return a face, None if it is none that can be drawn with."""
    try:
        font = FT2Font(face.path, face_index=face.face_index)
    except (OSError, RuntimeError, ValueError):  # as FreeType fails on files that are damaged
        return None
    glyphs = {font.get_char_index(ord(one)) for one in _UNLIKE}
    return font if len(glyphs) == len(_UNLIKE) or glyphs == {0} else None
