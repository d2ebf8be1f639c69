"""What is wrong with a policy, in our words; no value and no name that may be somebody's."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from pairmatch.errors import Finding
from pairmatch.model.documents import POLICY_TEXT, DocumentKind
from pairmatch.model.near_names import nearest
from pairmatch.model.shown_names import may_be_shown
from pairmatch.words import Value, say

Path = tuple[int | str, ...]

_LONGEST = 64

# what pydantic finds, and which of our kinds that is; for others there are general words
KINDS: Mapping[str, str] = {
    "extra_forbidden": "unknown_field",
    "invalid_key": "key",
    "missing": "missing",
    "literal_error": "other_value",
    "greater_than": "at_most",
    "greater_than_equal": "below",
    "less_than_equal": "above",
    "finite_number": "infinite",
    "decimal_max_places": "decimals",
    "decimal_max_digits": "digits",
    "decimal_whole_digits": "digits",
    "decimal_type": "number",
    "decimal_parsing": "number",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_parsing_size": "digits",
    "int_from_float": "whole",
    "string_type": "text",
    "string_sub_type": "text",
    "string_unicode": "text",
    "tuple_type": "list",
    "too_short": "empty_list",
    "iteration_error": "list",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "model_type": "part",
    "model_attributes_type": "part",
    "recursion_loop": "itself",
    # found by validators of ours
    "bool": "bool",
    "order": "order",
    "repeated": "repeated",
    "falling": "falling",
    "label": "label",
    "unknown_category": "unknown_category",
    "unknown_rank": "unknown_rank",
    "list": "list",
    "mapping": "mapping",
    "text": "text",
    "empty_set": "empty_set",
}
# between the values that pydantic names: 'a', 'b' or 'c'
_QUOTED = re.compile("'(?:,| or) '")
_NAME_FIELDS = ("unknown_field", "key", "part")
# what is taken of the context of an error: limits of ours, and names that may be shown
_LIMITS = ("gt", "ge", "le", "decimal_places", "min_length", "most", "names", "more")


@dataclass(frozen=True)
class _Place:
    """Where an error is.

    ``path`` goes as far as it may be shown, ``model`` is the part of the policy there, and
    ``unknown`` the name of a field that this part does not have. ``nth`` counts a name that may
    not be shown among those given beside it, from 1.
    """

    path: str | None
    model: type[BaseModel] | None
    unknown: str | None = None
    nth: int | None = None


def policy_findings(
    error: ValidationError,
    model: type[BaseModel],
    data: Mapping[str, Any],
    line_of: Callable[[Path], int | None] = lambda _path: None,
    document: DocumentKind = POLICY_TEXT,
) -> list[Finding]:
    """Return a finding for each thing that is wrong.

    Parameters
    ----------
    error
        What pydantic found in ``data``.
    model
        The policy's model, or that of an edit or a scenario.
    data
        What was given; only its ranks and categories are looked at.
    line_of
        Returns the line of a field in the text that was read, if there was any.
    document
        What the findings are about.
    """
    known: set[str] = set()
    for name in ("ranks", "categories"):
        if name in model.model_fields:
            given = data.get(name, model.model_fields[name].default)
            names = given if isinstance(given, list | tuple) else model.model_fields[name].default
            known |= {name for name in names if isinstance(name, str)}
    return [
        _finding(item, model, known, data, line_of, document)
        for item in error.errors(include_url=False, include_input=False)
    ]


def wrong(kind: str, code: str = POLICY_TEXT.code, /, **parameters: Value) -> PydanticCustomError:
    """Return what a validator of ours raises, for pydantic to put its place to it."""
    return PydanticCustomError(kind, say(f"found.{code}.{kind}", parameters), dict(parameters))


def _finding(
    item: ErrorDetails,
    model: type[BaseModel],
    known: set[str],
    data: Mapping[str, Any],
    line_of: Callable[[Path], int | None],
    document: DocumentKind,
) -> Finding:
    where = _place(item["loc"], model, known, data)
    kind = KINDS.get(item["type"])
    context = item.get("ctx", {})
    parameters: dict[str, Value] = {
        key: value if isinstance(value, int | tuple) else str(value)
        for key, value in context.items()
        if key in _LIMITS
    }
    if kind == "other_value":
        parameters["names"] = tuple(_QUOTED.split(context["expected"].strip("'")))
    if kind in _NAME_FIELDS:
        fields = () if where.model is None else tuple(where.model.model_fields)
        near = None if where.unknown is None else _likely(where.unknown, fields)
        parameters["fields"] = fields
        parameters |= {"perhaps": "perhaps" if near else "", "nearest": near or ""}
    line = line_of(item["loc"])
    parameters |= {"entry": where.nth} if where.nth else {}
    parameters |= {"line": line} if line else {}
    code = document.code
    return Finding(f"{code}.{kind}" if kind else code, document.table, where.path, parameters)


def _place(loc: Path, model: type[BaseModel], known: set[str], data: Mapping[str, Any]) -> _Place:
    """Follow a path through the model and what was given; a name that is not ours ends it."""
    shown: list[str] = []
    kind: Any = model
    given: Any = data
    for part in loc:
        here = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
        if isinstance(given, list | tuple) and isinstance(part, int):
            shown.append(str(part))
            kind, given = _entry_model(kind), given[part]
        elif here is not None and part in here.model_fields:
            shown.append(str(part))
            kind = here.model_fields[str(part)].annotation
            given = given.get(part) if isinstance(given, Mapping) else None
        else:
            # an unknown field of a part, or a name of the policy's that has a value or a part
            name = str(part)
            nth = None
            inner = None if here is not None else _entry_model(kind)
            if name in known if here is None else may_be_shown(name):
                shown.append(name)
                if inner is not None and isinstance(given, Mapping):
                    kind, given = inner, given.get(part)
                    continue
            elif isinstance(given, Mapping) and part in given:
                nth = list(given).index(part) + 1
            if inner is not None:
                return _Place(".".join(shown) or None, inner, None, nth)
            return _Place(".".join(shown) or None, here, None if here is None else name, nth)
    here = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    return _Place(".".join(shown) or None, here)


def _entry_model(kind: Any) -> type[BaseModel] | None:
    """Return the model that a list holds, if it holds models."""
    for part in get_args(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
        inner = _entry_model(part)
        if inner is not None:
            return inner
    return None


def _likely(name: str, fields: Collection[str]) -> str | None:
    """Return the field that a name is nearly, or is most like: it is no more than a hint."""
    if len(name) > _LONGEST:
        return None
    near = nearest(name, fields)
    return near or next(iter(get_close_matches(name, fields, n=1)), None)
