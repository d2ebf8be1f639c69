"""Rows and new values of edits, read and converted as those of any table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import BaseModel

from pairmatch.arrays import IntArray
from pairmatch.errors import Finding
from pairmatch.model.read_limits import ReadLimits
from pairmatch.tables.canonical import canonical, columns_given
from pairmatch.tables.checks import Checker
from pairmatch.tables.findings import Findings
from pairmatch.tables.reading import as_mapping, read_table, valid_table
from pairmatch.tables.schema import Schema
from pairmatch.words import Value

NO_EDIT = 0
"""The number of no edit: edits count from 1."""


@dataclass(frozen=True)
class Place:
    """Where a row comes from: the row, from 1, of an edit, by its number."""

    edit: int
    row: int


@dataclass
class Incoming:
    """A row, or new values, of an edit: by column, in the types of the schema.

    ``failed`` are the columns in which a failure was found; their values are null.
    """

    values: dict[str, Any]
    place: Place
    failed: frozenset[str] = frozenset()


@dataclass
class Sheet:
    """Rows of one table, of one edit or of several that give the same columns.

    Attributes
    ----------
    whole
        Whether they are rows of the table, or new values of some columns.
    rows
        Any table, or mappings.
    places
        Where each row comes from; None where all are of one edit, in its order.
    edit
        The number of the edit, of the first one if there are several.
    """

    schema: Schema
    whole: bool
    rows: Any
    edit: int
    places: list[Place] | None = None
    found: dict[int, list[Incoming]] = field(default_factory=dict)

    def add(self, edit: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of one more edit."""
        self.rows += rows
        if self.places is not None:
            self.places += [Place(edit, row) for row in range(1, len(rows) + 1)]

    def read(self, attributes: Sequence[str], findings: list[Finding]) -> bool:
        """Convert the rows and keep them by edit; add what is wrong, with its place.

        Returns whether they could be read.
        """
        part = Findings()
        table = read_checked(self.rows, self.schema, part, attributes, whole=self.whole)
        count = 0 if table is None else table.num_rows
        places = self.places or [Place(self.edit, row) for row in range(1, count + 1)]
        edit = np.array([place.edit for place in places], dtype=np.int64)
        row = np.array([place.row for place in places], dtype=np.int64)
        for one in part.found:
            findings += placed(one, edit, row, otherwise=self.edit)
        refuse_dropped(part, self.schema, self.edit, findings)
        self.found = {place.edit: [] for place in places}
        if table is None:
            return not part.found
        failed: dict[int, set[str]] = {}
        for column, rows in part.failed(self.schema.name, len(places)).items():
            for at in rows.tolist():
                failed.setdefault(at, set()).add(column)
        # a table without columns has no rows either
        rows_read = table.to_pylist() if table.num_columns else [{} for _ in places]
        for at, (values, place) in enumerate(zip(rows_read, places, strict=True)):
            self.found[place.edit].append(Incoming(values, place, frozenset(failed.get(at, ()))))
        return True


def read_checked(
    rows: Any, schema: Schema, findings: Findings, attributes: Sequence[str], *, whole: bool
) -> pa.Table | None:
    """Return rows in canonical form, or None after adding why they cannot be read."""
    limits = ReadLimits()
    given = read_table(rows, schema, findings, limits)
    raw = None if given is None else valid_table(given, rows, schema, findings, limits)
    if raw is None:
        return None
    if not whole:
        return columns_given(raw, schema, findings, attributes)
    # no rows have no columns to name
    if raw.num_rows == 0 and raw.num_columns == 0:
        return None
    return canonical(raw, schema, findings, attributes)


def checked_alone(table: pa.Table, schema: Schema, findings: Findings) -> None:
    """Run the checks of a whole table that need no other."""
    checker = Checker(table, schema, findings)
    checker.distinct()
    if "lon" in table.column_names:
        checker.coordinates()


def refuse_dropped(part: Findings, schema: Schema, edit: int, findings: list[Finding]) -> None:
    """Refuse columns that a table would drop: an edit is written by hand."""
    names = tuple(column.name for column in schema.columns)
    for note in part.notes:
        if note.code == "dropped_column":
            said: dict[str, Value] = {"given": note.names, "names": names, "edit": edit}
            findings.append(Finding("bad_edit.unknown_column", schema.name, None, said))


def as_rows(given: Any, model: type[BaseModel]) -> list[Mapping[str, Any]] | None:
    """Return rows that are mappings or can be, or None if they are another table."""
    if not isinstance(given, tuple):
        return None
    try:
        rows = [as_mapping(row, model) for row in given]
    except TypeError:
        return None
    return rows if all(isinstance(name, str) for row in rows for name in row) else None


def placed(
    finding: Finding, edit: IntArray, row: IntArray, otherwise: int = NO_EDIT
) -> Iterable[Finding]:
    """Yield a finding about rows of a table as one for each edit that they come from.

    Parameters
    ----------
    edit, row
        Of each row of the table: the number of its edit, 0 for none, and its row there.
    otherwise
        The number of the edit where no row is meant.
    """
    if not finding.rows.shape[0]:
        parameters = {**finding.parameters, **({"edit": otherwise} if otherwise else {})}
        yield replace(finding, parameters=parameters)
        return
    at = finding.rows - 1
    of = edit[at]
    for number in dict.fromkeys(of.tolist()):
        here = at[of == number]
        if number == NO_EDIT:
            yield replace(finding, rows=here + 1)
        else:
            parameters = {**finding.parameters, "edit": number}
            ids = finding.ids if here.shape[0] == at.shape[0] else ()
            yield replace(finding, parameters=parameters, rows=np.sort(row[here]), ids=ids)
