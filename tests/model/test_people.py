from typing import Any

import pytest
from pydantic import BaseModel

from pairmatch.model import Cadre, Recipient
from tests.model.rows import check_model, refuses

GOOD: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Cadre, {"cadre_id": "c", "unit_id": "u", "rank": "staff"}),
    (Recipient, {"recipient_id": "r", "category": "orphan", "area": "a"}),
]


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_rows_are_whole_frozen_and_have_no_field_for_a_person_s_data(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    check_model(model, row)


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (Cadre, {"cadre_id": ""}),
        (Cadre, {"capacity": -1}),
        (Cadre, {"capacity": 1.5}),
        (Cadre, {"min_load": -1}),
        (Cadre, {"lon": 181}),
        (Cadre, {"lat": float("nan")}),
        (Recipient, {"demand": 0}),
        (Recipient, {"lat": -91}),
        (Recipient, {"priority": 0.5}),
    ],
)
def test_values_out_of_range_are_refused(model: type[BaseModel], bad: dict[str, Any]) -> None:
    row = next(row for one, row in GOOD if one is model)
    refuses(model, {**row, **bad})
