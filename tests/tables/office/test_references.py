from typing import Any

import pyarrow as pa

from pairmatch.tables.findings import Findings
from pairmatch.tables.office.references import REFERENCES, mended_references
from pairmatch.tables.schema import SCHEMAS


def table(**columns: list[str | None]) -> pa.Table:
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def mend(**tables: pa.Table) -> tuple[dict[str, dict[str, list[Any]]], dict[tuple[str, Any], int]]:
    findings = {name: Findings() for name in tables}
    found = mended_references(tables, findings)
    every = [note for one in findings.values() for note in one.notes]
    notes = {(note.table, note.column): note.count for note in every}
    assert {note.code for note in every} <= {"repaired_reference"}
    return {name: one.to_pydict() for name, one in found.items()}, notes


def test_ids_are_written_as_in_their_table() -> None:
    new, notes = mend(
        units=table(
            unit_id=["U01", "u 2"], area=["62A", "62a "], lead_unit_id=["u01", None],
            sponsors=["62a;62B", "62A"],
        ),
        cadres=table(cadre_id=["c1", "c2"], unit_id=["u01", "Ｕ2"], area=["62Ａ", None]),
        areas=table(area=["62A", "62B"], parent=[None, "62 a"]),
        current=table(recipient_id=["r1", "r1"], cadre_id=["C1", "c2"]),
    )  # fmt: skip
    assert new["units"] == {
        "unit_id": ["U01", "u 2"],
        "area": ["62A", "62A"],
        "lead_unit_id": ["U01", None],
        "sponsors": ["62A;62B", "62A"],
    }
    assert new["cadres"]["unit_id"] == ["U01", "u 2"]
    assert new["cadres"]["area"] == ["62A", None]
    assert new["areas"]["parent"] == [None, "62A"]
    # there is no table of recipients to look into
    assert new["current"] == {"recipient_id": ["r1", "r1"], "cadre_id": ["c1", "c2"]}
    assert notes == {
        ("units", "area"): 1,
        ("units", "lead_unit_id"): 1,
        ("units", "sponsors"): 1,
        ("cadres", "unit_id"): 2,
        ("cadres", "area"): 1,
        ("areas", "parent"): 1,
        ("current", "cadre_id"): 1,
    }


def test_where_two_ids_fit_nothing_is_sure() -> None:
    new, notes = mend(units=table(unit_id=["U1", "u1"]), cadres=table(unit_id=["ｕ1", "x"]))
    assert new["cadres"] == {"unit_id": ["ｕ1", "x"]}
    assert notes == {}


def test_what_is_known_stays_as_it_is() -> None:
    given = {"units": table(unit_id=["U1"]), "cadres": table(unit_id=["U1", None, "y"])}
    assert mend(**given) == ({name: one.to_pydict() for name, one in given.items()}, {})


def test_when_strict_it_is_a_failure() -> None:
    findings = Findings(strict=True)
    tables = {"units": table(unit_id=["U1"]), "cadres": table(unit_id=["U1", "u1"])}
    mended_references(tables, {"units": Findings(), "cadres": findings})
    (finding,) = findings.found
    assert (finding.kind, finding.rows.tolist()) == ("not_repaired.reference", [2])


def test_every_column_that_names_a_row_is_there() -> None:
    assert set(REFERENCES) == {schema.name for schema in SCHEMAS}
    for schema in SCHEMAS:
        names = {column.name for column in schema.columns}
        assert {column for column, _ in REFERENCES[schema.name]} <= names
