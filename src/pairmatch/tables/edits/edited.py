"""Checked tables under edits: staged, put together, and checked as from the start."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.errors import Finding, InputError
from pairmatch.model.edits import ReplaceTable, read_edits
from pairmatch.model.notes import Note
from pairmatch.model.policy import Policy
from pairmatch.tables.canonical import empty_table
from pairmatch.tables.checked import CheckedTables, Origin, check_together
from pairmatch.tables.checks import Checker
from pairmatch.tables.edits.apply import Applier
from pairmatch.tables.edits.removal import drop_pairs
from pairmatch.tables.edits.rows import NO_EDIT, Place, checked_alone, placed, read_checked
from pairmatch.tables.edits.splice import (
    FreshRows,
    Splice,
    failed_cells,
    filled_areas,
    loose_splice,
    splice_of,
    spliced_keys,
    spliced_table,
)
from pairmatch.tables.edits.staged import ID_TABLES, Staged, StagedTable, schema_of
from pairmatch.tables.findings import Findings
from pairmatch.tables.keys import PAIRS, Keys, encode
from pairmatch.tables.schema import SCHEMAS
from pairmatch.threads import PlainThreads, available_threads

_PEOPLE = ("cadres", "recipients")
_WITH_POINTS = (*_PEOPLE, "areas")
# notes of what was read, or of earlier edits; all others say how the tables stand
_OF_READING = frozenset(
    {
        "closed_area",
        "default_policy",
        "dropped_column",
        "emptied_reference",
        "gone_pair",
        "ignored_file",
        "no_units",
        "removed_reference",
        "rounded_to_metres",
    }
)


@dataclass(frozen=True)
class EditedTables:
    """What edits make of checked tables and a policy.

    Attributes
    ----------
    checked, policy
        As `check_tables` returns them.
    splices
        How the rows of cadres, recipients and pairs come from those before; None where units,
        areas or a whole table were edited, so that everything was encoded again.
    """

    checked: CheckedTables
    policy: Policy
    splices: Mapping[str, Splice] | None


def edit_tables(checked: CheckedTables, policy: Policy, edits: Sequence[object]) -> EditedTables:
    """Apply edits to checked tables and a policy.

    Where units, areas and whole tables stay as they are, only rows that are new or were changed
    are read and encoded. Otherwise all key columns are encoded again; rows are checked the same.

    Parameters
    ----------
    edits
        Models, mappings of their fields, or scenarios.

    Raises
    ------
    InputError
        With everything that is wrong in any edit, and what does not hold of the tables then.
    """
    found: list[Finding] = []
    models = read_edits(edits, found)
    well_formed = not found
    findings = Findings()
    staged = _staged(checked)
    applier = Applier(staged, policy, checked.attributes, found)
    applier.read(models)
    if not well_formed:
        # what the other edits would find may follow from these
        raise InputError(found)
    for number, edit in models.items():
        if isinstance(edit, ReplaceTable):
            applier.staged = staged = _replaced(staged, number, edit, checked, findings, applier)
        else:
            applier.apply(number, edit)
    policy_now = policy if applier.fields is None else applier.fields.checked(found)
    drop_pairs(staged)
    put = _put_together(staged, checked)
    _check_fresh(put, found)
    findings.incomplete |= applier.incomplete
    for name in _WITH_POINTS:
        _note_zero_points(put.tables[name], name, checked, findings, put.splices[name])
    for name, table in staged.tables.items():
        for column, rows in failed_cells(table, put.splices[name], put.fresh[name]).items():
            findings.mark(name, column, rows)
    origin = Origin(
        checked.attributes,
        checked.files,
        frozenset(staged.given),
        "units" in staged.given,
        "areas" in staged.given,
    )
    _note_edits(staged, findings)
    try:
        edited, _ = check_together(
            dict(put.tables),
            put.keys,
            policy_now,
            findings,
            origin,
            drop_gone=True,
            sort=not put.is_quick,
            own_area=put.own_area if put.is_quick else None,
        )
    except InputError as error:
        found += [one for finding in error.findings for one in _with_place(finding, put)]
    if found or policy_now is None:
        raise InputError(found)
    policy_is_set = applier.fields is not None
    edited = replace(
        edited, notes=_notes(checked.notes, edited.notes, staged, policy_is_set=policy_is_set)
    )
    return EditedTables(edited, policy_now, put.splices if put.is_quick else None)


def _staged(checked: CheckedTables) -> Staged:
    tables = {schema.name: getattr(checked, schema.name) for schema in SCHEMAS}
    tables |= checked.given()
    if "extra_m" in tables["adjustments"].column_names:
        tables["adjustments"] = empty_table(schema_of("adjustments"))
    given = {*_PEOPLE, *PAIRS}
    given |= {"units"} if checked.has_units else set()
    given |= {"areas"} if checked.has_areas else set()
    staged = {schema.name: StagedTable(tables[schema.name], schema) for schema in SCHEMAS}
    return Staged(staged, checked.keys, given)


@dataclass(frozen=True)
class _Put:
    """Tables with edits in them, unchecked."""

    staged: Staged
    fresh: dict[str, FreshRows]
    tables: dict[str, pa.Table]
    splices: dict[str, Splice]
    is_quick: bool
    keys: Keys
    own_area: pa.ChunkedArray


def _put_together(staged: Staged, checked: CheckedTables) -> _Put:
    """Return tables with their edits, and where their key columns stand."""
    is_quick = (
        not staged.replaced
        and checked.has_areas
        and not any(staged.tables[name].is_touched for name in ("units", "areas"))
        and checked.has_units == ("units" in staged.given)
    )
    fresh = {name: FreshRows.of(table) for name, table in staged.tables.items()}
    splices = {name: splice_of(staged.tables[name], fresh[name]) for name in ID_TABLES}
    if is_quick:
        keys = spliced_keys(staged, splices, fresh)
    else:
        splices |= {name: loose_splice(staged.tables[name], fresh[name]) for name in PAIRS}
    # side by side: copying columns takes most of the time of a small edit
    with PlainThreads(available_threads(None)) as pool:
        made = {
            name: pool.submit(spliced_table, table, fresh[name].table, splices[name])
            for name, table in staged.tables.items()
            if table.is_touched
        }
        tables = {
            name: made[name].result() if name in made else table.base
            for name, table in staged.tables.items()
        }
    own_area = tables["cadres"].column("area")
    if is_quick:
        unit = keys.of("cadres", "unit_id")[splices["cadres"].fresh]
        area = filled_areas(
            staged.tables["cadres"],
            tables["units"],
            checked.cadres.column("area"),
            fresh["cadres"],
            splices["cadres"],
            unit,
        )
        at = tables["cadres"].column_names.index("area")
        tables["cadres"] = tables["cadres"].set_column(at, "area", area)
    else:
        keys = staged.keys
        # a table that was replaced is encoded already
        if not staged.replaced or any(splice.is_touched for splice in splices.values()):
            with PlainThreads(available_threads(None)) as pool:
                keys = encode(tables, pool)
    return _Put(staged, fresh, tables, splices, is_quick, keys, own_area)


def _sources(put: _Put, name: str) -> tuple[IntArray, IntArray]:
    """Return the edit and the row there that each row of an edited table comes from."""
    table, splice = put.staged.tables[name], put.splices[name]
    edit, row = put.fresh[name].places()
    return splice.take(table.edit, edit), splice.take(table.row, row)


def _replaced(
    staged: Staged,
    number: int,
    edit: ReplaceTable,
    checked: CheckedTables,
    findings: Findings,
    applier: Applier,
) -> Staged:
    """Return the tables as they stand, one of them replaced, as the base of further edits."""
    drop_pairs(staged)
    put = _put_together(staged, checked)
    tables: dict[str, StagedTable] = {}
    for name, table in staged.tables.items():
        base = put.tables[name]
        if name == "cadres":
            base = base.set_column(base.column_names.index("area"), "area", put.own_area)
        tables[name] = StagedTable(base, table.schema)
        tables[name].edit, tables[name].row = _sources(put, name)
        tables[name].failed = failed_cells(table, put.splices[name], put.fresh[name])
    schema = schema_of(edit.table)
    given = staged.given | {edit.table}
    new = None
    if edit.rows is not None or edit.table in _PEOPLE:
        part = Findings()
        attributes = checked.attributes if edit.table in _PEOPLE else ()
        new = read_checked(edit.rows, schema, part, attributes, whole=True)
        if new is None and part.found:
            applier.incomplete.add(edit.table)
        if new is not None:
            checked_alone(new, schema, part)
        findings.notes += [note for note in part.notes if note.code == "dropped_column"]
        for finding in part.found:
            rows = np.full(0 if new is None else new.num_rows, number)
            applier.findings += placed(finding, rows, np.arange(1, rows.shape[0] + 1), number)
        failed = part.failed(edit.table, 0 if new is None else new.num_rows)
    elif edit.table in ("units", "areas"):
        given -= {edit.table}
    if new is None:
        new, failed = empty_table(schema), {}
    order = np.arange(new.num_rows)
    if new.num_rows:
        keys = [(key, "ascending") for key in schema.key]
        order = pc.sort_indices(new, sort_keys=keys).to_numpy().astype(np.int64)
    table = StagedTable(new.take(pa.array(order)).combine_chunks(), schema, Place(number, 1))
    table.row = order + 1
    rank = np.argsort(order)
    table.failed = {column: rank[rows] for column, rows in failed.items()}
    tables[edit.table] = table
    with PlainThreads(available_threads(None)) as pool:
        keys_now = encode({name: table.base for name, table in tables.items()}, pool)
    return Staged(
        tables,
        keys_now,
        given,
        along=staged.along,
        emptied=staged.emptied,
        closed=staged.closed,
        replaced=True,
    )


def _check_fresh(put: _Put, found: list[Finding]) -> None:
    """Check coordinates of the rows that are new or were changed."""
    for name in _WITH_POINTS:
        fresh = put.fresh[name]
        if not fresh.rows:
            continue
        part = Findings()
        for at, row in enumerate(fresh.rows):
            for column in row.failed:
                part.mark(name, column, np.array([at]))
        Checker(fresh.table, schema_of(name), part).coordinates()
        for finding in part.found:
            found += placed(finding, *fresh.places())


def _note_zero_points(
    table: pa.Table, name: str, checked: CheckedTables, findings: Findings, splice: Splice
) -> None:
    """Note who is at 0 degrees; where the table stays as it was, as before."""
    if not splice.is_touched and table is getattr(checked, name):
        findings.notes += [
            note for note in checked.notes if (note.code, note.table) == ("zero_point", name)
        ]
        return
    lon, lat = table.column("lon"), table.column("lat")
    if lon.null_count < table.num_rows:
        findings.note_rows(
            "zero_point", name, "lon", pc.and_(pc.equal(lon, 0.0), pc.equal(lat, 0.0))
        )


def _with_place(finding: Finding, put: _Put) -> list[Finding]:
    """Return a finding about a row of the tables as one about the edit that the row comes from."""
    if finding.table not in put.tables:
        return [finding]
    found = list(placed(finding, *_sources(put, finding.table)))
    if finding.kind != "lock_and_ban":
        return found
    return [other for one in found for other in _by_ban(one, put)]


def _by_ban(finding: Finding, put: _Put) -> list[Finding]:
    """Return a finding about locks of the base as one about the edits that ban these pairs."""
    if "edit" in finding.parameters:
        return [finding]
    locks = put.tables["locks"].take(pa.array(finding.rows - 1)).to_pylist()
    bans = put.staged.tables["bans"].fresh
    pairs = [(lock["recipient_id"], lock["cadre_id"]) for lock in locks]
    places = [bans[pair].place if pair in bans else Place(NO_EDIT, 0) for pair in pairs]
    edit = np.array([place.edit for place in places])
    row = np.array([place.row for place in places])
    about = replace(finding, table="bans", rows=np.arange(1, len(places) + 1))
    return list(placed(about, edit, row))


def _note_edits(staged: Staged, findings: Findings) -> None:
    """Note what went along with what was removed."""
    for schema in SCHEMAS:
        name = schema.name
        if staged.closed[name]:
            findings.note("closed_area", name, count=staged.closed[name])
        if staged.along[name]:
            findings.note("removed_reference", name, count=staged.along[name])
        for column in schema.columns:
            if staged.emptied[name, column.name]:
                count = staged.emptied[name, column.name]
                findings.note("emptied_reference", name, column.name, count)


def _notes(
    before: Sequence[Note], now: Sequence[Note], staged: Staged, *, policy_is_set: bool
) -> tuple[Note, ...]:
    """Return the notes of an edited problem: those of its reading, and how it stands now.

    What earlier edits removed and what these did is counted together.
    """
    dropped = {"default_policy"} if policy_is_set else set()
    dropped |= {"no_units"} if "units" in staged.given else set()
    kept = [note for note in before if note.code in _OF_READING - dropped]
    counts = Counter[tuple[str, str, str | None]]()
    first: dict[tuple[str, str, str | None], Note] = {}
    for note in (*kept, *now):
        key = (note.code, note.table, note.column)
        counts[key] += note.count
        first.setdefault(key, note)
    return tuple(replace(note, count=counts[key]) for key, note in first.items())
