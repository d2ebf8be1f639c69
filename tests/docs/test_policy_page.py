"""Both pages on the policy list every field with the default and range that the code has."""

import re
import typing
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from pydantic import BaseModel

from pairmatch import InputError, Policy
from pairmatch.model.policy import EligibilityRule
from tests.docs.markdown_tables import REFERENCE, code_of, tables_under
from tests.docs.pages import blocks

PAGES = [REFERENCE / "policy.md", REFERENCE / "policy.zh.md"]
DEFAULTS: dict[str, Any] = Policy().model_dump(mode="json")
NUMBER_STEP = {"distance.detour": "0.000001", "load.default_capacity": "1"}
KM_STEP = "0.001"


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and the annotation of every field that is not a part with fields."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from leaves(kind, f"{prefix}{name}.")
        else:
            yield prefix + name, kind


def fields_of(page: Path) -> dict[str, list[str]]:
    first = next(iter(tables_under(page).values()))
    return {code_of(row[0]): row for row in first}


def rule_fields_of(page: Path) -> dict[str, list[str]]:
    rows = next(rows for name, rows in tables_under(page).items() if name.endswith("eligibility"))
    return {code_of(row[0]): row for row in rows}


def is_number(path: str) -> bool:
    """Tell whether a field holds one number; of those only this one may be null."""
    value = value_at(DEFAULTS, path)
    return path == "distance.max_km" or (
        path != "schema_version" and isinstance(value, int | float)
    )


def range_of(row: list[str]) -> tuple[Decimal, Decimal]:
    """Return the two ends that the last cell of a row gives."""
    found = re.search(r"([0-9.]+) (?:to|至) ([0-9.]+)", row[4])
    assert found is not None, row
    return Decimal(found[1]), Decimal(found[2])


def value_at(data: dict[str, Any], path: str) -> Any:
    for part in path.split("."):
        data = data[part]
    return data


def with_value(path: str, value: object) -> dict[str, Any]:
    """Return a policy's mapping with one field set."""
    data: Any = value
    for part in reversed(path.split(".")):
        data = {part: data}
    return typing.cast("dict[str, Any]", data)


def test_every_field_is_listed_once_in_order(page: Path) -> None:
    assert list(fields_of(page)) == [path for path, _ in leaves(Policy)]


def test_defaults_are_those_of_the_code(page: Path) -> None:
    for path, row in fields_of(page).items():
        if path != "eligibility":
            assert yaml.safe_load(code_of(row[3])) == value_at(DEFAULTS, path), path


def test_the_block_with_all_defaults_is_the_default_policy(page: Path) -> None:
    block = next(block for block in blocks(page) if block.language == "yaml")
    assert yaml.safe_load(block.text) == DEFAULTS


def test_ranges_of_numbers_are_where_the_code_begins_to_refuse(page: Path) -> None:
    numbers = [path for path in fields_of(page) if is_number(path)]
    assert len(numbers) > 10
    for path in numbers:
        low, high = range_of(fields_of(page)[path])
        step = Decimal(NUMBER_STEP.get(path, KM_STEP))
        for good in (low, high):
            Policy.from_mapping(with_value(path, str(good)))
        for bad in (low - step, high + step):
            with pytest.raises(InputError):
                Policy.from_mapping(with_value(path, str(bad)))


@pytest.mark.parametrize("path", ["load.capacity_by_rank", "load.marginal_km"])
def test_ranges_of_entries_are_where_the_code_begins_to_refuse(page: Path, path: str) -> None:
    low, high = (int(end) for end in range_of(fields_of(page)[path]))

    def holding(value: int) -> dict[str, Any]:
        return with_value(path, [value] if path.endswith("km") else {"staff": value})

    for good in (low, high):
        Policy.from_mapping(holding(good))
    for bad in (low - 1, high + 1):
        with pytest.raises(InputError):
            Policy.from_mapping(holding(bad))


def test_choices_are_those_of_the_code(page: Path) -> None:
    listed = {path: row[4] for path, row in fields_of(page).items()}
    listed |= {f"eligibility.{name}": row[4] for name, row in rule_fields_of(page).items()}
    choices = [
        *leaves(Policy),
        *((f"eligibility.{name}", kind) for name, kind in leaves(EligibilityRule)),
    ]
    for path, kind in choices:
        if typing.get_origin(kind) is Literal:
            said = [yaml.safe_load(code_of(choice)) for choice in listed[path].split(", ")]
            assert said == list(typing.get_args(kind)), path


def test_the_fields_of_a_rule_are_those_of_the_code(page: Path) -> None:
    rows = rule_fields_of(page)
    assert list(rows) == list(EligibilityRule.model_fields)
    rule = EligibilityRule(categories=("orphan",), verdict="allowed").model_dump(mode="json")
    for name, row in rows.items():
        if EligibilityRule.model_fields[name].is_required():
            assert "`" not in row[3], name
        else:
            assert yaml.safe_load(code_of(row[3])) == rule[name], name


def test_kilometres_are_said_to_be_so(page: Path) -> None:
    unit = {"policy.md": "km", "policy.zh.md": "公里"}[page.name]
    for path, row in fields_of(page).items():
        assert (row[2] == unit) == (path.endswith("_km") or path.startswith("locality.")), path
