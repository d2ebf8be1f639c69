from pathlib import Path

import pyarrow as pa
import pytest

from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.findings import Findings
from pairmatch.tables.plain_file import read_plain


def read(path: Path, data: bytes) -> tuple[pa.Table | None, Findings]:
    path.write_bytes(data)
    findings = Findings()
    return read_plain(path, "cadres", findings), findings


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_utf8_with_and_without_mark_and_with_either_line_end(
    tmp_path: Path, start: bytes, end: bytes
) -> None:
    lines = ["a,b", "007,甲", ",x y", '"",1e3', ""]
    table, findings = read(tmp_path / "表.csv", start + end.join(s.encode() for s in lines))
    assert findings.found == []
    assert table is not None
    assert table.to_pydict() == {"a": ["007", None, None], "b": ["甲", "x y", "1e3"]}
    assert table.schema.types == [pa.string()] * 2


def test_quoted_commas_quotes_and_new_lines_stay_in_their_cell(tmp_path: Path) -> None:
    table, findings = read(tmp_path / "t.csv", b'"a",b\n"1,2","say ""x"""\n"3\n4",5\n')
    assert findings.found == []
    assert table is not None
    assert table.to_pydict() == {"a": ["1,2", "3\n4"], "b": ['say "x"', "5"]}


def test_names_of_columns_are_trimmed(tmp_path: Path) -> None:
    table, _ = read(tmp_path / "t.csv", b"a , b\n1,2\n")
    assert table is not None
    assert table.column_names == ["a", "b"]


@pytest.mark.parametrize("data", [b"a,b", b"a,b\n", b"\xef\xbb\xbfa,b\r\n\r\n", b"\n\na,b\n\n\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path: Path, data: bytes) -> None:
    table, findings = read(tmp_path / "t.csv", data)
    assert findings.found == []
    assert table is not None
    assert (table.column_names, table.num_rows) == (["a", "b"], 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_header"),
        (b"\xef\xbb\xbf", "bad_header"),
        (b"\n\r\n", "bad_header"),
        (b" , \n , \n", "bad_header"),
        (b"a;b\n1;2\n", "bad_header"),
        (b"a\tb\n1\t2\n", "bad_header"),
        ("编号,单位\n".encode("gb18030"), "bad_encoding"),
        (b"a,b\n" + b"1,2\n" * 400_000 + "甲,乙\n".encode("gb18030"), "bad_encoding"),
        ("a,b\n1,2\n".encode("utf-16"), "bad_encoding"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\xfe\xff", "bad_encoding"),
    ],
)
def test_a_file_that_is_no_table_has_a_reason(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as raised:
        read(tmp_path / "t.csv", data)
    assert raised.value.finding("cadres").code == code


@pytest.mark.parametrize(
    ("data", "bad", "good"),
    [
        (b"a,b\n1,2\n3\n5,6\n7,8,9\n0,0\n", [3, 5], [2, 4, 6]),
        (b"\n\na,b\n\n1,2\n\n\n3\n5,6\n7,8,9\n0,0\n", [8, 10], [5, 9, 11]),
        (b'"a\n",b\n1,2\n3\n5,6\n7,8,9\n0,0\n', [3, 5], [2, 4, 6]),
        (
            b'\xef\xbb\xbf"a",b\r\n1,"2\r\n"\r\n3\r\n5,6\r\n7,8,9\r\n0,0\r\n',
            [3, 5],
            [2, 4, 6],
        ),
    ],
)
def test_rows_of_another_length_are_left_out_and_named_as_a_spreadsheet_counts_them(
    tmp_path: Path, data: bytes, bad: list[int], good: list[int]
) -> None:
    table, findings = read(tmp_path / "t.csv", data)
    assert table is not None
    assert table.column(0).to_pylist() == ["1", "5", "0"]
    assert [(found.code, found.rows.tolist()) for found in findings.found] == [("ragged_row", bad)]
    assert findings.places["cadres"].numbers.tolist() == good
    assert findings.incomplete == {"cadres"}


def test_rows_are_numbered_across_the_blocks_of_a_long_file(tmp_path: Path) -> None:
    rows = [f"{n}" if n % 100_000 == 0 else f"{n},{n}" for n in range(1, 300_001)]
    _, findings = read(tmp_path / "t.csv", ("a,b\n" + "\n".join(rows)).encode())
    assert findings.found[0].rows.tolist() == [100_001, 200_001, 300_001]


def test_failures_after_a_row_that_was_left_out_have_the_numbers_of_the_file(
    tmp_path: Path,
) -> None:
    table, findings = read(tmp_path / "t.csv", b"a,b\n1\n2,x\n3,y\n")
    assert table is not None
    findings.rows("code", "cadres", "b", pa.array([False, True]))
    assert findings.found[-1].rows.tolist() == [4]
