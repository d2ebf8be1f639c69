from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

from pairmatch import OptionError, Policy, read_problem
from pairmatch.synth import generate_province
from pairmatch.workbooks.table_files import check_format


def test_csv_gives_the_problem_of_parquet(tmp_path: Path) -> None:
    province = generate_province(0.005, 1, "point", 0.3)
    province.write(tmp_path / "csv", "csv")
    assert (tmp_path / "csv" / "cadres.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_problem(tmp_path / "csv").digest() == province.problem().digest()


def test_workbooks_give_the_problem_of_parquet(tmp_path: Path) -> None:
    province = generate_province(0.002, 1, "point", 0.3)
    province.write(tmp_path / "xlsx", "xlsx")
    problem = read_problem(tmp_path / "xlsx", strict=True)
    assert problem.digest() == province.problem().digest()


def test_a_workbook_has_every_cell_of_its_table(tmp_path: Path) -> None:
    province = generate_province(0.0005, 1, "point", 0.3)
    province.write(tmp_path / "xlsx", "xlsx")
    assert {path.name for path in (tmp_path / "xlsx").iterdir()} == {
        *(f"{name}.xlsx" for name in ("cadres", "recipients", "units", "areas", "current")),
        "policy.yaml",
        "SOURCES.md",
    }
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "cadres.xlsx")
    header, *rows = book["cadres"].iter_rows(values_only=True)
    assert (
        pa.table([list(column) for column in zip(*rows, strict=True)], list(header))
        .select(["cadre_id", "lon"])
        .to_pylist()
        == province.cadres.select(["cadre_id", "lon"]).to_pylist()
    )
    assert "synthetic" in str(book.properties.description)


def test_the_policy_says_that_it_is_synthetic_in_every_format(tmp_path: Path) -> None:
    province = generate_province(0.0005)
    for name in ("csv", "xlsx"):
        province.write(tmp_path / name, name)
        text = (tmp_path / name / "policy.yaml").read_text(encoding="utf-8")
        assert text.startswith("# synthetic")
        assert Policy.from_yaml(text) == province.policy


def test_another_format_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="parquet, csv, xlsx"):
        check_format("ods")
    with pytest.raises(OptionError):
        generate_province(0.0005).write(tmp_path / "x", "ods")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_floats_in_csv_keep_every_digit(tmp_path: Path) -> None:
    province = generate_province(0.005, 1, "point")
    province.write(tmp_path / "csv", "csv")
    read = pacsv.read_csv(tmp_path / "csv" / "recipients.csv")
    assert read.column("lon").to_pylist() == province.recipients.column("lon").to_pylist()
