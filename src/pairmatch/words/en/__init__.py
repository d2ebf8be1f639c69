"""English."""

from pairmatch.words.en.grammar import write
from pairmatch.words.en.texts import TEXTS
from pairmatch.words.language import Language

ENGLISH = Language(TEXTS, write)
