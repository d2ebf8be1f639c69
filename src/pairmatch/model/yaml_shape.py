"""A look at a text of YAML before anything is made of it: small, flat and without aliases.

A parser goes through a text once. What is made afterwards may be large beyond measure (an alias of
an alias of an alias), deeper than the stack, or take the square of the text's length.
"""

from typing import Any

import yaml

from pairmatch.model.documents import POLICY_TEXT, DocumentKind
from pairmatch.model.read_limits import RefusedError

_MOST_NESTED = 20
_LONGEST_VALUE = 1_000

# the parser in C where it was built, which is a hundred times as fast
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_shape(text: str, document: DocumentKind = POLICY_TEXT) -> None:
    """Refuse a text with aliases, too deep, too long or with too many entries; in linear time.

    Raises
    ------
    RefusedError
        With the line.
    yaml.YAMLError
        If it is no YAML.
    """
    code = document.code
    if len(text) > document.most_characters:
        raise RefusedError(f"{code}.long_text", most=document.most_characters)
    nested = nodes = 0
    for event in yaml.parse(text, LOADER):
        line = 1 + getattr(event.start_mark, "line", 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError(f"{code}.alias", line=line)
        nested += isinstance(event, yaml.CollectionStartEvent)
        nested -= isinstance(event, yaml.CollectionEndEvent)
        if nested > _MOST_NESTED:
            raise RefusedError(f"{code}.deep", most=_MOST_NESTED, line=line)
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > document.most_nodes:
            raise RefusedError(f"{code}.entries", most=document.most_nodes, line=line)
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST_VALUE:
            raise RefusedError(f"{code}.long_value", most=_LONGEST_VALUE, line=line)
