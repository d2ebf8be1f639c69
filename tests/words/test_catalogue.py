"""Every language has all texts, and they ask for what is stored."""

from string import Formatter

import pytest

from pairmatch.words import LANGUAGES, Value, say, shown
from pairmatch.words.en.names import NAMES

ENGLISH = LANGUAGES["en"]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_every_language_has_the_same_texts_with_the_same_placeholders(name: str) -> None:
    expected = {key: placeholders(text) for key, text in ENGLISH.texts.items()}
    assert {key: placeholders(text) for key, text in LANGUAGES[name].texts.items()} == expected


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_no_text_is_empty_and_every_placeholder_has_a_name(name: str) -> None:
    for key, text in LANGUAGES[name].texts.items():
        assert text.strip(), key
        assert all(part.isidentifier() for part in placeholders(text)), key


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_findings_are_no_sentences_as_a_place_comes_behind_them(name: str) -> None:
    for key, text in LANGUAGES[name].texts.items():
        assert not (key.startswith(("found.", "advice.")) and text.endswith((".", "。"))), key


def test_parameters_are_put_in_as_they_are() -> None:
    names: dict[str, Value] = {"names": ("a{b}", "c"), "more": 0}
    assert say("note.dropped_column", names).endswith("dropped: a{b}, c")


def test_phrases_have_placeholders_of_their_own() -> None:
    nearest: dict[str, Value] = {"known": "codes_nearest", "count": 1200, "names": ("t1", "t2")}
    assert say("advice.unknown_area", nearest) == (
        "add the area to the table areas (1,200 there, nearest are t1, t2)"
    )
    assert say("advice.bad_encoding.utf16", {"how": ""}) == "save it as UTF-8"


def test_what_may_be_left_out_is_left_out() -> None:
    given = {"given": "Capacity", "meant": "capacity", "or_attribute": ""}
    assert say("found.misspelt_column", given).endswith("nearly this one ('Capacity')")
    assert say("found.misspelt_column", {**given, "given": ""}).endswith("nearly this one")


def test_a_list_says_how_many_more_there_are() -> None:
    assert shown(range(5), 1000, 3) == {"names": (0, 1, 2), "more": 997}
    assert shown("ab", 2, 3) == {"names": ("a", "b"), "more": 0}
    said = say("finding.noted_rows", {"count": 1000, "source": "", **shown(range(1, 6), 1000, 2)})
    assert said == " (rows 1, 2 and 998 more)"


def test_what_has_no_words_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("note.nonsense")
    with pytest.raises(KeyError):
        say("note.rounded_to_metres")


def numbers(text: str) -> set[str]:
    """Return the placeholders that want a number."""
    parsed = [(name, how or "") for _, name, how, _ in Formatter().parse(text) if name]
    words = {"a", "or", "list", "all", "quoted", "sentence", "system", "status", *NAMES}
    words |= {"phrase", "found", "advice"}
    return {name for name, how in parsed if how and how.partition(":")[0] not in words}


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_what_is_a_number_in_one_language_is_one_in_english(name: str) -> None:
    for key, text in LANGUAGES[name].texts.items():
        assert numbers(text) <= numbers(ENGLISH.texts[key]), key
