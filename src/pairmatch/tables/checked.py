"""Tables in: whatever was given becomes checked tables, or one error with every failure."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.errors import InputError
from pairmatch.model.notes import Files, Note
from pairmatch.model.policy import Policy
from pairmatch.model.policy_text import read_file
from pairmatch.model.read_limits import ReadLimits
from pairmatch.model.shown_names import shown_file_name
from pairmatch.options import Options
from pairmatch.tables.across import check_across
from pairmatch.tables.canonical import check_attributes, names_of_attributes
from pairmatch.tables.checks import in_order
from pairmatch.tables.each import read_each
from pairmatch.tables.findings import Findings
from pairmatch.tables.keys import Keys, codes_as_they_come, encode
from pairmatch.tables.positions import whole
from pairmatch.tables.schema import SCHEMAS
from pairmatch.threads import PlainThreads, available_threads

_PEOPLE = ("cadres", "recipients")


@dataclass(frozen=True, eq=False)
class CheckedTables:
    """Tables in which no check found a failure, each sorted by its key.

    Every table has all of its columns, with nulls where nothing was given. The order in which rows
    came in decides nothing.

    Attributes
    ----------
    cadres, recipients, units, areas, current, locks, bans, adjustments
        Arrow tables. ``cadres.area`` is the unit's where a cadre has none; ``adjustments`` hold
        ``extra_m``, whole metres. Tables that were not given have no rows.
    attributes
        Names of further columns kept with cadres and recipients.
    own_area
        Arrow: cadres' own areas in table order, null where ``cadres.area`` is the unit's.
    has_units, has_areas
        Whether these tables were given.
    notes
        What the reader must know: dropped columns, ignored files, defaults, points not given.
    files
        Names of the files that were read, and of those beside them that were not.
    keys
        Key columns as positions.
    """

    cadres: pa.Table
    recipients: pa.Table
    units: pa.Table
    areas: pa.Table
    current: pa.Table
    locks: pa.Table
    bans: pa.Table
    adjustments: pa.Table
    attributes: tuple[str, ...]
    own_area: pa.ChunkedArray
    has_units: bool
    has_areas: bool
    notes: tuple[Note, ...]
    files: Files
    keys: Keys = field(repr=False)

    def given(self) -> dict[str, pa.Table]:
        """Return the tables that were given, as `check_tables` takes them back."""
        area = self.cadres.column_names.index("area")
        found = {
            "cadres": self.cadres.set_column(area, "area", self.own_area),
            "recipients": self.recipients,
        }
        if self.has_units:
            found["units"] = self.units
        if self.has_areas:
            found["areas"] = self.areas
        for name in ("current", "locks", "bans"):
            if getattr(self, name).num_rows:
                found[name] = getattr(self, name)
        if self.adjustments.num_rows:
            kilometres = pc.divide(self.adjustments.column("extra_m").cast(pa.float64()), 1000.0)
            found["adjustments"] = self.adjustments.drop_columns(["extra_m"]).append_column(
                "extra_km", kilometres
            )
        return found


def check_tables(
    given: Mapping[str, Any],
    attributes: Sequence[str],
    unknown_current: str,
    limits: ReadLimits,
    findings: Findings,
    files: Files | None = None,
    before: Mapping[str, Findings] | None = None,
) -> tuple[CheckedTables, Policy]:
    """Read and check tables and a policy.

    Parameters
    ----------
    given
        Tables by name, and the policy; missing or None where there is none.
    attributes
        Further columns of cadres and recipients to keep, as text.
    unknown_current
        ``"drop"`` or ``"fail"``: what becomes of incumbent pairs with somebody who is not in the
        tables.
    limits
        Most that is read of each table.
    findings
        What was found before. Tables that are incomplete already are passed over.
    files
        Names of files that were read and of those that were not, where the tables of ``given``
        do not say it themselves.
    before
        By table, what was found of its rows before, and where they stand.

    Raises
    ------
    OptionError
        If ``unknown_current`` is not one of its names.
    InputError
        With every failure in every table.
    """
    options = Options()
    options.one_of("unknown_current", unknown_current, ("drop", "fail"))
    options.check()
    in_doubt = frozenset(findings.incomplete)
    policy = None if "policy" in in_doubt else read_policy(given.get("policy"), findings)
    attributes = names_of_attributes(attributes, findings)
    with PlainThreads(available_threads(None)) as pool:
        raw, tables = read_each(given, attributes, findings, pool, limits, before or {})
        keys = encode(tables, pool)
    check_attributes(attributes, [raw.get("cadres"), raw.get("recipients")], findings)
    if files is None:
        paths = (source for source in given.values() if isinstance(source, str | os.PathLike))
        files = Files(tuple(shown_file_name(Path(path).name) for path in paths))
    return check_together(
        tables,
        keys,
        policy,
        findings,
        Origin(
            attributes,
            files,
            frozenset(raw),
            given.get("units") is not None,
            given.get("areas") is not None,
        ),
        drop_gone=unknown_current == "drop",
    )


class Origin(NamedTuple):
    """Where tables come from.

    ``read`` names the tables that were given and could be read.
    """

    attributes: tuple[str, ...]
    files: Files
    read: frozenset[str]
    has_units: bool
    has_areas: bool


def check_together(
    tables: dict[str, pa.Table],
    keys: Keys,
    policy: Policy | None,
    findings: Findings,
    origin: Origin,
    *,
    drop_gone: bool,
    sort: bool = True,
    own_area: pa.ChunkedArray | None = None,
) -> tuple[CheckedTables, Policy]:
    """Run the checks that take several tables, and return the tables sorted.

    Parameters
    ----------
    tables, keys
        All tables in canonical form, each checked for itself, and where their key columns stand.
    policy
        None if it is not known.
    findings
        What was found before.
    drop_gone
        Whether incumbent pairs with somebody who is not in the tables are dropped with a note.
    sort
        Whether rows may stand in another order than that of their keys.
    own_area
        Cadres' own areas, where those of the table are filled in from the units already.

    Raises
    ------
    InputError
        With every failure in every table.
    """
    if own_area is None:
        own_area = tables["cadres"].column("area")
    for name in _PEOPLE:
        if not tables[name].num_rows:
            findings.note("no_rows", name)
    keys = check_across(tables, policy, findings, set(origin.read), keys, drop_gone=drop_gone)
    if policy is None or findings.found:
        raise InputError(findings.found, findings.notes)
    if sort:
        order = {name: rows for name in tables if (rows := _order(tables[name], name)) is not None}
        for name, rows in order.items():
            tables[name] = tables[name].take(pa.array(rows))
        if "cadres" in order:
            own_area = own_area.take(pa.array(order["cadres"]))
        keys = keys.taken(order)
        tables = {name: table.combine_chunks() for name, table in tables.items()}
    checked = CheckedTables(
        **tables,
        own_area=pa.chunked_array([whole(own_area)]),
        attributes=origin.attributes,
        has_units=origin.has_units,
        has_areas=origin.has_areas,
        notes=tuple(findings.notes),
        keys=keys if origin.has_areas else keys.updated(codes_as_they_come(tables)),
        files=origin.files,
    )
    return checked, policy


def read_policy(
    policy: Policy | Mapping[str, Any] | str | Path | None, findings: Findings
) -> Policy | None:
    """Return the policy, or None after adding what is wrong with it."""
    try:
        if policy is None:
            return Policy()
        if isinstance(policy, Policy):
            return policy
        if isinstance(policy, str | Path):
            found, lines = Policy.from_text(read_file(policy))
            _note_wide_signs(lines, findings)
            return found
        return Policy.from_mapping(policy)
    except InputError as error:
        findings.found.extend(error.findings)
        return None


def _note_wide_signs(lines: tuple[int, ...], findings: Findings) -> None:
    marked = np.zeros(max(lines, default=0), dtype=np.bool_)
    marked[np.array(lines, dtype=np.int64) - 1] = True
    findings.repaired("wide_signs", "policy", None, marked)


def _order(table: pa.Table, name: str) -> IntArray | None:
    """Return the rows of a table in the order of its key, None if they stand in it already."""
    schema = next(schema for schema in SCHEMAS if schema.name == name)
    if in_order(table, schema.key):
        return None
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in schema.key])
    rows: IntArray = order.to_numpy().astype(np.int64)
    return rows
