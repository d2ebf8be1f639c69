"""Each edit staged over the tables, in their order; what is wrong is collected with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from pairmatch.errors import Finding
from pairmatch.model import edits as of
from pairmatch.model.policy import Policy
from pairmatch.tables.edits.removal import (
    close_area,
    known_area,
    remove_areas,
    remove_people,
    remove_units,
)
from pairmatch.tables.edits.rows import Incoming, Place, Sheet, as_rows
from pairmatch.tables.edits.set_policy import Fields, set_fields
from pairmatch.tables.edits.staged import Fresh, Staged, schema_of
from pairmatch.tables.personal import citable
from pairmatch.tables.schema import CURRENT, Schema
from pairmatch.words import Value

_Rows: TypeAlias = of.AddCadres | of.AddRecipients | of.AddUnits | of.AddAreas
_Changes: TypeAlias = of.ChangeCadres | of.ChangeRecipients | of.ChangeUnits | of.ChangeAreas
_Removals: TypeAlias = of.RemoveCadres | of.RemoveRecipients | of.RemoveUnits | of.RemoveAreas
_PairEdits: TypeAlias = of.LockPairs | of.UnlockPairs | of.BanPairs | of.UnbanPairs | of.AdjustPairs
_IDS_SHOWN = 5
_TABLE = {
    "lock": "locks",
    "unlock": "locks",
    "ban": "bans",
    "unban": "bans",
    "adjust": "adjustments",
}


class Applier:
    """Stages edits.

    Attributes
    ----------
    findings
        What is wrong so far.
    fields
        The policy's fields, once an edit sets one.
    incomplete
        Tables of which not all new rows could be read, so that nothing can be said of ids that
        are not there.
    """

    def __init__(
        self, staged: Staged, policy: Policy, attributes: Sequence[str], findings: list[Finding]
    ) -> None:
        self.staged, self.findings = staged, findings
        self.fields: Fields | None = None
        self.incomplete: set[str] = set()
        self._policy = policy
        self._attributes = {
            name: [one for one in attributes if one in staged.tables[name].base.column_names]
            for name in staged.tables
        }
        self._sheets: dict[int, Sheet] = {}

    def read(self, edits: Mapping[int, of.Edit]) -> None:
        """Convert all rows and new values; edits of a kind that give the same columns at once."""
        together: dict[tuple[object, ...], Sheet] = {}
        for number, edit in edits.items():
            schema = _schema_of(edit)
            if schema is not None:
                self._sheets[number] = self._sheet(number, edit, schema, together)
        for sheet in {id(sheet): sheet for sheet in self._sheets.values()}.values():
            name = sheet.schema.name
            if not sheet.read(self._attributes[name], self.findings) and sheet.whole:
                self.incomplete.add(name)
        self._look_up(edits)

    def _sheet(
        self, number: int, edit: of.Edit, schema: Schema, together: dict[tuple[object, ...], Sheet]
    ) -> Sheet:
        """Return the sheet that the rows of an edit go into; adds it to those of its kind."""
        whole = not isinstance(edit, _Changes)
        given = (edit.set,) if isinstance(edit, _Changes) else getattr(edit, _field(edit))
        rows = as_rows(given, schema.model)
        if rows is None:
            return Sheet(schema, whole, given, number)
        names = frozenset(name for row in rows for name in row)
        if rows and not names:
            said: dict[str, Value] = {"edit": number}
            self.findings.append(Finding("missing_column", schema.name, schema.key[0], said))
            self.incomplete.add(schema.name)
            rows = []
        sheet = together.setdefault(
            (schema.name, whole, names), Sheet(schema, whole, [], number, [])
        )
        sheet.add(number, rows)
        return sheet

    def _look_up(self, edits: Mapping[int, of.Edit]) -> None:
        """Find where the ids that edits name stand, all at once: many take little longer."""
        named: dict[str, list[str]] = {name: [] for name in self.staged.tables}
        changed: dict[str, list[str]] = {name: [] for name in self.staged.tables}
        for number, edit in edits.items():
            if isinstance(edit, _Removals | _Changes):
                (changed if isinstance(edit, _Changes) else named)[_table(edit)] += edit.ids
            elif isinstance(edit, _PairEdits):
                for row in self._rows(number):
                    for name in ("recipient", "cadre"):
                        one = row.values.get(f"{name}_id")
                        named[f"{name}s"] += [] if one is None else [one]
        for name, table in self.staged.tables.items():
            if named[name] or changed[name]:
                table.look_up([*named[name], *changed[name]])
                table.prepare(changed[name])

    def apply(self, number: int, edit: of.Edit) -> None:
        """Stage one edit."""
        if isinstance(edit, _Rows):
            self._add(number, _table(edit))
        elif isinstance(edit, _Removals):
            self._remove(number, _table(edit), edit.ids)
        elif isinstance(edit, _Changes):
            self._change(number, _table(edit), edit.ids)
        elif isinstance(edit, of.LockPairs | of.BanPairs):
            why = {"reason": edit.reason, "author": edit.author}
            self._put_pairs(number, _TABLE[edit.op], why)
        elif isinstance(edit, of.UnlockPairs | of.UnbanPairs):
            self._take_pairs(number, _TABLE[edit.op])
        elif isinstance(edit, of.AdjustPairs):
            self._adjust(number, edit)
        elif isinstance(edit, of.CloseArea):
            if known_area(self.staged, edit.area):
                close_area(self.staged, edit.area)
            else:
                self._unknown("unknown_area.edited", "areas", "area", number, [1], [edit.area])
        elif isinstance(edit, of.SetPolicy):
            self._set_policy(number, edit)

    def _rows(self, number: int) -> list[Incoming]:
        return self._sheets[number].found.get(number, [])

    def _add(self, number: int, name: str) -> None:
        table, schema = self.staged.tables[name], schema_of(name)
        rows = self._rows(number)
        key = schema.key[0]
        self.staged.given |= {name} if rows else set()
        ids = [row.values[key] for row in rows if row.values[key] is not None]
        table.look_up(ids)
        there: list[tuple[int, str]] = []
        for row in rows:
            one = row.values[key]
            if one is None:
                self.incomplete.add(name)
            elif table.has(one):
                there.append((row.place.row, one))
            else:
                table.fresh[one] = Fresh(row.values, row.place, failed=row.failed)
        self._report("duplicate_id.edited", name, key, number, there)

    def _remove(self, number: int, name: str, ids: Sequence[str]) -> None:
        table = self.staged.tables[name]
        table.look_up(ids)
        found: dict[str, None] = {}
        unknown: list[tuple[int, str]] = []
        for row, one in enumerate(ids, 1):
            if one not in found and table.has(one):
                found[one] = None
            else:
                unknown.append((row, one))
        self._report_unknown(name, number, unknown)
        if name == "units":
            remove_units(self.staged, found)
        elif name == "areas":
            remove_areas(self.staged, found)
        else:
            remove_people(self.staged, name, found)

    def _change(self, number: int, name: str, ids: Sequence[str]) -> None:
        table = self.staged.tables[name]
        table.open(ids)
        unknown = [(row, one) for row, one in enumerate(ids, 1) if one not in table.fresh]
        self._report_unknown(name, number, unknown)
        (key,) = schema_of(name).key
        for new in self._rows(number):
            if key in new.values:
                self.findings.append(Finding("bad_edit.key_column", name, key, {"edit": number}))
                continue
            for row, one in enumerate(ids, 1):
                if (fresh := table.fresh.get(one)) is not None:
                    fresh.values.update(new.values)
                    table.changed.update(new.values)
                    fresh.place = Place(number, row)
                    fresh.failed = (fresh.failed - new.values.keys()) | new.failed

    def _pairs(self, number: int) -> list[tuple[int, str, str]]:
        """Return row, recipient and cadre of the pairs of an edit that have both."""
        rows = self._rows(number)
        return [
            (row.place.row, row.values["recipient_id"], row.values["cadre_id"])
            for row in rows
            if row.values["recipient_id"] is not None and row.values["cadre_id"] is not None
        ]

    def _known_pairs(self, number: int, name: str) -> list[tuple[int, str, str]]:
        """Return pairs of people who are there, after reporting the others."""
        pairs = self._pairs(number)
        known = {row for row, _, _ in pairs}
        for side, column in ((1, "recipient_id"), (2, "cadre_id")):
            table = self.staged.tables[f"{column.removesuffix('_id')}s"]
            lost = [(pair[0], str(pair[side])) for pair in pairs if not table.has(str(pair[side]))]
            one = column.removesuffix("_id")
            if f"{one}s" not in self.incomplete:
                self._report(f"unknown_{one}.edited", name, column, number, lost)
            known -= {row for row, _ in lost}
        return [pair for pair in pairs if pair[0] in known]

    def _put_pairs(self, number: int, name: str, why: dict[str, Any]) -> None:
        table = self.staged.tables[name]
        there: list[tuple[int, str]] = []
        for row, recipient, cadre in self._known_pairs(number, name):
            pair = (recipient, cadre)
            if pair in table.fresh or self.staged.pair_row(name, recipient, cadre) >= 0:
                there.append((row, recipient))
                continue
            values = {"recipient_id": recipient, "cadre_id": cadre, **why}
            table.fresh[pair] = Fresh(values, Place(number, row))
        self._report("duplicate_pair.edited", name, None, number, there)

    def _take_pairs(self, number: int, name: str) -> None:
        lost = [
            (row, recipient)
            for row, recipient, cadre in self._pairs(number)
            if not self._take(name, recipient, cadre)
        ]
        if name not in self.incomplete:
            self._report("unknown_pair", name, None, number, lost)

    def _take(self, name: str, recipient: str, cadre: str) -> bool:
        """Take a pair out of a table; return whether it was there."""
        table = self.staged.tables[name]
        if table.fresh.pop((recipient, cadre), None) is not None:
            return True
        row = self.staged.pair_row(name, recipient, cadre)
        if row < 0:
            return False
        table.gone[row] = True
        return True

    def _adjust(self, number: int, edit: of.AdjustPairs) -> None:
        name = "adjustments"
        if edit.extra_km is None:
            self._take_pairs(number, name)
            return
        table = self.staged.tables[name]
        twice: list[tuple[int, str]] = []
        seen: set[tuple[str, str]] = set()
        for row, recipient, cadre in self._known_pairs(number, name):
            pair = (recipient, cadre)
            if pair in seen:
                twice.append((row, recipient))
                continue
            seen.add(pair)
            self._take(name, recipient, cadre)
            values = {"recipient_id": recipient, "cadre_id": cadre}
            extra = {"extra_km": float(edit.extra_km)}
            table.fresh[pair] = Fresh(values | extra, Place(number, row))
        self._report("duplicate_pair.edited", name, None, number, twice)

    def _set_policy(self, number: int, edit: of.SetPolicy) -> None:
        if self.fields is None:
            self.fields = Fields(self._policy)
        set_fields(self.fields, edit.set, number, self.findings)

    def _report_unknown(self, name: str, number: int, unknown: list[tuple[int, str]]) -> None:
        if name not in self.incomplete:
            (key,) = schema_of(name).key
            self._report(f"unknown_{name.removesuffix('s')}.edited", name, key, number, unknown)

    def _report(
        self, kind: str, table: str, column: str | None, number: int, at: list[tuple[int, str]]
    ) -> None:
        if at:
            rows, ids = zip(*at, strict=True)
            self._unknown(kind, table, column, number, rows, ids)

    def _unknown(
        self,
        kind: str,
        table: str,
        column: str | None,
        number: int,
        rows: Sequence[int],
        ids: Sequence[str],
    ) -> None:
        shown = citable(dict.fromkeys(ids[:100]))[:_IDS_SHOWN]
        said: dict[str, Value] = {"edit": number}
        at = np.array(rows, dtype=np.int64)
        self.findings.append(Finding(kind, table, column, said, at, shown))


def _field(edit: of.Edit) -> str:
    return "rows" if isinstance(edit, _Rows) else "pairs"


def _table(edit: _Rows | _Changes | _Removals) -> str:
    return edit.op.partition("_")[2]


def _schema_of(edit: of.Edit) -> Schema | None:
    """Return the schema of the rows or new values of an edit, None if it has none."""
    if isinstance(edit, _Rows | _Changes):
        return schema_of(_table(edit))
    if isinstance(edit, _PairEdits):
        return replace(CURRENT, name=_TABLE[edit.op])
    return None
