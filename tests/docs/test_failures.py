"""The page on failures lists exactly the codes that have words."""

import re

from pairmatch.words import LANGUAGES
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "reference" / "failures.md").read_text(encoding="utf-8")
ENGLISH = LANGUAGES["en"]


def listed(part: str) -> list[str]:
    return re.findall(r"^\| `([a-z_]+)` \|", part, flags=re.MULTILINE)


def test_the_page_lists_exactly_the_codes_of_failures() -> None:
    codes = listed(PAGE.partition("## Notes")[0])
    assert len(codes) == len(set(codes))
    assert set(codes) == {key.split(".")[1] for key in ENGLISH.texts if key.startswith("advice.")}


def test_the_page_lists_exactly_the_codes_of_notes() -> None:
    codes = listed(PAGE.partition("## Notes")[2].partition("## Doubts")[0])
    assert len(codes) == len(set(codes))
    notes = {key.removeprefix("note.") for key in ENGLISH.texts if key.startswith("note.")}
    assert set(codes) == notes


def test_the_page_lists_exactly_the_codes_of_doubts() -> None:
    codes = listed(PAGE.partition("## Doubts")[2])
    assert codes == [
        key.removeprefix("doubt.") for key in ENGLISH.texts if key.startswith("doubt.")
    ]


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            assert all(cell.strip() for cell in line.strip("|").split(" | "))
