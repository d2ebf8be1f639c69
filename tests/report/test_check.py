from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pairmatch import Doubt, Finding, InputError, PlanFileError, read_problem
from pairmatch.errors import Noted
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.report.check import Checked, write_check_report
from pairmatch.tables.office.as_read import tables_as_read
from pairmatch.threads import IN_TURN

Rows = list[list[object]]
CADRES: Rows = [
    ["某县干部名册"],
    ["干部编号", "姓名", "单位编号", "职级", "备注"],
    ["G001", "王小明", "U1", "处级", "电话 13912345678"],
    ["G002", "李小红", "U1", "不知道", None],
    [None, "赵小刚", "U1", "科级", None],
    ["合计", 3, None, None, None],
]
RECIPIENTS: Rows = [
    ["对象编号", "类别", "区划代码", "户编号"],
    ["D0123", "孤儿", "A1", "H1"],
    ["62010219900101123X", "孤儿", "A1", "H2"],
    ["D0132", "孤儿", "A1", "H1"],
]


def workbook(path: Path, **sheets: Rows) -> None:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)


@pytest.fixture
def report(tmp_path: Path) -> Callable[[Path], Any]:
    """Check a folder or workbook and return the report, opened."""

    def of(where: Path, language: str = "zh") -> Any:
        findings: tuple[Finding, ...] = ()
        doubts: tuple[Doubt, ...] = ()
        problem = None
        notes: tuple[Noted, ...] = ()
        try:
            problem = read_problem(where)
            notes = problem.notes
            doubts = problem.doubts()
        except InputError as error:
            findings, notes = error.findings, error.notes
        tables = tables_as_read(where, (), ReadLimits(MAX_ROWS, MAX_BYTES), IN_TURN)
        path = tmp_path / "report.xlsx"
        checked = Checked(findings, problem, doubts, tables, notes)
        write_check_report(checked, path, language=language, replace=True)
        return openpyxl.load_workbook(path)

    return of


def coloured(sheet: Any) -> dict[str, str]:
    names = {"FFFFC7CE": "red", "FFFFEB9C": "yellow"}
    return {
        cell.coordinate: names[cell.fill.fgColor.rgb]
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb in names
    }


def texts(sheet: Any) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_failures_are_coloured_in_their_rows_with_what_to_do_beside(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    workbook(tmp_path / "t.xlsx", 干部=CADRES, 对象=RECIPIENTS)
    book = report(tmp_path / "t.xlsx")
    assert book.sheetnames == ["检查结果", "错误清单", "干部", "对象"]
    assert coloured(book["干部"]) == dict.fromkeys(("D3", "F3", "A4", "F4"), "red")
    header, first, second, third = texts(book["干部"])
    assert header[-1] == "问题"
    assert first[-1] is None
    assert "职级：" in str(second[-1])
    assert "→" in str(third[-1])


def test_what_may_be_personal_is_blank(tmp_path: Path, report: Callable[[Path], Any]) -> None:
    workbook(tmp_path / "t.xlsx", 干部=CADRES, 对象=RECIPIENTS)
    book = report(tmp_path / "t.xlsx")
    everything = str([texts(sheet) for sheet in book])
    for personal in ("王小明", "李小红", "赵小刚", "13912345678", "62010219900101123X"):
        assert personal not in everything
    assert not any(row[1] for row in texts(book["干部"]))
    assert coloured(book["对象"])["A3"] == "red"


def test_every_failure_is_listed_with_where_it_was_and_where_it_is_now(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    workbook(tmp_path / "t.xlsx", 干部=CADRES, 对象=RECIPIENTS)
    book = report(tmp_path / "t.xlsx")
    listed = {row[6]: row[:6] for row in texts(book["错误清单"])[1:]}
    # a title stands above the header there, and does not here
    assert listed["unknown_rank"] == ("干部", "t.xlsx", "干部", 4, "职级", "干部!D3")
    assert listed["null_value"] == ("干部", "t.xlsx", "干部", 5, "干部编号", "干部!A4")
    counts = {row[0]: row[3] for row in texts(book["检查结果"]) if row[3] is not None}
    assert counts["unknown_rank"] == 1
    assert texts(book["检查结果"])[0][0] == "错误共 3 处"


def test_the_mended_report_is_read_and_nothing_that_was_added_disturbs(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    workbook(tmp_path / "t.xlsx", 干部=CADRES, 对象=RECIPIENTS)
    book = report(tmp_path / "t.xlsx")
    book["干部"]["D3"], book["干部"]["A4"], book["对象"]["A3"] = "科员", "G003", "D0200"
    book.save(tmp_path / "mended.xlsx")
    problem = read_problem(tmp_path / "mended.xlsx")
    assert problem.cadres.column("cadre_id").to_pylist() == ["G001", "G002", "G003"]
    assert problem.recipients.column("recipient_id").to_pylist() == ["D0123", "D0132", "D0200"]
    assert not [note.code for note in problem.notes if note.code.startswith("repaired")]
    assert "ignored_sheet" not in [note.code for note in problem.notes]


def test_doubts_are_yellow(tmp_path: Path, report: Callable[[Path], Any]) -> None:
    good: Rows = [CADRES[1], CADRES[2]]
    recipients: Rows = [RECIPIENTS[0], RECIPIENTS[1], RECIPIENTS[3]]
    workbook(tmp_path / "t.xlsx", 干部=good, 对象=recipients)
    book = report(tmp_path / "t.xlsx")
    assert book.sheetnames == ["检查结果", "干部", "对象"]
    assert coloured(book["对象"]) == dict.fromkeys(("A2", "A3", "E2", "E3"), "yellow")
    assert "D0123 / D0132" in str(texts(book["检查结果"]))


def test_rows_that_could_not_be_read_fail_until_they_are_written(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cadres.csv").write_text("cadre_id,unit_id,rank\nc1,u1,staff\n", encoding="utf-8")
    lines = "recipient_id,category,area\nr1,orphan,a\nr2,orphan,a,b,c\nr3,orphan,a\n"
    (folder / "recipients.csv").write_text(lines, encoding="utf-8")
    book = report(folder)
    rows = texts(book["对象"])
    assert [row[0] for row in rows] == ["recipient_id", "r1", "r3", None]
    assert rows[3][-1] is not None
    with pytest.raises(InputError) as raised:
        read_problem(tmp_path / "report.xlsx")
    assert set(raised.value.counts) == {"null_value"}


def test_a_table_that_could_not_be_read_is_not_forgotten(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cadres.csv").write_text("cadre_id,unit_id,rank\nc1,u1,staff\n", encoding="utf-8")
    (folder / "recipients.csv").write_text(
        "recipient_id,category,area\nr1,orphan,a\n", encoding="utf-8"
    )
    (folder / "locks.parquet").write_bytes(b"no table")
    book = report(folder)
    assert "锁定" in book.sheetnames
    with pytest.raises(InputError) as raised:
        read_problem(tmp_path / "report.xlsx")
    assert {finding.table for finding in raised.value.findings} == {"locks"}


def test_many_offices_are_one_sheet_a_table_whatever_their_columns_are_called(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    for name, header in (("a", "cadre_id,unit_id,rank"), ("b", "职级,单位编号,干部编号,备注")):
        folder = tmp_path / "in" / name
        folder.mkdir(parents=True)
        line = "ca,u1,wrong" if name == "a" else "staff,u1,cb,x"
        (folder / "cadres.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
        (folder / "recipients.csv").write_text(
            f"recipient_id,category,area\nr{name},orphan,a\n", encoding="utf-8"
        )
    book = report(tmp_path / "in")
    assert [row[:-1] for row in texts(book["干部"])] == [
        ("cadre_id", "unit_id", "rank", "备注"),
        ("ca", "u1", "wrong", None),
        ("cb", "u1", "staff", "x"),
    ]
    assert texts(book["错误清单"])[1][1:6] == ("a/cadres.csv", None, 2, "职级", "干部!C2")
    book["干部"]["C2"] = "staff"
    book.save(tmp_path / "mended.xlsx")
    assert read_problem(tmp_path / "mended.xlsx").cadres.num_rows == 2


def test_parquet_is_written_out_too(tmp_path: Path, report: Callable[[Path], Any]) -> None:
    from pairmatch.synth import generate_province

    province = generate_province(0.0005, 0, "household")
    (tmp_path / "in").mkdir()
    province.write(tmp_path / "in")
    report(tmp_path / "in")
    again = read_problem(tmp_path / "report.xlsx", policy=province.policy)
    assert again.digest() == province.problem().digest()


def test_a_file_that_is_there_is_replaced_only_if_asked(tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_text("mine")
    checked = Checked((), None, (), (), ())
    with pytest.raises(PlanFileError, match="exists"):
        write_check_report(checked, tmp_path / "r.xlsx")
    with pytest.raises(PlanFileError, match=r"\.xlsx"):
        write_check_report(checked, tmp_path / "r.csv")
    assert (tmp_path / "r.xlsx").read_text() == "mine"
    write_check_report(checked, tmp_path / "r.xlsx", replace=True)
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames == ["check results"]
    assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_column_known_by_a_users_own_name_has_its_standard_name_in_the_report(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "columns.yaml").write_text(
        "columns:\n  cadres:\n    rank: [官阶]\n", encoding="utf-8"
    )
    (folder / "cadres.csv").write_text("cadre_id,unit_id,官阶\nc1,u1,wrong\n", encoding="utf-8")
    lines = "recipient_id,category,area\nr1,orphan,a\n"
    (folder / "recipients.csv").write_text(lines, encoding="utf-8")
    book = report(folder)
    assert texts(book["干部"])[0] == ("cadre_id", "unit_id", "职级", "问题")
    assert coloured(book["干部"]) == dict.fromkeys(("C2", "D2"), "red")


def test_a_table_without_a_header_shows_nobodys_data(
    tmp_path: Path, report: Callable[[Path], Any]
) -> None:
    workbook(tmp_path / "t.xlsx", 干部=CADRES[2:4], 对象=RECIPIENTS)
    everything = str([texts(sheet) for sheet in report(tmp_path / "t.xlsx")])
    for personal in ("王小明", "李小红", "13912345678"):
        assert personal not in everything
