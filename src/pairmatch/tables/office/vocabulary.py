"""Which table, column or value a name means, whoever wrote it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from pairmatch.model.labels import Label
from pairmatch.model.places import AREA_LEVELS, UNIT_LEVELS
from pairmatch.model.policy import Policy
from pairmatch.tables.office.synonyms import ANSWERS, COLUMNS, RETURNED, TABLES, Names
from pairmatch.tables.office.value_synonyms import KINDS, VALUES

_Meanings = Mapping[str, str]

_BRACKETS = re.compile(r"[(\[{<【〔《「][^()\[\]{}<>【】〔〕《》「」]*[)\]}>】〕》」]")
# what stands around the name of a table: a year, the office that keeps it, a date, a version
_BEFORE_TABLE = re.compile(
    r"(?:20\d\d(?:年度?)?)?(?:[\u4e00-\u9fff]{1,11}(?:省|市|州|县|区|旗|乡|镇|街道|局|委|办))?"
)
_BEHIND_TABLE = re.compile(r"(?:20\d\d年度?)?(?:v?\d{1,8})?(?:副本|最新|最终|终稿)?")


def folded_value(text: str) -> str:
    """Return a value without case, width, blanks and punctuation; signs alone stay."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in wide if letter.isalnum()) or "".join(wide.split())


@lru_cache(maxsize=4096)
def folded_name(text: str) -> str:
    """Return a name without these, and without what stands in brackets, such as a unit."""
    return folded_value(without_brackets(text)) or folded_value(text)


def without_brackets(text: str) -> str:
    """Return a name without what stands in brackets, and without blanks around it."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", text)).strip()


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What names mean, by name as `folded_name` and `folded_value` return it.

    Attributes
    ----------
    tables
        Tables and the policy.
    columns
        By table.
    loose
        By table, names that mean a column only where no other name does.
    values
        By kind: ``rank``, ``category``, ``unit_level``, ``area_level``, ``yes_no``, ``answer``.
    """

    tables: _Meanings
    columns: Mapping[str, _Meanings]
    loose: Mapping[str, _Meanings]
    values: Mapping[str, _Meanings]

    @classmethod
    def standard(cls) -> "Vocabulary":
        """Return the names that are always understood."""
        return _standard()

    def table_of(self, name: str) -> str | None:
        """Return the table that the name of a file or sheet means, or ``policy``.

        A year, an office and a date may stand around it: 2026年红崖县干部名册.
        """
        short = folded_name(name)
        for rest in (short, *(short.removesuffix(end) for end in _ends(short))):
            for start in _starts(rest):
                if rest[start:] in self.tables:
                    return self.tables[rest[start:]]
        return None

    def column_of(self, table: str, header: str) -> str | None:
        """Return the column of a table that a header means."""
        short = folded_name(header)
        return self.columns[table].get(short) or self.loose[table].get(short)

    def is_loose(self, table: str, header: str) -> bool:
        """Tell whether a header means a column only where no other header does."""
        short = folded_name(header)
        return short not in self.columns[table] and short in self.loose[table]

    def value_of(self, kind: str, text: str) -> str | None:
        """Return our name of a value."""
        return self.values[kind].get(folded_value(text))

    def kind_of(self, table: str, column: str) -> str | None:
        """Return the kind of a column's values if they have names, else None."""
        return KINDS.get((table, column))

    def standard_name(self, group: str, name: str, language: str) -> str:
        """Return the first of the documented names of a thing.

        Parameters
        ----------
        group
            ``tables``, a table (for its columns) or a kind of values.
        name
            Ours, of a table, column or value.
        language
            ``zh`` or ``en``; in English tables and columns are called as they are here.
        """
        if language != "zh":
            return name
        groups: Mapping[str, Mapping[str, Names]] = {"tables": TABLES, **COLUMNS, **VALUES}
        names = groups[group].get(name)
        return name if names is None else names.chinese[0]

    def with_user(self, user: "Vocabulary") -> "Vocabulary":
        """Return the vocabulary with a user's own names, which may take over loose ones."""
        own = user.columns
        return Vocabulary(
            {**self.tables, **user.tables},
            {table: {**names, **own.get(table, {})} for table, names in self.columns.items()},
            self.loose,
            {kind: {**names, **user.values.get(kind, {})} for kind, names in self.values.items()},
        )

    def with_labels(self, policy: Policy) -> "Vocabulary":
        """Return the vocabulary of a policy's own ranks and categories.

        What is documented as a name of a common rank that the policy does not have means the
        policy's one rank with a name of that kind: 正厅级 is a 厅级 of a policy with that rank.
        """
        labels = policy.labels
        found: dict[str, _Meanings] = {
            "rank": _of_policy(self.values["rank"], policy.ranks, labels.ranks),
            "category": _of_policy(self.values["category"], policy.categories, labels.categories),
        }
        for kind, levels in (("area_level", AREA_LEVELS), ("unit_level", UNIT_LEVELS)):
            own = {name: labels.levels[name] for name in levels if name in labels.levels}
            found[kind] = _of_policy(self.values[kind], levels, own)
        return replace(self, values={**self.values, **found})


def _of_policy(
    meanings: _Meanings, names: Iterable[str], labels: Mapping[Any, Label]
) -> dict[str, str]:
    """Return what names mean in a policy with values of these names and labels, and no others.

    Its own names go before its labels, and these before what is common.
    """
    exact = {folded_value(name): name for name in names}
    means: dict[str, list[str]] = {}
    for short, name in exact.items():
        means.setdefault(meanings.get(short, name), []).append(name)
    one = {common: own[0] for common, own in means.items() if len(own) == 1}
    taken = {short: one[common] for short, common in meanings.items() if common in one}
    labelled = {
        folded_value(text): name
        for name, label in labels.items()
        for text in (label.zh, label.en)
        if text is not None
    }
    return taken | labelled | exact


def _ends(name: str) -> list[str]:
    """Return what may stand behind the name of a table, the longest first."""
    return [
        name[at:]
        for at in range(max(0, len(name) - 16), len(name))
        if _BEHIND_TABLE.fullmatch(name, at)
    ]


def _starts(name: str) -> list[int]:
    """Return where the name of a table may start, the first first."""
    return [at for at in range(len(name)) if _BEFORE_TABLE.fullmatch(name, 0, at)]


@cache
def _standard() -> Vocabulary:
    columns = {**COLUMNS, ANSWERS: RETURNED}
    return Vocabulary(
        _meanings(TABLES, "every"),
        {table: _meanings(names, "every") for table, names in columns.items()},
        {table: _meanings(names, "loose") for table, names in columns.items()},
        {
            kind: {folded_value(one): name for name, known in names.items() for one in known.every}
            for kind, names in VALUES.items()
        },
    )


def _meanings(things: Mapping[str, Names], which: str) -> dict[str, str]:
    return {
        folded_name(one): name for name, names in things.items() for one in getattr(names, which)
    }
