from typing import Any

import numpy as np
import pyarrow as pa

from pairmatch.errors import Source
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.joined import joined
from pairmatch.tables.places import Places
from pairmatch.tables.schema import SCHEMAS

SCHEMA = {schema.name: schema for schema in SCHEMAS}
Part = tuple[pa.Table | None, Findings]


def part(table: str, file: str, first_row: int = 2, **columns: list[Any]) -> Part:
    """Return a part whose rows stand in a file from a row on."""
    data = pa.table(columns)
    findings = Findings()
    numbers = np.arange(first_row, first_row + data.num_rows, dtype=np.int64)
    letters = dict(zip(data.column_names, "ABCDEFGH", strict=False))
    findings.places[table] = Places.of(Source(file, "", letters), numbers)
    return data, findings


def test_a_part_alone_stays_as_it_is() -> None:
    alone = part("cadres", "a.csv", cadre_id=["c1"])
    assert joined([alone], SCHEMA["cadres"]) is alone


def test_rows_keep_their_order_and_their_places() -> None:
    parts = [
        part("current", "a.csv", 3, recipient_id=["r1", "r2"], cadre_id=["c1", "c1"]),
        part("current", "b.csv", 7, cadre_id=["c2"], recipient_id=["r3"]),
    ]
    whole, findings = joined(parts, SCHEMA["current"])
    assert whole is not None
    assert whole.to_pydict() == {"recipient_id": ["r1", "r2", "r3"], "cadre_id": ["c1", "c1", "c2"]}
    every = findings.places["current"].by_source(np.array([1, 2]))
    assert [(source.file, rows.tolist()) for source, _, rows in every] == [
        ("a.csv", [4]),
        ("b.csv", [7]),
    ]


def test_parts_of_different_kinds_of_files_become_text() -> None:
    parts = [
        part("units", "a.parquet", unit_id=["u1"], sponsors=[["1", "2"]]),
        part("units", "b.csv", unit_id=["u2"], sponsors=["3"]),
    ]
    whole, _ = joined(parts, SCHEMA["units"])
    assert whole is not None
    assert whole.column("sponsors").to_pylist() == ["1;2", "3"]


def test_units_that_parts_list_alike_are_taken_once() -> None:
    parts = [
        part("units", "a.csv", unit_id=["u0", "u1"], area=["1", "2"]),
        part("units", "b.csv", unit_id=["u0", "u2"], area=["1", "3"]),
        part("units", "c.csv", unit_id=["u0"], area=["9"]),
    ]
    whole, findings = joined(parts, SCHEMA["units"])
    assert whole is not None
    # one that differs stays, for the check of ids to refuse with both places
    assert whole.column("unit_id").to_pylist() == ["u0", "u1", "u2", "u0"]
    assert [(note.code, note.count) for note in findings.notes] == [("joined_rows", 1)]
    assert findings.places["units"].numbers.tolist() == [2, 3, 3, 2]


def test_people_who_stand_alike_in_two_parts_are_not_taken_once() -> None:
    parts = [part("cadres", file, cadre_id=["c1"]) for file in ("a.csv", "b.csv")]
    whole, findings = joined(parts, SCHEMA["cadres"])
    assert whole is not None
    assert whole.num_rows == 2
    assert findings.notes == []


def test_a_needed_column_that_a_part_lacks_is_missed_there() -> None:
    parts = [
        part("recipients", "a.csv", recipient_id=["r1"], category=["x"], area=["1"]),
        part("recipients", "b.csv", recipient_id=["r2", "r3"], category=["x", "x"], lon=["1", "1"]),
    ]
    _, findings = joined(parts, SCHEMA["recipients"])
    assert [(one.kind, one.column, one.source.file) for one in findings.found] == [
        ("missing_column", "area", "b.csv")
    ]
    # so that nothing is said of the cells, which are empty
    assert findings.flagged("recipients", ["area"], 3).tolist() == [False, True, True]


def test_a_table_of_which_a_part_cannot_be_read_is_none() -> None:
    unread = Findings()
    unread.unread("cadres")
    whole, findings = joined(
        [part("cadres", "a.csv", cadre_id=["c1"]), (None, unread)], SCHEMA["cadres"]
    )
    assert whole is None
    assert findings.incomplete == {"cadres"}


def test_notes_that_say_the_same_of_parts_are_one() -> None:
    parts = [part("cadres", file, cadre_id=[file]) for file in ("a.csv", "b.csv")]
    for _, findings in parts:
        findings.note("other_encoding", "cadres", names=["GB18030"])
        findings.note("repaired_total_row", "cadres", count=2)
    _, findings = joined(parts, SCHEMA["cadres"])
    assert [(note.code, note.count) for note in findings.notes] == [
        ("other_encoding", 1),
        ("repaired_total_row", 4),
    ]
