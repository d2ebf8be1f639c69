"""JSON is read as JSON where it is sure to mean the same as YAML, and as YAML elsewhere."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import InputError, Scenario
from pairmatch.model.documents import POLICY_TEXT, SCENARIO_TEXT
from pairmatch.model.json_text import json_of
from pairmatch.model.policy_text import read_text

_TEXT = st.text(max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), VALUES, max_size=4))
def test_what_is_read_as_json_is_what_yaml_reads(document: dict[str, object]) -> None:
    text = json.dumps(document)
    found = json_of(text, SCENARIO_TEXT)
    if found is not None:
        assert found == document
        assert read_text(text, SCENARIO_TEXT) == document


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": 1e5}',
        '{"a": NaN}',
        '{"a": "\\ud83d"}',
        '{"a": "' + "x" * 1001 + '"}',
        "{a: 1}",
        "[1]",
        "{" * 100_000,
        '{"a": [' + "[" * 100_000,
    ],
)
def test_what_may_mean_something_else_is_left_to_yaml(text: str) -> None:
    assert json_of(text, SCENARIO_TEXT) is None


def test_policies_are_read_as_yaml() -> None:
    assert json_of("{}", POLICY_TEXT) is None


def test_more_pairs_than_yaml_may_have_are_read() -> None:
    pairs = [{"recipient_id": f"r{n}", "cadre_id": f"c{n}"} for n in range(110_000)]
    scenario = Scenario.from_mapping({"edits": [{"op": "lock", "pairs": pairs}]})
    assert Scenario.from_yaml(scenario.to_json()) == scenario


def test_what_is_wrong_in_json_is_told_with_its_line() -> None:
    text = '{"edits": [\n{"op": "lock",\n"op": "ban", "pairs": []}\n]}'
    with pytest.raises(InputError, match="line 3"):
        Scenario.from_yaml(text)
