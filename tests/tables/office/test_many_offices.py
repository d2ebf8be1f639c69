"""Many offices' folders or workbooks as one province: joined, or refused with both places."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.tables.office.awkward import Row, failures, text
from tests.tables.office.handmade import merged, parts_of, sheet_xml, zipped

from pairmatch.errors import InputError
from pairmatch.model import Policy
from pairmatch.problem import Problem, read_problem

COUNTIES = 86
_HEADERS: dict[str, Row] = {
    "干部": ("干部编号", "单位编号", "职级", "区划代码"),
    "对象": ("对象编号", "类别", "区划代码", "户编号"),
    "单位": ("单位编号", "级别", "区划代码"),
    "区划": ("区划代码", "上级", "级别", "经度", "纬度"),
}


def tables_of(county: int) -> dict[str, list[Row]]:
    """Return a county's tables: all of them list the province and its unit."""
    code = str(620_100 + county)
    return {
        "干部": [(f"c{county}-{n}", f"u{county}", "staff", code) for n in range(2)],
        "对象": [(f"r{county}-{n}", "orphan", code, f"h{county}") for n in range(3)],
        "单位": [(f"u{county}", "county", code), ("u0", "province", "620000")],
        "区划": [
            ("620000", "", "province", "103.8", "36.0"),
            (code, "620000", "county", str(100 + county / 10), "36.5"),
        ],
    }


Write = Callable[[Path, dict[str, list[Row]]], None]


def as_folder(where: Path, tables: dict[str, list[Row]]) -> None:
    where.mkdir(parents=True)
    for name, rows in tables.items():
        data = text([_HEADERS[name], *rows], encoding="gb18030")
        (where / f"{name}.csv").write_bytes(data)


def as_workbook(where: Path, tables: dict[str, list[Row]]) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    sheets = {
        name: sheet_xml([[f"{where.name}{name}"], _HEADERS[name], *rows], behind=merged("A1:D1"))
        for name, rows in tables.items()
    }
    where.with_suffix(".xlsx").write_bytes(zipped(parts_of(sheets)))


def read(folder: Path) -> Problem:
    return read_problem(folder, policy=Policy())


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read(folder)
    return caught.value


def two(folder: Path, write: Write, **changed: list[Row]) -> None:
    """Write two counties, of which the second has some other tables."""
    write(folder / "甲县", tables_of(1))
    write(folder / "乙县", tables_of(2) | changed)


@pytest.mark.parametrize("write", [as_folder, as_workbook])
def test_86_counties_are_one_province(write: Write, tmp_path: Path) -> None:
    for county in range(1, COUNTIES + 1):
        write(tmp_path / f"{county:02}县", tables_of(county))
    problem = read(tmp_path)
    assert problem.cadres.num_rows == 2 * COUNTIES
    assert problem.recipients.num_rows == 3 * COUNTIES
    # what all of them list is taken once
    assert problem.units.num_rows == COUNTIES + 1
    assert problem.areas.num_rows == COUNTIES + 1
    repeated = {note.table: note.count for note in problem.notes if note.code == "joined_rows"}
    assert repeated == {"units": COUNTIES - 1, "areas": COUNTIES - 1}
    whole = {
        name: [row for county in range(1, COUNTIES + 1) for row in tables_of(county)[name]]
        for name in _HEADERS
    }
    whole |= {name: list(dict.fromkeys(map(tuple, whole[name]))) for name in ("单位", "区划")}
    as_folder(tmp_path / "whole", whole)
    assert problem.tables() == read(tmp_path / "whole").tables()


@pytest.mark.parametrize(
    ("write", "ending", "sheet", "row"),
    [(as_folder, "/对象.csv", "", 2), (as_workbook, ".xlsx", "对象", 3)],
)
def test_an_id_that_two_counties_have_is_refused_with_both_places(
    write: Write, ending: str, sheet: str, row: int, tmp_path: Path
) -> None:
    people = tables_of(2)["对象"]
    two(tmp_path, write, 对象=[*people, ("r1-0", "orphan", "620102", "h9")])
    error = refused(tmp_path)
    # files are read in the order of their names, and 乙 goes before 甲
    assert failures(error) == [
        ("duplicate_id", "recipients", "recipient_id", f"甲县{ending}", sheet, (f"A{row}",))
    ]
    said = error.text()
    assert f"乙县{ending}" in said
    assert f"A{row + 3}" in said


@pytest.mark.parametrize(
    "changed",
    [
        {"单位": [("u2", "county", "620102"), ("u0", "county", "620000")]},
        {
            "区划": [
                ("620000", "", "province", "103.9", "36.0"),
                ("620102", "620000", "county", "100.2", "36.5"),
            ]
        },
    ],
    ids=["unit", "area"],
)
def test_what_two_counties_say_otherwise_of_the_same_is_refused_with_both_places(
    changed: dict[str, list[Row]], tmp_path: Path
) -> None:
    two(tmp_path, as_folder, **changed)
    (finding,) = refused(tmp_path).findings
    name = next(iter(changed))
    assert (finding.kind, finding.source.file) == ("duplicate_id.elsewhere", f"甲县/{name}.csv")
    assert finding.parameters["file"] == f"乙县/{name}.csv"


def test_ids_that_differ_only_by_case_are_refused(tmp_path: Path) -> None:
    two(tmp_path, as_folder, 干部=[("C1-0", "u2", "staff", "620102")])
    assert {found.table for found in refused(tmp_path).findings} == {"cadres"}


def test_a_column_that_one_county_lacks_is_missed_there(tmp_path: Path) -> None:
    two(tmp_path, as_folder)
    people = [("对象编号", "类别"), *(row[:2] for row in tables_of(2)["对象"])]
    (tmp_path / "乙县" / "对象.csv").write_bytes(text(people))
    assert failures(refused(tmp_path)) == [
        ("missing_column", "recipients", "area", "乙县/对象.csv", "", ())
    ]


def test_a_county_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    two(tmp_path, as_workbook)
    path = tmp_path / "乙县.xlsx"
    path.write_bytes(path.read_bytes()[:900])
    error = refused(tmp_path)
    assert [(found.code, found.source.file) for found in error.findings] == [
        ("unreadable_file", "乙县.xlsx")
    ]


def test_failures_of_all_counties_come_together(tmp_path: Path) -> None:
    wrong: Sequence[Row] = [("r2-0", "?", "620102", "")]
    two(tmp_path, as_folder, 对象=list(wrong))
    three = tables_of(3) | {"对象": [("r3-0", "orphan", "620103", ""), ("r3-1", "?", "620103", "")]}
    as_workbook(tmp_path / "丙县", three)
    assert failures(refused(tmp_path)) == [
        ("unknown_category", "recipients", "category", "丙县.xlsx", "对象", ("B4",)),
        ("unknown_category", "recipients", "category", "乙县/对象.csv", "", ("B2",)),
    ]


def test_policies_that_differ_are_refused_and_copies_are_not(tmp_path: Path) -> None:
    two(tmp_path, as_folder)
    for county in ("甲县", "乙县"):
        (tmp_path / county / "policy.yaml").write_text("continuity: {keep_km: 3}\n")
    assert read_problem(tmp_path).policy.continuity.keep_km == 3
    (tmp_path / "乙县" / "policy.yaml").write_text("continuity: {keep_km: 4}\n")
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path)
    assert [found.code for found in caught.value.findings] == ["two_policies"]
    # one beside the folders is for all of them
    (tmp_path / "policy.yaml").write_text("continuity: {keep_km: 5}\n")
    for county in ("甲县", "乙县"):
        (tmp_path / county / "policy.yaml").unlink()
    assert read_problem(tmp_path).policy.continuity.keep_km == 5


def test_repairs_of_all_counties_are_one_note(tmp_path: Path) -> None:
    sums = {county: [*tables_of(county)["对象"], ("合计", "3", "", "")] for county in (1, 2)}
    as_folder(tmp_path / "甲县", tables_of(1) | {"对象": sums[1]})
    as_workbook(tmp_path / "乙县", tables_of(2) | {"对象": sums[2]})
    problem = read(tmp_path)
    assert problem.recipients.num_rows == 6
    found = [note for note in problem.notes if note.code == "repaired_total_row"]
    assert [note.count for note in found] == [2]
