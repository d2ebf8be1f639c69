"""A policy's errors quote nothing either, whoever makes it; rows are in `test_row`."""

from typing import Any

import pytest

from pairmatch.model import Policy
from pairmatch.model.quoting_nothing import AS_GIVEN
from tests.model.said import said_by

NAME = "王小明"
NUMBER = "13812345678"
BAD: list[dict[str, Any]] = [
    {f"{NAME} {NUMBER}": 1},
    {"load": {NAME: NUMBER}},
    {"load": {"capacity_by_rank": {NAME: NUMBER}}},
    {"load": {"marginal_km": [NUMBER, NAME]}},
    {"ranks": [NAME, NAME]},
    {"ranks": NUMBER},
    {"eligibility": [{"categories": [NAME], "verdict": NUMBER, NAME: NUMBER}]},
    {"eligibility": [{"categories": ["orphan"], "ranks": [NAME], "verdict": "allowed"}]},
    {"coverage": NAME},
    {"schema_version": NUMBER},
]


@pytest.mark.parametrize("bad", BAD)
def test_a_policy_quotes_nothing_in_any_error_or_what_hangs_on_to_it(bad: dict[str, Any]) -> None:
    for way in (
        lambda: Policy.from_mapping(bad),
        lambda: Policy(**bad),
        lambda: Policy.model_validate(bad),
    ):
        said = said_by(way)
        assert NAME not in said
        assert NUMBER not in said


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"coverag": {}}, "perhaps coverage is meant; the fields are schema_version, ranks"),
        ({"load": {"default_capacty": 2}}, "perhaps default_capacity is meant; the fields are"),
        ({NAME: 1}, "There is no such field; the fields are schema_version, ranks"),
        ({"load": {NAME: 1}}, "There is no such field; the fields are default_capacity"),
    ],
)
def test_an_unknown_field_has_those_that_there_are(bad: dict[str, Any], said: str) -> None:
    for way in (lambda: Policy(**bad), lambda: Policy.model_validate(bad)):
        assert said in said_by(way)


def test_text_that_is_no_yaml_hangs_on_to_no_error() -> None:
    for text in (
        f"{NAME}: [{NUMBER}",
        f"a: 1\na: {NUMBER}",
        f"{NAME}: {NUMBER}",
        "[" * 5_000 + NAME,
    ):
        said = said_by(lambda text=text: Policy.from_yaml(text))  # type: ignore[misc]
        assert NAME not in said
        assert NUMBER not in said


def test_whoever_asks_for_it_gets_the_error_as_pydantic_gives_it() -> None:
    said = said_by(lambda: Policy.model_validate({"coverage": NAME}, context=AS_GIVEN))
    assert NAME in said
