from pathlib import Path
from typing import Any

import pytest

from pairmatch import InputError, Policy, read_problem
from pairmatch.tables.office.user_names import UserNames
from pairmatch.tables.office.vocabulary import Vocabulary

OWN = """
tables:
  cadres: [帮联干部, 包联人员]
columns:
  cadres:
    cadre_id: 帮联号
    capacity: [最多几人（人）]
    rank: [级别]
values:
  ranks: {bureau: [厅官], own: 自定}
  categories: {orphan: [失亲儿童]}
  levels: {county: [县份], village: [屯]}
"""


def wrong(text: str) -> list[tuple[str, str | None, Any]]:
    with pytest.raises(InputError) as caught:
        UserNames.from_yaml(text)
    assert {one.table for one in caught.value.findings} == {"columns"}
    return [(one.kind, one.column, one.parameters.get("line")) for one in caught.value.findings]


def test_own_names_are_understood_beside_the_common_ones() -> None:
    user = UserNames.from_yaml(OWN)
    policy = Policy(ranks=("bureau", "own"))
    words = Vocabulary.standard().with_user(user.names).with_labels(policy)
    assert words.table_of("红崖县帮联干部名册") is None
    assert words.table_of("红崖县帮联干部2026") == words.table_of("干部") == "cadres"
    assert (
        words.column_of("cadres", "帮联号*") == words.column_of("cadres", "干部编号") == "cadre_id"
    )
    assert words.column_of("cadres", "最多几人") == "capacity"
    assert words.column_of("recipients", "帮联号") is None
    assert words.value_of("rank", "厅官") == words.value_of("rank", "厅级") == "bureau"
    assert words.value_of("rank", "自定") == "own"
    assert words.value_of("category", "失亲儿童") == "orphan"
    assert words.value_of("area_level", "屯") == "village"
    assert words.value_of("unit_level", "县份") == "county"
    assert words.value_of("unit_level", "屯") is None


def test_a_loose_name_may_be_taken_over() -> None:
    user = UserNames.from_yaml("columns: {cadres: {rank: 备注级别, capacity: 行政级别}}")
    words = Vocabulary.standard().with_user(user.names)
    assert words.column_of("cadres", "行政级别") == "capacity"
    assert not words.is_loose("cadres", "行政级别")


@pytest.mark.parametrize("text", ["", "tables:", "columns: {cadres: }", "values: {ranks: {}}"])
def test_nothing_is_no_failure(text: str) -> None:
    names = UserNames.from_yaml(text).names
    assert not any([*names.columns.values(), *names.values.values(), names.tables])


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    text = """
tabels: {}
tables:
  cadre: [甲]
  units: [单位们, 7]
columns:
  cadres:
    cadre_id: [号, 姓名]
    rank: [号]
    capacity: [职级]
    capcity: [几人]
  nobody: 1
values:
  ranks: [甲]
  levels: {hamlet: [组]}
  categories: {orphan: ['']}
"""
    assert wrong(text) == [
        ("bad_columns.unknown_field", "tabels", 2),
        ("bad_columns.unknown_field", "tables.cadre", 4),
        ("bad_columns.text", "tables.units.1", 5),
        ("bad_columns.unknown_field", "columns.nobody", 12),
        ("bad_columns.unknown_field", "columns.cadres.capcity", 11),
        ("bad_columns.personal_name", "columns.cadres.cadre_id.1", 8),
        ("bad_columns.two_meanings", "columns.cadres.rank.0", 9),
        ("bad_columns.two_meanings", "columns.cadres.capacity.0", 10),
        ("bad_columns.mapping", "values.ranks", 14),
        ("bad_columns.unknown_field", "values.levels.hamlet", 15),
        ("bad_columns.label", "values.categories.orphan.0", 16),
    ]


def test_what_the_fields_are_is_told() -> None:
    with pytest.raises(InputError) as caught:
        UserNames.from_yaml("columns: {cadres: {capcity: 几人}}")
    assert "perhaps capacity is meant; the fields here are cadre_id, unit_id" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("- a", "no_fields", 1),
        ("tables: {cadres: [a]\n", "yaml", 2),
        ("tables: {cadres: a, cadres: b}", "twice", 1),
        ("a: &x 1\nb: *x", "alias", 1),
    ],
)
def test_text_that_is_no_such_file_is_told(text: str, kind: str, line: int) -> None:
    assert wrong(text) == [(f"bad_columns.{kind}", None, line)]


def test_names_of_persons_in_wrong_places_are_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        UserNames.from_yaml("columns: {cadres: {王小明: 13812345678}}\nvalues: {ranks: {李四: 3}}")
    assert "王小明" not in str(caught.value)
    assert "李四" not in str(caught.value)
    assert "138" not in str(caught.value)


def test_ranks_and_categories_are_those_of_the_policy() -> None:
    user = UserNames.from_yaml(OWN)
    findings = user.check(Policy(categories=("resettled",)))
    assert [(one.kind, one.column, one.parameters["line"]) for one in findings] == [
        ("bad_columns.unknown_rank", "values.ranks", 10),
        ("bad_columns.unknown_category", "values.categories", 11),
    ]
    assert "staff" in findings[0].advice


def folder(tmp_path: Path, columns: str) -> Path:
    (tmp_path / "帮联干部.csv").write_text("帮联号,单位编号,级别,区划代码\nc1,u,厅官,a\n", "utf-8")
    (tmp_path / "对象.csv").write_text("对象编号,类别,区划代码\nr1,孤儿,a\n", "utf-8")
    (tmp_path / "columns.yaml").write_text(columns, "utf-8")
    return tmp_path


def test_a_folder_is_read_with_the_names_in_it(tmp_path: Path) -> None:
    problem = read_problem(
        folder(tmp_path, "tables: {cadres: 帮联干部}\ncolumns: {cadres: {cadre_id: 帮联号}}\n"
               "values: {ranks: {bureau: 厅官}}\n")
    )  # fmt: skip
    assert problem.cadres.column("cadre_id").to_pylist() == ["c1"]
    assert problem.cadres.column("rank").to_pylist() == ["bureau"]
    assert "ignored_file" not in {note.code for note in problem.notes}


def test_what_is_wrong_with_the_names_is_told_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_problem(folder(tmp_path, "tables: {cadres: 帮联干部}\ncolumns: {cadres: {cadre: x}}"))
    (finding,) = [one for one in caught.value.findings if one.code == "bad_columns"]
    assert (finding.source.file, finding.parameters["line"]) == ("columns.yaml", 2)


def test_two_files_of_names_are_a_failure(tmp_path: Path) -> None:
    folder(tmp_path, "tables: {cadres: 帮联干部}")
    (tmp_path / "columns.yml").write_text("", "utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path)
    assert ("two_files", "columns") in {(one.code, one.table) for one in caught.value.findings}


def test_attributes_keep_their_headers(tmp_path: Path) -> None:
    (tmp_path / "干部.csv").write_text(
        "干部编号,单位编号,职级,级别,区划代码\nc,u,科员,甲,a\n", "utf-8"
    )
    (tmp_path / "对象.csv").write_text("对象编号,类别,区划代码\nr1,孤儿,a\n", "utf-8")
    problem = read_problem(tmp_path, attributes=["级别"])
    assert problem.cadres.column("级别").to_pylist() == ["甲"]
    assert problem.cadres.column("rank").to_pylist() == ["staff"]
