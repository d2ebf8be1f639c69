"""The page on the diff lists what a diff has, and nothing else."""

import dataclasses

import pytest

from pairmatch import Diff, Plan
from pairmatch.explain.causes import CAUSES, REASONS
from pairmatch.explain.differences import Repriced
from tests.docs.markdown_tables import REFERENCE, code_of, tables_under
from tests.explain.edited_tables import plans_before_and_after

TABLES = tables_under(REFERENCE / "diff.md")
IN_CHINESE = tables_under(REFERENCE.parent / "howto" / "what_changed.zh.md")["2. 变动原因"]


def listed(heading: str) -> list[str]:
    return [code_of(name) for row in TABLES[heading] for name in row[0].split(", ")]


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, Plan]:
    return plans_before_and_after(3)


def test_members_are_those_of_a_diff() -> None:
    names = {field.name for field in dataclasses.fields(Diff)}
    fields = {name for name in names if not name.startswith("_")}
    own = {name for name in vars(Diff) if not name.startswith("_")}
    members = [name.partition("(")[0] for name in listed("Members")]
    assert sorted(members) == sorted(fields | own)


def test_columns_are_those_of_the_tables(plans: tuple[Plan, Plan]) -> None:
    before, after = plans
    diff = before.diff(after)
    assert listed("Changes") == diff.changes.column_names
    levels = [f"{level.name}_level" for level in after.problem.policy.objective]
    assert set(levels) <= {"violation_level", "missing_level", "cost_level"}
    others = [name for name in listed("Chains") if not name.endswith("_level")]
    assert [*others[:-1], *levels, "moves"] == diff.chains.column_names
    assert ["level", "area", "name", *listed("Totals")] == diff.by_area.column_names
    for name in ("unit", "rank", "category"):
        assert [name, *listed("Totals")] == getattr(diff, f"by_{name}").column_names


def test_causes_reasons_and_parts_are_those_of_the_code() -> None:
    assert listed("Causes") == list(CAUSES)
    assert listed("Reasons") == list(REASONS)
    assert listed("Repriced") == list(Repriced._fields)


def test_the_page_in_chinese_has_all_causes() -> None:
    assert [row[0] for row in IN_CHINESE] == list(CAUSES)
