"""Unknown values: the cause where it is one of dress, and what is known."""

from typing import Any

import pyarrow as pa
import pytest

from pairmatch import InputError, Policy, Problem
from pairmatch.tables.unknown import known_codes
from pairmatch.words import say
from tests.tables.good import good_tables, refused, spoiled, where

# a cell, and what is said of it
CAUSES = [
    ("staff ", "blanks at the start or end"),
    ("　staff", "blanks at the start or end"),
    ("\tstaff\n", "blanks at the start or end"),
    ("Staff", "case, width"),
    ("ｓｔａｆｆ", "case, width"),
    ("sta\u200bff", "not seen"),
    ("stuff", "not known"),
]


@pytest.mark.parametrize(("cell", "words"), CAUSES)
def test_the_cause_is_named(cell: str, words: str) -> None:
    error = refused(spoiled("cadres", rank=["bureau", cell, "staff"]))
    assert where(error) == [("unknown_rank", "cadres", "rank", (2,))]
    assert words in error.findings[0].found


def test_each_cause_has_its_own_rows() -> None:
    error = refused(spoiled("recipients", area=["t1 ", "T1", "t9", "t2"]))
    assert [(found.rows.tolist(), found.advice[:20]) for found in error.findings] == [
        ([1], "remove the blanks"),
        ([2], "write them exactly a"),
        ([3], "add the area to the "),
    ]


@pytest.mark.parametrize(
    ("table", "column", "cells"),
    [
        ("cadres", "unit_id", ["u1 ", "u1", "u2"]),
        ("units", "lead_unit_id", [None, " u1"]),
        ("areas", "parent", [None, "k1 ", "k1"]),
        ("current", "cadre_id", ["c1 ", "c2"]),
        ("locks", "recipient_id", ["r1 "]),
    ],
)
def test_blanks_are_named_wherever_a_table_refers_to_another(
    table: str, column: str, cells: list[Any]
) -> None:
    error = refused(spoiled(table, **{column: cells}))
    assert {found.advice for found in error.findings} == {"remove the blanks"}


def test_ranks_and_categories_that_the_policy_has_are_listed() -> None:
    tables = spoiled("cadres", rank=["king", "staff", "staff"])
    tables["recipients"]["category"] = ["x", "orphan", "orphan", "orphan"]
    said = str(refused(tables))
    assert "(provincial, bureau, division, section, staff)" in said
    assert "(orphan, unattended_child, severely_disabled, destitute_household)" in said
    with pytest.raises(InputError, match=r"add it there \(bureau, high\)"):
        Problem.from_tables(**good_tables()).with_policy(
            Policy.from_mapping({"ranks": ["bureau", "high"]})
        )


def codes_said(unknown: pa.Array, known: pa.Array) -> str:
    said = say("advice.unknown_area", known_codes(unknown, known))
    return said.removeprefix("add the area to the table areas (").removesuffix(")")


def test_of_areas_the_nearest_are_shown_and_how_many_there_are() -> None:
    codes = pa.array([f"6201{n:02d}" for n in range(100)])
    assert codes_said(pa.array(["620l17"]), codes).startswith("100 there, nearest are 620117, ")
    assert codes_said(pa.array(["zzz"]), codes) == (
        "100 there, such as 620100, 620101, 620102, 620103"
    )
    assert "(3 there, such as k1, t1, t2)" in str(
        refused(spoiled("cadres", area=[None, "t9", "t2"]))
    )
    assert "(3 there, such as k1, t1, t2)" in str(
        refused(spoiled("units", sponsors=["t1;t9", "t2"]))
    )


def test_codes_that_may_be_somebody_s_are_not_shown() -> None:
    codes = pa.array(["王小明", "13812345678", "620102199001011234", "东乡", "a b", None])
    assert codes_said(pa.array(["东"]), codes) == "5 there, nearest are 东乡"
    assert codes_said(pa.array(["王小"]), pa.array(["王小明"])) == "1 there"


def test_the_unknown_value_itself_is_never_quoted() -> None:
    for cell in ("王小明", "13812345678", "staff 13812345678", " Wang Xiaoming "):
        said = str(refused(spoiled("cadres", rank=["bureau", cell, "staff"], area=[cell] * 3)))
        assert cell.strip() not in said


def test_many_areas_are_not_searched() -> None:
    codes = pa.array([str(n) for n in range(10**6, 10**6 + 30_000)])
    assert codes_said(pa.array(["1000000x"]), codes).startswith("30,000 there, such as 1000000, ")
