"""How a policy calls its ranks and categories, and the levels of areas, in Chinese and English."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from pairmatch.errors import check_language
from pairmatch.model.near_names import folded
from pairmatch.model.personal_numbers import holds_personal_number
from pairmatch.model.places import AreaLevel
from pairmatch.model.policy_errors import wrong
from pairmatch.model.quoting_nothing import QuotingNothing
from pairmatch.words import named

_LONGEST = 64


def is_short_name(text: str) -> bool:
    """Tell whether a text can be a name: short, to be seen, and without a number of a person."""
    seen = bool(folded(text)) and text.isprintable()
    return seen and len(text) <= _LONGEST and not holds_personal_number(text)


def _short_name(text: str) -> str:
    if not is_short_name(text):
        raise wrong("label", most=_LONGEST)
    return text


_Name = Annotated[str, AfterValidator(_short_name)]


class Label(QuotingNothing):
    """A name in each language; the common one, or else the name in the policy, where it is None."""

    zh: _Name | None = None
    en: _Name | None = None


def _telling_apart(labels: dict[str, Label]) -> dict[str, Label]:
    means: dict[str, str] = {folded(name): name for name in labels}
    for name, label in labels.items():
        for text in (label.zh, label.en):
            if text is not None and means.setdefault(folded(text), name) != name:
                raise wrong("repeated")
    return labels


_TellingApart = AfterValidator(_telling_apart)


class LabelsPolicy(QuotingNothing):
    """Names in reports, which are understood in tables read as well."""

    ranks: Annotated[dict[str, Label], _TellingApart] = Field(default_factory=dict)
    categories: Annotated[dict[str, Label], _TellingApart] = Field(default_factory=dict)
    levels: Annotated[dict[AreaLevel, Label], _TellingApart] = Field(default_factory=dict)

    def rank(self, name: str, language: str = "en") -> str:
        """Return how a rank is called in a language."""
        check_language(language)
        return _own(self.ranks, name, language) or named("rank", name, language)

    def category(self, name: str, language: str = "en") -> str:
        """Return how a category is called in a language."""
        check_language(language)
        return _own(self.categories, name, language) or named("category", name, language)

    def level(self, name: str, language: str = "en") -> str:
        """Return how a level of areas or units is called in a language."""
        check_language(language)
        return _own(self.levels, name, language) or named("area_level", name, language)


COMMON_LABELS = LabelsPolicy()
"""No names of one's own: ranks, categories and levels are called as is common."""


def _own(labels: Mapping[Any, Label], name: str, language: str) -> str | None:
    label = labels.get(name)
    if label is None:
        return None
    return label.zh if language == "zh" else label.en
