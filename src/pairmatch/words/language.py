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
    * ``{name:found}``, ``{name:advice}``: the same of a kind of finding.
    * ``{name:list}``: names one after another; the parameter ``more`` says how many are left out.
    * ``{name:all}``: the same of a list that is not cut short.
    * ``{name:quoted}``: a space and the value in quotes and brackets; nothing if it is empty.

    Attributes
    ----------
    texts
        By key: a part, a point and a name. Of a kind of finding, what was found is
        ``found.KIND`` and what to do is ``advice.KIND``.
    write
        Writes a value in any other way, as the language wants numbers and nouns.
    """

    texts: Mapping[str, str]
    write: Callable[[Value, str], str]
