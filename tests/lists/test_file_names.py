"""Names of files that any system takes, distinct on each of them."""

from pairmatch.lists.file_names import file_names


def test_a_code_is_the_name_with_what_it_is_called() -> None:
    codes, names = ["620102", "U1", "单位-1"], ["城关区", None, None]
    assert file_names(codes, names, ".xlsx") == ["620102-城关区.xlsx", "U1.xlsx", "单位-1.xlsx"]


def test_what_some_system_does_not_take_is_a_number() -> None:
    codes = ["a/b", "..", "con", "COM1", "=1", "a b", "x" * 300, "好" * 100, "ok"]
    found = file_names(codes, [None] * len(codes), ".xlsx")
    assert found == [f"no.{number}.xlsx" for number in range(1, 9)] + ["ok.xlsx"]
    assert all(len(name.encode()) <= 255 for name in found)


def test_a_name_that_is_no_name_of_a_file_is_left_out() -> None:
    assert file_names(["k1", "k2"], [":/\\?*[]", "长" * 90], ".xlsx") == ["k1.xlsx", "k2.xlsx"]


def test_names_that_differ_by_case_width_or_composition_alone_are_told_apart() -> None:
    codes = ["ab", "AB", "ａｂ", "é", "e\u0301"]
    found = file_names(codes, [None] * len(codes), ".xlsx")
    assert found[0] == "ab.xlsx"
    assert len({name.casefold() for name in found}) == len(codes)
    assert found[1:3] == ["no.2.xlsx", "no.3.xlsx"]
