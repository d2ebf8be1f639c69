"""Edits that make one problem's tables and policy of another's."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, InputError
from pairmatch.model import edits as of
from pairmatch.model.policy import Policy
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.edits.splice import rows_before
from pairmatch.tables.edits.staged import ID_TABLES, schema_of

_PEOPLE = ("cadres", "recipients")
# a table is replaced where more than half of its rows, and more than these, would be edited,
_LEAST_REPLACED = 1_000
# or where there would be more edits than anybody reads
_MOST_EDITS = 5_000


@dataclass(frozen=True)
class _Rows:
    """How the rows of a table with ids differ.

    Attributes
    ----------
    before
        Shape ``(rows now,)``: the row then with the same id, or -1.
    gone
        Shape ``(rows then,)``: rows without one now.
    edits
        None where the table is replaced.
    """

    before: IntArray
    gone: BoolArray
    add: of.Edit | None = None
    change: tuple[of.Edit, ...] = ()
    remove: of.Edit | None = None
    replace: of.Edit | None = None


def difference(
    new: CheckedTables, policy: Policy, old: CheckedTables, old_policy: Policy
) -> tuple[of.AnyEdit, ...]:
    """Return edits that make new tables and policy of old ones, as few as read well.

    Raises
    ------
    InputError
        If they were not read with the same attributes.
    """
    if set(new.attributes) != set(old.attributes):
        raise InputError([Finding("bad_edit.other_attributes", "attributes")])
    tables = _all_tables(new), _all_tables(old)
    rows = {name: _rows(name, new, old, tables) for name in ID_TABLES}
    taken, put = _pairs(new, old, rows, tables)
    edits: list[of.Edit | None] = [*_policy(policy, old_policy), *taken]
    for name in ("areas", "units"):
        edits += [rows[name].replace, rows[name].add, *rows[name].change]
    edits += [rows[name].remove for name in _PEOPLE]
    for name in _PEOPLE:
        edits += [rows[name].replace, rows[name].add, *rows[name].change]
    edits += [rows["units"].remove, rows["areas"].remove, *put]
    return tuple(cast("of.AnyEdit", edit) for edit in edits if edit is not None)


def _all_tables(checked: CheckedTables) -> Mapping[str, pa.Table]:
    return {name: getattr(checked, name) for name in ID_TABLES} | checked.given()


def _policy(new: Policy, old: Policy) -> list[of.Edit]:
    values = dict(_paths("", *(json.loads(policy.model_dump_json()) for policy in (new, old))))
    return [of.SetPolicy(set=values)] if values else []


def _paths(path: str, new: Any, old: Any) -> Iterator[tuple[str, Any]]:
    """Yield the path and the new value of each field that differs."""
    if new == old:
        return
    parts = isinstance(new, dict) and isinstance(old, dict) and new.keys() == old.keys()
    if not parts or any("." in name for name in new):
        yield path, new
        return
    for name in new:
        yield from _paths(f"{path}.{name}" if path else name, new[name], old[name])


def _rows(
    name: str,
    new: CheckedTables,
    old: CheckedTables,
    tables: tuple[Mapping[str, pa.Table], Mapping[str, pa.Table]],
) -> _Rows:
    now, then = (both[name] for both in tables)
    before = rows_before(new, old, name)
    gone = np.ones(then.num_rows, dtype=np.bool_)
    gone[before[before >= 0]] = False
    is_given, was_given = (getattr(one, f"has_{name}", True) for one in (new, old))
    if not is_given or not was_given or set(now.column_names) != set(then.column_names):
        if is_given or was_given:
            rows = now if is_given else None
            return _Rows(before, gone, replace=_edit("replace_table", table=name, rows=rows))
        return _Rows(before, gone)
    added, stays = np.flatnonzero(before < 0), np.flatnonzero(before >= 0)
    differs = _differences(now, then.take(pa.array(before[stays])), stays)
    changed = np.zeros(now.num_rows, dtype=np.bool_)
    for marked in differs.values():
        changed |= marked
    touched = int(changed.sum()) + added.shape[0] + int(gone.sum())
    groups = _groups(now, changed, differs, schema_of(name).key[0])
    if touched > max(_LEAST_REPLACED, now.num_rows // 2) or len(groups) > _MOST_EDITS:
        return _Rows(before, gone, replace=_edit("replace_table", table=name, rows=now))
    ids = then.column(schema_of(name).key[0]).filter(pa.array(gone)).to_pylist()
    rows = [
        {column: value for column, value in row.items() if value is not None}
        for row in now.take(pa.array(added)).to_pylist()
    ]
    return _Rows(
        before,
        gone,
        add=_edit(f"add_{name}", rows=rows) if rows else None,
        change=tuple(
            _edit(f"change_{name}", ids=members, set=dict(values))
            for values, members in groups.items()
        ),
        remove=_edit(f"remove_{name}", ids=ids) if ids else None,
    )


def _edit(op: str, **fields: Any) -> of.Edit:
    return of.OPS[op](**fields)


def _differences(now: pa.Table, then: pa.Table, stays: IntArray) -> dict[str, BoolArray]:
    """Return for each column that differs where it does, for all rows of the table now."""
    same_rows = stays.shape[0] == now.num_rows
    here = now if same_rows else now.take(pa.array(stays))
    found: dict[str, BoolArray] = {}
    for name in now.column_names:
        one, other = here.column(name), then.column(name)
        if one.equals(other):
            continue
        if pa.types.is_list(one.type):
            pairs = zip(one.to_pylist(), other.to_pylist(), strict=True)
            differs = np.array([left != right for left, right in pairs], dtype=np.bool_)
        else:
            equal = pc.fill_null(pc.equal(one, other), fill_value=False)
            both_null = pc.and_(one.is_null(), other.is_null())
            differs = ~pc.or_(equal, both_null).to_numpy()
        if differs.any():
            found[name] = np.zeros(now.num_rows, dtype=np.bool_)
            found[name][stays] = differs
    return found


def _groups(
    now: pa.Table, changed: BoolArray, differs: Mapping[str, BoolArray], key: str
) -> dict[tuple[tuple[str, Any], ...], list[str]]:
    """Return ids of changed rows by their new values, in the order in which these first come."""
    at = np.flatnonzero(changed)
    rows = now.take(pa.array(at)).select([key, *differs]).to_pylist()
    marks = {name: marked[at].tolist() for name, marked in differs.items()}
    groups: dict[tuple[tuple[str, Any], ...], list[str]] = {}
    for row, values in enumerate(rows):
        new = tuple(
            (name, tuple(value) if isinstance(value := values[name], list) else value)
            for name in differs
            if marks[name][row]
        )
        groups.setdefault(new, []).append(values[key])
    return groups


def _pairs(
    new: CheckedTables,
    old: CheckedTables,
    rows: Mapping[str, _Rows],
    tables: tuple[Mapping[str, pa.Table], Mapping[str, pa.Table]],
) -> tuple[list[of.Edit], list[of.Edit]]:
    """Return edits that take pairs away, and edits that put pairs in."""
    taken: list[of.Edit] = []
    put: list[of.Edit] = []
    for name, take, give, columns in (
        ("locks", "unlock", "lock", ("reason", "author")),
        ("bans", "unban", "ban", ("reason", "author")),
        ("adjustments", "adjust", "adjust", ("extra_km",)),
    ):
        if not getattr(new, name).num_rows and not getattr(old, name).num_rows:
            continue
        now, then = (both.get(name, getattr(old, name).slice(0, 0)) for both in tables)
        at, stays = _match(name, new, old, rows)
        same = at >= 0
        for column in columns:
            if now.num_rows and then.num_rows:
                one, other = (table.column(column).to_pylist() for table in (now, then))
                same &= np.array([one[row] == other[to] for row, to in enumerate(at.tolist())])
        kept = np.zeros(then.num_rows, dtype=np.bool_)
        kept[at[same if name != "adjustments" else at >= 0]] = True
        lost = np.flatnonzero(stays & ~kept)
        if lost.shape[0]:
            more = {"extra_km": None} if name == "adjustments" else {}
            taken.append(_edit(take, pairs=_named(then, lost), **more))
        put += _put(give, now, np.flatnonzero(~same), columns)
    return taken, [*put, *_current(new, old, rows)]


def _put(op: str, table: pa.Table, at: IntArray, columns: tuple[str, ...]) -> list[of.Edit]:
    """Return edits of pairs, one for each of the values beside them."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    if at.shape[0]:
        values = table.take(pa.array(at)).select(list(columns)).to_pylist()
        for row, of_row in zip(at.tolist(), values, strict=True):
            groups.setdefault(tuple(of_row.values()), []).append(row)
    edits: list[of.Edit] = []
    for of_group, members in groups.items():
        fields = dict(zip(columns, of_group, strict=True))
        if "extra_km" in fields:
            fields["extra_km"] = Decimal(repr(fields["extra_km"]))
        edits.append(_edit(op, pairs=_named(table, np.array(members)), **fields))
    return edits


def _named(table: pa.Table, at: IntArray) -> list[dict[str, str]]:
    pairs = table.take(pa.array(at)).select(["recipient_id", "cadre_id"])
    named: list[dict[str, str]] = pairs.to_pylist()
    return named


def _match(
    name: str, new: CheckedTables, old: CheckedTables, rows: Mapping[str, _Rows]
) -> tuple[IntArray, BoolArray]:
    """Return the row then of each pair now, -1 for none, and which pairs then are there still.

    Pairs of people who are removed go along with them; where the table of people is replaced,
    they do not.
    """
    code = np.zeros(getattr(new, name).num_rows, dtype=np.int64)
    known = np.ones(code.shape[0], dtype=np.bool_)
    was = np.zeros(getattr(old, name).num_rows, dtype=np.int64)
    stays = np.ones(was.shape[0], dtype=np.bool_)
    for people in ("recipients", "cadres"):
        column = f"{people.removesuffix('s')}_id"
        then = rows[people].before[new.keys.of(name, column)]
        known &= then >= 0
        code = (code << 32) + then
        at = old.keys.of(name, column)
        was = (was << 32) + at
        if rows[people].replace is None:
            stays &= ~rows[people].gone[at]
    if was.shape[0] == 0:
        return np.full(code.shape[0], -1, dtype=np.int64), stays
    # pairs of checked tables are sorted by recipient and cadre, as people are by id
    found = np.minimum(np.searchsorted(was, code), was.shape[0] - 1)
    return np.where(known & (was[found] == code), found, -1), stays


def _current(
    new: CheckedTables, old: CheckedTables, rows: Mapping[str, _Rows]
) -> Iterator[of.Edit]:
    """Yield the replacement of the incumbent pairs, if removals do not make them what they are."""
    at, stays = _match("current", new, old, rows)
    if (at < 0).any() or int(stays.sum()) != at.shape[0]:
        table = new.current if new.current.num_rows else None
        yield of.ReplaceTable(table="current", rows=table)
