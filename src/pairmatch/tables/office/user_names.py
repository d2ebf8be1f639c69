"""A user's own names of tables, columns and values: ``columns.yaml`` in the folder that is read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pairmatch.errors import Finding, InputError, Source
from pairmatch.model.documents import DocumentKind
from pairmatch.model.labels import is_short_name
from pairmatch.model.near_names import nearest
from pairmatch.model.places import AREA_LEVELS, UNIT_LEVELS
from pairmatch.model.policy import Policy
from pairmatch.model.policy_text import Path as FieldPath
from pairmatch.model.policy_text import TextLines, read_file, read_text
from pairmatch.model.shown_names import listed, may_be_shown
from pairmatch.model.wide_signs import read_as_meant
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.synonyms import COLUMNS, TABLES
from pairmatch.tables.office.vocabulary import Vocabulary, folded_name, folded_value
from pairmatch.tables.personal_columns import is_personal_column
from pairmatch.words import Value

FILES = ("columns.yaml", "columns.yml")
"""How the file may be called."""

TEXT = DocumentKind("bad_columns", "columns", 1_000_000, 20_000, core_schema=True)
_PARTS = ("tables", "columns", "values")
_KINDS = {"ranks": "rank", "categories": "category", "levels": "area_level"}
_LONGEST = 64
_STANDARD = Vocabulary.standard()


@dataclass(frozen=True)
class UserNames:
    """What a user's file says.

    Attributes
    ----------
    names
        What each name means: of tables, of columns by table, of values by kind.
    ranks, categories
        Those that are named in the file, each with its line.
    """

    names: Vocabulary = field(default_factory=lambda: Vocabulary({}, {}, {}, {}))
    ranks: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_file(cls, path: Path) -> "UserNames":
        """Read a file.

        Raises
        ------
        InputError
            With everything that is wrong.
        """
        return cls.from_yaml(read_file(path, TEXT))

    @classmethod
    def from_yaml(cls, text: str) -> "UserNames":
        """Read names from YAML.

        Raises
        ------
        InputError
            With everything that is wrong.
        """
        return read_as_meant(text, _read)[0]

    def check(self, policy: Policy) -> list[Finding]:
        """Return a finding for each rank and category that a policy does not have."""
        return [
            Finding(kind, TEXT.table, path, {**listed(known), "line": line})
            for kind, path, names, known in (
                ("bad_columns.unknown_rank", "values.ranks", self.ranks, policy.ranks),
                (
                    "bad_columns.unknown_category",
                    "values.categories",
                    self.categories,
                    policy.categories,
                ),
            )
            for name, line in names.items()
            if name not in known
        ]


def _read(text: str) -> UserNames:
    reader = _Reader(TextLines(text))
    found = reader.read(read_text(text, TEXT))
    if reader.findings:
        raise InputError(reader.findings)
    return found


class _Reader:
    """Goes through the fields of a text and collects what is wrong."""

    def __init__(self, lines: TextLines) -> None:
        self.findings: list[Finding] = []
        self._lines = lines

    def read(self, data: object) -> UserNames:
        root = self._fields(data, (), _PARTS)
        tables = self._group(root.get("tables"), ("tables",), TABLES, _STANDARD.tables)
        columns = {
            table: self._group(one, ("columns", table), COLUMNS[table], _STANDARD.columns[table])
            for table, one in self._fields(root.get("columns"), ("columns",), COLUMNS).items()
        }
        values: dict[str, dict[str, str]] = {}
        own: dict[str, dict[str, int]] = {}
        for part, given in self._fields(root.get("values"), ("values",), _KINDS).items():
            kind, path = _KINDS[part], ("values", part)
            allowed = AREA_LEVELS if part == "levels" else None
            values[kind] = self._group(given, path, allowed, _STANDARD.values[kind])
            names = given if isinstance(given, Mapping) else {}
            own[part] = {str(name): self._lines.line_of((*path, name)) or 0 for name in names}
        levels = values.get("area_level", {})
        values["unit_level"] = {name: one for name, one in levels.items() if one in UNIT_LEVELS}
        return UserNames(
            Vocabulary(tables, columns, {}, values),
            own.get("ranks", {}),
            own.get("categories", {}),
        )

    def _group(
        self,
        data: object,
        path: tuple[str, ...],
        allowed: Collection[str] | None,
        standard: Mapping[str, str],
    ) -> dict[str, str]:
        """Return what the names of one group mean; none of them may mean two things."""
        fold = folded_value if path[0] == "values" else folded_name
        means: dict[str, str] = {}
        for thing, given in self._fields(data, path, allowed).items():
            for at, name in self._names(given, (*path, thing)):
                short = fold(name)
                if is_personal_column(name) and path[0] == "columns":
                    self._wrong("bad_columns.personal_name", (*path, thing, at))
                elif standard.get(short, thing) != thing or means.setdefault(short, thing) != thing:
                    self._wrong("bad_columns.two_meanings", (*path, thing, at))
        return means

    def _fields(
        self, data: object, path: FieldPath, allowed: Collection[str] | None
    ) -> dict[str, object]:
        """Return the fields of a part; where any are ``allowed``, others are wrong."""
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self._wrong("bad_columns.mapping" if path else "bad_columns.no_fields", path)
            return {}
        fields: dict[str, object] = {}
        for name, value in data.items():
            if not isinstance(name, str):
                self._wrong("bad_columns.text", (*path, name))
            elif allowed is not None and name not in allowed:
                near = nearest(name, allowed) if len(name) <= _LONGEST else None
                said = {"perhaps": "perhaps" if near else "", "nearest": near or ""}
                self._wrong(
                    "bad_columns.unknown_field", (*path, name), fields=tuple(allowed), **said
                )
            else:
                fields[name] = value
        return fields

    def _names(self, data: object, path: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """Yield the names in a list, or the only one, with where each stands."""
        given = data if isinstance(data, list) else [data]
        for at, name in enumerate(given):
            if not isinstance(name, str):
                self._wrong("bad_columns.text", (*path, at))
            elif not is_short_name(name):
                self._wrong("bad_columns.label", (*path, at), most=_LONGEST)
            else:
                yield at, name

    def _wrong(self, kind: str, path: FieldPath, **parameters: Value) -> None:
        line = self._lines.line_of(path)
        where = {"line": line} if line else {}
        shown = ".".join(_shown(path)) or None
        self.findings.append(Finding(kind, TEXT.table, shown, {**parameters, **where}))


def _shown(path: Iterable[int | str]) -> Iterator[str]:
    """Yield the parts of a path up to the first that may not be shown."""
    for part in path:
        if isinstance(part, str) and not may_be_shown(part):
            return
        yield str(part)


def user_names_of(where: Path, findings: Findings) -> UserNames:
    """Return a user's own names, none where there is no file or after adding what is wrong."""
    names = [name for name in FILES if (where / name).is_file()]
    if len(names) > 1:
        findings.table("two_files", TEXT.table, count=len(names), names=tuple(names))
    for name in names[:1]:
        try:
            return UserNames.from_file(where / name)
        except InputError as error:
            findings.found.extend(replace(one, source=Source(name)) for one in error.findings)
    return UserNames()
