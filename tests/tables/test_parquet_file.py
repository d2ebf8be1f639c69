"""Parquet files come whole, and those that unpack to too much are refused before they do."""

import io
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits, RefusedError
from pairmatch.tables import parquet_file
from pairmatch.tables.decode import decoded
from pairmatch.tables.parquet_file import read_parquet
from pairmatch.tables.parquet_footer import read_footer
from pairmatch.tables.parquet_pages import PageSizes, longest_word, page_sizes
from tests.tables.good import good_tables, refused, where

OPTIONS: list[dict[str, Any]] = [
    {},
    {"compression": "none"},
    {"compression": "zstd", "data_page_version": "2.0"},
    {"compression": "gzip", "use_dictionary": False},
    {"compression": "brotli", "row_group_size": 300},
    {"compression": "lz4", "dictionary_pagesize_limit": 1_000},
    {"use_dictionary": False, "column_encoding": {"id": "DELTA_BYTE_ARRAY"}},
    {"use_dictionary": False, "column_encoding": {"id": "DELTA_LENGTH_BYTE_ARRAY"}},
    {"data_page_size": 1_000, "dictionary_pagesize_limit": 3_000, "row_group_size": 700},
]


def table_of_all_kinds(rows: int = 2_000) -> pa.Table:
    draw = random.Random(3)  # noqa: S311  # a test's table
    return pa.table(
        {
            "id": [f"c{n}" for n in range(rows)],
            "rank": [draw.choice(["staff", "section", None]) for _ in range(rows)],
            "lists": [[f"{n % 7}"] * (n % 3) for n in range(rows)],
            "number": [n if n % 5 else None for n in range(rows)],
            "km": [n / 7 for n in range(rows)],
            "yes": [n % 2 == 0 for n in range(rows)],
            "nothing": pa.nulls(rows),
            "chinese": ["甘肃省" * (n % 4) for n in range(rows)],
        }
    )


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("at_a_time", [None, 50_000])
def test_tables_come_whole_however_they_were_written(
    options: dict[str, Any], at_a_time: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if at_a_time:
        monkeypatch.setattr(parquet_file, "_BYTES_AT_A_TIME", at_a_time)
    table = table_of_all_kinds()
    if "column_encoding" in options:
        table = table.select(["id"])
    parquet.write_table(table, tmp_path / "t.parquet", **options)
    found = read_parquet(tmp_path / "t.parquet", ReadLimits())
    assert found.column_names == table.column_names
    for name in table.column_names:
        assert decoded(found.column(name)).to_pylist() == table.column(name).to_pylist()


def test_tables_without_rows_or_columns_come_whole(tmp_path: Path) -> None:
    for table in (table_of_all_kinds().slice(0, 0), pa.table({})):
        parquet.write_table(table, tmp_path / "t.parquet")
        found = read_parquet(tmp_path / "t.parquet", ReadLimits())
        assert (found.num_rows, found.column_names) == (0, table.column_names)


def test_names_that_occur_twice_are_reported(tmp_path: Path) -> None:
    twice = pa.table([pa.array(["a"]), pa.array(["b"])], names=["cadre_id", "cadre_id"])
    parquet.write_table(twice, tmp_path / "cadres.parquet")
    error = refused({**good_tables(), "cadres": tmp_path / "cadres.parquet"})
    assert where(error) == [("bad_header", "cadres", None, ())]


def repeated(word: str, rows: int) -> pa.Table:
    indices = pa.chunked_array([pa.array([0] * 1_000_000, pa.int32())] * (rows // 1_000_000))
    chunks = [pa.DictionaryArray.from_arrays(part, pa.array([word])) for part in indices.chunks]
    return pa.table({"cadre_id": pa.chunked_array(chunks)})


@pytest.mark.parametrize(
    ("length", "millions", "code"), [(50, 100, "too_many_rows"), (500, 10, "too_many_bytes")]
)
def test_a_small_file_that_unpacks_to_five_gigabytes_is_refused_before_it_is_read(
    length: int, millions: int, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "cadres.parquet"
    parquet.write_table(
        repeated("x" * length, millions * 1_000_000),
        path,
        compression="zstd",
        row_group_size=2**26,
        write_statistics=False,
    )
    assert path.stat().st_size < 600_000
    before = pa.default_memory_pool().max_memory()
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [(code, "cadres", None, ())]
    # the references to the word are all that was read
    assert pa.default_memory_pool().max_memory() <= max(before, 2**28 + 8 * millions * 1_000_000)


def pages_of(path: Path, name: str) -> PageSizes:
    with path.open("rb") as file:
        leaves = {leaf.name.decode(): leaf for leaf in read_footer(file).leaves}
        return sum((page_sizes(file, chunk) for chunk in leaves[name].chunks), PageSizes())


def test_the_sizes_of_pages_are_those_of_the_metadata_of_an_honest_file(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table = table_of_all_kinds()
    for options in OPTIONS[:6]:
        parquet.write_table(table, path, **options)
        metadata = parquet.read_metadata(path)
        for name in ("id", "rank", "number", "lists.list.element"):
            sizes = pages_of(path, name.rpartition(".")[2])
            said = 0
            for group in range(metadata.num_row_groups):
                for n in range(metadata.num_columns):
                    column = metadata.row_group(group).column(n)
                    if column.path_in_schema == name:
                        said += column.total_uncompressed_size
            # without the headers of the pages
            assert 0.5 * said <= sizes.bytes <= said
            assert sizes.values >= table.num_rows


def test_words_of_a_dictionary_are_measured_where_other_words_stand_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.parquet"
    ids = [f"c{n:06}" for n in range(5_000)]
    parquet.write_table(pa.table({"id": ids}), path, dictionary_pagesize_limit=1_000)
    assert pages_of(path, "id").longest == 7
    parquet.write_table(pa.table({"id": ["x" * 900, *ids]}), path, dictionary_pagesize_limit=1_000)
    assert pages_of(path, "id").longest == 900
    assert longest_word(b"") == 0
    assert longest_word(b"\2\0\0\0ab\5\0\0\0abcde\0\0\0\0") == 5


def test_a_long_word_among_others_is_stopped_as_soon_as_it_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "_BYTES_AT_A_TIME", 2**22)
    path = tmp_path / "cadres.parquet"
    ids = ["x" * 20_000] * 5_000 + [f"c{n}" for n in range(20_000)]
    parquet.write_table(pa.table({"cadre_id": ids}), path, dictionary_pagesize_limit=50_000)
    sizes = pages_of(path, "cadre_id")
    assert 0 < sizes.by_dictionary < sizes.values
    assert sizes.longest == 20_000
    del ids
    before = pa.total_allocated_bytes()
    with pytest.raises(RefusedError) as caught:
        read_parquet(path, ReadLimits(max_bytes=2**25))
    assert caught.value.kind == "too_many_bytes"
    assert pa.total_allocated_bytes() - before < 2**26


def _varint(number: int, length: int = 0) -> bytes:
    """Return a number as the footer has it, padded to a length."""
    value = 2 * number
    parts: list[int] = []
    while value >= 128 or len(parts) + 1 < length:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])


def test_a_footer_that_lies_about_sizes_does_not_help(tmp_path: Path) -> None:
    path = tmp_path / "cadres.parquet"
    parquet.write_table(
        pa.table({"cadre_id": ["x" * 1_000_000] * 40}),
        path,
        use_dictionary=False,
        compression="zstd",
    )

    # the size of the column stands once in the footer
    data = path.read_bytes()
    said = parquet.read_metadata(path).row_group(0).column(0).total_uncompressed_size
    assert data.count(_varint(said)) >= 1
    path.write_bytes(data.replace(_varint(said), _varint(64, len(_varint(said)))))
    assert parquet.read_metadata(path).row_group(0).column(0).total_uncompressed_size == 64
    assert pages_of(path, "cadre_id").bytes >= 40_000_000
    with pytest.raises(RefusedError):
        read_parquet(path, ReadLimits(max_bytes=30_000_000))


def test_words_by_their_differences_are_measured_by_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table = pa.table({"id": ["x" * 100_000] * 300})
    parquet.write_table(
        table, path, use_dictionary=False, column_encoding={"id": "DELTA_BYTE_ARRAY"}
    )
    assert pages_of(path, "id").longest >= 100_000
    with pytest.raises(RefusedError):
        read_parquet(path, ReadLimits(max_bytes=20_000_000))


def test_wide_tables_count_all_of_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table({f"c{n}": pa.array([0] * 10_000) for n in range(50)}), path)
    assert path.stat().st_size < 100_000
    with pytest.raises(RefusedError):
        read_parquet(path, ReadLimits(max_bytes=3_999_999))
    assert read_parquet(path, ReadLimits(max_bytes=4_100_000)).num_columns == 50


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_some_bytes_changed_gives_an_error_or_a_table(
    seed: int, tmp_path: Path
) -> None:
    draw = random.Random(seed)  # noqa: S311  # bytes of a test
    buffer = io.BytesIO()
    parquet.write_table(table_of_all_kinds(50), buffer)
    data = bytearray(buffer.getvalue())
    for _ in range(draw.randint(1, 4)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    (tmp_path / "cadres.parquet").write_bytes(bytes(data))
    error = refused({**good_tables(), "cadres": tmp_path / "cadres.parquet"})
    assert error.findings


def test_a_footer_that_ends_the_process_of_others_is_refused(tmp_path: Path) -> None:
    """Column sizes of text beside a column of truth values: seen with some bytes changed."""
    path = tmp_path / "cadres.parquet"
    parquet.write_table(pa.table({"cadre_id": ["a", "b"]}), path)
    data = path.read_bytes()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    # the type of the column, in its chunk and in the schema
    for kind in (b"\x15\x0c",):
        changed = data[:footer] + data[footer:].replace(kind, b"\x15\x00")
        path.write_bytes(changed)
        found = refused({**good_tables(), "cadres": path})
        assert "unreadable_file" in found.counts or "wrong_type" in found.counts


def test_names_that_are_not_utf8_are_reported_and_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "cadres.parquet"
    parquet.write_table(pa.table({"cadre_id": ["a"]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"cadre_id", b"cadre\xff\xffd"))
    found = refused({**good_tables(), "cadres": path})
    assert set(found.counts) <= {"unreadable_file", "bad_header"}


def test_the_defaults_are_those_of_the_limits() -> None:
    assert ReadLimits() == ReadLimits(MAX_ROWS, MAX_BYTES)
