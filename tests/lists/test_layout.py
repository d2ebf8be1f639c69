"""What a list is laid out by has names in every language, which mean one thing each."""

import pytest

from pairmatch.lists import layout
from pairmatch.lists.layout import meaning, said
from pairmatch.words import LANGUAGES

NAMES = {
    "sheet": layout.SHEETS,
    "column": (
        *layout.PAIR_COLUMNS,
        *layout.ANSWER_COLUMNS,
        *layout.CHANGE_COLUMNS,
        *layout.WORK_COLUMNS,
    ),
    "cover": layout.COVER,
    "by": layout.BY,
    "change": layout.CHANGES,
    "answer": layout.ANSWERS,
    "reason": layout.REASONS,
}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("part", layout.PARTS)
def test_every_name_is_said_in_every_language_and_understood(part: str, language: str) -> None:
    texts = [said(part, name, language) for name in NAMES[part]]
    assert [meaning(part, text) for text in texts] == list(NAMES[part])


def test_names_are_understood_whatever_the_case_and_blanks() -> None:
    assert meaning("answer", " 确 认 ") == "confirm"
    assert meaning("answer", "REJECT") == "reject"
    assert meaning("answer", "perhaps") is None
    assert meaning("column", "Recipient ID") == "recipient_id"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_names_of_sheets_are_such_as_spreadsheets_take(language: str) -> None:
    for sheet in layout.SHEETS:
        name = said("sheet", sheet, language)
        assert 0 < len(name) <= 31
        assert not set(name) & set(r":\/?*[]'")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_choices_fit_into_a_drop_down(language: str) -> None:
    for part in ("answer", "reason"):
        assert len(",".join(said(part, name, language) for name in NAMES[part])) <= 255


def test_what_tells_a_list_is_on_its_cover() -> None:
    assert set(layout.MACHINE_COVER) <= set(layout.COVER)
    assert said("cover", "plan_digest", "zh") == "方案摘要值"
    assert said("column", "recipient_id", "zh") == "对象编号"
    assert said("column", "recipient_hamlet", "zh") == "recipient_hamlet"
