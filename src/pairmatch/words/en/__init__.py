"""English."""

from pairmatch.words.en.findings import FINDINGS
from pairmatch.words.en.grammar import write
from pairmatch.words.en.texts import TEXTS
from pairmatch.words.language import Language

ENGLISH = Language(FINDINGS, TEXTS, write)
