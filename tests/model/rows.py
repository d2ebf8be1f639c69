"""What holds for the model of any table's row, given one good row."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError


def check_model(model: type[BaseModel], row: dict[str, Any]) -> None:
    """Check that a row is taken, frozen, comes back from JSON, and must be whole and nothing more.

    ``row`` has the required fields and no others.
    """
    made = model(**row)
    assert model.model_validate_json(made.model_dump_json()) == made
    for field in row:
        with pytest.raises(ValidationError):
            setattr(made, field, "x")
        refuses(model, {name: value for name, value in row.items() if name != field})
    for field in ("name_of_person", "full_name", "phone", "id_card"):
        refuses(model, {**row, field: "x"})


def refuses(model: type[BaseModel], row: dict[str, Any]) -> None:
    """Check that a row is refused."""
    with pytest.raises(ValidationError):
        model(**row)
