import pytest

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.text_file import begin, parse


def read(data: bytes, **limits: int) -> tuple[Grid, Findings]:
    findings = Findings()
    return parse(data, begin(data), "t.csv", "cadres", findings, ReadLimits(**limits)), findings


def cells(data: bytes) -> dict[int, list[str | None]]:
    """Return the cells of each row by its number."""
    grid, findings = read(data)
    assert findings.found == []
    return {
        number: list(row.values())
        for number, row in zip(grid.rows.tolist(), grid.cells.to_pylist(), strict=True)
    }


@pytest.mark.parametrize("separator", [b",", b"\t", b";"])
def test_the_separator_that_gives_most_cells_is_taken(separator: bytes) -> None:
    data = b"a.b.c\n1.2.x\n".replace(b".", separator)
    assert cells(data) == {1: ["a", "b", "c"], 2: ["1", "2", "x"]}


def test_cells_may_hold_other_separators() -> None:
    assert cells(b"a;b\n1,5,5;2\n") == {1: ["a", "b"], 2: ["1,5,5", "2"]}
    assert cells(b"a,b\n1;5;5,2\n") == {1: ["a", "b"], 2: ["1;5;5", "2"]}


def test_columns_have_the_letters_of_the_spreadsheet() -> None:
    grid, _ = read((",".join("x" * 28) + "\n").encode())
    assert grid.cells.column_names[-3:] == ["Z", "AA", "AB"]


def test_a_title_and_blank_lines_count_as_rows() -> None:
    assert cells(b"title\n\na,b\n\n1,2\n") == {
        1: ["title", None],
        2: [None, None],
        3: ["a", "b"],
        4: [None, None],
        5: ["1", "2"],
    }


def test_empty_cells_too_many_are_no_failure() -> None:
    assert cells(b"a,b\n1,2,,,\n3,4\n") == {1: ["a", "b"], 2: ["1", "2"], 3: ["3", "4"]}


def test_rows_of_other_lengths_are_reported_by_their_numbers() -> None:
    grid, findings = read(b"a,b\n1\n1,2\n1,2,3\n")
    assert grid.rows.tolist() == [1, 3]
    (found,) = findings.found
    assert (found.kind, found.rows.tolist()) == ("ragged_row", [2, 4])
    assert findings.incomplete == {"cadres"}


def test_a_cell_of_a_few_lines_stays_and_one_that_holds_rows_is_left_out() -> None:
    assert cells(b'a,b\n"1\nx",2\n3,4\n') == {1: ["a", "b"], 2: ["1\nx", "2"], 3: ["3", "4"]}
    grid, findings = read(b'a,b\n1,"2\n3,4\n5,6",\n7,8\n'.replace(b'",', b'"'))
    assert grid.rows.tolist() == [1, 3]
    (found,) = findings.found
    assert (found.kind, found.rows.tolist()) == ("ragged_row.quotes", [2])


def test_a_file_that_is_all_in_one_quote_has_no_header() -> None:
    with pytest.raises(RefusedError) as raised:
        read(b'"a,b\n1,2\n3,4\n')
    assert raised.value.kind == "bad_header"


@pytest.mark.parametrize("data", [b"a|b\n1|2\n", "甲，乙\n丙，丁\n".encode()])
def test_separators_that_are_not_read_are_named(data: bytes) -> None:
    with pytest.raises(RefusedError) as raised:
        begin(data)
    assert raised.value.kind == "bad_header.separators"


def test_more_than_the_limits_is_refused_before_it_is_taken_apart() -> None:
    with pytest.raises(RefusedError) as raised:
        read(b"a,b\n" * 9, max_rows=5)
    assert raised.value.kind == "too_many_rows"
    with pytest.raises(RefusedError) as raised:
        begin(b"," * 2000 + b"\n")
    assert raised.value.kind == "too_many_columns"
