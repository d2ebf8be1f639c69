"""Models whose errors quote nothing.

Pydantic keeps what it was given in each error. That may be what must not come in, so what leaves
here says which field is wrong, and how, and has neither a value nor a name that is none of ours.
"""

from collections.abc import Callable
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from pairmatch.model.near_names import nearest

AS_GIVEN = object()
"""Context for a caller who reads errors with all that is in them, and lets none of it out."""

_UNKNOWN_FIELD = "(a field that does not exist)"
_UNKNOWN_NAME = "(a name)"
_LONGEST = 64


class QuotingNothing(BaseModel):
    """A frozen model of known fields, whose errors have no part of what was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="wrap")
    @classmethod
    def _quoting_nothing(
        cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo
    ) -> Self:
        if info.context is AS_GIVEN:
            return handler(data)
        try:
            return handler(data)
        except ValidationError as raised:
            error = _without_input(raised, cls)
        # raised out here, so that no error with the input in it hangs on to this one
        raise error

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Make one from JSON, as pydantic does; text that is no JSON is not quoted either."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as raised:
            error = _without_input(raised, cls)
        raise error

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: nothing here changes."""
        try:
            super().__setattr__(name, value)
        except ValidationError as raised:
            error = _without_input(raised, type(self))
        else:
            return
        raise error


def _without_input(error: ValidationError, model: type[BaseModel]) -> ValidationError:
    """Return the same errors without what was given, and without names that are not ours."""
    ours = set(model.model_fields) | {_UNKNOWN_FIELD}
    lines = []
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        # the words are pydantic's or ours, and with no context to put in they stay as they are
        message, where = item["msg"], item["loc"]
        if where and where[0] not in ours:
            if item["type"] == "extra_forbidden":
                message = _no_such_field(str(where[0]), model)
            where = (_UNKNOWN_FIELD,)
        kind = PydanticCustomError(item["type"], message)
        lines.append(InitErrorDetails(type=kind, loc=tuple(map(_shown, where)), input=None))
    return ValidationError.from_exception_data(model.__name__, lines, hide_input=True)


def _no_such_field(name: str, model: type[BaseModel]) -> str:
    """Say which fields there are, and which of them a name is nearly, without the name itself."""
    near = nearest(name, model.model_fields) if len(name) <= _LONGEST else None
    perhaps = f"perhaps {near} is meant; " if near else ""
    return f"There is no such field; {perhaps}the fields are {', '.join(model.model_fields)}"


def _shown(part: int | str) -> int | str:
    known = isinstance(part, int) or part in (_UNKNOWN_FIELD, _UNKNOWN_NAME) or part in _fields()
    return part if known else _UNKNOWN_NAME


def _fields() -> set[str]:
    """Return the names of the fields of all models here; keys of a mapping are none of them."""
    models = list(QuotingNothing.__subclasses__())
    for model in models:
        models += model.__subclasses__()
    return {name for model in models for name in model.model_fields}
