import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables.office.cells import (
    means_nothing,
    mended_id,
    mended_ids,
    mended_number,
)

TEXTS = st.text("０1一2人,，.°'′″\"E东经-—/无;；、 \u3000\u200bRr=+eE", max_size=10)


@pytest.mark.parametrize(
    ("text", "means", "codes"),
    [
        ("R001", "R001", ()),
        (" r001\u3000", "r001", ("blanks",)),
        ("r0\u200b01", "r001", ("blanks",)),
        ("Ｒ００１", "R001", ("width",)),
        ("教育局（一）", "教育局（一）", ()),
        ("'r001", "r001", ("apostrophe",)),
        ("’007’", "007", ("apostrophe",)),
        ('="007"', "007", ("formula",)),
        ("=“007”", "007", ("formula",)),
        ("=1+1", "=1+1", ()),
        ("'-r", "'-r", ()),
        ("6.22927E+5", "622927", ("exponent",)),
        ("6.22927E+11", "6.22927E+11", ()),
        ("6.2E-2", "6.2E-2", ()),
        ("11.0", "11.0", ()),
        ("-", None, ("nothing",)),
        ("——", None, ("nothing",)),
        ("／", None, ("nothing",)),
        ("无", None, ("nothing",)),
        ("N/A", None, ("nothing",)),
        ("nan", None, ("nothing",)),
        ("-1", "-1", ()),
        ("无锡", "无锡", ()),
        ("\u200b", None, ("blanks",)),
    ],
)
def test_an_id_is_told_from_its_dress(text: str, means: str | None, codes: tuple[str, ...]) -> None:
    assert mended_id(text) == (means, codes)


@pytest.mark.parametrize(
    ("text", "means", "codes"),
    [
        ("620102;620103", "620102;620103", ()),
        ("620102；620103", "620102;620103", ("separator",)),
        ("620102、 620103，620104", "620102;620103;620104", ("separator",)),
        ("620102/620103", "620102;620103", ("separator",)),
        ("620102 620103", "620102;620103", ("separator",)),
        ("620102\n620103", "620102;620103", ("separator",)),
        ("６２０１０２", "620102", ("width",)),
        ("620102.0", "620102", ("decimal",)),
        ("；", None, ("separator",)),
        ("无", None, ("nothing",)),
        ("/", None, ("nothing",)),
        ("红崖 县", "红崖 县", ()),
    ],
)
def test_codes_are_parted_by_any_sign(text: str, means: str | None, codes: tuple[str, ...]) -> None:
    assert mended_ids(text) == (means, codes)


@pytest.mark.parametrize(
    ("text", "means", "codes"),
    [
        ("2", "2", ()),
        ("2.0", "2", ("decimal",)),
        ("2人", "2", ("measure",)),
        ("2 户", "2", ("measure",)),
        ("2.0人", "2", ("measure", "decimal")),
        ("两人", "2", ("measure", "numeral")),
        ("十", "10", ("numeral",)),
        ("1,002", "1002", ("thousands",)),
        ("1，002", "1002", ("width", "thousands")),
        ("１２", "12", ("width",)),
        ("－1", "-1", ("width",)),
        ("'3", "3", ("apostrophe",)),
        ("—", None, ("nothing",)),
        ("NA", None, ("nothing",)),
        ("1,5", "1,5", ()),
        ("2公里", "2公里", ()),
        ("2.5", "2.5", ()),
    ],
)
def test_a_count_is_told_from_its_measure(
    text: str, means: str | None, codes: tuple[str, ...]
) -> None:
    assert mended_number(text, "capacity", whole=True) == (means, codes)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        *(("-5.5 km", "-5.5"), ("5公里", "5"), ("12 KM", "12"), ("1,200.5千米", "1200.5")),
        ("5人", "5人"),
    ],
)
def test_kilometres_are_told_from_their_measure(text: str, means: str) -> None:
    assert mended_number(text, "extra_km", whole=False)[0] == means


@pytest.mark.parametrize("text", ["无", "暂无", " - ", "——", "/", "\\", "n/a", "NULL", "<NA>"])
def test_signs_and_words_mean_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["", "0", "无锡", "-1", "NA", "否"])
def test_others_mean_something(text: str) -> None:
    assert not means_nothing(text)


@given(TEXTS, st.sampled_from(["lon", "lat", "capacity", "extra_km", "demand"]))
def test_what_is_mended_stays(text: str, column: str) -> None:
    """And a text that is as it should be has no repair."""
    every = (
        mended_id,
        mended_ids,
        lambda one: mended_number(one, column, whole=column == "capacity"),
    )
    for mend in every:
        once, codes = mend(text)
        # blanks and nothing between the items of a list are no slips
        assert codes or once == text or not text.strip() or mend is mended_ids
        if once is not None:
            assert mend(once) == (once, ())
