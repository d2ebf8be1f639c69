"""Only regular files are read, and no more than is allowed."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from pairmatch.errors import OptionError
from pairmatch.model.read_limits import (
    MAX_BYTES,
    MAX_ROWS,
    ReadLimits,
    RefusedError,
    check_file,
    check_not_url,
)


def refused(path: Path | str, size: int = MAX_BYTES) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        check_file(path, size)
    assert caught.value.finding("cadres").advice
    return caught.value


def test_the_defaults_are_far_above_a_nation_and_below_five_gigabytes() -> None:
    assert ReadLimits() == ReadLimits(MAX_ROWS, MAX_BYTES)
    assert MAX_ROWS >= 70 * 267_000
    assert 70 * 25_000_000 < MAX_BYTES < 5 * 10**9


@pytest.mark.parametrize("bad", [0, -1, 1.5, "7", True, None])
def test_limits_are_whole_numbers_above_0(bad: Any) -> None:
    with pytest.raises(OptionError) as caught:
        ReadLimits(max_rows=bad, max_bytes=bad)
    assert [found.column for found in caught.value.findings] == ["max_rows", "max_bytes"]


def test_what_is_more_is_refused_and_the_limit_named() -> None:
    limits = ReadLimits(max_rows=3, max_bytes=1_000)
    limits.check_rows(3)
    limits.check_bytes(1_000)
    with pytest.raises(RefusedError) as rows:
        limits.check_rows(4)
    with pytest.raises(RefusedError) as size:
        limits.check_bytes(1_001)
    assert rows.value.finding("cadres").found == "more than 3 rows"
    assert size.value.finding("cadres").found.startswith("more than 1,000 bytes")
    assert (rows.value.kind, size.value.kind) == ("too_many_rows", "too_many_bytes")


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cadres.csv")
    assert "a named pipe" in refused(tmp_path / "cadres.csv").finding("cadres").found
    (tmp_path / "link.csv").symlink_to(tmp_path / "cadres.csv")
    assert refused(tmp_path / "link.csv").kind == "not_a_file"


def test_a_device_and_a_socket_are_refused(tmp_path: Path) -> None:
    assert "a device" in refused("/dev/zero").finding("cadres").found
    with socket.socket(socket.AF_UNIX) as listening:
        # a path of a socket must be short
        before = Path.cwd()
        os.chdir(tmp_path)
        try:
            listening.bind("s.csv")
        finally:
            os.chdir(before)
        assert "a socket" in refused(tmp_path / "s.csv").finding("cadres").found


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/cadres.csv",
        "HTTP://example.org/a.parquet",
        "s3://bucket/a.parquet",
        "file:///etc/passwd",
        "hdfs:/a.csv",
        Path("https://example.org/cadres.csv"),
    ],
)
def test_a_url_is_refused_by_its_name(url: str | Path) -> None:
    assert "a URL" in refused(url).finding("cadres").found


@pytest.mark.parametrize("path", ["a:b.csv", "C:/tables/a.csv", "a/b://c", "表.csv"])
def test_a_path_is_no_url(path: str) -> None:
    check_not_url(path)


def test_files_and_links_to_files_are_taken_and_folders_are_none(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"12345")
    (tmp_path / "link.csv").symlink_to(file)
    assert check_file(file, 5) == file
    assert check_file(str(tmp_path / "link.csv"), 5) == tmp_path / "link.csv"
    assert refused(file, 4).kind == "too_many_bytes"
    with pytest.raises(IsADirectoryError):
        check_file(tmp_path, 5)
    with pytest.raises(FileNotFoundError):
        check_file(tmp_path / "none", 5)
