"""Every kind of table that a caller may have gives the same problem."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import csv, feather, parquet

from pairmatch.model import Adjustment, Area, Ban, Cadre, CurrentPair, Lock, Recipient, Unit
from pairmatch.problem import Problem
from pairmatch.tables import each, reading
from tests.tables.good import GOOD_NOTES, good_tables, refused, spoiled, where

MODELS = {
    "cadres": Cadre,
    "recipients": Recipient,
    "units": Unit,
    "areas": Area,
    "current": CurrentPair,
    "locks": Lock,
    "bans": Ban,
    "adjustments": Adjustment,
}
Convert = Callable[[str, pa.Table, Path], Any]


def arrow_tables() -> dict[str, pa.Table]:
    return {name: pa.table(columns) for name, columns in good_tables().items()}


class OnlyAStream:
    """Nothing but the protocol: what a database hands out."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def as_csv(name: str, table: pa.Table, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    for position, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            joined = [";".join(row or []) for row in table.column(position).to_pylist()]
            table = table.set_column(position, field.name, pa.array(joined))
    csv.write_csv(table, path)
    return path


def as_parquet(name: str, table: pa.Table, folder: Path) -> str:
    parquet.write_table(table, folder / f"{name}.parquet")
    return str(folder / f"{name}.parquet")


def as_feather(name: str, table: pa.Table, folder: Path) -> Path:
    feather.write_feather(table, folder / f"{name}.FEATHER")
    return folder / f"{name}.FEATHER"


def as_models(name: str, table: pa.Table, _: Path) -> list[Any]:
    # nulls are what the models default to, except where they must be said
    return [
        MODELS[name](**{k: v for k, v in row.items() if v is not None or k == "parent"})
        for row in table.to_pylist()
    ]


def as_generator(name: str, table: pa.Table, folder: Path) -> Iterator[Any]:
    yield from as_models(name, table, folder)


def as_numpy(_name: str, table: pa.Table, _: Path) -> dict[str, Any]:
    return {
        name: table.column(name).to_pylist()
        if pa.types.is_nested(table.schema.field(name).type)
        else np.array(table.column(name).to_pylist(), dtype=object)
        for name in table.column_names
    }


def as_pandas_categories(_name: str, table: pa.Table, _: Path) -> pd.DataFrame:
    frame = table.to_pandas()
    for column in ("cadre_id", "recipient_id", "rank", "category", "area", "level"):
        if column in frame:
            frame[column] = frame[column].astype("category")
    return frame


def as_pandas_objects(_name: str, table: pa.Table, _: Path) -> pd.DataFrame:
    columns = {
        name: pd.Series(table.column(name).to_pylist(), dtype=object) for name in table.column_names
    }
    return pd.DataFrame(columns)


def as_polars_categories(_name: str, table: pa.Table, _: Path) -> pl.DataFrame:
    frame = pl.DataFrame(pl.from_arrow(table))
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(pl.col(texts).cast(pl.Categorical))


KINDS: dict[str, Convert] = {
    "csv": as_csv,
    "parquet": as_parquet,
    "feather": as_feather,
    "arrow table": lambda _name, table, _: table,
    "arrow batch": lambda _name, table, _: table.combine_chunks().to_batches()[0],
    "arrow stream": lambda _name, table, _: OnlyAStream(table),
    "arrow reader": lambda _name, table, _: table.to_reader(),
    "mapping of lists": lambda _name, table, _: table.to_pydict(),
    "mapping of numpy arrays": as_numpy,
    "mapping of arrow arrays": lambda _name, table, _: dict(
        zip(table.column_names, table.columns, strict=True)
    ),
    "mapping of tuples": lambda _name, table, _: {
        name: tuple(column) for name, column in table.to_pydict().items()
    },
    "mapping of series": lambda _name, table, _: dict(table.to_pandas()),
    "pandas": lambda _name, table, _: table.to_pandas(),
    "pandas of nullable types": lambda _name, table, _: table.to_pandas().convert_dtypes(),
    "pandas of arrow types": lambda _name, table, _: table.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas of categories": as_pandas_categories,
    "pandas of objects": as_pandas_objects,
    "polars": lambda _name, table, _: pl.from_arrow(table),
    "polars of categories": as_polars_categories,
    "models": as_models,
    "generator of models": as_generator,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same_problem(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "县里 的表"
    folder.mkdir()
    given = {name: KINDS[kind](name, table, folder) for name, table in arrow_tables().items()}
    problem = Problem.from_tables(**given)
    assert problem.notes == GOOD_NOTES
    wanted = Problem.from_tables(**good_tables()).tables()
    found = problem.tables()
    assert found.keys() == wanted.keys()
    for name, table in wanted.items():
        assert found[name].to_pydict() == table.to_pydict()
        assert found[name].schema == table.schema


def tables_with_ids(ids: Any) -> dict[str, Any]:
    return {
        "cadres": {"cadre_id": ids, "unit_id": ["u"] * 3, "rank": ["staff"] * 3},
        "recipients": {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
    }


@pytest.mark.parametrize(
    "ids",
    [
        [1, 20, 300],
        np.array([1, 20, 300], dtype=np.uint16),
        pa.array([1, 20, 300], pa.int16()),
        pd.Series([1, 20, 300], dtype="Int64"),
        pd.Series([1, 20, 300], dtype="category"),
        pl.Series([1, 20, 300]),
        [Decimal(1), Decimal(20), Decimal(300)],
        (str(number) for number in (1, 20, 300)),
        ["1", 20, np.int64(300)],
    ],
)
def test_whole_numbers_become_decimal_text(ids: Any) -> None:
    problem = Problem.from_tables(**tables_with_ids(ids))
    assert problem.cadres.column("cadre_id").to_pylist() == ["1", "20", "300"]


def test_leading_zeros_stay(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    path.write_text("cadre_id,unit_id,rank\n007,08,staff\n7,8,staff\n", encoding="utf-8")
    tables = {**tables_with_ids([]), "cadres": path}
    problem = Problem.from_tables(**tables)
    assert problem.cadres.column("cadre_id").to_pylist() == ["007", "7"]
    assert problem.cadres.column("unit_id").to_pylist() == ["08", "8"]


def test_ids_that_became_fractions_are_refused() -> None:
    error = refused(tables_with_ids(pd.Series([1, None, 3])))
    assert where(error) == [
        ("null_value", "cadres", "cadre_id", (2,)),
        ("wrong_type", "cadres", "cadre_id", (1, 3)),
    ]
    assert "text" in str(error)


def test_cells_of_several_types_are_reported_one_by_one() -> None:
    error = refused(spoiled("cadres", rank=["bureau", b"staff", 3.5], capacity=[1, "2", object()]))
    assert where(error) == [
        ("wrong_type", "cadres", "capacity", (3,)),
        ("wrong_type", "cadres", "rank", (2, 3)),
    ]


def test_failures_of_cells_stay_when_the_table_turns_out_to_be_none() -> None:
    error = refused(spoiled("cadres", rank=["bureau", 2.5, "staff"], capacity=[1, 2]))
    assert where(error) == [
        ("wrong_type", "cadres", "rank", (2,)),
        ("wrong_type", "cadres", None, ()),
    ]


def test_infinite_decimals_are_no_numbers() -> None:
    error = refused(spoiled("cadres", min_load=[Decimal("Infinity"), Decimal("NaN"), Decimal(1)]))
    assert where(error) == [("not_a_number", "cadres", "min_load", (1, 2))]


def test_numbers_too_large_for_any_column_are_reported() -> None:
    error = refused(spoiled("cadres", capacity=[10**30, 1, 1], lon=[None, 10**400, None]))
    assert ("wrong_type", "cadres", "capacity", (1,)) in where(error)


@pytest.mark.parametrize(
    "source",
    [
        7,
        object(),
        b"cadre_id",
        [{"cadre_id": "c", "unit_id": "u", "rank": "staff"}, 7],
        [{7: "c"}],
        [("c", "u", "staff")],
        [Unit(unit_id="u")],
        {"cadre_id": "c", "unit_id": "u", "rank": "staff"},
        {"cadre_id": ["c", "d"], "unit_id": ["u"], "rank": ["staff"]},
        {"cadre_id": 7},
        {"cadre_id": np.array(7)},
        {"cadre_id": ["\ud800"], "unit_id": ["u"], "rank": ["staff"]},
        pa.table({"cadre_id": pa.array([b"\xff"]).view(pa.string())}),
        pa.array(["c"]),
    ],
)
def test_what_is_no_table_is_refused_as_such(source: Any) -> None:
    error = refused({**good_tables(), "cadres": source})
    assert where(error) == [("wrong_type", "cadres", None, ())]


class _Row(NamedTuple):
    cadre_id: str
    unit_id: str
    rank: str


@dataclass
class _Made:
    cadre_id: str
    unit_id: str
    rank: str


@pytest.mark.parametrize(
    "rows",
    [
        [
            {"cadre_id": "c1", "unit_id": "u1", "rank": "staff", "capacity": 3},
            _Row("c2", "u1", "staff"),
        ],
        (_Made("c1", "u1", "staff"), {"rank": "staff", "cadre_id": "c2", "unit_id": "u1"}),
        iter([Cadre(cadre_id="c1", unit_id="u1", rank="staff"), _Row("c2", "u1", "staff")]),
    ],
)
def test_rows_may_be_mappings_named_tuples_dataclasses_and_models(rows: Any) -> None:
    problem = Problem.from_tables(
        cadres=rows,
        recipients=[{"recipient_id": "r1", "category": "orphan", "area": "a"}],
        units=[{"unit_id": "u1", "sponsors": ["a"]}],
    )
    assert problem.cadres.column("cadre_id").to_pylist() == ["c1", "c2"]
    assert problem.cadres.column("rank").to_pylist() == ["staff", "staff"]
    assert problem.units.column("sponsors").to_pylist() == [["a"]]


def test_columns_of_the_same_name_are_refused() -> None:
    twice = pa.table([pa.array(["a"]), pa.array(["b"])], names=["cadre_id", "cadre_id"])
    error = refused({**good_tables(), "cadres": twice})
    assert where(error) == [("bad_header", "cadres", None, ())]


def test_a_table_without_rows_is_a_table() -> None:
    problem = Problem.from_tables(
        cadres=[], recipients=pd.DataFrame({"recipient_id": [], "category": [], "area": []})
    )
    assert (problem.cadres.num_rows, problem.recipients.num_rows) == (0, 0)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cadres.xlsx", b"PK\x03\x04", "unreadable_file"),
        ("cadres.xls", b"", "unsupported_format"),
        ("cadres", b"cadre_id\n", "unsupported_format"),
        ("cadres.csv", "干部,单位\n".encode("gb18030"), "bad_encoding"),
        ("cadres.csv", "cadre_id,unit_id\n".encode("utf-16"), "bad_encoding"),
        ("cadres.csv", b"PK\x03\x04\x14", "unreadable_file"),
        ("cadres.csv", b"", "bad_header"),
        ("cadres.parquet", b"PAR1 but no more", "unreadable_file"),
        ("cadres.parquet", b"", "unreadable_file"),
        ("cadres.feather", b"cadre_id\n", "unreadable_file"),
    ],
)
def test_a_wrong_kind_of_file_has_a_clear_failure(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    error = refused({**good_tables(), "cadres": tmp_path / name})
    assert where(error) == [(code, "cadres", None, ())]


@pytest.mark.parametrize("path", ["none.csv", "none.parquet", ".", "a\0b.csv", "x" * 5000 + ".csv"])
def test_a_path_without_a_file_has_a_clear_failure(path: str) -> None:
    error = refused({**good_tables(), "cadres": path})
    assert set(error.counts) <= {"unreadable_file", "unsupported_format"}


def test_a_folder_is_unreadable_whether_it_is_called_like_a_table_or_not(tmp_path: Path) -> None:
    (tmp_path / "cadres.csv").mkdir()
    for path in (tmp_path / "cadres.csv", tmp_path):
        error = refused({**good_tables(), "cadres": path})
        assert error.counts == {"unreadable_file": 1}
        assert "a folder where a file is needed" in str(error)


def test_text_given_for_a_path_is_not_repeated() -> None:
    error = refused({**good_tables(), "cadres": "cadre_id,name\nc1,x.王小明"})
    assert "王小明" not in str(error)
    assert error.counts == {"unsupported_format": 1}


def test_files_that_hold_text_that_is_not_utf8_are_unreadable(tmp_path: Path) -> None:
    table = pa.table({"cadre_id": pa.array(["名单".encode("gb18030")]).view(pa.string())})
    for path in (tmp_path / "cadres.feather", tmp_path / "cadres.parquet"):
        (feather.write_feather if path.suffix == ".feather" else parquet.write_table)(table, path)
        error = refused({**good_tables(), "cadres": path})
        assert where(error) == [("unreadable_file", "cadres", None, ())]


@pytest.mark.parametrize("name", ["cadres.csv", "cadres.parquet", "cadres.feather"])
def test_a_file_that_may_not_be_read_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / name).touch()
    # the superuser may read whatever its permissions are
    monkeypatch.setattr(Path, "open", denied)
    error = refused({**good_tables(), "cadres": tmp_path / name})
    assert where(error) == [("unreadable_file", "cadres", None, ())]
    assert "you may not read" in str(error)


class _TooLarge:
    """A stream that memory cannot hold."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise pa.ArrowMemoryError("malloc of size 2**40 failed")


def test_a_stream_that_memory_cannot_hold_is_not_called_no_table() -> None:
    error = refused({**good_tables(), "cadres": _TooLarge()})
    assert where(error) == [("out_of_memory", "cadres", None, ())]


@pytest.mark.parametrize("name", ["cadres.csv", "cadres.parquet"])
def test_a_file_that_memory_cannot_hold_is_not_called_unreadable(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 2**40 failed")

    monkeypatch.setattr(reading, "read_plain", too_large)
    monkeypatch.setattr(reading, "read_parquet", too_large)
    path = tmp_path / name
    path.write_bytes(b"cadre_id\n")
    error = refused({**good_tables(), "cadres": path})
    assert where(error) == [("out_of_memory", "cadres", None, ())]


def test_columns_that_memory_cannot_hold_are_not_of_a_wrong_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_large(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 2**40 failed")

    monkeypatch.setattr(reading, "_column", too_large)
    error = refused({**good_tables(), "cadres": {"cadre_id": ["c1"]}})
    assert ("out_of_memory", "cadres", None, ()) in where(error)
    assert "wrong_type" not in error.counts


def test_a_table_that_memory_cannot_convert_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 2**40 failed")

    monkeypatch.setattr(each, "canonical", too_large)
    error = refused(good_tables())
    assert set(error.counts) == {"out_of_memory"}
    assert error.counts["out_of_memory"] == len(good_tables())
