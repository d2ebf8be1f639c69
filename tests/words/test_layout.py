import pytest

from pairmatch.words.layout import aligned, km


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "0.000 km"), (-1, "-0.001 km"), (1_234_567_890, "1,234,567.890 km"), (-1500, "-1.500 km")],
)
def test_kilometres_are_exact(metres: int, text: str) -> None:
    assert km(metres) == text


def test_columns_are_aligned() -> None:
    assert aligned([("a", "1"), ("bbb", "1,000")]) == ["  a        1", "  bbb  1,000"]
    assert aligned([]) == []


def test_chinese_names_are_aligned_by_the_places_that_they_take() -> None:
    assert aligned([("a", "城关区"), ("bc", "x")], indent="") == ["a   城关区", "bc       x"]
