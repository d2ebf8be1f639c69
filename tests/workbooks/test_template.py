from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pairmatch import OptionError, PlanFileError, Policy, read_problem, write_template
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.schema import SCHEMAS

KNOWN = Vocabulary.standard()
TABLES = {
    "zh": ["干部", "对象", "单位", "区划", "现有结对", "锁定", "禁配", "调整"],
    "en": [schema.name for schema in SCHEMAS],
}


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(path, language=request.param)
    opened = openpyxl.load_workbook(path)
    opened.language = request.param
    return opened


def test_there_is_a_sheet_for_each_table_after_one_that_explains(book: Any) -> None:
    first = {"zh": "说明", "en": "read me"}[book.language]
    assert book.sheetnames == [first, *TABLES[book.language]]
    assert [KNOWN.table_of(name) for name in book.sheetnames[1:]] == TABLES["en"]


def test_every_column_is_there_by_a_name_that_the_reader_knows(book: Any) -> None:
    for schema, name in zip(SCHEMAS, TABLES[book.language], strict=True):
        header = [cell.value for cell in book[name][1]]
        assert [KNOWN.column_of(schema.name, one) for one in header] == [
            column.name for column in schema.columns
        ]


def test_ids_are_text_below_the_last_row_too_and_numbers_are_not(book: Any) -> None:
    for schema, name in zip(SCHEMAS, TABLES[book.language], strict=True):
        sheet = book[name]
        for cell, column in zip(sheet[2], schema.columns, strict=True):
            is_number = column.kind in ("integer", "number")
            assert cell.number_format == ("General" if is_number else "@")
            assert cell.data_type == ("n" if is_number else "s")
            # columns that look the same are told once
            (below,) = (
                one.number_format
                for one in sheet.column_dimensions.values()
                if one.min and one.min <= cell.column <= one.max
            )
            assert below == cell.number_format


def test_every_header_has_a_comment_and_required_ones_stand_out(book: Any) -> None:
    grounds = set()
    for schema, name in zip(SCHEMAS, TABLES[book.language], strict=True):
        for cell, column in zip(book[name][1], schema.columns, strict=True):
            assert len(cell.comment.text) > 10
            grounds.add((column.filled, cell.fill.fgColor.rgb))
    assert len(grounds) == 2


def test_ranks_categories_and_levels_are_chosen_from_names_that_the_reader_knows(
    book: Any,
) -> None:
    kinds = {
        "cadres": "rank",
        "recipients": "category",
        "units": "unit_level",
        "areas": "area_level",
    }
    for schema, name in zip(SCHEMAS, TABLES[book.language], strict=True):
        choices = book[name].data_validations.dataValidation
        assert len(choices) == (schema.name in kinds)
        for one in choices:
            words = one.formula1.strip('"').split(",")
            meant = [KNOWN.value_of(kinds[schema.name], word) for word in words]
            assert None not in meant
            assert len(set(meant)) >= 4
            assert str(one.sqref).endswith("1048576")


def test_the_example_row_is_one_that_the_reader_passes_over(book: Any) -> None:
    mark = {"zh": "示例-", "en": "example-"}[book.language]
    for schema, name in zip(SCHEMAS, TABLES[book.language], strict=True):
        assert book[name].max_row == 2
        row = dict(zip([one.name for one in schema.columns], book[name][2], strict=True))
        assert all(str(row[key].value).startswith(mark) for key in schema.key)
        assert all(cell.value is not None for cell in row.values())


def test_the_first_sheet_explains_every_column_and_what_must_not_come_in(book: Any) -> None:
    sheet = book.worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet for cell in row if cell.value is not None)
    assert {"zh": "姓名", "en": "names"}[book.language] in text
    rows = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[1] is not None]
    assert len(rows) == sum(len(schema.columns) for schema in SCHEMAS)
    assert all(row[2] and row[3] for row in rows)


def test_a_policy_with_other_names_gives_the_choices(tmp_path: Path) -> None:
    policy = Policy.from_mapping(
        {
            "ranks": ["head", "other"],
            "categories": ["orphan"],
            "labels": {"ranks": {"head": {"zh": "负责人"}}},
        }
    )
    write_template(tmp_path / "t.xlsx", policy=policy)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["干部"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"负责人,other"'


def test_a_file_that_is_there_stays_and_another_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_text("mine")
    with pytest.raises(PlanFileError, match="exists"):
        write_template(tmp_path / "t.xlsx")
    with pytest.raises(OptionError, match="en, zh"):
        write_template(tmp_path / "u.xlsx", language="fr")
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


FILLED: dict[str, list[list[object]]] = {
    "cadres": [["007", "U1", "处级", "620102", 103.8, 36.1, 2, 0], ["008", "U1", "科员", None]],
    "recipients": [["D1", "孤儿", "620102", None, None, "H1", 1, 2], ["D2", "特困家庭", "620102"]],
    "units": [["U1", "县", "620102", None, "620102;620100"]],
    "areas": [
        ["620100", None, "市州", "兰州市", 103.8, 36.1],
        ["620102", "620100", "县", "城关区"],
    ],
    "current": [["D1", "007"]],
    "locks": [["D1", "007", "双方已商定", "A1"]],
    "bans": [["D2", "007", None, None]],
    "adjustments": [["D2", "008", -5]],
}


def test_filled_in_it_is_read_without_one_repair(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", language="zh")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for schema, name in zip(SCHEMAS, TABLES["zh"], strict=True):
        for row in FILLED[schema.name]:
            book[name].append(row)
    book.save(tmp_path / "t.xlsx")
    problem = read_problem(tmp_path / "t.xlsx", strict=True)
    assert {note.code for note in problem.notes} == {
        "example_row",
        "default_policy",
        "area_without_point",
        "inherited_point",
    }
    assert problem.cadres.select(["cadre_id", "rank", "capacity"]).to_pylist() == [
        {"cadre_id": "007", "rank": "division", "capacity": 2},
        {"cadre_id": "008", "rank": "staff", "capacity": None},
    ]
    assert problem.units.column("sponsors").to_pylist() == [["620102", "620100"]]
    assert problem.adjustments.column("extra_m").to_pylist() == [-5000]
    assert problem.locks.num_rows == problem.bans.num_rows == problem.current.num_rows == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_as_it_is_written_its_examples_alone_are_in_it(language: str, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", language=language)
    problem = read_problem(tmp_path / "t.xlsx")
    assert problem.cadres.num_rows == problem.recipients.num_rows == 0
    examples = [note for note in problem.notes if note.code == "example_row"]
    assert [note.count for note in examples] == [1] * len(SCHEMAS)
    assert not [note for note in problem.notes if note.code.startswith(("repaired", "ignored"))]
