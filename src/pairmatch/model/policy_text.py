"""A policy or a scenario as text: YAML, or JSON, which is YAML."""

import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path as FilePath
from typing import Any, ClassVar, TypeAlias

import yaml

from pairmatch.errors import InputError
from pairmatch.model.documents import POLICY_TEXT, DocumentKind
from pairmatch.model.json_text import json_of
from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import RefusedError, check_file
from pairmatch.model.unreadable import unreadable
from pairmatch.model.yaml_shape import LOADER, check_shape

Path: TypeAlias = tuple[int | str, ...]

_TWICE = "twice"


def read_file(path: str | FilePath, document: DocumentKind = POLICY_TEXT) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        If the file cannot be read as one of UTF-8.
    """
    try:
        # a character takes four bytes at most
        file = check_file(path, max(4 * document.most_characters, document.most_json))
        refuse_other_kinds(file, is_table=False)
        return file.read_text(encoding="utf-8-sig")
    except RefusedError as error:
        why = error
    except UnicodeDecodeError:
        why = RefusedError("bad_encoding.policy")
    except (OSError, ValueError) as error:
        why = unreadable(error)
    raise InputError([why.finding(document.table)])


def read_text(text: str, document: DocumentKind = POLICY_TEXT) -> Any:
    """Return what a text of YAML holds.

    Raises
    ------
    InputError
        Naming the line where it breaks, and nothing that stands there.
    """
    found = json_of(text, document)
    if found is not None:
        return found
    try:
        check_shape(text, document)
        return yaml.load(text, _CoreSchema if document.core_schema else _OnceOnly)  # noqa: S506  # safe loaders
    except RefusedError as error:
        why = error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        is_twice = getattr(error, "problem", None) == _TWICE
        line = {} if mark is None else {"line": mark.line + 1}
        kind = f"{document.code}.twice" if is_twice else f"{document.code}.yaml"
        why = RefusedError(kind, **line)
    except (ValueError, RecursionError):
        # dates that do not exist, and brackets without end
        why = RefusedError(f"{document.code}.brackets")
    raise InputError([why.finding(document.table)])


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


class _CoreSchema(_OnceOnly):
    """YAML whose plain scalars are what the core schema of YAML 1.2 says, with no leading zeros.

    The rules of YAML 1.1 make the number 7 of 007 and 5,400 of 1:30:00; ids would be lost. What is
    a number here is one there too, so that text which needs quotes here is written with quotes;
    this is why a fraction must have its point.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    (
        "float",
        r"(?:[-+]?(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?",
        list("-+.0123456789"),
    ),
):
    _CoreSchema.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first
    )
