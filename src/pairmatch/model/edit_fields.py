"""Fields of edits: ids, rows, pairs and new values, as people and programs give them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from pairmatch.model.documents import SCENARIO_TEXT
from pairmatch.model.policy_errors import wrong
from pairmatch.model.row import MOST_CHARACTERS

# what holds many values and is no table
_NO_TABLE = (str, bytes, bytearray, os.PathLike)


def _as_text(value: object) -> object:
    """Take a whole number by its digits, as a spreadsheet or YAML makes one of an id."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def encodable(text: str) -> str:
    """Refuse text that no file can hold, such as half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise wrong("text", SCENARIO_TEXT.code) from None
    return text


def _as_texts(values: object) -> object:
    """Take any column of ids as a tuple."""
    if isinstance(values, (*_NO_TABLE, Mapping)):
        raise wrong("list", SCENARIO_TEXT.code)
    for name in ("to_pylist", "tolist"):
        if hasattr(values, name):
            values = getattr(values, name)()
            break
    return tuple(map(_as_text, values)) if isinstance(values, Iterable) else values


OneId: TypeAlias = Annotated[
    str, BeforeValidator(_as_text), Field(min_length=1, max_length=MOST_CHARACTERS)
]
if TYPE_CHECKING:
    # any column of ids is taken, and kept as a tuple
    Ids: TypeAlias = Sequence[str]
else:
    Ids: TypeAlias = Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)], ...],
        BeforeValidator(_as_texts),
    ]


@dataclass(frozen=True)
class RowsOf:
    """A field with rows of a table: mappings, models, or any table but a path.

    They are kept as given; the tables' room reads and checks them. Written as JSON they are
    mappings, and the schema is that of the model.
    """

    model: type[BaseModel] | None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the check that something may be a table."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            _rows,
            serialization=core_schema.plain_serializer_function_ser_schema(
                plain_rows, when_used="json-unless-none"
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of a list of the model."""
        del schema
        if self.model is None:
            return {"type": "array", "items": {"type": "object"}}
        return handler(core_schema.list_schema(self.model.__pydantic_core_schema__))


@dataclass(frozen=True)
class ValuesOf:
    """A field with new values of some columns of a table, none of them in its key."""

    model: type[BaseModel]
    key: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the check that names of columns have values."""
        del source, handler
        return core_schema.no_info_plain_validator_function(_values)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of the model's columns but the key, each of them optional."""
        del schema, handler
        columns = dict(self.model.model_json_schema()["properties"])
        del columns[self.key]
        for column in columns.values():
            column.pop("default", None)
        return {
            "type": "object",
            "properties": columns,
            "minProperties": 1,
            "additionalProperties": False,
        }


def _rows(given: object) -> object:
    if given is None or isinstance(given, _NO_TABLE):
        raise wrong("list", SCENARIO_TEXT.code)
    is_table = isinstance(given, Mapping) or any(
        hasattr(given, name) for name in ("__arrow_c_stream__", "__arrow_c_array__", "columns")
    )
    if is_table:
        return given
    if not isinstance(given, Iterable):
        raise wrong("list", SCENARIO_TEXT.code)
    # an iterator gives its rows once, and an edit may be used again
    return tuple(given)


def _values(given: object) -> object:
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise wrong("mapping", SCENARIO_TEXT.code)
    if not given:
        raise wrong("empty_set", SCENARIO_TEXT.code)
    return dict(given)


NewValues: TypeAlias = Annotated[
    dict[str, Any], BeforeValidator(_values), Field(json_schema_extra={"minProperties": 1})
]


def plain_rows(given: Any) -> list[dict[str, Any]]:
    """Return rows as mappings, without what is null."""
    if isinstance(given, tuple):
        rows = [row.model_dump(mode="json") if isinstance(row, BaseModel) else row for row in given]
    else:
        import pyarrow as pa  # noqa: PLC0415  # whoever has such a table has loaded it

        rows = pa.table(dict(given) if isinstance(given, Mapping) else given).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]
