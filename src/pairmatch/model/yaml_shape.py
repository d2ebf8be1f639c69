"""A look at a text of YAML before anything is made of it: small, flat and without aliases.

A parser goes through a text once. What is made afterwards may be large beyond measure (an alias of
an alias of an alias), deeper than the stack, or take the square of the text's length.
"""

from typing import Any

import yaml

from pairmatch.model.read_limits import RefusedError

MOST_CHARACTERS = 1_000_000
_MOST_NODES = 10_000
_MOST_NESTED = 20
_LONGEST_VALUE = 1_000

# the parser in C where it was built, which is a hundred times as fast
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_shape(text: str) -> None:
    """Refuse a text with aliases, too deep, too long or with too many entries; in linear time.

    Raises
    ------
    RefusedError
        With the line.
    yaml.YAMLError
        If it is no YAML.
    """
    if len(text) > MOST_CHARACTERS:
        raise RefusedError("bad_policy.long_text", most=MOST_CHARACTERS)
    nested = nodes = 0
    for event in yaml.parse(text, LOADER):
        line = 1 + getattr(event.start_mark, "line", 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError("bad_policy.alias", line=line)
        nested += isinstance(event, yaml.CollectionStartEvent)
        nested -= isinstance(event, yaml.CollectionEndEvent)
        if nested > _MOST_NESTED:
            raise RefusedError("bad_policy.deep", most=_MOST_NESTED, line=line)
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _MOST_NODES:
            raise RefusedError("bad_policy.entries", most=_MOST_NODES, line=line)
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST_VALUE:
            raise RefusedError("bad_policy.long_value", most=_LONGEST_VALUE, line=line)
