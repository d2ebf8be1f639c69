import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pairmatch.errors import InputError
from pairmatch.model import (
    Policy,
)
from pairmatch.model.policy import metres

DEFAULTS: dict[str, Any] = {
    "schema_version": 1,
    "ranks": ["provincial", "bureau", "division", "section", "staff"],
    "categories": ["orphan", "unattended_child", "severely_disabled", "destitute_household"],
    "labels": {"ranks": {}, "categories": {}, "levels": {}},
    "eligibility": [
        {
            "categories": ["orphan", "unattended_child"],
            "ranks": ["provincial", "bureau", "division"],
            "verdict": "preferred",
            "penalty_km": 0,
        },
        {
            "categories": ["orphan", "unattended_child"],
            "ranks": None,
            "verdict": "allowed",
            "penalty_km": 60,
        },
    ],
    "distance": {"detour": 1.3, "max_km": None, "inherited_km": 10},
    "locality": {
        "village": 0,
        "township": 0,
        "county": 10,
        "prefecture": 40,
        "province": 80,
        "above": 200,
    },
    "sponsorship": {"mode": "prefer", "outside_km": 150},
    "load": {"default_capacity": 2, "capacity_by_rank": {}, "marginal_km": [0, 15, 45, 90]},
    "coverage": {"mode": "first", "price_km": 1000},
    "continuity": {"keep_km": 50},
}


def wrong(data: object) -> dict[str | None, str]:
    """Return what was found, by field."""
    with pytest.raises(InputError) as caught:
        Policy.from_mapping(data)
    assert {found.code for found in caught.value.findings} == {"bad_policy"}
    assert {found.table for found in caught.value.findings} == {"policy"}
    return {found.column: found.found for found in caught.value.findings}


def test_every_field_has_its_default() -> None:
    assert json.loads(Policy().model_dump_json()) == DEFAULTS
    assert Policy.from_yaml("") == Policy.from_mapping({}) == Policy()


def test_a_policy_is_frozen() -> None:
    with pytest.raises(ValidationError):
        Policy().load.default_capacity = 3


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"speed": 1}, "speed"),
        ({"distance": {"max": 1}}, "distance.max"),
        ({"locality": {"street": 1}}, "locality.street"),
        ({"sponsorship": {"inside_km": 1}}, "sponsorship.inside_km"),
        ({"load": {"capacity": 1}}, "load.capacity"),
        ({"coverage": {"price": 1}}, "coverage.price"),
        ({"continuity": {"keep": 1}}, "continuity.keep"),
        (
            {"eligibility": [{"categories": [], "verdict": "allowed", "km": 1}]},
            "eligibility.0.km",
        ),
        ({3: 1}, "3"),
    ],
)
def test_unknown_fields_are_refused(data: dict[Any, Any], field: str) -> None:
    assert list(wrong(data)) == [field]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"schema_version": 2}, "schema_version"),
        ({"ranks": []}, "ranks"),
        ({"ranks": 5}, "ranks"),
        ({"ranks": "staff"}, "ranks"),
        ({"ranks": {"staff", "bureau"}}, "ranks"),
        ({"ranks": ["staff", "staff"]}, "ranks"),
        ({"ranks": ["staff", " "]}, "ranks"),
        ({"ranks": ["staff", 3]}, "ranks.1"),
        ({"categories": []}, "categories"),
        ({"categories": None}, "categories"),
        ({"eligibility": 7}, "eligibility"),
        ({"eligibility": [{"categories": ["orphan"], "verdict": "no"}]}, "eligibility.0.verdict"),
        (
            {"eligibility": [{"categories": ["orphan"], "verdict": "allowed", "penalty_km": -1}]},
            "eligibility.0.penalty_km",
        ),
        ({"eligibility": [{"categories": ["x"], "verdict": "allowed"}]}, "eligibility.0"),
        (
            {"eligibility": [{"categories": [], "ranks": ["x"], "verdict": "allowed"}]},
            "eligibility.0",
        ),
        ({"distance": {"detour": 0}}, "distance.detour"),
        ({"distance": {"detour": True}}, "distance.detour"),
        ({"distance": {"detour": float("nan")}}, "distance.detour"),
        ({"distance": {"detour": "1.0000001"}}, "distance.detour"),
        ({"distance": {"max_km": "far"}}, "distance.max_km"),
        ({"distance": {"max_km": float("inf")}}, "distance.max_km"),
        ({"distance": {"inherited_km": 0.0005}}, "distance.inherited_km"),
        ({"distance": {"inherited_km": 100_001}}, "distance.inherited_km"),
        ({"locality": {"county": -0.001}}, "locality.county"),
        ({"sponsorship": {"mode": "maybe"}}, "sponsorship.mode"),
        ({"load": {"default_capacity": -1}}, "load.default_capacity"),
        ({"load": {"default_capacity": 1.5}}, "load.default_capacity"),
        ({"load": {"default_capacity": True}}, "load.default_capacity"),
        ({"load": {"capacity_by_rank": {"staff": -1}}}, "load.capacity_by_rank.staff"),
        ({"load": {"capacity_by_rank": {"king": 1}}}, "load"),
        ({"load": {"marginal_km": []}}, "load.marginal_km"),
        ({"load": {"marginal_km": [0, 3, 2]}}, "load.marginal_km"),
        ({"coverage": {"mode": "last"}}, "coverage.mode"),
        ({"coverage": None}, "coverage"),
        ({"continuity": {"keep_km": "1e9"}}, "continuity.keep_km"),
    ],
)
def test_a_wrong_value_is_reported_at_its_field(data: dict[str, Any], field: str) -> None:
    assert list(wrong(data)) == [field]


def test_all_failures_come_at_once() -> None:
    found = wrong(
        {
            "speed": 1,
            "categories": ["a", "a"],
            "eligibility": [
                {"categories": ["a"], "verdict": "perhaps"},
                {"categories": ["a"], "ranks": ["king"], "verdict": "allowed"},
            ],
            "distance": {"detour": 11, "max_km": -1},
            "load": {"marginal_km": [2, 1], "default_capacity": "many"},
            "coverage": {"price_km": 0.0001},
        }
    )
    assert set(found) == {
        "speed",
        "categories",
        "eligibility.0.verdict",
        "eligibility.1",
        "distance.detour",
        "distance.max_km",
        "load.marginal_km",
        "load.default_capacity",
        "coverage.price_km",
    }
    assert "among the policy's ranks" in found["eligibility.1"]


def test_rules_are_not_judged_by_a_list_that_is_itself_wrong() -> None:
    rule = {"categories": ["x"], "ranks": ["king"], "verdict": "allowed"}
    data = {"ranks": [], "categories": [1], "eligibility": [rule]}
    assert set(wrong({**data, "load": {"capacity_by_rank": {"king": 1}}})) == {
        "ranks",
        "categories.0",
    }


def test_the_default_rules_are_cut_to_the_ranks_and_categories_there_are() -> None:
    def rules(**data: object) -> list[tuple[tuple[str, ...], tuple[str, ...] | None]]:
        return [(rule.categories, rule.ranks) for rule in Policy.from_mapping(data).eligibility]

    assert rules(categories=["orphan", "other"], ranks=["bureau", "staff"]) == [
        (("orphan",), ("bureau",)),
        (("orphan",), None),
    ]
    assert rules(categories=["orphan"], ranks=["staff"]) == [(("orphan",), None)]
    assert rules(categories=["other"]) == []
    assert rules(eligibility=[]) == []


@pytest.mark.parametrize(
    ("given_km", "in_metres"),
    [(0.001, 1), ("12.345", 12_345), (99_999.999, 99_999_999), (7, 7000), (0.1, 100)],
)
def test_kilometres_are_exact_to_the_metre(given_km: object, in_metres: int) -> None:
    policy = Policy.from_mapping({"continuity": {"keep_km": given_km}})
    assert metres(policy.continuity.keep_km) == in_metres
    assert Policy.from_yaml(policy.to_yaml()) == policy


KM = st.decimals(0, 100_000, places=3)


@given(
    data=st.fixed_dictionaries(
        {},
        optional={
            "ranks": st.just(["高", "low"]),
            "distance": st.fixed_dictionaries(
                {"max_km": st.one_of(st.none(), KM), "inherited_km": KM},
                optional={"detour": st.decimals("0.000001", 10, places=6)},
            ),
            "locality": st.fixed_dictionaries({"county": KM, "above": KM}),
            "sponsorship": st.fixed_dictionaries(
                {"mode": st.sampled_from(["prefer", "require", "ignore"]), "outside_km": KM}
            ),
            "load": st.fixed_dictionaries(
                {
                    "default_capacity": st.integers(0, 1_000_000),
                    "marginal_km": st.lists(KM, min_size=1, max_size=5).map(sorted),
                }
            ),
            "coverage": st.fixed_dictionaries(
                {"mode": st.sampled_from(["first", "priced"]), "price_km": KM}
            ),
            "continuity": st.fixed_dictionaries({"keep_km": KM}),
        },
    )
)
def test_a_policy_comes_back_from_yaml_and_json(data: dict[str, Any]) -> None:
    policy = Policy.from_mapping(data)
    assert Policy.from_yaml(policy.to_yaml()) == policy
    assert Policy.model_validate_json(policy.model_dump_json()) == policy
    # JSON is YAML
    assert Policy.from_yaml(policy.model_dump_json()) == policy
    assert Policy.model_validate(policy.model_dump()) == policy


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(DEFAULTS)), st.text(max_size=3), st.integers()),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(
                    st.sampled_from(["mode", "detour", "marginal_km", "categories", "verdict"]),
                    inner,
                    max_size=3,
                ),
            ),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_garbage_gives_a_policy_or_an_input_error(data: dict[Any, Any]) -> None:
    for text in (None, yaml.safe_dump(data)):
        try:
            policy = Policy.from_mapping(data) if text is None else Policy.from_yaml(text)
        except InputError as error:
            found = str(error)
        else:
            found = policy.to_yaml()
        assert found


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "a: b: c",
        "- 1",
        "just words",
        "[" * 5000,
        "made: 2023-13-45",
        "coverage: {mode: first}\ncoverage: {mode: priced}",
        "distance: {max_km: 3, max_km: 5}",
        "!!python/object/apply:os.getcwd []",
        "? [1]\n: 2",
        "&a [*a]",
        "a: \x00",
    ],
)
def test_text_that_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Policy.from_yaml(text)
    assert caught.value.counts == {"bad_policy": 1}


def test_a_line_is_named_where_yaml_breaks() -> None:
    with pytest.raises(InputError, match="line 3"):
        Policy.from_yaml("distance:\n  max_km: 3\n max: 2\n")


@pytest.mark.parametrize("ending", ["yaml", "yml", "json"])
def test_a_policy_is_read_from_a_file(tmp_path: Path, ending: str) -> None:
    policy = Policy.from_mapping({"ranks": ["高", "low"], "continuity": {"keep_km": 0.5}})
    path = tmp_path / f"政策.{ending}"
    text = policy.model_dump_json() if ending == "json" else policy.to_yaml()
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Policy.from_file(path) == Policy.from_file(str(path)) == policy


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, "a\0b", "x" * 5000):
        with pytest.raises(InputError) as caught:
            Policy.from_file(path)
        assert caught.value.counts == {"unreadable_file": 1}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
def test_a_policy_of_another_encoding_has_the_code_of_a_table_of_one(
    encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "policy.yaml").write_bytes("a: 政策".encode(encoding))
    with pytest.raises(InputError) as caught:
        Policy.from_file(tmp_path / "policy.yaml")
    assert caught.value.counts == {"bad_encoding": 1}


def test_capacity_of_a_rank() -> None:
    policy = Policy.from_mapping({"load": {"capacity_by_rank": {"staff": 1}}})
    assert (policy.capacity_of("staff"), policy.capacity_of("bureau")) == (1, 2)


def test_the_json_schema_has_every_field() -> None:
    schema = Policy.model_json_schema()
    assert set(schema["properties"]) == set(DEFAULTS)
    assert schema["additionalProperties"] is False
