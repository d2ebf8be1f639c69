import pytest

from pairmatch.model.shown_names import listed, may_be_shown, shown_file_name


@pytest.mark.parametrize(
    "name",
    [
        "capcity",
        "agree",
        "remark",
        "team",
        "needs",
        "notes",
        "visits",
        "score",
        "index",
        "max_kn",
        "village",
        "income",
        "gender",
        "school",
        "bianhao",
        "beizhu",
        "金额",
        "家庭情况",
        "colour",
        "last_visit",
        "area-code",
        "grade2",
        "year_2024",
        "备注",
        "对象编号",
        "更新日期",
    ],
)
def test_names_of_columns_are_shown(name: str) -> None:
    assert may_be_shown(name)


@pytest.mark.parametrize(
    "name",
    [
        *("王小明", "Wang Xiaoming", "WangXiaoming", "wang xiaoming", "620102199001011234"),
        *("13812345678", "138-1234-5678", "tel13812345678", "1990-01-01", "wang@example.org"),
        *("甘肃省兰州市城关区1号", " ", "a" * 33),
        *("wangxiaoming", "wang_xiaoming", "li-si", "zhangsan1", "ZHANGSAN", "zhao_liu"),
        *("王小明备注", "张三情况"),
    ],
)
def test_names_that_may_be_somebody_s_are_not(name: str) -> None:
    assert not may_be_shown(name)
    assert shown_file_name(f"{name}.xlsx") == "*.xlsx"


@pytest.mark.parametrize("name", ["notes.txt", "README.md", "cadres.csv", "说明.docx", "Makefile"])
def test_names_of_files(name: str) -> None:
    shown = {"Makefile": "*"}
    assert shown_file_name(name) == shown.get(name, name)


def test_what_is_allowed_is_listed_and_cut() -> None:
    assert listed(["a", "b"]) == {"names": ("a", "b"), "more": 0}
    numbered = listed([f"n{n}" for n in range(30)], most=3)
    assert numbered == {"names": ("n0", "n1", "n2"), "more": 27}
    assert listed(["a", "13812345678"]) == {"names": ("a",), "more": 1}


@pytest.mark.parametrize("name", ["", "x\n", "x\ny"])
def test_names_of_nothing_or_several_lines_are_not(name: str) -> None:
    assert not may_be_shown(name)
    assert shown_file_name(name) == "*"
