"""Texts by key and language, with parameters put in."""

from collections.abc import Iterable, Mapping
from string import Formatter

from pairmatch.words.en.names import NAMES
from pairmatch.words.en.texts import ENGLISH
from pairmatch.words.language import Language, Parameters, Value
from pairmatch.words.zh.texts import CHINESE

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "zh": CHINESE}


def say(key: str, parameters: Parameters | None = None, language: str = "en") -> str:
    """Return a text.

    Parameters
    ----------
    key
        Of `Language.texts`.
    parameters
        By the names of the text's placeholders.
    language
        Of `LANGUAGES`.
    """
    words = LANGUAGES[language]
    return _Writer(words, parameters or {}).written(words.texts[key])


def named(part: str, name: str, language: str = "en") -> str:
    """Return how a name of ours is called in a language; one without words is said as it is."""
    return LANGUAGES[language].texts.get(f"{part}.{name}", name)


def place(table: str, column: str | None, language: str = "en") -> str:
    """Return a table or a column of one by its code, and before it as it is called."""
    code = f"{table}.{column}" if column else table
    part, name = ("column", column) if column else ("table", table)
    # fields of a policy or options are no columns
    known = f"table.{table}" in LANGUAGES[language].texts
    return _Writer(LANGUAGES[language], {}).called(part, name, code) if known else code


def listed(names: Iterable[str], language: str = "en") -> str:
    """Return names one after another."""
    return LANGUAGES[language].separator.join(names)


def shown(names: Iterable[str | int], count: int, most: int) -> dict[str, Value]:
    """Return parameters for a list that is cut short: ``names``, and how many ``more`` there are.

    Parameters
    ----------
    names
        In order.
    count
        How many there are.
    most
        How many are shown.
    """
    few = tuple(name for name, _ in zip(names, range(most), strict=False))
    return {"names": few, "more": count - len(few)}


class _Writer(Formatter):
    """Puts the parameters of one text in."""

    def __init__(self, language: Language, parameters: Parameters) -> None:
        self._language, self._parameters = language, parameters

    def written(self, text: str) -> str:
        return self.vformat(text, (), self._parameters)

    def called(self, part: str, name: str, code: str) -> str:
        """Return how a name is called, with its code if that is another."""
        texts = self._language.texts
        said = texts.get(f"{part}.{name}", name)
        if said == name:
            return code
        return _Writer(self._language, {"called": said, "code": code}).written(
            texts["finding.called"]
        )

    def format_field(self, value: Value, format_spec: str) -> str:
        texts = self._language.texts
        if format_spec in ("phrase", "found", "advice", "status"):
            return self.written(texts[f"{format_spec}.{value}"]) if value else ""
        if format_spec == "system":
            return self.written(texts.get(f"system.{value}", texts["system.other"]))
        if format_spec in NAMES:
            return texts.get(f"{format_spec}.{value}", str(value))
        if format_spec == "quoted":
            return self._language.quoted.format(value) if value else ""
        how, _, part = format_spec.partition(":")
        if part and isinstance(value, tuple):
            called = tuple(self.called(part, str(name), str(name)) for name in value)
            return self.format_field(called, how)
        if format_spec in ("list", "all") and isinstance(value, tuple):
            names = self._language.separator.join(map(str, value))
            more = format_spec == "list" and self._parameters.get("more")
            return names + (self.written(texts["phrase.more"]) if more else "")
        return self._language.write(value, format_spec)
