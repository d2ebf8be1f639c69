"""A few pairs as examples; for made-up people only."""

from typing import Any

import numpy as np

from pairmatch.plan import Plan
from pairmatch.report.people import pairs_for_people
from pairmatch.words import named, say
from pairmatch.words.layout import aligned

_COLUMNS = (
    "recipient_id",
    "category",
    "recipient_area_name",
    "cadre_id",
    "rank",
    "cadre_area_name",
    "distance_km",
)
_HEADER = ("recipient", "category", "lives_in", "cadre", "rank", "works_in", "km")


def example_pairs(plan: Plan, count: int = 5) -> list[dict[str, Any]]:
    """Return pairs from all over a plan, as pairs.csv has them.

    Parameters
    ----------
    plan
        A plan for made-up people: nobody else may be an example.
    count
        How many, if there are as many.
    """
    pairs = pairs_for_people(plan).select(_COLUMNS)
    at = np.unique(np.linspace(0, pairs.num_rows - 1, min(count, pairs.num_rows)).astype(np.int64))
    rows: list[dict[str, Any]] = pairs.take(at).to_pylist()
    return rows


def examples_text(examples: list[dict[str, Any]], language: str = "en") -> list[str]:
    """Return a line for each example, below a header."""
    header = [say(f"report.{name}", language=language) for name in _HEADER]
    rows = [[_shown(name, row[name], language) for name in _COLUMNS] for row in examples]
    return aligned([header, *rows])


def _shown(column: str, value: object, language: str) -> str:
    if value is None:
        return "-"
    if column == "category":
        return named("category", str(value), language)
    if column == "rank":
        return named("rank", str(value), language)
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
