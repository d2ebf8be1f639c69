from typing import Any

import pytest

from pairmatch.errors import Finding, InputError
from pairmatch.model.policy import Policy

OWN = {
    "categories": ["orphan", "resettled"],
    "labels": {
        "categories": {"resettled": {"zh": "安置帮教对象"}},
        "ranks": {"staff": {"en": "clerk"}},
    },
}


def wrong(labels: Any, **policy: Any) -> Finding:
    with pytest.raises(InputError) as caught:
        Policy.from_mapping({**policy, "labels": labels})
    (finding,) = caught.value.findings
    return finding


def test_a_label_goes_before_the_common_name() -> None:
    labels = Policy.from_mapping(OWN).labels
    assert labels.category("resettled", "zh") == "安置帮教对象"
    assert labels.category("resettled") == "resettled"
    assert labels.category("orphan", "zh") == "孤儿"
    assert labels.rank("staff") == "clerk"
    assert labels.rank("staff", "zh") == "科员"
    assert labels.level("county", "zh") == "县"


def test_labels_come_back_from_yaml() -> None:
    policy = Policy.from_mapping(OWN)
    assert Policy.from_yaml(policy.to_yaml()) == policy


@pytest.mark.parametrize("text", ["", "  ", "?!", "x" * 65, "甲\n乙", "电话13912345678"])
def test_a_label_is_a_short_name(text: str) -> None:
    finding = wrong({"ranks": {"staff": {"zh": text}}})
    assert (finding.kind, finding.column) == ("bad_policy.label", "labels.ranks.staff.zh")
    assert "64" in finding.found
    assert text.strip() == "" or text not in finding.text()


def test_labels_are_of_ranks_categories_and_levels_that_there_are() -> None:
    assert wrong({"ranks": {"clerk": {"zh": "办事员"}}}).kind == "bad_policy.unknown_rank"
    assert wrong({"categories": {"new": {"zh": "新"}}}).kind == "bad_policy.unknown_category"
    assert wrong({"levels": {"hamlet": {"zh": "组"}}}).kind == "bad_policy.other_value"


@pytest.mark.parametrize("label", ["甲级", " 甲 级 ", "staff"])
def test_two_ranks_cannot_have_one_name(label: str) -> None:
    finding = wrong({"ranks": {"staff": {"zh": "甲级"}, "section": {"zh": label}}})
    assert (finding.kind, finding.column) == ("bad_policy.repeated", "labels.ranks")


def test_a_field_that_a_label_does_not_have_is_told_from_those_it_has() -> None:
    finding = wrong({"ranks": {"staff": {"de": "Angestellte"}}})
    assert (finding.kind, finding.column) == ("bad_policy.unknown_field", "labels.ranks.staff.de")
    assert finding.advice == "the fields here are zh, en"


def test_a_label_that_is_no_label_is_told_what_it_may_have() -> None:
    finding = wrong({"ranks": {"staff": "科员"}})
    assert (finding.kind, finding.column) == ("bad_policy.part", "labels.ranks.staff")
    assert finding.advice.endswith("zh, en")


def test_a_name_that_may_not_be_shown_is_counted() -> None:
    finding = wrong({"ranks": {"staff": {}, "王小明": {"zh": 3}}})
    assert finding.column == "labels.ranks"
    assert "王小明" not in finding.text()
