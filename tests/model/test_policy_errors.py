"""Everything that pydantic can find in a policy is said in our words, and quotes nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pairmatch.errors import Finding, InputError
from pairmatch.model import Policy
from pairmatch.model.policy_errors import KINDS, policy_findings
from pairmatch.model.quoting_nothing import AS_GIVEN

PLANTED = "王小明 13812345678"
FIELDS = {
    name: list(getattr(field.annotation, "model_fields", {}))
    for name, field in Policy.model_fields.items()
}
RULE_FIELDS = ["categories", "ranks", "verdict", "penalty_km"]


def findings(data: object) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        Policy.from_mapping(data)
    return list(caught.value.findings)


@pytest.mark.parametrize(
    ("data", "column", "found", "advice"),
    [
        ({"distance": {"max-km": 1}}, "distance.max-km", "does not exist", "perhaps max_km"),
        ({"Load": {}}, None, "does not exist (entry 1 of this part)", "perhaps load is meant"),
        ({"load": {"capcity": 3}}, "load.capcity", "does not exist", "perhaps default_capacity"),
        ({"distance": {"max": 3}}, "distance.max", "does not exist", "perhaps max_km"),
        ({"colour": 1}, "colour", "does not exist", "the fields here are schema_version, ranks"),
        (
            {"coverage": {"mode": "always"}},
            "coverage.mode",
            "none of the values that are allowed",
            "give one of first or priced",
        ),
        ({"schema_version": 9}, "schema_version", "none of the values", "give 1"),
        (
            {"eligibility": [{"verdict": "allowed"}]},
            "eligibility.0.categories",
            "a field is not there",
            "add it",
        ),
        (
            {"eligibility": [{"categories": ["x"], "verdict": "allowed"}]},
            "eligibility.0",
            "a category that is not among the policy's categories",
            "use one of orphan, unattended_child, severely_disabled, destitute_household",
        ),
        (
            {"load": {"capacity_by_rank": {"king": 1}}},
            "load",
            "a rank that is not among the policy's ranks",
            "use one of provincial, bureau, division, section, staff",
        ),
        (
            {"load": {"capacity_by_rank": {"staff": 1, "king": "x"}}},
            "load.capacity_by_rank",
            "not a whole number (entry 2 of this part)",
            "give a whole number",
        ),
        ({"distance": {"max_km": "far"}}, "distance.max_km", "not a number", "give a number"),
        ({"distance": {"max_km": -1}}, "distance.max_km", "below 0", "at least 0"),
        ({"distance": {"max_km": 1e9}}, "distance.max_km", "above 100000", "at most 100000"),
        ({"distance": {"detour": 0}}, "distance.detour", "of 0 or below", "above 0"),
        ({"distance": {"max_km": 1.2345}}, "distance.max_km", "more than 3 decimals", "at most 3"),
        ({"distance": {"max_km": float("nan")}}, "distance.max_km", "NaN", "give a number"),
        ({"distance": {"max_km": True}}, "distance.max_km", "true or false", "give a number"),
        ({"distance": 3}, "distance", "not a group of fields", "detour, max_km, inherited_km"),
        ({"eligibility": 3}, "eligibility", "not a list", "give a list"),
        ({"ranks": []}, "ranks", "without an entry", "at least 1"),
        ({"ranks": ["a", 3]}, "ranks.1", "not text", "in quotes"),
        ({"ranks": {"a", "b"}}, "ranks", "no order", "give a list"),
        ({"ranks": ["a", "a"]}, "ranks", "occur twice", "once"),
        ({"load": {"marginal_km": [2, 1]}}, "load.marginal_km", "steps that fall", "as much"),
        ({"load": {"capacity_by_rank": [1]}}, "load.capacity_by_rank", "not a mapping", "names"),
        ({"distance": {3: 1}}, "distance.3", "name is not text", "the fields here are detour"),
    ],
)
def test_each_kind_of_error_says_what_was_found_and_what_to_do(
    data: dict[str, Any], column: str | None, found: str, advice: str
) -> None:
    (finding,) = findings(data)
    assert finding.code == "bad_policy"
    assert finding.column == column
    assert found in finding.found
    assert advice in finding.advice


@pytest.mark.parametrize(
    "data",
    [
        {PLANTED: 1},
        {13812345678: 1},
        {"distance": {PLANTED: 1}},
        {"distance": {13812345678: 1}},
        {"load": {"capacity_by_rank": {PLANTED: "x"}}},
        {"load": {"capacity_by_rank": {13812345678: 1}}},
        {"eligibility": [{PLANTED: 1, "categories": [PLANTED], "verdict": PLANTED}]},
        {"ranks": [PLANTED, PLANTED]},
        {"categories": [PLANTED], "eligibility": [{"categories": ["x"], "verdict": "allowed"}]},
        {"coverage": {"mode": PLANTED, "price_km": PLANTED}},
        {"distance": PLANTED, "locality": [PLANTED]},
    ],
)
def test_no_value_and_no_name_that_may_be_somebody_s_is_quoted(data: dict[Any, Any]) -> None:
    for finding in findings(data):
        assert PLANTED not in str(finding)
        assert "13812345678" not in str(finding)


def test_a_policy_made_directly_hides_values_too() -> None:
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate({"coverage": {"mode": PLANTED}, "ranks": [PLANTED, 3]})
    assert PLANTED not in str(caught.value)


def test_the_line_is_named_where_the_policy_is_a_text() -> None:
    text = "load:\n  default_capacity: 1\ndistance:\n  max_km: 5\n\n  max_kn: 5\n"
    text += "eligibility:\n  - categories: [orphan]\n    verdict: perhaps\n"
    with pytest.raises(InputError) as caught:
        Policy.from_yaml(text)
    lines = {finding.column: finding.found[-8:] for finding in caught.value.findings}
    assert lines == {"distance.max_kn": "(line 6)", "eligibility.0.verdict": "(line 9)"}


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=2)
    | st.sampled_from([set(), {1}, frozenset({"a"}), object(), 10**400, "1e999", b"\xff", "\ud800"])
    | st.decimals(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=3) | st.integers() | st.sampled_from(RULE_FIELDS), inner)
    ),
    max_leaves=6,
)


@st.composite
def policies(draw: st.DrawFn) -> dict[Any, Any]:
    """Return a policy whose known fields hold anything."""
    data: dict[Any, Any] = {}
    for name in draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=4)):
        inner = FIELDS[name]
        in_parts: bool = draw(st.booleans())
        if inner and in_parts:
            data[name] = draw(st.dictionaries(st.sampled_from(inner), values, max_size=3))
        elif name == "eligibility":
            rule = st.dictionaries(st.sampled_from(RULE_FIELDS), values)
            data[name] = draw(st.lists(rule, max_size=2))
        else:
            data[name] = draw(values)
    return data


@settings(max_examples=600, deadline=None)
@given(policies())
def test_whatever_a_policy_holds_is_said_in_our_words(data: dict[Any, Any]) -> None:
    found = errors_of(data)
    if found is None:
        return
    assert {item["type"] for item in found.errors()} <= set(KINDS)
    for finding in policy_findings(found, Policy, data):
        assert finding.code == "bad_policy"
        assert "{" not in finding.found + finding.advice
        assert "Input should" not in str(finding)


def errors_of(data: dict[Any, Any]) -> ValidationError | None:
    try:
        Policy.model_validate(data, context=AS_GIVEN)
    except ValidationError as error:
        return error
    return None


def test_what_holds_itself_is_refused() -> None:
    rule: dict[str, Any] = {"categories": ["orphan"], "verdict": "allowed"}
    rules: list[Any] = [rule]
    rules.append(rules)
    assert {finding.code for finding in findings({"eligibility": rules})} == {"bad_policy"}
