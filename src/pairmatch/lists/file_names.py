"""Names of files that every system takes, from ids and names that may be anything."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# what Windows has for devices, whatever the ending
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_SAFE = re.compile(r"\w[\w\-]*")
# of the 255 that a name may have, ending included
_MOST_BYTES = 200


def file_names(codes: Iterable[str], names: Iterable[str | None], ending: str) -> list[str]:
    """Return the name of a file for each code: the code, with the name if that is one.

    Where a code is no name of a file, or one that some system takes for another's, it is a number.

    Parameters
    ----------
    codes
        Distinct.
    names
        What each is called, or None.
    ending
        Of the files, with its point.
    """
    codes, names = list(codes), list(names)
    width = len(str(len(codes)))
    found: list[str] = []
    taken: set[str] = set()
    for number, (code, name) in enumerate(zip(codes, names, strict=True), start=1):
        stem = _stem(code, name)
        if stem is None or _folded(stem) in taken:
            # an id cannot be taken for it, as none that is used as a name has a point
            stem = f"no.{number:0{width}}"
        taken.add(_folded(stem))
        found.append(stem + ending)
    return found


def _stem(code: str, name: str | None) -> str | None:
    parts: Sequence[str] = (code,) if name is None else (code, name)
    safe = [part for part in parts if _SAFE.fullmatch(part) and not _DEVICES.fullmatch(part)]
    if not safe or safe[0] != code:
        return None
    stems = ("-".join(safe), code)
    return next((stem for stem in stems if len(stem.encode()) <= _MOST_BYTES), None)


def _folded(stem: str) -> str:
    """Return what systems that tell neither case nor composition apart see."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", stem).casefold())
