from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.tables.office.as_read import TableAsRead, tables_as_read
from pairmatch.threads import IN_TURN


def read(where: Path) -> dict[str, TableAsRead]:
    found = tables_as_read(where, (), ReadLimits(MAX_ROWS, MAX_BYTES), IN_TURN)
    return {one.table: one for one in found}


def test_cells_are_as_they_stand_below_one_header_with_the_rows_where_they_were(
    tmp_path: Path,
) -> None:
    text = "名册,,\n干部编号,单位编号,职级\n' c1,u1,处级\n\nc2,u1,2人\n合计,2,\n"
    (tmp_path / "干部.csv").write_text(text, encoding="utf-8")
    table = read(tmp_path)["cadres"]
    assert table.names == ("干部编号", "单位编号", "职级")
    assert table.columns == ("cadre_id", "unit_id", "rank")
    assert table.rows.tolist() == [3, 5]
    assert table.cells.column(2).to_pylist() == ["处级", "2人"]
    assert dict(table.source.letters) == {"cadre_id": "A", "unit_id": "B", "rank": "C"}


def test_what_may_be_personal_is_null(tmp_path: Path) -> None:
    text = "对象编号,类别,区划代码,联系电话,备注,王小明\nr1,孤儿,a,x,13912345678,y\n"
    (tmp_path / "对象.csv").write_text(text, encoding="utf-8")
    table = read(tmp_path)["recipients"]
    assert table.names == ("对象编号", "类别", "区划代码", "", "备注", "")
    assert table.cells.to_pylist()[0] == {
        "A": "r1",
        "B": "孤儿",
        "C": "a",
        "D": None,
        "E": None,
        "F": None,
    }


def test_parquet_is_read_as_text(tmp_path: Path) -> None:
    table = pa.table({"unit_id": ["u1", "u2"], "sponsors": [["a", "b"], None], "area": [1, 2]})
    parquet.write_table(table, tmp_path / "units.parquet")
    units = read(tmp_path)["units"]
    assert units.cells.column("sponsors").to_pylist() == ["a;b", None]
    assert units.cells.column("area").to_pylist() == ["1", "2"]
    assert np.array_equal(units.rows, [1, 2])


def test_what_cannot_be_read_has_no_rows_and_a_folder_that_is_not_there_no_tables(
    tmp_path: Path,
) -> None:
    (tmp_path / "cadres.parquet").write_bytes(b"nothing")
    table = read(tmp_path)["cadres"]
    assert (table.names, table.rows.shape[0], table.source.file) == ((), 0, "cadres.parquet")
    assert read(tmp_path / "none") == {}
