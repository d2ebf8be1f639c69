"""Everything that is cited, in the pages and in docstrings, is among the references."""

import re

from tests.docs.pages import PAGES, ROOT

_CITED = re.compile(r"(?::cite:[pt]:|\{cite:[pt]\})`([^`]+)`")


def known() -> set[str]:
    text = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
    return set(re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE))


def cited() -> set[str]:
    files = [*PAGES, *(ROOT / "src").rglob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return {key for text in texts for keys in _CITED.findall(text) for key in keys.split(",")}


def test_what_is_cited_is_among_the_references() -> None:
    assert "ahuja1993network" in cited()
    assert cited() <= known()
