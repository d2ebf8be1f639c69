import pytest

from pairmatch.words.en.grammar import counted, with_article


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 pairs"), (1, "1 pair"), (2, "2 pairs"), (251_000, "251,000 pairs")]
)
def test_a_number_has_its_noun_in_the_singular_or_the_plural(count: int, said: str) -> None:
    assert counted(count, "pair") == said


def test_a_plural_may_be_another_one() -> None:
    assert counted(1, "class", "classes") == "1 class"
    assert counted(2, "class", "classes") == "2 classes"


@pytest.mark.parametrize(("word", "said"), [("int", "an int"), ("Event", "an Event"), ("", "a ")])
def test_a_word_that_begins_with_a_vowel_has_its_article(word: str, said: str) -> None:
    assert with_article(word) == said
    assert with_article("str") == "a str"
