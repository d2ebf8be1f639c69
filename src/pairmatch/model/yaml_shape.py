"""A look at a text of YAML before anything is made of it: small, flat and without aliases.

A parser goes through a text once. What is made afterwards may be large beyond measure (an alias of
an alias of an alias), deeper than the stack, or take the square of the text's length.
"""

from typing import Any

import yaml

MOST_CHARACTERS = 1_000_000
_MOST_NODES = 10_000
_MOST_NESTED = 20
_LONGEST_VALUE = 1_000

# the parser in C where it was built, which is a hundred times as fast
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ShapeError(Exception):
    """A text that is YAML, and more than a policy can be.

    Attributes
    ----------
    problem, advice
        What was found, and what to do.
    line
        Counted from 1; None where the whole text is meant.
    """

    def __init__(self, problem: str, line: int | None, advice: str) -> None:
        self.problem, self.line, self.advice = problem, line, advice
        super().__init__(problem)


def check_shape(text: str) -> None:
    """Refuse a text with aliases, too deep, too long or with too many entries; in linear time.

    Raises
    ------
    ShapeError
        With the line.
    yaml.YAMLError
        If it is no YAML.
    """
    if len(text) > MOST_CHARACTERS:
        raise ShapeError(
            f"a text of more than {MOST_CHARACTERS:,} characters", None, "give the policy alone"
        )
    nested = nodes = 0
    for event in yaml.parse(text, LOADER):
        line = 1 + getattr(event.start_mark, "line", 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ShapeError("an anchor or an alias", line, "write out what it stands for")
        nested += isinstance(event, yaml.CollectionStartEvent)
        nested -= isinstance(event, yaml.CollectionEndEvent)
        if nested > _MOST_NESTED:
            raise ShapeError(
                f"brackets in brackets, more than {_MOST_NESTED} deep", line, "a policy is flat"
            )
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _MOST_NODES:
            raise ShapeError(f"more than {_MOST_NODES:,} entries", line, "give the policy alone")
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > _LONGEST_VALUE:
            raise ShapeError(
                f"a value of more than {_LONGEST_VALUE:,} characters", line, "give a shorter one"
            )
