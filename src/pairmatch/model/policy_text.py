"""A policy as text: YAML, or JSON, which is YAML."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeAlias

import yaml

from pairmatch.errors import InputError
from pairmatch.model.read_limits import RefusedError
from pairmatch.model.yaml_shape import LOADER, check_shape

Path: TypeAlias = tuple[int | str, ...]

_TWICE = "bad_policy.twice"


def read_text(text: str) -> Any:
    """Return what a text of YAML holds.

    Raises
    ------
    InputError
        Naming the line where it breaks, and nothing that stands there.
    """
    try:
        check_shape(text)
        return yaml.load(text, _OnceOnly)  # noqa: S506  # a safe loader
    except RefusedError as error:
        why = error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        is_twice = getattr(error, "problem", None) == _TWICE
        line = {} if mark is None else {"line": mark.line + 1}
        why = RefusedError(_TWICE if is_twice else "bad_policy.yaml", **line)
    except (ValueError, RecursionError):
        # dates that do not exist, and brackets without end
        why = RefusedError("bad_policy.brackets")
    raise InputError([why.finding("policy")])


class TextLines:
    """Lines of the fields of a text that could be read; it is parsed when first asked."""

    def __init__(self, text: str) -> None:
        self._root = cache(lambda: yaml.compose(text, LOADER))

    def line_of(self, path: Path) -> int | None:
        """Return the line, from 1, of the field or entry at a path, or of what holds it."""
        node = self._root()
        if node is None:
            return None
        line = node.start_mark.line
        for part in path:
            found = _within(node, part)
            if found is None:
                break
            line, node = found
        return int(line) + 1


def _within(node: yaml.Node, part: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        inner = node.value[part]
        return inner.start_mark.line, inner
    if isinstance(node, yaml.MappingNode):
        for name, inner in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value == str(part):
                return name.start_mark.line, inner
    return None


class _OnceOnly(LOADER):  # type: ignore[misc]  # of the two, the one there is
    """YAML in which a field that is given twice is an error: the first would go unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  # the signature is yaml's
        seen: set[object] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        problem=_TWICE, problem_mark=key.start_mark
                    )
                seen.add(key.value)
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return made
