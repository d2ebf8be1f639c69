"""What a language consists of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = int | float | str | tuple[str | int, ...]
Parameters: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Language:
    """All texts of one language; every language has the same keys, with the same placeholders.

    A placeholder is ``{name}`` or ``{name:how}``. Some ways of writing are the same in every
    language:

    * ``{name:phrase}``: the text ``phrase.X``, where X is the parameter's value; nothing if that
      is empty. It may have placeholders of its own.
    * ``{name:found}``, ``{name:advice}``, ``{name:status}``: the same of a kind of finding, of a
      status.
    * ``{name:system}``: what the system gave as a reason, by the name of its error.
    * ``{name:rank}`` and the like, a part of ``NAMES``: how a name of ours is called; any other
      name is said as it is.
    * ``{name:list}``: names one after another; the parameter ``more`` says how many are left out.
    * ``{name:all}``: the same of a list that is not cut short.
    * ``{name:list:rank}`` and the like: names of ours, each as it is called, with its code.
    * ``{name:quoted}``: the value in quotes and brackets; nothing if it is empty.

    Attributes
    ----------
    texts
        By key: a part, a point and a name. Of a kind of finding, what was found is
        ``found.KIND`` and what to do is ``advice.KIND``.
    write
        Writes a value in any other way, as the language wants numbers and nouns.
    separator
        Between the names of a list.
    quoted
        Puts a value in quotes and brackets, behind what stands before.
    """

    texts: Mapping[str, str]
    write: Callable[[Value, str], str]
    separator: str
    quoted: str


def flat(
    findings: Mapping[str, tuple[str, str]],
    names: Mapping[str, Mapping[str, str]],
    **parts: Mapping[str, str],
) -> dict[str, str]:
    """Return all texts of a language by key.

    Parameters
    ----------
    findings
        What was found and what to do, by kind.
    names
        Names of ours by part.
    parts
        All other texts by part.
    """
    found = {kind: words[0] for kind, words in findings.items()}
    advice = {kind: words[1] for kind, words in findings.items()}
    every = {"found": found, "advice": advice, **names, **parts}
    return {f"{part}.{key}": text for part, texts in every.items() for key, text in texts.items()}
