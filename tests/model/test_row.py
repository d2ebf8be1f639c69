"""Rows of every table: whole, frozen, within range; and no error has what was given in it."""

import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from pairmatch.model import Adjustment, Area, Ban, Cadre, CurrentPair, Lock, Recipient, Unit
from tests.model.numbers_of_people import ID_NUMBERS, OTHER_TEXTS, PHONE_NUMBERS
from tests.model.said import said_by

NAME = "王小明"
NUMBER = "13812345678"
GOOD: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Cadre, {"cadre_id": "c", "unit_id": "u", "rank": "staff", "area": "a"}),
    (
        Recipient,
        {"recipient_id": "r", "category": "orphan", "area": "a", "household_id": "h"},
    ),
    (Unit, {"unit_id": "u", "area": "a", "lead_unit_id": "v", "sponsors": ("a", "b")}),
    (Area, {"area": "a", "parent": "b", "level": "county", "name": "c"}),
    (CurrentPair, {"recipient_id": "r", "cadre_id": "c"}),
    (Lock, {"recipient_id": "r", "cadre_id": "c", "reason": "x", "author": "y"}),
    (Ban, {"recipient_id": "r", "cadre_id": "c", "reason": "x", "author": "y"}),
    (Adjustment, {"recipient_id": "r", "cadre_id": "c"}),
]
_TAKEN = {("lon", float), ("lat", float), ("extra_km", float), ("sponsors", list)}
TEXT_FIELDS = [(model, row, name) for model, row in GOOD for name in row if name != "level"]


# with the required fields and no others
LEAST: dict[type[BaseModel], dict[str, Any]] = {
    Cadre: {"cadre_id": "c", "unit_id": "u", "rank": "staff"},
    Recipient: {"recipient_id": "r", "category": "orphan", "area": "a"},
    Unit: {"unit_id": "u"},
    Area: {"area": "a", "parent": None, "level": "county"},
    CurrentPair: {"recipient_id": "r", "cadre_id": "c"},
    Lock: {"recipient_id": "r", "cadre_id": "c"},
    Ban: {"recipient_id": "r", "cadre_id": "c"},
    Adjustment: {"recipient_id": "r", "cadre_id": "c", "extra_km": "-1.5"},
}


def refuses(model: type[BaseModel], row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model(**row)


@pytest.mark.parametrize("model", LEAST)
def test_rows_are_whole_frozen_and_have_no_field_for_a_person_s_data(
    model: type[BaseModel],
) -> None:
    row = LEAST[model]
    made = model(**row)
    assert model.model_validate_json(made.model_dump_json()) == made
    for field in row:
        with pytest.raises(ValidationError):
            setattr(made, field, "x")
        refuses(model, {name: value for name, value in row.items() if name != field})
    for field in ("name_of_person", "full_name", "phone", "id_card"):
        refuses(model, {**row, field: "x"})


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
        (Unit, {"level": "village"}),
        (Unit, {"sponsors": "a"}),
        (Area, {"level": "continent"}),
        (Area, {"lon": float("inf")}),
        (CurrentPair, {"recipient_id": ""}),
        (Lock, {"cadre_id": None}),
        (Ban, {"cadre_id": 7}),
        (Adjustment, {"extra_km": "nan"}),
        (Adjustment, {"extra_km": None}),
    ],
)
def test_values_out_of_range_are_refused(model: type[BaseModel], bad: dict[str, Any]) -> None:
    refuses(model, {**LEAST[model], **bad})


def ways(model: type[BaseModel], row: dict[str, Any]) -> Iterator[Callable[[], object]]:
    """Yield all ways in which a row can be made."""

    class Outer(BaseModel):
        inner: model  # type: ignore[valid-type]  # it is one

    yield lambda: model(**row)
    yield lambda: model.model_validate(row)
    yield lambda: model.model_validate_json(json.dumps(row))
    yield lambda: TypeAdapter(list[model]).validate_python([row])  # type: ignore[valid-type]
    yield lambda: Outer.model_validate({"inner": row})


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_unknown_fields_are_quoted_with_neither_name_nor_value(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    for way in ways(model, {**row, "name_": NAME, "phone": NUMBER, NAME: 1, NUMBER: NAME}):
        said = said_by(way)
        assert NAME not in said
        assert NUMBER not in said
        assert "a field that does not exist" in said


@pytest.mark.parametrize(("model", "row"), GOOD)
def test_an_unknown_field_has_the_fields_that_there_are_and_the_one_that_is_meant(
    model: type[BaseModel], row: dict[str, Any]
) -> None:
    meant = next(iter(model.model_fields))
    fields = f"the fields are {', '.join(model.model_fields)}"
    for way in ways(model, {**row, f"{meant}x": NAME}):
        assert f"There is no such field; perhaps {meant} is meant; {fields}" in said_by(way)
    for way in ways(model, {**row, NAME: 1}):
        assert f"There is no such field; {fields}" in said_by(way)


@pytest.mark.parametrize(("model", "row", "field"), TEXT_FIELDS)
@pytest.mark.parametrize("planted", [NUMBER, "62010219900101123X", "打 139-1234-5678"])
def test_numbers_of_persons_are_refused_and_not_quoted(
    model: type[BaseModel], row: dict[str, Any], field: str, planted: str
) -> None:
    for way in ways(model, {**row, field: [planted] if field == "sponsors" else planted}):
        said = said_by(way)
        assert planted not in said
        assert field in said


@pytest.mark.parametrize("planted", [*PHONE_NUMBERS, *ID_NUMBERS])
def test_in_every_dress(planted: str) -> None:
    said = said_by(lambda: Lock(recipient_id="r", cadre_id="c", reason=planted))
    assert planted not in said
    assert "reason" in said


@pytest.mark.parametrize("text", [text for text in OTHER_TEXTS if text])
def test_other_texts_are_taken(text: str) -> None:
    assert Recipient(recipient_id=text, category="orphan", area="a").recipient_id == text


@pytest.mark.parametrize(("model", "row"), GOOD)
@pytest.mark.parametrize("planted", [{NAME: NUMBER}, [NAME], NAME.encode("gb18030"), b"\xff", 1.5])
def test_values_of_a_wrong_type_are_not_quoted(
    model: type[BaseModel], row: dict[str, Any], planted: Any
) -> None:
    for field in model.model_fields:
        if (field, type(planted)) in _TAKEN:
            continue
        said = said_by(lambda field=field: model.model_validate({**row, field: planted}))  # type: ignore[misc]
        assert NAME not in said
        assert NUMBER not in said
        assert repr(planted) not in said


@pytest.mark.parametrize("given", [NAME, [NAME], 1, None, {1: NAME}, {13812345678: NAME}])
def test_what_is_no_row_is_not_quoted(given: Any) -> None:
    said = said_by(lambda: Recipient.model_validate(given))
    assert NAME not in said
    assert NUMBER not in said


@pytest.mark.parametrize("text", [f'{{"{NAME}": ', NAME, f'["{NUMBER}"]', "[" * 10_000])
def test_json_that_is_none_is_not_quoted(text: str) -> None:
    said = said_by(lambda: Recipient.model_validate_json(text))
    assert NAME not in said
    assert NUMBER not in said


def test_a_row_does_not_change_and_does_not_quote_what_it_should_become() -> None:
    row = Recipient(recipient_id="r", category="orphan", area="a")
    for field in ("area", NAME):
        said = said_by(lambda field=field: setattr(row, field, NUMBER))  # type: ignore[misc]
        assert NUMBER not in said
        assert NAME not in said
    assert row.area == "a"
    assert pickle.loads(pickle.dumps(row)) == row == row.model_copy()  # noqa: S301  # our own


@pytest.mark.parametrize("bad", ["x" * 129, "a\tb", "a\u200b", "\ufeffa", "a\x85"])
def test_ids_are_short_and_seen(bad: str) -> None:
    said = said_by(lambda: CurrentPair(recipient_id=bad, cadre_id="c"))
    assert bad not in said
    assert CurrentPair(recipient_id="甲" * 128, cadre_id="c").recipient_id == "甲" * 128
