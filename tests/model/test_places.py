from typing import Any

import pytest
from pydantic import BaseModel

from pairmatch.model import Area, Unit
from tests.model.rows import check_model, refuses

GOOD: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Unit, {"unit_id": "u"}),
    (Area, {"area": "a", "parent": None, "level": "county"}),
]


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_rows_are_whole_frozen_and_have_no_field_for_a_person_s_data(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    check_model(model, row)


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (Unit, {"level": "village"}),
        (Unit, {"sponsors": "a"}),
        (Area, {"level": "continent"}),
        (Area, {"lon": float("inf")}),
    ],
)
def test_values_out_of_range_are_refused(model: type[BaseModel], bad: dict[str, Any]) -> None:
    row = next(row for one, row in GOOD if one is model)
    refuses(model, {**row, **bad})
