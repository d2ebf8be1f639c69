"""The problem: checked tables and a policy, with the formulation that both give."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import ref

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, InputError
from pairmatch.formulate.load import load_curves
from pairmatch.model.notes import Files, Note
from pairmatch.model.policy import Policy
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.options import Options
from pairmatch.tables.across import check_policy
from pairmatch.tables.capacity import resolved_capacity
from pairmatch.tables.checked import CheckedTables, check_tables
from pairmatch.tables.digest import digest
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.tables.doubts.find import find_doubts
from pairmatch.tables.edits.difference import difference
from pairmatch.tables.edits.edited import edit_tables
from pairmatch.tables.edits.splice import rows_before
from pairmatch.tables.findings import Findings
from pairmatch.tables.folder import tables_of_folder
from pairmatch.tables.parts import Parts, cut
from pairmatch.tables.positions import positions_in_order
from pairmatch.tables.schema import SCHEMAS
from pairmatch.threads import IN_TURN, Once
from pairmatch.words.en.grammar import counted

if TYPE_CHECKING:
    from pairmatch.formulate.formulation import Formulation
    from pairmatch.formulate.policy_free import PolicyFreeData
    from pairmatch.model.edits import AnyEdit, Edit, Scenario

_PEOPLE = ("cadres", "recipients")


@dataclass(frozen=True, eq=False)
class Problem:
    """Checked tables and a policy; make one with `from_tables`.

    Every table has all of its columns, with nulls where nothing was given, and is sorted by id, so
    that the order in which rows came in decides nothing.

    Attributes
    ----------
    checked
        The tables, which the properties of the same names lead to.
    policy
        The policy.
    """

    checked: CheckedTables
    policy: Policy
    _of_tables: "Once[PolicyFreeData]" = field(default_factory=Once, init=False, repr=False)
    _formulation: "Once[Formulation]" = field(default_factory=Once, init=False, repr=False)
    _before: "tuple[ref[CheckedTables], tuple[IntArray, IntArray]] | None" = field(
        default=None, init=False, repr=False
    )
    _known_m: IntArray | None = field(default=None, init=False, repr=False)
    _digest: Once[str] = field(default_factory=Once, init=False, repr=False)

    cadres = property(
        attrgetter("checked.cadres"),
        doc="Arrow table; ``area`` is the unit's where a cadre has none.",
    )
    recipients = property(attrgetter("checked.recipients"), doc="Arrow table.")
    units = property(
        attrgetter("checked.units"), doc="Arrow table, without rows where none was given."
    )
    areas = property(
        attrgetter("checked.areas"), doc="Arrow table, without rows where none was given."
    )
    current = property(attrgetter("checked.current"), doc="Arrow table of the incumbent pairs.")
    locks = property(attrgetter("checked.locks"), doc="Arrow table of pairs that have to be made.")
    bans = property(attrgetter("checked.bans"), doc="Arrow table of pairs that may not be made.")
    adjustments = property(
        attrgetter("checked.adjustments"),
        doc="Arrow table of pairs with ``extra_m``, whole metres.",
    )
    own_area = property(
        attrgetter("checked.own_area"),
        doc="Arrow column: cadres' own areas, null where ``cadres.area`` is the unit's.",
    )

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of further columns kept with cadres and recipients."""
        return self.checked.attributes

    @property
    def has_units(self) -> bool:
        """Whether the table of units was given."""
        return self.checked.has_units

    @property
    def has_areas(self) -> bool:
        """Whether the table of areas was given."""
        return self.checked.has_areas

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the reader must know: dropped columns, ignored files, defaults, points not given."""
        return self.checked.notes

    @property
    def files(self) -> Files:
        """Names of the files that were read, and of those beside them that were not."""
        return self.checked.files

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
            pydantic models, of mappings, named tuples or dataclasses.
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
        return cls(*check_tables(given, attributes, unknown_current, limits, Findings()))

    def __reduce__(self) -> tuple[type["Problem"], tuple[CheckedTables, Policy]]:
        """Let copies make their own formulation: it is larger than the tables."""
        return Problem, (self.checked, self.policy)

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
        options.instance("policy", policy, Policy, "policy")
        options.check()
        findings = Findings()
        check_policy(self.cadres, self.recipients, policy, findings, self.checked.keys)
        if findings.found:
            raise InputError(findings.found)
        notes = tuple(note for note in self.notes if note.code != "default_policy")
        other = Problem(replace(self.checked, notes=notes), policy)
        # what the tables alone give is the same, made or not
        object.__setattr__(other, "_of_tables", self._of_tables)
        return other

    def edit(self, *edits: "Edit | Scenario | Mapping[str, Any]") -> "Problem":
        """Return the problem with edits; this one stays as it is.

        Edits are applied in their order. What is removed takes along what refers to it, with
        counts in the notes. A cadre who changes unit stands where the new unit stands, unless it
        has an area or a point of its own. The result is checked as by `from_tables`.

        Where units, areas and whole tables stay as they are, rows that nobody touched are neither
        read nor encoded again, and what follows from the tables alone is taken over. An edit of
        areas, of units, or of a whole table takes about as long as `from_tables`.

        Parameters
        ----------
        edits
            Models of `pairmatch.edits`, mappings of their fields, or scenarios.

        Raises
        ------
        InputError
            With everything that is wrong in any edit, each with its number and the row or id
            there, before anything is made.
        """
        edited = edit_tables(self.checked, self.policy, edits)
        other = Problem(edited.checked, edited.policy)
        if edited.splices is not None:
            before = tuple(edited.splices[name].before for name in _PEOPLE)
            object.__setattr__(other, "_before", (ref(self.checked), before))
            data = self._of_tables.made
            if data is not None:
                # loads numba, as whatever made these data
                from pairmatch.formulate.edited import edited_policy_free_data, known_base_m  # noqa: PLC0415

                now, pairs_before = edited_policy_free_data(
                    data, self.checked, edited.checked, edited.splices
                )
                other._of_tables.value(lambda: now)
                formulation = self._formulation.made
                if formulation is not None and other.policy == self.policy:
                    known = known_base_m(formulation.special_pairs, pairs_before)
                    object.__setattr__(other, "_known_m", known)
        return other

    def diff(self, old: "Problem") -> "tuple[AnyEdit, ...]":
        """Return edits that make this problem of another one, such as last month's.

        ``old.edit(*new.diff(old))`` has the digest of ``new``. Rows that get the same new values
        are one edit. A table is replaced as a whole where most of its rows differ, and so are the
        incumbent pairs.

        Raises
        ------
        OptionError
            If ``old`` is no problem.
        InputError
            If both were not read with the same attributes.
        """
        options = Options()
        options.instance("old", old, Problem, "problem")
        options.check()
        return difference(self.checked, self.policy, old.checked, old.policy)

    def part(self, areas: Sequence[str], *, rest: bool = False) -> Parts:
        """Cut out the tables of those who live or work in each of some areas.

        Each part has the units that its cadres name with those that lead them, the areas that all
        of these need, the path to the top and the sponsored ones included, and the pairs whose
        people are both in it. It can be solved by itself, under this policy. All parts, the rest
        and the pairs across are the problem again.

        Parameters
        ----------
        areas
            Codes of areas, none of which lies in another one.
        rest
            Whether those who are in none of the areas make a part too, with all units and areas.

        Raises
        ------
        InputError
            If an area is not known, is asked for twice, or lies in another one that is asked for.

        Examples
        --------
        >>> import pairmatch as pm
        >>> problem = pm.Problem.from_tables(
        ...     cadres={
        ...         "cadre_id": ["c1", "c2"],
        ...         "unit_id": ["u1", "u1"],
        ...         "rank": ["staff", "staff"],
        ...         "area": ["a", "b"],
        ...     },
        ...     recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a"]},
        ... )
        >>> parts = problem.part(["a"])
        >>> county = pm.Problem.from_tables(**parts.tables["a"], policy=problem.policy)
        >>> county.cadres.column("cadre_id").to_pylist()
        ['c1']
        >>> dict(parts.left_out)
        {'cadres': 1}
        """
        _texts(areas, "area", "options")
        return cut(self.checked, list(areas), rest=rest)

    def doubts(self) -> tuple[Doubt, ...]:
        """Return what is no failure, but likely a mistake.

        Recipients and households that are likely listed twice, households in two areas, units
        without cadres, people in two tables, and codes of areas that are no longer in use or that
        the published list has for another place. It takes a moment.
        """
        return find_doubts(self.checked)

    def positions_before(self, old: "Problem") -> tuple[IntArray, IntArray]:
        """Return where cadres and recipients stood in another problem, by id.

        It takes no time where this problem was made by editing the other one.

        Returns
        -------
        cadres, recipients
            Shapes ``(cadres,)`` and ``(recipients,)``: rows of the other problem's tables, -1 for
            people who are not in it.
        """
        if self._before is not None:
            tables, rows = self._before
            if tables() is old.checked:
                return rows
        cadres, recipients = (rows_before(self.checked, old.checked, name) for name in _PEOPLE)
        return cadres, recipients

    @property
    def formulation(self) -> "Formulation":
        """The problem as arrays, made when first asked for and kept; nobody may write to it.

        Raises
        ------
        CostRangeError
            If a pair could cost 2**40 metres or more.
        """
        return self.formulate()

    def formulate(self, executor: Executor = IN_TURN) -> "Formulation":
        """Return the formulation; if it has to be made, an executor does both sides at once."""
        # these load numba, which whoever reads tables does not need
        from pairmatch.formulate.formulation import formulate  # noqa: PLC0415
        from pairmatch.formulate.policy_free import policy_free_data  # noqa: PLC0415

        def make() -> "Formulation":
            of_tables = self._of_tables.value(lambda: policy_free_data(self.checked, executor))
            return formulate(self.checked, self.policy, of_tables, self._known_m)

        return self._formulation.value(make)

    def capacity(self) -> IntArray:
        """Return how many recipients each cadre may have, shape ``(cadres,)``, in table order."""
        rank = self.checked.keys.among("cadres", "rank", self.policy.ranks)
        return resolved_capacity(self.cadres, rank, self.policy)

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables that were given, as `from_tables` takes them back.

        What was not given is null here too: a cadre who has no area of its own, and whose unit
        changes, moves with the unit.
        """
        return self.checked.given()

    def digest(self) -> str:
        """Return the SHA-256 of tables and policy: the same for the same rows in any order.

        Returns
        -------
        str
            64 hexadecimal digits. It takes a moment, once.
        """
        return self._digest.value(lambda: digest(self.tables(), self.policy))

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
        cadre_idx = _find(self.cadres, "cadre_id", cadre_ids, "cadres")
        recipient_idx = _find(self.recipients, "recipient_id", recipient_ids, "recipients")
        return self.formulation.block(cadre_idx, recipient_idx)

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
        capacity = self.capacity()[_find(self.cadres, "cadre_id", cadre_ids, "cadres")]
        nth = np.arange(1, int(capacity.max(initial=0)) + 1)
        curves = load_curves(self.policy, capacity.shape[0])
        steps = curves.marginal_m[curves.kind][:, np.minimum(nth, curves.steps) - 1]
        return np.where(nth <= capacity[:, None], steps, -1)

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


def read_problem(
    folder_or_workbook: str | Path,
    *,
    policy: Policy | Mapping[str, Any] | str | Path | None = None,
    strict: bool = False,
    attributes: Sequence[str] = (),
    unknown_current: str = "drop",
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    **sources: Any,
) -> Problem:
    """Read and check the tables of a folder or a workbook, as offices keep them.

    Files and sheets, columns, ranks, categories and levels may be called in English or in Chinese.
    What is certain is repaired, such as blanks around an id, and each repair is counted in a note;
    what is not certain is a failure.

    Parameters
    ----------
    folder_or_workbook
        A workbook (.xlsx) with a sheet a table, or a folder with ``cadres`` and ``recipients``, and
        if there are any ``units``, ``areas``, ``current``, ``locks``, ``bans`` and
        ``adjustments``, each as .xlsx, .csv, .tsv, .txt, .parquet or .feather; and ``policy`` as
        .yaml, .yml or .json. Text files are in UTF-8, UTF-16 or GB18030. Other files are ignored
        with a note; one whose name is nearly one of these is a failure. Or a folder that holds a
        folder or a workbook for each of many offices: their tables are joined to one problem.
    policy
        As `Problem.from_tables` takes it, instead of the folder's.
    strict
        Whether what could be repaired is a failure.
    attributes
        Further columns of cadres and recipients to keep, as text.
    unknown_current
        As `Problem.from_tables` takes it.
    max_rows, max_bytes
        Most rows of a table, and most bytes of a file and of a table in memory; what has more is
        refused.
    sources
        Tables to take instead of the folder's, by name, as `Problem.from_tables` takes them.

    Raises
    ------
    OptionError
        If a source has another name, or ``unknown_current`` is not one of its names, or a limit
        no whole number above 0.
    InputError
        With every failure in every table.
    """
    limits = ReadLimits(max_rows, max_bytes)
    given = {**sources, "policy": policy, "attributes": attributes}
    where = Path(folder_or_workbook)
    return Problem(*tables_of_folder(where, given, unknown_current, limits, strict=strict))


def _texts(ids: Sequence[str], column: str, name: str) -> pa.Array:
    if not isinstance(ids, str):
        try:
            return pa.array(list(ids), pa.string())
        except (TypeError, pa.ArrowException):
            pass
    # out here, as Arrow's error may quote what was given
    raise InputError([Finding("wrong_type.ids", name, column)])


def _find(table: pa.Table, column: str, ids: Sequence[str], name: str) -> IntArray:
    idx = positions_in_order(_texts(ids, column, name), table.column(column))
    unknown = np.flatnonzero(idx < 0)
    if unknown.shape[0]:
        kind = f"unknown_{column.removesuffix('_id')}.asked"
        raise InputError([Finding(kind, name, column, rows=unknown + 1)])
    return idx
