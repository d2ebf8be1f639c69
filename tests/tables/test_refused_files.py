"""What is no file, or far too much, is refused by every reader, by name and at once."""

import os
from pathlib import Path
from typing import Any

import pytest

from pairmatch.errors import InputError, OptionError
from pairmatch.model import Policy
from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.problem import Problem, read_problem
from pairmatch.tables.findings import Findings
from pairmatch.tables.plain_file import read_plain
from tests.tables.good import good_tables, refused, where

TABLES = tuple(good_tables())


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".feather"])
@pytest.mark.parametrize("table", TABLES)
def test_a_pipe_is_refused_as_any_table(table: str, ending: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f"{table}{ending}")
    error = refused({**good_tables(), table: tmp_path / f"{table}{ending}"})
    assert where(error) == [("not_a_file", table, None, ())]
    assert "a named pipe" in str(error)


@pytest.mark.parametrize(
    "url", ["https://example.org/cadres.csv", "s3://bucket/cadres", Path("file:///etc/cadres.csv")]
)
def test_a_url_is_refused_as_a_table_a_policy_and_a_folder(url: str | Path) -> None:
    assert where(refused({**good_tables(), "cadres": url})) == [("not_a_file", "cadres", None, ())]
    assert where(refused(good_tables(), policy=url)) == [("not_a_file", "policy", None, ())]
    with pytest.raises(InputError, match="a URL") as caught:
        read_problem(url)
    assert where(caught.value) == [("not_a_file", "folder", None, ())]
    assert "example" not in str(caught.value)


def test_pipes_in_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    for name in ("cadres.csv", "policy.yaml", "locks.parquet"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "recipients.csv").write_text("recipient_id,category,area\nr,orphan,a\n")
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path)
    assert where(caught.value) == [
        ("not_a_file", "cadres", None, ()),
        ("not_a_file", "locks", None, ()),
        ("not_a_file", "policy", None, ()),
    ]


def test_a_device_is_refused_as_a_policy() -> None:
    with pytest.raises(InputError, match="a device") as caught:
        Policy.from_file("/dev/zero")
    assert caught.value.counts == {"not_a_file": 1}


def test_a_policy_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    with path.open("wb") as file:
        file.truncate(2**33)
    with pytest.raises(InputError) as caught:
        Policy.from_file(path)
    assert caught.value.counts == {"too_many_bytes": 1}


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".feather"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"cadres{ending}"
    with path.open("wb") as file:
        file.truncate(2**33)
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [("too_many_bytes", "cadres", None, ())]


def read(path: Path, text: str, **limits: Any) -> tuple[str | None, int]:
    path.write_text(text, encoding="utf-8")
    try:
        table = read_plain(path, "cadres", Findings(), ReadLimits(**limits))
    except RefusedError as error:
        return error.kind, -1
    return None, -1 if table is None else table.num_rows


def test_a_csv_file_is_measured_before_it_is_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    assert read(path, "a\n" + "x\n" * 10, max_rows=10) == (None, 10)
    assert read(path, "a\n" + "x\n" * 11, max_rows=10) == ("too_many_rows", -1)
    assert read(path, "a\r\n" + "x\r\n" * 10, max_rows=10) == (None, 10)
    # cells that are empty take no byte of the file, and four in memory
    text = "a,b,c,d\n" + ",,,\n" * 1_000
    assert read(path, text, max_bytes=len(text) + 16_016) == (None, 0)
    assert read(path, text, max_bytes=len(text) + 16_015) == ("too_many_bytes", -1)


@pytest.mark.parametrize("text", ["x" * 3_000_000, '"' + "x\n" * 2_000_000, "\n" * 100_000])
def test_a_header_without_end_is_no_header(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text(text)
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [("bad_header", "cadres", None, ())]


@pytest.mark.parametrize("name", ["max_rows", "max_bytes"])
@pytest.mark.parametrize("bad", [0, -5, 1.5, "many"])
def test_limits_are_whole_numbers_above_0(name: str, bad: Any, tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        Problem.from_tables(**good_tables(), **{name: bad})
    with pytest.raises(OptionError):
        read_problem(tmp_path, **{name: bad})


@pytest.mark.parametrize("limit", ["max_rows", "max_bytes"])
def test_every_table_of_every_kind_is_limited(limit: str, tmp_path: Path) -> None:
    low: dict[str, Any] = {limit: 1}
    error = refused(good_tables(), **low)
    small = {"current", "locks", "bans"} if limit == "max_rows" else set()
    code = "too_many_rows" if limit == "max_rows" else "too_many_bytes"
    refused_tables = {found.table for found in error.findings if found.code == code}
    assert refused_tables >= {"cadres", "recipients", "units", "areas", "adjustments"} - small
    (tmp_path / "cadres.csv").write_text("cadre_id,unit_id,rank\nc,u,staff\nd,u,staff\n")
    (tmp_path / "recipients.csv").write_text("recipient_id,category,area\nr,orphan,a\n")
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path, **low)
    assert code in caught.value.counts
