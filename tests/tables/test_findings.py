import numpy as np
import pyarrow as pa

from pairmatch.errors import Source
from pairmatch.tables.findings import Findings
from pairmatch.tables.places import Places


def test_rows_are_counted_from_one_and_null_is_not_bad() -> None:
    findings = Findings()
    findings.rows("code", "cadres", "rank", pa.array([True, None, False, True]))
    assert [found.rows.tolist() for found in findings.found] == [[1, 4]]


def test_no_bad_row_is_no_finding() -> None:
    findings = Findings()
    findings.rows("code", "cadres", "rank", np.zeros(3, dtype=np.bool_))
    assert findings.found == []


def test_the_first_few_opaque_ids_are_cited_once_each() -> None:
    findings = Findings()
    ids = pa.chunked_array([["a1", "Wang", None, "a1", "a5", "a6", "a7", "a8", "a9"]])
    findings.rows("code", "cadres", "rank", np.ones(9, dtype=np.bool_), ids)
    assert findings.found[0].ids == ("a1", "a5", "a6", "a7", "a8")


def test_rows_that_were_left_out_while_reading_are_counted() -> None:
    findings = Findings(places={"cadres": Places.of(Source(), np.array([1, 3, 4]))})
    findings.rows("code", "cadres", "rank", np.array([False, True, True]))
    findings.rows("code", "units", "level", np.array([False, True, True]))
    assert [found.rows.tolist() for found in findings.found] == [[3, 4], [2, 3]]


def test_flagged_rows_are_those_with_a_failure_in_one_of_the_columns() -> None:
    findings = Findings()
    findings.rows("a", "cadres", "lon", np.array([True, False, False]))
    findings.rows("b", "cadres", "lat", np.array([False, True, False]))
    assert findings.flagged("cadres", ["lon"], 3).tolist() == [True, False, False]
    assert findings.flagged("cadres", ["lon", "lat"], 3).tolist() == [True, True, False]
    assert findings.flagged("cadres", ["rank"], 3).tolist() == [False] * 3
    assert findings.flagged("units", ["lon"], 3).tolist() == [False] * 3


def test_a_table_that_could_not_be_read_has_no_flagged_rows() -> None:
    findings = Findings(places={"cadres": Places.of(Source(), np.array([1, 3]))})
    findings.rows("a", "cadres", "lon", np.array([True, False]))
    findings.rows("a", "units", "area", np.array([True, False]))
    findings.unread("cadres")
    assert findings.flagged("cadres", ["lon"], 0).tolist() == []
    assert findings.flagged("units", ["area"], 2).tolist() == [True, False]
    assert findings.incomplete == {"cadres"}
    assert findings.places == {}
    assert [found.table for found in findings.found] == ["cadres", "units"]


def test_what_was_found_in_one_table_is_taken_over_with_its_rows() -> None:
    part, findings = Findings(), Findings(incomplete={"areas"})
    findings.rows("first", "units", None, np.array([True]))
    part.places["cadres"] = Places.of(Source(), np.array([3, 7]))
    part.incomplete.add("cadres")
    part.rows("second", "cadres", "rank", np.array([False, True]))
    part.note("no_units", "cadres")
    part.lost("units", "area")
    findings.absorb(part)
    assert [(one.code, one.rows.tolist()) for one in findings.found] == [
        ("first", [1]),
        ("second", [7]),
    ]
    assert findings.incomplete == {"areas", "cadres"}
    assert [note.code for note in findings.notes] == ["no_units"]
    assert findings.flagged("units", ["area"], 3).all()
    assert findings.flagged("cadres", ["rank"], 2).tolist() == [False, True]
    # a second failure in the same column is added to the first
    findings.rows("third", "cadres", "rank", np.array([True, False]))
    assert findings.flagged("cadres", ["rank"], 2).tolist() == [True, True]
