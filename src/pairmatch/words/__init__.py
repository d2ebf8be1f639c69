"""What is said to people: one catalogue of texts a language, and nothing else.

Everywhere else a finding, a note, a status or a reason is a code with parameters: whole numbers,
and names that are ours or that may be shown. This package is below all others, so that whatever
holds a code can say it; it knows none of them.
"""

from pairmatch.words.catalogue import LANGUAGES, listed, named, place, say, shown
from pairmatch.words.language import Language, Parameters, Value

__all__ = [
    "LANGUAGES",
    "Language",
    "Parameters",
    "Value",
    "listed",
    "named",
    "place",
    "say",
    "shown",
]
