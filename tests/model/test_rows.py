"""Rows of every table: what the models refuse by themselves."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from pairmatch.model import Adjustment, Area, Ban, Cadre, CurrentPair, Lock, Recipient, Unit

GOOD: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Cadre, {"cadre_id": "c", "unit_id": "u", "rank": "staff"}),
    (Recipient, {"recipient_id": "r", "category": "orphan", "area": "a"}),
    (Unit, {"unit_id": "u"}),
    (Area, {"area": "a", "parent": None, "level": "county"}),
    (CurrentPair, {"recipient_id": "r", "cadre_id": "c"}),
    (Lock, {"recipient_id": "r", "cadre_id": "c"}),
    (Ban, {"recipient_id": "r", "cadre_id": "c"}),
    (Adjustment, {"recipient_id": "r", "cadre_id": "c", "extra_km": "-1.5"}),
]


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_a_row_with_what_is_required_is_taken_and_frozen(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    made = model(**row)
    assert model.model_validate_json(made.model_dump_json()) == made
    with pytest.raises(ValidationError):
        setattr(made, next(iter(row)), "x")


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_a_row_has_no_field_for_a_name_or_a_number_of_a_person(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    for field in ("full_name", "phone", "id_card"):
        with pytest.raises(ValidationError):
            model(**row, **{field: "x"})


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_every_required_field_is_required(model: type[BaseModel], row: dict[str, Any]) -> None:
    for field in row:
        with pytest.raises(ValidationError):
            model(**{name: value for name, value in row.items() if name != field})


@pytest.mark.parametrize(
    ("model", "bad"),
    [
        (Cadre, {"cadre_id": ""}),
        (Cadre, {"capacity": -1}),
        (Cadre, {"min_load": -1}),
        (Cadre, {"lon": 181}),
        (Cadre, {"lat": float("nan")}),
        (Recipient, {"demand": 0}),
        (Recipient, {"lat": -91}),
        (Unit, {"level": "village"}),
        (Area, {"level": "continent"}),
        (Adjustment, {"extra_km": "nan"}),
    ],
)
def test_values_out_of_range_are_refused(model: type[BaseModel], bad: dict[str, Any]) -> None:
    row = next(row for one, row in GOOD if one is model)
    with pytest.raises(ValidationError):
        model(**{**row, **bad})
