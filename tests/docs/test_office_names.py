"""The pages on offices' files have the names and the repairs that the code has."""

import re
from pathlib import Path

import pytest

from pairmatch.tables.office.cells import mended_id, mended_ids, mended_number
from pairmatch.tables.office.user_names import UserNames
from pairmatch.tables.office.values import CODES
from tests.docs.office_names import PAGES, page
from tests.docs.pages import blocks


@pytest.fixture(params=PAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_page_has_the_names_of_the_code(language: str) -> None:
    path = PAGES[language]
    assert path.read_text(encoding="utf-8") == page(path, language), (
        "run: python -m tests.docs.office_names"
    )


def test_every_repair_is_listed(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    listed = re.findall(r"`repaired_(\w+)`", text)
    assert sorted(listed) == sorted([*CODES, "reference", "wide_signs"])


def test_what_is_said_of_cells_is_so(language: str) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    for cell in ("`-`", "`—`", "`/`", "`无`", "`暂无`", "`不详`", "`N/A`", "`null`", "`nan`"):
        assert cell in text
        assert mended_id(cell.strip("`")) == (None, ("nothing",))
    assert mended_ids("620102 620103")[0] == "620102;620103"
    assert mended_number("十人", "demand", whole=True)[0] == "10"


def test_the_example_of_own_names_is_read(language: str) -> None:
    (block,) = [one for one in blocks(PAGES[language]) if one.language == "yaml"]
    user = UserNames.from_yaml(block.text)
    assert user.names.tables == {"帮联干部": "cadres"}
    assert user.names.values["area_level"] == {"屯": "village"}


def test_there_are_two_pages() -> None:
    assert [Path(path).name for path in PAGES.values()] == [
        "offices_files.md",
        "offices_files.zh.md",
    ]
