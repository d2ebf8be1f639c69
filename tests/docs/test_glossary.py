"""The glossary has the words of the API and of the literature, in English and Chinese."""

import dataclasses
import re

import pytest

from pairmatch import Plan, Policy, Problem, Status, solve
from pairmatch.proof import Scope
from pairmatch.tables.schema import SCHEMAS
from tests.docs.markdown_tables import tables_under
from tests.docs.pages import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
ROWS = [row for rows in tables_under(GLOSSARY).values() for row in rows]
INSIDE = (
    "supply, demand, capacity, load, arc, tail, head, unit cost, flow, potential, reduced cost, "
    "dual value, duality gap, residual, class, incumbent"
)


def words_of(text: str) -> str:
    """Return a text as words between spaces, in the singular as far as endings tell."""
    words = re.findall(r"[a-z]+", text.lower())
    return " " + " ".join(re.sub(r"ies$", "y", word).removesuffix("s") for word in words) + " "


ENGLISH = [words_of(row[0]) for row in ROWS]
EVERYWHERE = words_of(" ".join(" ".join(row) for row in ROWS))


@pytest.mark.parametrize("term", INSIDE.split(", "))
def test_words_of_the_literature_have_an_entry(term: str) -> None:
    assert any(words_of(term) in entry for entry in ENGLISH)


@pytest.mark.parametrize("term", [field.name for field in dataclasses.fields(Plan)])
def test_members_of_a_plan_are_explained(term: str) -> None:
    renamed = {"objective_terms": "term", "by_exception": "by exception"}
    assert words_of(renamed.get(term, term)) in EVERYWHERE


def names_of_the_api() -> list[str]:
    plan = solve(
        Problem.from_tables(
            cadres={"cadre_id": ["c1"], "unit_id": ["u"], "rank": ["staff"], "min_load": [2]},
            recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a"]},
        )
    )
    return [
        *(schema.name for schema in SCHEMAS),
        *(name for name in Policy.model_fields if name != "schema_version"),
        *Policy().ranks,
        *Policy().categories,
        *plan.objective_terms,
        *(level.name for level in plan.levels),
        *Status,
        *Scope,
    ]


def test_names_of_the_api_are_explained() -> None:
    assert [name for name in names_of_the_api() if words_of(name) not in EVERYWHERE] == []


def test_every_entry_has_chinese_and_a_meaning() -> None:
    for row in ROWS:
        assert re.search(r"[\u4e00-\u9fff]", row[1]), row[0]
        assert row[2], row[0]


def test_no_term_has_two_entries_in_one_table() -> None:
    for rows in tables_under(GLOSSARY).values():
        terms = [term for row in rows for term in row[0].split(", ")]
        assert sorted(terms) == sorted(set(terms))
