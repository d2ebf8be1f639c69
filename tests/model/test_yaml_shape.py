"""A policy that is meant to do harm is refused in linear time, with its line."""

import pytest
import yaml

from pairmatch.errors import InputError
from pairmatch.model import Policy, yaml_shape
from pairmatch.model.documents import POLICY_TEXT
from pairmatch.model.read_limits import RefusedError
from pairmatch.model.yaml_shape import LOADER, check_shape


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        Policy.from_yaml(text)
    assert caught.value.counts == {"bad_policy": 1}
    return str(caught.value)


def billion_laughs() -> str:
    lines = ["a0: &a0 [orphan, orphan]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join([*lines, "categories: *a29"])


BAD = [
    (billion_laughs(), "an anchor or an alias (line 1)"),
    ("ranks: [a]\ncategories: &x [b]\n", "an anchor or an alias (line 2)"),
    ("a: &a\n  b: *a\n", "an anchor or an alias (line 1)"),
    ("load:\n  {<<: *x}\n", "an anchor or an alias (line 2)"),
    ("[" * 500, "more than 20 deep (line 1)"),
    ("\n" + "{a: " * 100_000, "more than 20 deep (line 2)"),
    ("".join(" " * n + "a:\n" for n in range(1_000)), "more than 20 deep (line 21)"),
    ("\n".join(f"k{n}: 1" for n in range(60_000)), "more than 10,000 entries (line 5000)"),
    ("[" + "1," * 400_000 + "1]", "more than 10,000 entries (line 1)"),
    ("a: 1" + ":1" * 400_000, "a value of more than 1,000 characters (line 1)"),
    (f"a: {'9' * 900_000}", "a value of more than 1,000 characters (line 1)"),
    ("x" * (POLICY_TEXT.most_characters + 1), "a text of more than 1,000,000 characters"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_what_a_policy_cannot_be_is_refused(text: str, words: str) -> None:
    said = refused(text)
    assert words in said
    assert "->" in said


@pytest.mark.parametrize(("text", "words"), BAD)
def test_without_the_parser_in_c_it_is_the_same(
    text: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_shape, "LOADER", yaml.SafeLoader)
    assert words in refused(text)


def test_brackets_without_end_are_no_yaml_or_too_deep() -> None:
    said = refused("[" * 900_000)
    assert "not YAML" in said or "too deep" in said


def test_fields_given_twice_are_found_among_thousands() -> None:
    text = "\n".join(["load:", *(f"  k{n}: 1" for n in range(4_000)), "  k7: 2"])
    assert "a field given twice (line 4002)" in refused(text)


def test_a_policy_with_thousands_of_unknown_fields_is_refused_all_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Policy.from_yaml("\n".join(f"k{n}: 1" for n in range(2_000)))
    assert caught.value.counts == {"bad_policy": 2_000}


def test_the_default_policy_is_far_from_the_limits() -> None:
    text = Policy().to_yaml()
    check_shape(text)
    assert Policy.from_yaml(text) == Policy()


def test_text_that_is_no_yaml_is_said_to_be_none() -> None:
    with pytest.raises(yaml.YAMLError):
        check_shape("a: [1")
    with pytest.raises(RefusedError):
        check_shape("a: &b 1")


def test_the_parser_in_c_is_used_where_there_is_one() -> None:
    assert LOADER is (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
