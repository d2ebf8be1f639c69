"""Good tables that the tests spoil in one place each, and what is then reported."""

from collections.abc import Mapping
from typing import Any

import pytest

from pairmatch.errors import InputError
from pairmatch.model.notes import Note
from pairmatch.problem import Problem


def good_tables() -> dict[str, Any]:
    """Return every table, small and without a failure; `GOOD_NOTES` are all notes of it."""
    return {
        "cadres": {
            "cadre_id": ["c1", "c2", "c3"],
            "unit_id": ["u1", "u1", "u2"],
            "rank": ["bureau", "staff", "staff"],
            "area": [None, "t1", "t2"],
            "lon": [None, 103.8, None],
            "lat": [None, 36.1, None],
            "capacity": [2, None, 3],
            "min_load": [0, 1, None],
        },
        "recipients": {
            "recipient_id": ["r1", "r2", "r3", "r4"],
            "category": ["orphan", "orphan", "severely_disabled", "destitute_household"],
            "area": ["t1", "t1", "t2", "t2"],
            "lon": [103.9, None, None, None],
            "lat": [36.2, None, None, None],
            "household_id": ["h1", "h1", None, "h2"],
            "demand": [1, 1, 2, None],
            "priority": [1, 5, None, -1],
        },
        "units": {
            "unit_id": ["u1", "u2"],
            "level": ["county", None],
            "area": ["k1", "t2"],
            "lead_unit_id": [None, "u1"],
            "sponsors": [["t1", "t2"], None],
        },
        "areas": {
            "area": ["k1", "t1", "t2"],
            "parent": [None, "k1", "k1"],
            "level": ["county", "township", "township"],
            "name": ["甲县", None, None],
            "lon": [103.8, 103.7, 103.6],
            "lat": [36.0, 36.1, 36.2],
        },
        "current": {"recipient_id": ["r1", "r2"], "cadre_id": ["c1", "c2"]},
        "locks": {
            "recipient_id": ["r1"],
            "cadre_id": ["c1"],
            "reason": ["agreed"],
            "author": ["office1"],
        },
        "bans": {
            "recipient_id": ["r3"],
            "cadre_id": ["c2"],
            "reason": [None],
            "author": [None],
        },
        "adjustments": {
            "recipient_id": ["r2", "r3"],
            "cadre_id": ["c1", "c1"],
            "extra_km": [-1.5, 0.001],
        },
    }


GOOD_NOTES = (
    Note("point_of_area", "cadres", "lon", 2),
    Note("point_of_area", "recipients", "lon", 3),
)


def further_notes(problem: Problem) -> list[Note]:
    """Return the notes that good tables do not have."""
    return [note for note in problem.notes if note not in GOOD_NOTES]


def spoiled(table: str, **columns: list[Any]) -> dict[str, Any]:
    """Return good tables of which some columns of one are replaced."""
    tables = good_tables()
    tables[table] = {**tables[table], **columns}
    return tables


def without(table: str, column: str) -> dict[str, Any]:
    """Return good tables without one column."""
    tables = good_tables()
    del tables[table][column]
    return tables


def refused(tables: Mapping[str, Any], **further: Any) -> InputError:
    """Return the error that tables give, which must be one, and which must read as text."""
    with pytest.raises(InputError) as caught:
        Problem.from_tables(**{**tables, **further})
    error = caught.value
    assert str(error).startswith(f"{sum(error.counts.values()):,} failure")
    for failure in error.failures():
        assert failure.code
        assert failure.found
        assert failure.advice
    return error


def where(error: InputError) -> list[tuple[str, str, str | None, tuple[int, ...]]]:
    """Return code, table, column and rows of each finding, sorted."""
    return sorted(
        (
            (found.code, found.table, found.column, tuple(found.rows.tolist()))
            for found in error.findings
        ),
        key=str,
    )
