"""Full-width signs in YAML are read as they are meant, and only where YAML wants one of its own."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.errors import InputError
from pairmatch.model.edits import Scenario
from pairmatch.model.policy import Policy
from pairmatch.model.wide_signs import read_as_meant, with_plain_signs


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("mode：prefer", "mode: prefer"),
        ("mode： prefer", "mode: prefer"),
        ("load：\n　default_capacity：３\n", "load:\n  default_capacity: 3\n"),
        ("ranks：［省级，处级］", "ranks: [省级, 处级]"),
        ("ranks: [省级， 处级，科级]", "ranks: [省级, 处级, 科级]"),
        ("a: {x：1，y：２}", "a: {x: 1, y: 2}"),
        ("a: ｛x：1｝", "a: {x: 1}"),
        ("- categories：[a，b]\n  verdict：allowed", "- categories: [a, b]\n  verdict: allowed"),
        ("－ orphan\n－ other", "- orphan\n- other"),
        ("“mode”：“prefer”", '"mode": "prefer"'),
        ("km:　－１．５　# 备注：见上", "km: -1.5 # 备注：见上"),
        ("a:\n  - b　\n", "a:\n  - b \n"),
    ],
)
def test_signs_of_yaml_become_plain(text: str, plain: str) -> None:
    assert with_plain_signs(text) == plain
    assert with_plain_signs(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "reason: 甲：乙，丙　丁“戊”",
        "reason: '甲：乙，丙'",
        'reason: "甲：\\"乙，丙"',
        "甲：乙: 1",
        "# 甲：乙\na: 1",
        "a: {zh: 甲：乙}",
        "a: {zh: 甲，乙}",
        "a: {zh: 甲，乙, en: b}",
        "reason: |\n  甲：乙\n  [丙，丁]\n\n  戊：己\nb: 1",
        "id: ０１a",
        "a: 3，5",
        '{"a": "甲：乙", "b": ["丙，丁"]}',
        "plain: text, with: nothing",
    ],
)
def test_signs_within_a_text_stay(text: str) -> None:
    assert with_plain_signs(text) == text


def test_a_list_in_brackets_is_never_one_item() -> None:
    policy, lines = Policy.from_text("ranks: [省级，处级]\ncategories: [orphan]\n")
    assert policy.ranks == ("省级", "处级")
    assert lines == (1,)


def test_a_policy_is_read_as_it_is_meant() -> None:
    policy, lines = Policy.from_text(
        "ranks：［bureau，staff］\nload：\n　default_capacity：３\n"
        "  capacity_by_rank: {bureau：1，staff：２}\n"
        "distance: {detour: 1.5}\nlabels: {ranks: {staff: {zh: 科员：一般}}}\n"
    )
    assert (policy.ranks, policy.load.default_capacity) == (("bureau", "staff"), 3)
    assert policy.load.capacity_by_rank == {"bureau": 1, "staff": 2}
    assert policy.labels.rank("staff", "zh") == "科员：一般"
    assert lines == (1, 2, 3, 4)


def test_what_can_be_read_is_read_as_it_is() -> None:
    names = ["甲：乙", "“丙”", "１"]
    policy = Policy.from_mapping({"ranks": names, "load": {"capacity_by_rank": {"甲：乙": 1}}})
    assert Policy.from_text(policy.to_yaml()) == (policy, ())


def test_what_is_wrong_after_all_has_its_line() -> None:
    with pytest.raises(InputError) as caught:
        Policy.from_yaml("load：\n  default_capacity：三\n  capcity：3\n")
    assert [(one.column, one.parameters["line"]) for one in caught.value.findings] == [
        ("load.default_capacity", 2),
        ("load.capcity", 3),
    ]


def test_a_scenario_is_read_as_it_is_meant() -> None:
    text = "schema_version：1\nname：甲\nedits：\n  - op：close_area\n    area： 620102\n"
    assert Scenario.from_yaml(text) == Scenario.from_yaml(text.replace("：", ": "))


def test_a_reader_gets_the_text_as_it_is_where_that_will_do() -> None:
    assert read_as_meant("a：1", str.upper) == ("A：1", ())


TEXTS = st.text("ab1：，　“”[]{}:, -－#'\"\n０", max_size=12)
DATA = st.recursive(
    st.one_of(st.integers(-9, 9), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


@given(TEXTS)
def test_lines_stay_and_a_second_time_changes_nothing(text: str) -> None:
    plain = with_plain_signs(text)
    assert plain.count("\n") == text.count("\n")
    if not any(sign in text for sign in "：，　“”－０"):
        assert plain == text


@given(DATA)
def test_what_yaml_writes_is_read_as_it_was(data: Any) -> None:
    for style in (None, False):
        text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=style)
        likely = with_plain_signs(text, lists_alone=True)
        if style is False:
            assert yaml.safe_load(likely) == data
        assert likely.count("\n") == text.count("\n")
