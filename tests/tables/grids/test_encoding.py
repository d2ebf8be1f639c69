import pytest

from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.grids.encoding import Text, office_text, plain_text

WORDS = "对象编号,大水䃎镇\nr001,城关镇\n"
PLAIN = WORDS.encode()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN, "UTF-8"),
        (b"\xef\xbb\xbf" * 3 + PLAIN, "UTF-8"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "UTF-16"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "UTF-16"),
        (WORDS.encode("utf-16-le"), "UTF-16"),
        (WORDS.encode("utf-16-be"), "UTF-16"),
        (WORDS.encode("gb18030"), "GB18030"),
        (b"\x84\x31\x95\x33" + WORDS.encode("gb18030"), "GB18030"),
    ],
)
def test_every_encoding_of_offices_gives_the_same_text(data: bytes, encoding: str) -> None:
    assert office_text(data) == Text(PLAIN, encoding)


@pytest.mark.parametrize("end", [b"\x1a", b"\x1a\x1a", b"\x1a\r\n", b"\r\n\x1a\r\n"])
def test_what_old_programs_end_a_file_with_is_no_row(end: bytes) -> None:
    assert office_text(PLAIN.rstrip(b"\n") + end).data == PLAIN


def test_ctrl_z_within_a_text_stays_for_the_checks_to_find() -> None:
    assert office_text(b"a,b\n1\x1a,2\n").data == b"a,b\n1\x1a,2\n"


@pytest.mark.parametrize("word", ["小学", "学"])
def test_gbk_that_is_utf_8_by_chance_is_refused(word: str) -> None:
    data = f"id,{word}\n".encode("gbk")
    assert data.decode("utf-8")
    with pytest.raises(RefusedError) as raised:
        office_text(data)
    assert raised.value.kind == "bad_encoding.unlikely_letters"


@pytest.mark.parametrize("text", ["lǚ,nǚ\n", "×,°\n", "a·b,Ⅱ\n", "“x”,—\n"])
def test_pinyin_and_signs_are_likely(text: str) -> None:
    assert office_text(text.encode()) == Text(text.encode(), "UTF-8")


@pytest.mark.parametrize(
    "data", [PLAIN + b"\xff\xff\xff", b"a,b\n" * 2000 + b"\0", b"\xff\xfea", b"\xff\xfe\x00\xd8"]
)
def test_bytes_of_no_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(RefusedError) as raised:
        office_text(data)
    assert raised.value.kind == "bad_encoding.none"


def test_text_that_must_be_utf_8_is_not_tried_in_others() -> None:
    assert plain_text(b"\xef\xbb\xbf" + PLAIN) == PLAIN
    with pytest.raises(RefusedError):
        plain_text(WORDS.encode("gb18030"))
