"""Chinese texts: no English in them, full-width signs, and numbers with their measure words."""

import re

import numpy as np
import pytest
from tests.words.english import english_in, english_runs

from pairmatch import Problem, solve
from pairmatch.errors import Finding, InputError
from pairmatch.tables.office.synonyms import COLUMNS
from pairmatch.words import LANGUAGES, Value, listed, named, place, say
from pairmatch.words.zh.grammar import write

CHINESE = LANGUAGES["zh"]
# a half-width sign beside a Chinese character; what is written in a file (';', '.csv') may stand
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]|\.\s*$")


def test_no_chinese_text_has_english_but_for_names() -> None:
    found = {key: english_in(text) for key, text in CHINESE.texts.items()}
    assert {key: words for key, words in found.items() if words} == {}


def test_english_is_found_where_there_is_any() -> None:
    assert english_in("给出 {count} 个 recipients of cadres") == ["of"]


def test_every_chinese_text_is_chinese_unless_it_is_put_together_of_names() -> None:
    for key, text in CHINESE.texts.items():
        literal = re.sub(r"\{[^}]*\}|pairmatch|NaN", "", text)
        assert re.search("[\u4e00-\u9fff]", text) or not re.search("[A-Za-z]", literal), key


def test_signs_are_full_width() -> None:
    found = {key: text for key, text in CHINESE.texts.items() if HALF_WIDTH.search(text)}
    assert found == {}


@pytest.mark.parametrize(
    ("value", "how", "said"),
    [
        (251_000, ",", "251,000"),
        (1.25, ".1f", "1.2"),
        (("prefer", "require", "ignore"), "or", "prefer、require 或 ignore 之一"),
        (("prefer",), "or", "prefer"),
        ("str", "", "str"),
    ],
)
def test_values_are_written_as_chinese_wants_them(value: Value, how: str, said: str) -> None:
    assert write(value, how) == said


def test_lists_have_their_own_separator_and_quotes_their_own_brackets() -> None:
    assert listed(("a", "b"), "zh") == "a、b"
    names: dict[str, Value] = {"names": ("a", "b"), "more": 1200}
    assert say("note.dropped_column", names, "zh").endswith("：a、b，另有 1,200 个")
    given = {"given": "Capacity", "meant": "capacity", "or_attribute": ""}
    assert say("found.misspelt_column", given, "zh").endswith("相近（'Capacity'）")


def test_names_of_ours_are_called_in_chinese_and_others_as_they_are() -> None:
    assert named("category", "orphan", "zh") == "孤儿"
    assert named("category", "flood_victim", "zh") == "flood_victim"
    assert named("category", "unattended_child") == "unattended_child"
    rule = {"rank": "staff", "category": "orphan"}
    assert say("rule.rank_forbidden", rule, "zh") == "按结对资格，科员干部不得帮扶孤儿"


def test_what_a_system_says_is_said_in_the_language() -> None:
    assert say("error.nowhere", {}, "zh") == "无法写入：路径不通"
    full: dict[str, Value] = {"folder": "out", "why": "ENOSPC"}
    assert say("error.cannot_write", full, "zh") == "无法写入 out：磁盘已满"
    assert say("error.cannot_write", {**full, "why": "EPROTO"}, "zh").endswith("系统错误 EPROTO")
    assert say("error.cannot_write", full) == "cannot write out: No space left on device"


def test_failures_are_said_in_chinese_with_their_rows() -> None:
    error = InputError(
        [
            Finding("duplicate_id", "cadres", "cadre_id", rows=np.array([3, 7]), ids=("c1", "c2")),
            Finding("bad_policy.above", "policy", "load.default_capacity", {"le": 9, "line": 2}),
        ]
    )
    assert error.text("zh") == (
        "输入有 3 处错误：duplicate_id 2、bad_policy 1\n"
        "duplicate_id：干部编号（cadres.cadre_id），第 3、7 行（共 2 行）："
        "编号在前面的行中已有（c1、c2）\n"
        "    -> 每个编号只对应一个，只占一行\n"
        "bad_policy：policy.load.default_capacity：数大于 9（第 2 行）\n"
        "    -> 填写不大于 9 的数\n"
        "行号与表格软件中的一致，空行也算；没有表头行的表从 1 数起。"
    )


@pytest.mark.parametrize(
    ("screen", "runs"),
    [
        ("已写入 out/plan-1", []),
        ("cadres.rank：unknown rank（第 2 行）", ["unknown rank"]),
        ("证明：ALL_PAIRS，not every pair was priced", ["not every pair was priced"]),
        ("另存为“CSV UTF-8”", []),
        ("distance.max_km 改为 5 km", []),
        ("Nothing, really.", ["Nothing, really."]),
    ],
)
def test_english_sentences_are_found_on_a_screen(screen: str, runs: list[str]) -> None:
    assert english_runs(screen) == runs


def test_a_policy_may_call_its_ranks_and_categories_otherwise() -> None:
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c1"], "unit_id": ["u"], "rank": ["section"], "capacity": [2]},
        recipients={
            "recipient_id": ["r1", "r2"],
            "category": ["orphan", "left_behind"],
            "area": ["a", "a"],
        },
        policy={
            "categories": ["orphan", "left_behind"],
            "eligibility": [
                {"categories": ["left_behind"], "ranks": ["section"], "verdict": "forbidden"}
            ],
            "labels": {
                "ranks": {"section": {"zh": "乡科级", "en": "head of section"}},
                "categories": {"left_behind": {"zh": "留守儿童"}},
            },
        },
    )
    plan = solve(problem)
    assert "允许乡科级干部帮扶留守儿童" in plan.text("zh")
    assert "head of section for left_behind" in plan.text()
    said = plan.explain("r2", "c1").text("zh")
    assert "按结对资格，乡科级干部不得帮扶留守儿童" in said
    assert "加一条规则，允许乡科级干部帮扶留守儿童" in said
    allowed = plan.what_if({"op": "set_policy", "set": {"eligibility": []}})
    assert "  留守儿童  1" in plan.diff(allowed).text("zh").splitlines()


# what is not said, as the glossary has another word for it
NOT_SAID = {
    "(?<!责任)(?<!帮扶)地区": "行政区划,区划",
    "配对": "结对",
    "帮扶对象|受助": "关爱对象",
    "位置(?!序号)": "名额,坐标",
    "文字": "文本",
}


@pytest.mark.parametrize("word", NOT_SAID)
def test_one_word_has_one_meaning(word: str) -> None:
    assert {key: text for key, text in CHINESE.texts.items() if re.search(word, text)} == {}


def test_places_and_lists_of_names_are_called_in_chinese_with_their_codes() -> None:
    assert place("cadres", "capacity", "zh") == "帮扶上限（cadres.capacity）"
    assert place("cadres", None, "zh") == "干部（cadres）"
    assert place("cadres", "hobby", "zh") == "cadres.hobby"
    assert place("policy", "load.default_capacity", "zh") == "policy.load.default_capacity"
    assert place("cadres", "capacity") == "cadres.capacity"
    names: dict[str, Value] = {"names": ("staff", "village_doctor"), "more": 1}
    said = say("advice.unknown_rank", names, "zh")
    assert said.endswith("：科员（staff）、village_doctor，另有 1 个")
    assert say("advice.unknown_rank", names).endswith("(staff, village_doctor and 1 more)")


def test_columns_are_called_as_offices_call_them() -> None:
    for table, columns in COLUMNS.items():
        for column, names in columns.items():
            assert named("column", column, "zh") in names.chinese, (table, column)
