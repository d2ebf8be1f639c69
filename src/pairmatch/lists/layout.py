"""How a list to hand out is laid out: what is written by it is read back by it.

A workbook has the sheets of `SHEETS`, each with the names of the workbook's language:

* the cover: a label in its first column and a value in its second, a row each, as `COVER` has them;
  lines for people may stand around these rows, so that they are found by their labels;
* the pairs: one header row, then one row for each pair: the columns of pairs.csv, attributes, whose
  headers are the same in every language, and `ANSWER_COLUMNS`;
* the changes (new and ended pairs; the others are told kept among the pairs), if there was
  something to change from, and the work of a year.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from pairmatch.tables.office.vocabulary import folded_value
from pairmatch.words import LANGUAGES, named

SHEETS = ("cover", "pairs", "changes", "work")
"""All sheets, in order; the changes may be missing."""

BY = ("county", "unit")
"""What there may be a list of each of."""

MACHINE_COVER = ("by", "code", "language", "plan_digest", "digest")
"""Rows of the cover that tell which list it is.

``by`` is one of `BY` in the words of the language, ``code`` the county's or unit's id, ``language``
the code of the language (``zh`` or ``en``), ``plan_digest`` what `Plan.digest` returns and
``digest`` the same of its problem, 64 hexadecimal digits.
"""

COUNTS = (
    *("pairs", "new", "kept", "ended", "recipients", "missing", "cadres", "units"),
    *("contacts", "visits", "kilometres"),
)
"""Rows of the cover that count; those that do not apply are missing."""

COVER = ("by", "code", "name", "date", "status", *COUNTS, "plan_digest", "digest", "language")
"""Labels of the cover, in order; ``name`` is missing where there is none."""

PAIR_COLUMNS = (
    *("recipient_id", "category", "priority", "household_id", "recipient_area"),
    *("recipient_area_name", "cadre_id", "unit_id", "rank", "cadre_area", "cadre_area_name"),
    *("distance_km", "distance_m", "cost_km", "cost_m", "new_or_kept", "exception", "locked"),
)
"""Columns of the sheet of pairs before those of the answer, as pairs.csv has them."""

ANSWER_COLUMNS = ("answer", "reason", "author")
"""Columns that whoever gets the list fills in; attributes stand before them."""

CHANGE_COLUMNS = (
    *("change", "recipient_id", "category", "recipient_area", "recipient_area_name", "cadre_id"),
    *("unit_id", "cadre_before", "cadre_after", "cause", "why"),
)
"""Columns of the sheet of changes."""

WORK_COLUMNS = ("unit_id", "cadre_id", "pairs", "contacts", "visits", "kilometres")
"""Columns of the sheet of the work of a year; a row without a cadre is the whole unit's."""

CHANGES = ("new", "ended")
"""What became of a pair."""

ANSWERS = ("confirm", "reject")
"""What an answer may be."""

REASONS = (*("refused", "transferred", "retired", "moved", "died", "too_far", "related", "other"),)
"""Reasons that may be chosen; others may be written."""

INDEX = "lists.csv"
"""The file that says which workbook is whose."""

_Say: TypeAlias = Callable[[str, str], str]

_PARTS: Mapping[str, tuple[tuple[str, ...], _Say]] = {
    "sheet": (SHEETS, lambda name, language: named("list_sheet", name, language)),
    "column": (
        (*PAIR_COLUMNS, *ANSWER_COLUMNS, *CHANGE_COLUMNS, *WORK_COLUMNS),
        lambda name, language: named("list_column", name, language),
    ),
    "cover": (COVER, lambda name, language: named("list_cover", name, language)),
    "by": (BY, lambda name, language: named("list_by", name, language)),
    "change": (CHANGES, lambda name, language: named("list_change", name, language)),
    "answer": (ANSWERS, lambda name, language: named("list_answer", name, language)),
    "reason": (REASONS, lambda name, language: named("list_reason", name, language)),
}

PARTS = tuple(_PARTS)
"""Kinds of names: sheets, columns, rows of the cover, what lists are by, changes, and answers."""


def said(part: str, name: str, language: str) -> str:
    """Return how a name of one of `PARTS` is said; an attribute is said as it is."""
    return _PARTS[part][1](name, language)


def meaning(part: str, text: str) -> str | None:
    """Return our name of what somebody has written, in whatever language, None if it is none."""
    return _meanings(part).get(folded_value(text))


@cache
def _meanings(part: str) -> Mapping[str, str]:
    """Return names of one of `PARTS` by how any language says them, as `folded_value` writes it."""
    names, say = _PARTS[part]
    every = [
        (said, name) for name in names for said in (name, *(say(name, one) for one in LANGUAGES))
    ]
    return {folded_value(said): name for said, name in every}
