"""What is wrong with a policy, in our words; no value and no name that may be somebody's."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from pairmatch.errors import Finding
from pairmatch.model.near_names import nearest
from pairmatch.model.shown_names import may_be_shown

Path = tuple[int | str, ...]

_LONGEST = 64
_PAGE = "see the page on the policy for its fields, their types and defaults"
_NUMBER = ("something that is not a number", "give a number")
_WHOLE = ("something that is not a whole number", "give a whole number, without a fraction")
_TEXT = ("something that is not text", "give text; put it in quotes if it looks like a number")
_GROUP = ("something that is not a group of fields", "give the fields of this part: {fields}")
_LIST = ("something that is not a list", "give a list, even of one")
_TOO_LONG = ("a number of too many digits", "give a shorter number")

# what pydantic finds, and what we say of it: found, what to do
WORDS: Mapping[str, tuple[str, str]] = {
    "extra_forbidden": ("a field that does not exist", "{nearest}the fields here are {fields}"),
    "invalid_key": ("a field whose name is not text", "the fields here are {fields}"),
    "missing": ("a field is not there", "add it"),
    "literal_error": ("none of the values that are allowed", "give {expected}"),
    "greater_than": ("a number of {gt} or below", "give a number above {gt}"),
    "greater_than_equal": ("a number below {ge}", "give a number of at least {ge}"),
    "less_than_equal": ("a number above {le}", "give a number of at most {le}"),
    "finite_number": ("NaN or infinity", "give a number"),
    "decimal_max_places": (
        "a number of more than {decimal_places} decimals",
        "give at most {decimal_places} decimals",
    ),
    "decimal_max_digits": _TOO_LONG,
    "decimal_whole_digits": _TOO_LONG,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _TOO_LONG,
    "int_from_float": _WHOLE,
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": _TEXT,
    "tuple_type": _LIST,
    "too_short": ("a list without an entry", "give at least {min_length}"),
    "iteration_error": _LIST,
    "dict_type": ("something that is not a mapping", "give names, each with a value"),
    "mapping_type": ("something that is not a mapping", "give names, each with a value"),
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "recursion_loop": ("something that holds itself", "write it out"),
    "true_or_false": ("true or false where a number is needed", "give a number"),
    "no_order": ("a set, which has no order", "give a list"),
    "not_distinct": (
        "names that are empty or occur twice",
        "give each name once, and leave none empty",
    ),
    "falling": (
        "steps that fall",
        "let each further recipient add as much as the one before, or more",
    ),
    "unknown_category": (
        "a category that is not among the policy's categories",
        "use one of {allowed}, or add it to categories",
    ),
    "unknown_rank": (
        "a rank that is not among the policy's ranks",
        "use one of {allowed}, or add it to ranks",
    ),
}


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
) -> list[Finding]:
    """Return a finding for each thing that is wrong.

    Parameters
    ----------
    error
        What pydantic found in ``data``.
    model
        The policy's model.
    data
        What was given; only its ranks are looked at.
    line_of
        Returns the line of a field in the text that was read, if there was any.
    """
    ranks = data.get("ranks")
    known = set(model.model_fields["ranks"].default)
    if isinstance(ranks, list | tuple):
        known = {name for name in ranks if isinstance(name, str)}
    return [
        _finding(item, model, known, data, line_of)
        for item in error.errors(include_url=False, include_input=False)
    ]


def wrong(kind: str, **words: str) -> PydanticCustomError:
    """Return what a validator of the policy raises, for pydantic to put its place to it."""
    return PydanticCustomError(kind, WORDS[kind][0], dict(words))


def bad_policy(path: str | None, found: str, advice: str = _PAGE) -> Finding:
    """Return a finding about a field of the policy, or all of it."""
    return Finding("bad_policy", "policy", path, found, advice)


def _finding(
    item: ErrorDetails,
    model: type[BaseModel],
    ranks: set[str],
    data: Mapping[str, Any],
    line_of: Callable[[Path], int | None],
) -> Finding:
    where = _place(item["loc"], model, ranks, data)
    words = {key: _plain(value) for key, value in item.get("ctx", {}).items()}
    words["fields"] = words["nearest"] = ""
    if where.model is not None:
        words["fields"] = ", ".join(where.model.model_fields)
        near = None if where.unknown is None else _likely(where.unknown, where.model.model_fields)
        words["nearest"] = f"perhaps {near} is meant; " if near else ""
    found, advice = WORDS.get(item["type"], ("a value that does not fit", _PAGE))
    line = line_of(item["loc"])
    found = found.format(**words)
    found += f" (entry {where.nth} of this part)" if where.nth else ""
    found += f" (line {line})" if line else ""
    return bad_policy(where.path, found, advice.format(**words))


def _place(loc: Path, model: type[BaseModel], ranks: set[str], data: Mapping[str, Any]) -> _Place:
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
            # an unknown field of a part, or a rank of capacity_by_rank
            name = str(part)
            nth = None
            if name in ranks if here is None else may_be_shown(name):
                shown.append(name)
            elif isinstance(given, Mapping) and part in given:
                nth = list(given).index(part) + 1
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


def _plain(value: object) -> str:
    """Return a limit of ours, or the values that are allowed, as text."""
    text = str(value).replace("'", "")
    return f"one of {text}" if " or " in text else text
