import pytest

from pairmatch.tables.schema import SCHEMAS, Schema

TABLES = {
    "cadres": "CADRE_ID UNIT_ID RANK area lon lat capacity min_load",
    "recipients": "RECIPIENT_ID CATEGORY AREA lon lat household_id demand priority",
    "units": "UNIT_ID level area lead_unit_id sponsors",
    "areas": "AREA PARENT LEVEL name lon lat",
    "current": "RECIPIENT_ID CADRE_ID",
    "locks": "RECIPIENT_ID CADRE_ID reason author",
    "bans": "RECIPIENT_ID CADRE_ID reason author",
    "adjustments": "RECIPIENT_ID CADRE_ID EXTRA_KM",
}


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_columns_are_those_that_were_promised_required_ones_in_capitals(schema: Schema) -> None:
    said = [column.name.upper() if column.required else column.name for column in schema.columns]
    assert " ".join(said) == TABLES[schema.name]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_models_and_columns_agree(schema: Schema) -> None:
    fields = schema.model.model_fields
    assert list(fields) == [column.name for column in schema.columns]
    for column in schema.columns:
        assert fields[column.name].is_required() == column.required
        if column.default is not None:
            assert fields[column.name].default == column.default


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_keys_are_columns_that_must_be_filled(schema: Schema) -> None:
    assert schema.key
    assert all(schema.column(name).filled for name in schema.key)
