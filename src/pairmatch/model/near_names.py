"""Names that are nearly a known one: misspelt, in the plural, in capitals, with blanks."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

# shorter names are near to everything
_LEAST_FOR_ONE_EDIT = 4
_LEAST_FOR_ANY_EDIT = 6
_LEAST_FOR_TWO_EDITS = 8
_MOST_EDITS = 2


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Return a name without case, width, blanks, punctuation and invisible characters."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in wide if letter.isalnum())


def is_same_but_for_dress(name: str, known: str) -> bool:
    """Tell whether names differ in case, width, blanks, punctuation or the plural only."""
    one, other = folded(name), folded(known)
    return one == other or _singular(one) == _singular(other)


def is_near(name: str, known: str) -> bool:
    """Tell whether a name is nearly a known one.

    The same but for its dress; or the same without a last ``_id``; or one slip away: a letter too
    many, too few, wrong, or two exchanged. Two slips from eight letters on, and no slip at the
    first of a few.
    """
    if is_same_but_for_dress(name, known):
        return True
    one, other = folded(name), folded(known)
    if other.endswith("id") and _singular(one) == other.removesuffix("id"):
        return True
    least = min(len(one), len(other))
    if abs(len(one) - len(other)) > _MOST_EDITS:
        return False
    if least < _LEAST_FOR_ONE_EDIT or (least < _LEAST_FOR_ANY_EDIT and one[0] != other[0]):
        return False
    return edits(one, other) <= (_MOST_EDITS if least >= _LEAST_FOR_TWO_EDITS else 1)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name nearly is, or None."""
    near = [one for one in known if is_near(name, one)]
    return min(near, key=lambda one: edits(folded(name), folded(one)), default=None)


def edits(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the letters to add, drop, change, or exchange with the next, from one to another.

    Optimal string alignment: no letter is moved twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and wanted == one[i - 2]:
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]


def _singular(name: str) -> str:
    for plural, single in (("ies", "y"), ("s", "")):
        if name.endswith(plural) and len(name) > len(plural) + 1:
            return name.removesuffix(plural) + single
    return name
