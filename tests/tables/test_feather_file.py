"""Feather files come whole, and those that unpack to too much are refused before they do."""

import random
import struct
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.decode import decoded
from pairmatch.tables.feather_file import read_feather
from tests.tables.good import good_tables, refused, where
from tests.tables.test_parquet_file import table_of_all_kinds


@pytest.mark.parametrize("compression", ["lz4", "zstd", "uncompressed"])
@pytest.mark.parametrize("chunksize", [None, 300])
def test_tables_come_whole_however_they_were_written(
    compression: str, chunksize: int | None, tmp_path: Path
) -> None:
    table = table_of_all_kinds()
    table = table.append_column("words", table.column("rank").dictionary_encode())
    path = tmp_path / "t.feather"
    feather.write_feather(table, path, compression=compression, chunksize=chunksize)
    found = read_feather(path, ReadLimits())
    assert found.column_names == table.column_names
    for name in table.column_names:
        assert decoded(found.column(name)).to_pylist() == decoded(table.column(name)).to_pylist()


def test_a_table_without_rows_comes_whole(tmp_path: Path) -> None:
    table = table_of_all_kinds().slice(0, 0)
    feather.write_feather(table, tmp_path / "t.feather")
    assert read_feather(tmp_path / "t.feather", ReadLimits()).schema == table.schema


@pytest.mark.parametrize("compression", ["lz4", "zstd"])
def test_a_small_file_that_unpacks_to_much_is_refused_before_it_is_read(
    compression: str, tmp_path: Path
) -> None:
    path = tmp_path / "cadres.feather"
    feather.write_feather(
        pa.table({"cadre_id": pa.array(["x" * 10_000] * 20_000)}), path, compression=compression
    )
    assert path.stat().st_size < 1_000_000
    before = pa.total_allocated_bytes()
    error = refused({**good_tables(), "cadres": path}, max_bytes=150_000_000)
    assert where(error) == [("too_many_bytes", "cadres", None, ())]
    assert pa.total_allocated_bytes() - before < 10_000_000


def test_rows_without_memory_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "cadres.feather"
    feather.write_feather(pa.table({"cadre_id": pa.nulls(30_000_000)}), path)
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [("too_many_rows", "cadres", None, ())]


def test_a_dictionary_that_unpacks_to_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.feather"
    words = pa.array(["x" * 10_000_000]).dictionary_encode()
    feather.write_feather(pa.table({"cadre_id": words}), path, compression="zstd")
    with pytest.raises(RefusedError):
        read_feather(path, ReadLimits(max_bytes=5_000_000))


def test_a_buffer_that_says_that_it_is_large_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "t.feather"
    table = pa.table({"cadre_id": [f"c{n:09}" for n in range(1_000)]})
    feather.write_feather(table, path, compression="zstd")
    data = path.read_bytes()
    length = struct.pack("<q", 10_000)
    assert data.count(length) == 1
    path.write_bytes(data.replace(length, struct.pack("<q", 10**12)))
    with pytest.raises(RefusedError):
        read_feather(path, ReadLimits())


def test_names_that_are_not_utf8_are_reported_and_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "cadres.feather"
    feather.write_feather(pa.table({"cadre_id": ["a"]}), path)
    path.write_bytes(path.read_bytes().replace(b"cadre_id", b"cadre\xff\xffd"))
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [("bad_header", "cadres", None, ())]


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_some_bytes_changed_gives_an_error_or_a_table(
    seed: int, tmp_path: Path
) -> None:
    draw = random.Random(seed)  # noqa: S311  # bytes of a test
    path = tmp_path / "cadres.feather"
    feather.write_feather(table_of_all_kinds(50), path)
    data = bytearray(path.read_bytes())
    for _ in range(draw.randint(1, 4)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    path.write_bytes(bytes(data))
    assert refused({**good_tables(), "cadres": path}).findings
