"""The problem: checked tables and a policy."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import InputError
from pairmatch.model.notes import Files, Note
from pairmatch.model.policy import Policy
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.model.shown_names import shown_file_name
from pairmatch.options import Options
from pairmatch.tables.across import check_across, check_policy, look_up_people
from pairmatch.tables.canonical import check_attributes, names_of_attributes
from pairmatch.tables.capacity import resolved_capacity
from pairmatch.tables.checks import in_order
from pairmatch.tables.digest import digest
from pairmatch.tables.each import read_each
from pairmatch.tables.findings import Findings
from pairmatch.tables.lookups import Lookups
from pairmatch.tables.schema import SCHEMAS
from pairmatch.threads import PlainThreads, available_threads
from pairmatch.wording import counted

_PEOPLE = ("cadres", "recipients")


@dataclass(frozen=True, eq=False)
class Problem:
    """Checked tables and a policy; make one with `from_tables`.

    Every table has all of its columns, with nulls where nothing was given, and is sorted by id, so
    that the order in which rows came in decides nothing.

    Attributes
    ----------
    cadres, recipients, units, areas, current, locks, bans, adjustments
        Arrow tables. ``cadres.area`` is the unit's where a cadre has none; ``adjustments`` hold
        ``extra_m``, whole metres. Tables that were not given have no rows.
    policy
        The policy.
    attributes
        Names of further columns kept with cadres and recipients.
    own_area
        Arrow: cadres' own areas in table order, null where ``cadres.area`` is the unit's.
    has_units, has_areas
        Whether these tables were given.
    notes
        What the reader must know: dropped columns, ignored files, defaults, points not given.
    lookups
        Where columns of the tables stand among keys, as far as anybody has asked.
    files
        Names of the files that were read, and of those beside them that were not.
    """

    cadres: pa.Table
    recipients: pa.Table
    units: pa.Table
    areas: pa.Table
    current: pa.Table
    locks: pa.Table
    bans: pa.Table
    adjustments: pa.Table
    policy: Policy
    attributes: tuple[str, ...]
    own_area: pa.ChunkedArray
    has_units: bool
    has_areas: bool
    notes: tuple[Note, ...]
    lookups: Lookups = field(default_factory=Lookups, repr=False)
    files: Files = field(default_factory=Files)

    @classmethod
    def from_tables(
        cls,
        *,
        cadres: Any,
        recipients: Any,
        units: Any = None,
        areas: Any = None,
        current: Any = None,
        locks: Any = None,
        bans: Any = None,
        adjustments: Any = None,
        policy: Policy | Mapping[str, Any] | str | Path | None = None,
        attributes: Sequence[str] = (),
        unknown_current: str = "drop",
        max_rows: int = MAX_ROWS,
        max_bytes: int = MAX_BYTES,
    ) -> "Problem":
        """Read and check tables.

        Parameters
        ----------
        cadres, recipients, units, areas, current, locks, bans, adjustments
            Each a path (.csv, .parquet, .feather), an Arrow table or batch, anything with
            ``__arrow_c_stream__``, a pandas frame, a mapping of columns, or an iterable of the
            pydantic models.
        policy
            A `Policy`, a mapping of its fields, or the path of a YAML or JSON file.
        attributes
            Further columns of cadres and recipients to keep, as text.
        unknown_current
            What becomes of pairs in ``current`` with a cadre or recipient who is not in the
            tables, such as one who has retired: ``"drop"``, with a note that says how many, or
            ``"fail"``.
        max_rows, max_bytes
            Most rows of a table, and most bytes of a file and of a table in memory; what has more
            is refused.

        Raises
        ------
        OptionError
            If ``unknown_current`` is neither, or a limit no whole number above 0.
        InputError
            With every failure in every table.
        """
        limits = ReadLimits(max_rows, max_bytes)
        given = {
            "cadres": cadres,
            "recipients": recipients,
            "units": units,
            "areas": areas,
            "current": current,
            "locks": locks,
            "bans": bans,
            "adjustments": adjustments,
            "policy": policy,
        }
        return checked_problem(given, attributes, Findings(), (), unknown_current, limits)

    def __repr__(self) -> str:
        """Return the sizes of the tables in a line, without any id."""
        rows = {schema.name: getattr(self, schema.name).num_rows for schema in SCHEMAS}
        people = [counted(rows.pop(name), name.removesuffix("s"), name) for name in _PEOPLE]
        others = [
            counted(count, name.removesuffix("s"), name) for name, count in rows.items() if count
        ]
        return f"<Problem: {', '.join(people + others)}; {counted(len(self.notes), 'note')}>"

    def with_policy(self, policy: Policy) -> "Problem":
        """Return the same tables under another policy, checked against it.

        Raises
        ------
        OptionError
            If it is no `Policy`.
        InputError
            If a rank or category is not in the policy, or a capacity falls below a min_load.
        """
        options = Options()
        advice = "make one with Policy.from_mapping or Policy.from_file"
        options.instance("policy", policy, Policy, advice)
        options.check()
        findings = Findings()
        check_policy(self.cadres, self.recipients, policy, findings, self.lookups)
        if findings.found:
            raise InputError(findings.found)
        notes = tuple(note for note in self.notes if note.code != "default_policy")
        return replace(self, policy=policy, notes=notes)

    def capacity(self) -> IntArray:
        """Return how many recipients each cadre may have, shape ``(cadres,)``, in table order."""
        return resolved_capacity(self.cadres, self.policy, self.lookups)

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables that were given, as `from_tables` takes them back.

        What was not given is null here too: a cadre who has no area of its own, and whose unit
        changes, moves with the unit.
        """
        area = self.cadres.column_names.index("area")
        cadres = self.cadres.set_column(area, "area", self.own_area)
        found = {"cadres": cadres, "recipients": self.recipients}
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

    def digest(self) -> str:
        """Return the SHA-256 of tables and policy: the same for the same rows in any order.

        Returns
        -------
        str
            64 hexadecimal digits. It takes a moment, once.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return digest(self.tables(), self.policy)

    def costs(
        self, cadre_ids: Sequence[str], recipient_ids: Sequence[str]
    ) -> tuple[IntArray, BoolArray]:
        """Return what pairs cost, and which may be made.

        Distance, locality, sponsorship, eligibility penalty, adjustment and continuity saving; not
        the load, and not coverage.

        Parameters
        ----------
        cadre_ids, recipient_ids
            ``n`` and ``m`` ids.

        Returns
        -------
        cost, eligible
            Shape ``(n, m)``; int64 metre-equivalents, 0 where not eligible, and bool.

        Raises
        ------
        InputError
            If an id is not known.
        """
        from pairmatch.formulate import query  # noqa: PLC0415  # comes after tables, so only when called

        return query.costs(self, cadre_ids, recipient_ids)

    def load_cost(self, cadre_ids: Sequence[str]) -> IntArray:
        """Return what the 1st, 2nd, ... recipient of each cadre adds.

        Returns
        -------
        numpy.ndarray
            Shape (ids, their largest capacity), int64 metre-equivalents, -1 beyond a capacity.

        Raises
        ------
        InputError
            If an id is not known.
        """
        from pairmatch.formulate import query  # noqa: PLC0415  # comes after tables, so only when called

        return query.load_cost(self, cadre_ids)

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """Return the JSON schema of a problem as one document: rows by table, and the policy."""
        properties: dict[str, Any] = {}
        definitions: dict[str, Any] = {}
        for schema in SCHEMAS:
            row = schema.model.model_json_schema()
            definitions.update(row.pop("$defs", {}))
            properties[schema.name] = {"type": "array", "items": row}
        policy = Policy.model_json_schema()
        definitions.update(policy.pop("$defs", {}))
        properties["policy"] = policy
        properties["attributes"] = {"type": "array", "items": {"type": "string"}}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Problem",
            "type": "object",
            "properties": properties,
            "required": ["cadres", "recipients"],
            "additionalProperties": False,
            "$defs": definitions,
        }


def checked_problem(
    given: Mapping[str, Any],
    attributes: Sequence[str],
    findings: Findings,
    ignored: Sequence[str],
    unknown_current: str,
    limits: ReadLimits,
) -> Problem:
    """Read and check tables; see `Problem.from_tables`.

    Parameters
    ----------
    given
        Tables by name, and the policy; missing or None where there is none.
    findings
        What was found before. Tables that are incomplete already are passed over.
    ignored
        Names of files that were not read.
    unknown_current
        As `Problem.from_tables` takes it.
    limits
        Most that is read of each table.

    Raises
    ------
    OptionError
        If ``unknown_current`` is not one of its names, or a limit
        no whole number above 0.
    InputError
        With every failure in every table.
    """
    options = Options()
    options.one_of("unknown_current", unknown_current, ("drop", "fail"))
    options.check()
    in_doubt = frozenset(findings.incomplete)
    policy = None if "policy" in in_doubt else _policy(given.get("policy"), findings)
    attributes = names_of_attributes(attributes, findings)
    lookups = Lookups()
    with PlainThreads(available_threads(None)) as pool:
        raw, tables = read_each(given, attributes, findings, pool, limits)
        look_up_people(tables, policy, lookups, pool)
    check_attributes(attributes, [raw.get("cadres"), raw.get("recipients")], findings)
    own_area = tables["cadres"].column("area")
    for name in _PEOPLE:
        if not tables[name].num_rows:
            findings.note("no_rows", name)
    drop_gone = unknown_current == "drop"
    check_across(tables, policy, findings, set(raw), lookups, drop_gone=drop_gone)
    if policy is None or findings.found:
        raise InputError(findings.found)
    # sorted with the rest; attributes may have any name, so that it is found by its place
    tables["cadres"] = tables["cadres"].append_column("own_area", own_area)
    tables = {name: _sorted(table, name) for name, table in tables.items()}
    last = tables["cadres"].num_columns - 1
    own_area = tables["cadres"].column(last)
    tables["cadres"] = tables["cadres"].remove_column(last)
    return Problem(
        **tables,
        own_area=own_area,
        policy=policy,
        attributes=attributes,
        has_units=given.get("units") is not None,
        has_areas=given.get("areas") is not None,
        notes=tuple(findings.notes),
        lookups=lookups.within(tables.values()),
        files=Files(
            tuple(
                shown_file_name(Path(source).name)
                for source in given.values()
                if isinstance(source, str | os.PathLike)
            ),
            tuple(ignored),
        ),
    )


def _policy(
    policy: Policy | Mapping[str, Any] | str | Path | None, findings: Findings
) -> Policy | None:
    """Return the policy, or None after adding what is wrong with it."""
    try:
        if policy is None:
            return Policy()
        if isinstance(policy, Policy):
            return policy
        if isinstance(policy, str | Path):
            return Policy.from_file(policy)
        return Policy.from_mapping(policy)
    except InputError as error:
        findings.found.extend(error.findings)
        return None


def _sorted(table: pa.Table, name: str) -> pa.Table:
    schema = next(schema for schema in SCHEMAS if schema.name == name)
    if in_order(table, schema.key):
        return cast(pa.Table, table.combine_chunks())
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in schema.key])
    return cast(pa.Table, table.take(order).combine_chunks())
