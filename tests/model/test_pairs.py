from typing import Any

import pytest
from pydantic import BaseModel

from pairmatch.model import Adjustment, Ban, CurrentPair, Lock
from tests.model.rows import check_model, refuses

GOOD: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (CurrentPair, {"recipient_id": "r", "cadre_id": "c"}),
    (Lock, {"recipient_id": "r", "cadre_id": "c"}),
    (Ban, {"recipient_id": "r", "cadre_id": "c"}),
    (Adjustment, {"recipient_id": "r", "cadre_id": "c", "extra_km": "-1.5"}),
]


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_rows_are_whole_frozen_and_have_no_field_for_a_person_s_data(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    check_model(model, row)


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (CurrentPair, {"recipient_id": ""}),
        (Lock, {"cadre_id": None}),
        (Ban, {"cadre_id": 7}),
        (Adjustment, {"extra_km": "nan"}),
        (Adjustment, {"extra_km": None}),
    ],
)
def test_values_out_of_range_are_refused(model: type[BaseModel], bad: dict[str, Any]) -> None:
    row = next(row for one, row in GOOD if one is model)
    refuses(model, {**row, **bad})
