"""A workbook to fill in: a sheet for each table, and one that explains every column.

Its names are those that the reader knows, its ids are text, and its example rows are such that the
reader passes over them: filled in, it is read without a repair.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pairmatch.errors import check_language
from pairmatch.model.places import AREA_LEVELS, UNIT_LEVELS
from pairmatch.model.policy import Policy
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.schema import SCHEMAS, Column, Schema
from pairmatch.words import say
from pairmatch.workbooks.files import write_workbook_file
from pairmatch.workbooks.sheets import CellValue, Marks, SheetColumn, new_workbook

_NEEDED = ("cadres", "recipients")
_EXAMPLE_COLOUR = "#FFF2CC"
_TABLE_COLOUR = "#EDEDED"
_NUMBERS = ("integer", "number")

# what stands in the example rows; keys of the table begin with what marks an example
_LIKE: Mapping[str, CellValue] = {
    "cadre_id": "G001",
    "recipient_id": "D001",
    "unit_id": "U001",
    "household_id": "H001",
    "lead_unit_id": "U002",
    "author": "A01",
    "area": "620102",
    "parent": "620100",
    "sponsors": "620102;620121",
    "lon": 103.82,
    "lat": 36.06,
    "capacity": 2,
    "min_load": 0,
    "demand": 1,
    "priority": 1,
    "extra_km": -5,
}
_IF_EMPTY: Mapping[str, str] = {
    "cadres.area": "area_of_unit",
    "cadres.lon": "place_of_area",
    "cadres.lat": "place_of_area",
    "cadres.capacity": "most_of_policy",
    "recipients.lon": "place_of_area",
    "recipients.lat": "place_of_area",
    "recipients.household_id": "alone",
    "units.sponsors": "nobody_sponsors",
    "areas.lon": "place_above",
    "areas.lat": "place_above",
}
_WIDTHS = (12, 16, 10, 88, 22, 26)


def write_template(path: str | Path, *, language: str = "zh", policy: Policy | None = None) -> None:
    """Write a workbook to fill in, whole or not at all.

    Parameters
    ----------
    path
        The .xlsx file to make.
    language
        ``"zh"`` or ``"en"``: of names, explanations and choices. The reader takes both.
    policy
        Whose ranks and categories may be chosen; the default policy if None.

    Raises
    ------
    OptionError
        If there is no such language, or the package that writes workbooks is not installed.
    PlanFileError
        If there is such a file already, or the disk refuses.
    """
    check_language(language)
    where = Path(path)

    def write(aside: Path) -> None:
        _Template(language, policy or Policy()).write(aside, where.name)

    write_workbook_file(where, write)


class _Template:
    """The words and choices of one workbook."""

    def __init__(self, language: str, policy: Policy) -> None:
        self._language, self._policy = language, policy
        self._vocabulary = Vocabulary.standard()
        labels = policy.labels
        self._choices = {
            ("cadres", "rank"): [labels.rank(name, language) for name in policy.ranks],
            ("recipients", "category"): [
                labels.category(name, language) for name in policy.categories
            ],
            ("units", "level"): [labels.level(name, language) for name in UNIT_LEVELS],
            ("areas", "level"): [labels.level(name, language) for name in AREA_LEVELS],
        }

    def write(self, path: Path, file: str) -> None:
        """Write the workbook, which says of itself that it is called ``file``."""
        with new_workbook(path) as book:
            names = ("sheet", "column", "need", "use", "default", "like")
            columns = [
                SheetColumn(self._say(name), width=width)
                for name, width in zip(names, _WIDTHS, strict=True)
            ]
            rows = list(self._explained())
            whole = frozenset(range(len(_WIDTHS)))
            tables = Marks({at: whole for at, row in enumerate(rows) if not row[1]}, _TABLE_COLOUR)
            book.add_sheet(
                self._say("read_me"),
                columns,
                rows,
                [tables],
                above=self._heading(file),
                wraps=True,
            )
            for schema in SCHEMAS:
                columns = [self._column(schema, column) for column in schema.columns]
                row = [self._like(schema, column) for column in schema.columns]
                example = Marks({0: frozenset(range(len(row)))}, _EXAMPLE_COLOUR)
                book.add_sheet(self._name("tables", schema.name), columns, [row], [example])

    def _heading(self, file: str) -> list[str]:
        needed = tuple(self._name("tables", name) for name in _NEEDED)
        return [
            self._say("title", file=file),
            self._say("needed", needed=needed),
            self._say("never"),
            self._say("ids"),
            self._say("examples", example=self._say("example")),
        ]

    def _explained(self) -> Iterator[Sequence[CellValue]]:
        """Yield a row for each table and for each of its columns."""
        for schema in SCHEMAS:
            table = self._name("tables", schema.name)
            need = "required" if schema.name in _NEEDED else "optional"
            use = say(f"table_use.{schema.name}", language=self._language)
            yield table, None, self._say(need), use, None, None
            for column in schema.columns:
                like = self._like(schema, column)
                yield (
                    table,
                    self._name(schema.name, column.name),
                    self._say("required" if column.filled else "optional"),
                    self._use(schema, column),
                    None if column.filled else self._if_empty(schema, column),
                    None if like is None else str(like),
                )

    def _column(self, schema: Schema, column: Column) -> SheetColumn:
        said = {
            "use": self._use(schema, column),
            "like": str(self._like(schema, column)),
            "default": self._if_empty(schema, column),
        }
        key = "header_required" if column.filled else "header_optional"
        if column.filled:
            del said["default"]
        return SheetColumn(
            self._name(schema.name, column.name),
            is_text=column.kind not in _NUMBERS,
            explained=self._say(key, **said),
            choices=tuple(self._choices.get((schema.name, column.name), ())),
            is_required=column.filled,
        )

    def _use(self, schema: Schema, column: Column) -> str:
        use = say(f"column_use.{schema.name}.{column.name}", language=self._language)
        choices = self._choices.get((schema.name, column.name))
        return use + self._say("choose", names=tuple(choices)) if choices else use

    def _if_empty(self, schema: Schema, column: Column) -> str:
        kind = _IF_EMPTY.get(f"{schema.name}.{column.name}", "nothing")
        number = column.default
        if kind == "nothing" and number is not None:
            return say("if_empty.number", {"number": number}, self._language)
        most = self._policy.load.default_capacity
        said = {"most": most} if kind == "most_of_policy" else {}
        return say(f"if_empty.{kind}", said, self._language)

    def _like(self, schema: Schema, column: Column) -> CellValue:
        """Return what stands in the example row."""
        choices = self._choices.get((schema.name, column.name))
        if choices:
            # of areas a county, which the code is one of; else the last but one
            return choices[2] if schema.name in ("units", "areas") else choices[-1]
        if column.name in ("reason", "name"):
            return self._say(f"like_{column.name}")
        value = _LIKE[column.name]
        return f"{self._say('example')}{value}" if column.name in schema.key else value

    def _name(self, group: str, name: str) -> str:
        return self._vocabulary.standard_name(group, name, self._language)

    def _say(self, key: str, **parameters: str | tuple[str, ...]) -> str:
        return say(f"workbook.{key}", parameters, self._language)
