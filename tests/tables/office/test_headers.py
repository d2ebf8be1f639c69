from typing import Any

import pytest

from pairmatch.tables.findings import Findings
from pairmatch.tables.office.headers import canonical_names
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.schema import AREAS, CADRES, RECIPIENTS, UNITS, Schema

WORDS = Vocabulary.standard()


def names(
    schema: Schema, *headers: str, attributes: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], list[tuple[str, str | None, Any]]]:
    findings = Findings()
    found = canonical_names(headers, schema, WORDS, findings, attributes)
    assert len(set(found)) == len(headers)
    return found, [
        (one.kind, one.column, one.parameters.get("names", one.parameters.get("given")))
        for one in findings.found
    ]


def test_headers_become_our_names_or_stay() -> None:
    found, failures = names(CADRES, "序号", "干部编号*", "所在单位编码", "职级", "区划代码", "备注")
    assert found == ("序号", "cadre_id", "unit_id", "rank", "area", "备注")
    assert failures == []


def test_one_header_means_another_column_in_another_table() -> None:
    assert names(CADRES, "级别", "区划代码")[0] == ("rank", "area")
    assert names(AREAS, "级别", "区划代码", "上级区划代码")[0] == ("level", "area", "parent")
    assert names(UNITS, "级别", "单位代码")[0] == ("level", "unit_id")


def test_a_loose_name_gives_way_to_a_certain_one() -> None:
    assert names(UNITS, "单位名称", "级别")[0] == ("unit_id", "level")
    assert names(UNITS, "单位名称", "单位编号")[0] == ("单位名称", "unit_id")
    assert names(CADRES, "编号", "工号", "干部编号")[0] == ("编号", "工号", "cadre_id")


def test_two_headers_for_one_column_are_both_named() -> None:
    found, failures = names(CADRES, "干部编号", "帮扶干部ID（张三填）", "Cadre ID")
    assert found == ("cadre_id", "帮扶干部ID（张三填）", "Cadre ID")
    assert failures == [
        ("bad_header.same", "cadre_id", ("干部编号", "帮扶干部ID")),
        ("bad_header.same", "cadre_id", ("干部编号", "Cadre ID")),
    ]


def test_one_header_twice_is_a_failure_only_where_it_means_something() -> None:
    found, failures = names(CADRES, "备注", "备注", "职级", "职级", "备注")
    assert found == ("备注", "备注 (2)", "rank", "职级 (2)", "备注 (3)")
    assert failures == [("bad_header.same", "rank", ("职级", "职级"))]


def test_a_header_that_looks_like_our_name_after_all_stays_apart() -> None:
    found, failures = names(CADRES, "cadre_id", "cadre_id")
    assert found == ("cadre_id", "cadre_id (2)")
    assert failures == [("bad_header.same", "cadre_id", ("cadre_id", "cadre_id"))]


@pytest.mark.parametrize(
    ("schema", "header", "column"),
    [
        (CADRES, "干部编好", "cadre_id"),
        (CADRES, "干部编编号", "cadre_id"),
        (CADRES, "行政划区代码", "area"),
        (CADRES, "maximum loda", "capacity"),
        (RECIPIENTS, "longitud", "lon"),
    ],
)
def test_a_slip_in_a_synonym_is_a_failure(schema: Schema, header: str, column: str) -> None:
    found, failures = names(schema, header)
    assert found == (column,)
    assert [(kind, mine) for kind, mine, _ in failures] == [("misspelt_column.synonym", column)]


def test_a_slip_in_our_own_name_is_left_to_the_checks_of_all_tables() -> None:
    assert names(CADRES, "capcity") == (("capcity",), [])


@pytest.mark.parametrize(
    "header", ["单位类别", "干部姓名", "县级代码", "帮扶人数", "单位性质", "年龄", "名"]
)
def test_other_names_are_no_slips(header: str) -> None:
    for schema in (CADRES, RECIPIENTS, UNITS, AREAS):
        assert names(schema, header) == ((header,), [])


def test_a_slip_is_none_where_the_column_is_there() -> None:
    assert names(CADRES, "干部编好", "干部编号") == (("干部编好", "cadre_id"), [])


def test_attributes_stay_as_they_are() -> None:
    found, failures = names(CADRES, "级别", "职级", "干部编好", attributes=("级别", "干部编好"))
    assert found == ("级别", "rank", "干部编好")
    assert failures == []
    # a name of ours is a column, whatever else is asked for
    assert names(CADRES, "rank", attributes=("rank",))[0] == ("rank",)


def test_what_may_not_be_shown_is_counted() -> None:
    _, failures = names(CADRES, "rank", "grade (王小明 13812345678)")
    assert failures == [("bad_header.same", "rank", ("rank", "grade"))]
