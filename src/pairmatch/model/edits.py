"""Edits of a problem, each a small frozen model, and scenarios: named lists of them.

``op`` says which edit it is. Rows and ids are read and checked when a problem is edited, as what
they mean depends on the tables.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args

import numpy as np
import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)

from pairmatch.errors import Finding, InputError
from pairmatch.model.documents import SCENARIO_TEXT
from pairmatch.model.edit_fields import Ids, NewValues, OneId, RowsOf, ValuesOf, encodable
from pairmatch.model.pairs import CurrentPair
from pairmatch.model.people import Cadre, Recipient
from pairmatch.model.places import Area, Unit
from pairmatch.model.policy import exact_decimal, plain_number
from pairmatch.model.policy_errors import policy_findings
from pairmatch.model.policy_text import Path as FieldPath
from pairmatch.model.policy_text import TextLines, read_file, read_text
from pairmatch.model.quoting_nothing import AS_GIVEN, QuotingNothing
from pairmatch.model.row import OptionalId, Text
from pairmatch.model.wide_signs import read_as_meant
from pairmatch.words import Value

CadreRows: TypeAlias = Annotated[Any, RowsOf(Cadre)]
RecipientRows: TypeAlias = Annotated[Any, RowsOf(Recipient)]
UnitRows: TypeAlias = Annotated[Any, RowsOf(Unit)]
AreaRows: TypeAlias = Annotated[Any, RowsOf(Area)]
Pairs: TypeAlias = Annotated[Any, RowsOf(CurrentPair)]
Reason: TypeAlias = Annotated[Text, AfterValidator(encodable)]
Kilometres: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(exact_decimal),
    Field(ge=-100_000, le=100_000, allow_inf_nan=False),
    PlainSerializer(plain_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": -100_000, "maximum": 100_000}),
]
TableName: TypeAlias = Literal[
    "cadres", "recipients", "units", "areas", "current", "locks", "bans", "adjustments"
]


def _with_op(schema: dict[str, Any]) -> None:
    """Say that ``op`` must be there: it tells edits apart."""
    schema["required"] = ["op", *schema.get("required", ())]


class Edit(QuotingNothing):
    """One change of a problem."""

    model_config = ConfigDict(json_schema_extra=_with_op)


class AddCadres(Edit):
    """Add cadres; ``rows`` are mappings, models, or any table."""

    op: Literal["add_cadres"] = "add_cadres"
    rows: CadreRows


class AddRecipients(Edit):
    """Add recipients; ``rows`` are mappings, models, or any table."""

    op: Literal["add_recipients"] = "add_recipients"
    rows: RecipientRows


class AddUnits(Edit):
    """Add units; ``rows`` are mappings, models, or any table."""

    op: Literal["add_units"] = "add_units"
    rows: UnitRows


class AddAreas(Edit):
    """Add areas; ``rows`` are mappings, models, or any table."""

    op: Literal["add_areas"] = "add_areas"
    rows: AreaRows


class RemoveCadres(Edit):
    """Remove cadres, and the pairs, locks, bans and adjustments that name them."""

    op: Literal["remove_cadres"] = "remove_cadres"
    ids: Ids


class RemoveRecipients(Edit):
    """Remove recipients, and the pairs, locks, bans and adjustments that name them."""

    op: Literal["remove_recipients"] = "remove_recipients"
    ids: Ids


class RemoveUnits(Edit):
    """Remove units and their cadres; units that they lead stay, without a lead unit."""

    op: Literal["remove_units"] = "remove_units"
    ids: Ids


class RemoveAreas(Edit):
    """Remove areas, the areas in them, and the units, cadres and recipients there.

    Units elsewhere that sponsor such an area stay, and sponsor it no more.
    """

    op: Literal["remove_areas"] = "remove_areas"
    ids: Ids


class ChangeCadres(Edit):
    """Give cadres new values of some columns.

    A cadre who changes unit stands where the new unit stands, unless it has an area or a point of
    its own.
    """

    op: Literal["change_cadres"] = "change_cadres"
    ids: Ids
    set: Annotated[dict[str, Any], ValuesOf(Cadre, "cadre_id")]


class ChangeRecipients(Edit):
    """Give recipients new values of some columns."""

    op: Literal["change_recipients"] = "change_recipients"
    ids: Ids
    set: Annotated[dict[str, Any], ValuesOf(Recipient, "recipient_id")]


class ChangeUnits(Edit):
    """Give units new values of some columns."""

    op: Literal["change_units"] = "change_units"
    ids: Ids
    set: Annotated[dict[str, Any], ValuesOf(Unit, "unit_id")]


class ChangeAreas(Edit):
    """Give areas new values of some columns."""

    op: Literal["change_areas"] = "change_areas"
    ids: Ids
    set: Annotated[dict[str, Any], ValuesOf(Area, "area")]


class _WithReason(Edit):
    """An edit of pairs, with who wants it and why; ``author`` is an opaque id."""

    pairs: Pairs
    reason: Reason | None = None
    author: OptionalId | None = None


class LockPairs(_WithReason):
    """Lock pairs: they must be made."""

    op: Literal["lock"] = "lock"


class UnlockPairs(_WithReason):
    """Take locks away; reason and author stay in the scenario alone."""

    op: Literal["unlock"] = "unlock"


class BanPairs(_WithReason):
    """Ban pairs: they must not be made."""

    op: Literal["ban"] = "ban"


class UnbanPairs(_WithReason):
    """Take bans away; reason and author stay in the scenario alone."""

    op: Literal["unban"] = "unban"


class AdjustPairs(Edit):
    """Set what pairs cost beyond what the tables say, in place of what was set before.

    ``extra_km`` may be negative; None takes the adjustment away.
    """

    op: Literal["adjust"] = "adjust"
    pairs: Pairs
    extra_km: Kilometres | None


class CloseArea(Edit):
    """Remove the recipients and the cadres of an area and of those in it; the area stays."""

    op: Literal["close_area"] = "close_area"
    area: OneId


class SetPolicy(Edit):
    """Set fields of the policy by their paths, such as ``load.default_capacity``."""

    op: Literal["set_policy"] = "set_policy"
    set: NewValues


class ReplaceTable(Edit):
    """Put other rows in place of a whole table; ``rows`` None is a table that is not given."""

    op: Literal["replace_table"] = "replace_table"
    table: TableName
    rows: Annotated[Any, RowsOf(None)] | None


AnyEdit: TypeAlias = (
    AddCadres
    | AddRecipients
    | AddUnits
    | AddAreas
    | RemoveCadres
    | RemoveRecipients
    | RemoveUnits
    | RemoveAreas
    | ChangeCadres
    | ChangeRecipients
    | ChangeUnits
    | ChangeAreas
    | LockPairs
    | UnlockPairs
    | BanPairs
    | UnbanPairs
    | AdjustPairs
    | CloseArea
    | SetPolicy
    | ReplaceTable
)
OPS: Mapping[str, type[Edit]] = {
    str(model.model_fields["op"].default): model for model in get_args(AnyEdit)
}


_WHY = ("reason", "author")
# in C where it was built: ten thousand rows take less than half of the time
_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Scenario(QuotingNothing):
    """A named list of edits, kept as a file in YAML or JSON."""

    schema_version: Literal[1] = 1
    name: Reason | None = None
    edits: tuple[Annotated[AnyEdit, Field(discriminator="op")], ...]

    def to_yaml(self) -> str:
        """Return the scenario as YAML that `from_yaml` reads back."""
        return str(
            yaml.dump(self.to_document(), None, _DUMPER, allow_unicode=True, sort_keys=False)
        )

    def to_json(self) -> str:
        """Return the scenario as JSON with a line for each row, which is YAML too.

        A hundred thousand pairs are written and read in a tenth of the time that `to_yaml` takes.
        """
        document = self.to_document()
        edits = ",\n".join(map(_edit_lines, document.pop("edits")))
        return f'{_one_line(document)[:-1]}, "edits": [\n{edits}\n]}}\n'

    def to_document(self) -> dict[str, Any]:
        """Return the scenario as plain data that `from_mapping` and the JSON schema take."""
        data = json.loads(self.model_dump_json())
        data["edits"] = [
            {"op": edit.pop("op")}
            | {name: value for name, value in edit.items() if name not in _WHY or value is not None}
            for edit in data["edits"]
        ]
        return {name: value for name, value in data.items() if value is not None}

    @classmethod
    def from_yaml(cls, text: str) -> "Scenario":
        """Read a scenario from YAML (or JSON, which is YAML).

        Scalars are read by the core schema of YAML 1.2: an id such as 007 is text. Full-width
        colons, commas, blanks and quotes are understood where YAML has its own.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        return read_as_meant(text, cls._from_plain_text)[0]

    @classmethod
    def _from_plain_text(cls, text: str) -> "Scenario":
        return cls._from_fields(read_text(text, SCENARIO_TEXT), TextLines(text).line_of)

    @classmethod
    def from_mapping(cls, data: object) -> "Scenario":
        """Read a scenario from a mapping of fields.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        return cls._from_fields(data, lambda _path: None)

    @classmethod
    def _from_fields(cls, data: object, line_of: Callable[[FieldPath], int | None]) -> "Scenario":
        if not isinstance(data, Mapping):
            raise InputError([Finding("bad_edit.no_fields", "scenario")])
        fields = {str(name): value for name, value in data.items()}
        given = fields.get("edits", ())
        findings: list[Finding] = []
        edits: dict[int, Edit] = {}
        if isinstance(given, list | tuple):
            edits = read_edits(given, findings, line_of)
            fields["edits"] = ()
        try:
            scenario = cls.model_validate(fields, context=AS_GIVEN)
        except ValidationError as error:
            findings += _edit_findings(error, cls, fields, line_of)
        if findings:
            raise InputError(findings)
        return scenario.model_copy(update={"edits": tuple(edits.values())})

    @classmethod
    def from_file(cls, path: str | Path) -> "Scenario":
        """Read a scenario from a .yaml, .yml or .json file.

        Raises
        ------
        InputError
            If the file cannot be read, or a field is wrong.
        """
        return cls.from_yaml(read_file(path, SCENARIO_TEXT))


def _edit_lines(edit: dict[str, Any]) -> str:
    """Return an edit as JSON, its rows or pairs in lines of their own."""
    name = next((name for name in ("pairs", "rows") if edit.get(name)), None)
    if name is None:
        return _one_line(edit)
    rows = ",\n".join(map(_one_line, edit.pop(name)))
    return f'{_one_line(edit)[:-1]}, "{name}": [\n{rows}\n]}}'


def _one_line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario from a .yaml, .yml or .json file.

    Parameters
    ----------
    path
        Of a file with ``schema_version``, ``name`` and ``edits``.

    Raises
    ------
    InputError
        If the file cannot be read, or with every field of every edit that is wrong.
    """
    return Scenario.from_file(path)


def read_edits(
    given: Sequence[object],
    findings: list[Finding],
    line_of: Callable[[FieldPath], int | None] = lambda _path: None,
) -> dict[int, Edit]:
    """Return edits by their number, from models or from mappings of their fields.

    Parameters
    ----------
    given
        Each an edit, a mapping with ``op``, or a scenario (or a mapping of one), which stands for
        its edits.
    findings
        Takes what is wrong, with the number of the edit, from 1.
    line_of
        Returns the line of a field in the text that was read, if there was any.
    """
    edits: dict[int, Edit] = {}
    for number, one in enumerate(_flat(given, findings), 1):
        if isinstance(one, Edit):
            edits[number] = one
            continue
        if not isinstance(one, Mapping):
            place = _place(line_of, number)
            findings.append(Finding("bad_edit.no_edit", "edits", None, place))
            continue
        fields = {str(name): value for name, value in one.items()}
        model = OPS.get(op) if isinstance(op := fields.get("op"), str) else None
        if model is None:
            ops: dict[str, Value] = {"names": tuple(OPS), **_place(line_of, number)}
            findings.append(Finding("bad_edit.unknown_op", "edits", "op", ops))
            continue
        try:
            edits[number] = model.model_validate(fields, context=AS_GIVEN)
        except ValidationError as error:
            lines = partial(_line_within, line_of, number)
            found = _edit_findings(error, model, fields, lines)
            findings += [with_edit(one, number) for one in found]
    return edits


def _place(line_of: Callable[[FieldPath], int | None], number: int) -> dict[str, Value]:
    line = line_of(("edits", number - 1))
    return {"edit": number, **({"line": line} if line else {})}


def _line_within(
    line_of: Callable[[FieldPath], int | None], number: int, path: FieldPath
) -> int | None:
    return line_of(("edits", number - 1, *path))


def _flat(given: Sequence[object], findings: list[Finding]) -> list[object]:
    """Return edits with scenarios opened."""
    flat: list[object] = []
    for one in given:
        if isinstance(one, Scenario):
            flat += one.edits
        elif isinstance(one, Mapping) and "edits" in one and "op" not in one:
            try:
                flat += Scenario.from_mapping(one).edits
            except InputError as error:
                findings += error.findings
        else:
            flat.append(one)
    return flat


def with_edit(finding: Finding, number: int) -> Finding:
    """Return a finding with the number of the edit in which it was found."""
    parameters = {**finding.parameters, "edit": number}
    return replace(finding, table="edits", parameters=parameters)


def _edit_findings(
    error: ValidationError,
    model: type[QuotingNothing],
    data: Mapping[str, Any],
    line_of: Callable[[FieldPath], int | None],
) -> list[Finding]:
    found = policy_findings(error, model, data, line_of, SCENARIO_TEXT)
    return [_with_row(finding) for finding in found]


def _with_row(finding: Finding) -> Finding:
    """Return a finding about the third id, say, as one about a row, from 1."""
    field, _, at = (finding.column or "").partition(".")
    if field != "ids" or not at.isdigit():
        return finding
    rows = np.array([int(at) + 1])
    return Finding(finding.kind, finding.table, field, finding.parameters, rows)
