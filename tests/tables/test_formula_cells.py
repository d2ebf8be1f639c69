"""No cell for people is a formula, and what comes back is what went out."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import csv

import pairmatch as pm
from pairmatch.report.folder import write_result
from pairmatch.tables.findings import Findings
from pairmatch.tables.formula_cells import with_apostrophes, without_apostrophes
from pairmatch.tables.plain_file import read_plain
from pairmatch.tables.raw_bytes import may_begin_with

BEGINNINGS = "=+-@\t\r\n＝＋－＠"
FORMULAS = ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\n=a", "＝1", "＋1", "－1", "＠a"]
OTHERS = ["", "a=1", "'a", "''", "'", "7", " =1", "甲-1", "a'=1"]

cells = st.one_of(
    st.none(),
    st.sampled_from(FORMULAS),
    st.sampled_from(OTHERS),
    st.text("'=-@a＝甲\t", max_size=5),
)


@settings(deadline=None)
@given(st.lists(cells, max_size=8), st.integers(0, 8))
@example(["'=1", "=1", "''=1", "'a", "=1\n=2"], 2)
def test_what_is_written_is_no_formula_and_comes_back(texts: list[str | None], begin: int) -> None:
    whole = pa.array(texts, pa.string())
    table = pa.table({"id": pa.chunked_array([whole[:begin], whole[begin:]], pa.string())})
    written = with_apostrophes(table)
    for before, after in zip(texts, written.column("id").to_pylist(), strict=True):
        assert after is None or not after.startswith(tuple(BEGINNINGS))
        if before is None or not before.lstrip("'").startswith(tuple(BEGINNINGS)):
            assert after == before
    assert without_apostrophes(written).to_pydict() == table.to_pydict()


def test_numbers_and_other_kinds_stay_and_names_of_columns_are_cells_too() -> None:
    table = pa.table(
        {"=cost": [-5, 1], "km": [-0.5, None], "'@b": ["x", "-y"], "d": [True, None]},
    ).append_column("e", pa.array(["-a", "b"]).dictionary_encode())
    written = with_apostrophes(table)
    assert written.column_names == ["'=cost", "km", "''@b", "d", "e"]
    assert written.column("km").to_pylist() == [-0.5, None]
    assert written.column("'=cost").to_pylist() == [-5, 1]
    assert written.column("e").to_pylist() == ["'-a", "b"]
    text = pa.table({name: pa.array(["x"]) for name in written.column_names})
    assert without_apostrophes(text).column_names == table.column_names


@pytest.mark.parametrize("first", [b"=", b"'", b"z"])
def test_what_is_ruled_out_begins_no_cell(first: bytes) -> None:
    column = pa.chunked_array([["", "=a", None], ["'", "b", ""], []], pa.string())
    begins = any(text and text.encode()[:1] == first for text in column.to_pylist())
    assert may_begin_with(column, tuple(first)) is begins
    assert not may_begin_with(pa.chunked_array([pa.nulls(2, pa.string())]), tuple(first))


def test_a_csv_file_in_and_out_keeps_every_id(tmp_path: Path) -> None:
    ids = [*FORMULAS, *(text for text in OTHERS if text), *("'" + text for text in FORMULAS)]
    path = tmp_path / "t.csv"
    csv.write_csv(with_apostrophes(pa.table({"cadre_id": ids})), path)
    back = read_plain(path, "cadres", Findings())
    assert back is not None
    assert back.column("cadre_id").to_pylist() == ids


def test_pairs_that_went_out_come_back_as_current_pairs(tmp_path: Path) -> None:
    cadres = ["=1+1", "'=1+1", "-c", "@c", "c"]
    recipients = ["+r", "''r", "''-r", "r", "＝r"]
    tables: dict[str, Any] = {
        "cadres": {"cadre_id": cadres, "unit_id": ["-u"] * 5, "rank": ["staff"] * 5},
        "recipients": {
            "recipient_id": recipients, "category": ["orphan"] * 5, "area": ["a"] * 5,
        },
    }  # fmt: skip
    plan = pm.solve(pm.Problem.from_tables(**tables))
    write_result(plan, tmp_path / "out")
    written = (tmp_path / "out" / "pairs.csv").read_text(encoding="utf-8-sig")
    for cell in written.replace('"', "").replace("\n", ",").split(","):
        assert not cell.startswith(tuple(BEGINNINGS))
    again = pm.Problem.from_tables(**tables, current=tmp_path / "out" / "pairs.csv")
    for name in ("recipient_id", "cadre_id"):
        assert again.current.column(name).to_pylist() == plan.pairs.column(name).to_pylist()
