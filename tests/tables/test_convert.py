from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pairmatch.tables.convert import blank, convert
from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import ADJUSTMENTS, CADRES, RECIPIENTS, UNITS, Schema


def converted(
    values: Any, column: str, schema: Schema = CADRES
) -> tuple[list[Any], list[tuple[str, list[int]]]]:
    findings = Findings()
    found = convert(pa.chunked_array([values]), schema.column(column), schema, findings)
    return found.to_pylist(), [(one.code, one.rows.tolist()) for one in findings.found]


@pytest.mark.parametrize("text", ["7", " 7 ", "+7", "007", "7\n"])
def test_whole_numbers_as_text(text: str) -> None:
    assert converted([text], "capacity") == ([7], [])


@pytest.mark.parametrize("text", ["7.0", "7,000", "1e3", "0x7", "七", "--7", "1 2", "9" * 19])
def test_what_is_no_whole_number_as_text(text: str) -> None:
    assert converted([text, "1"], "capacity") == ([None, 1], [("wrong_type", [1])])


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1e-2", -0.01), ("+3", 3.0), (" 2 ", 2.0)],
)
def test_numbers_as_text(text: str, number: float) -> None:
    assert converted([text], "extra_km", ADJUSTMENTS) == ([number], [])


@pytest.mark.parametrize("text", ["1,5", "1.5.0", "1e", "e5", "one", "1_000", "1.5km", "-"])
def test_what_is_no_number_as_text(text: str) -> None:
    assert converted([text], "extra_km", ADJUSTMENTS) == ([None], [("wrong_type", [1])])


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-Infinity", "+INF"])
def test_nan_and_infinity_are_no_numbers(text: str) -> None:
    assert converted([text], "lon") == ([None], [("not_a_number", [1])])


def test_nan_and_infinity_as_floats() -> None:
    values = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert converted(values, "lon") == ([None, None, None, 1.0], [("not_a_number", [1, 2, 3])])
    assert converted(values, "capacity") == ([None] * 3 + [1], [("not_a_number", [1, 2, 3])])


def test_fractions_and_numbers_beyond_floats_are_no_whole_numbers() -> None:
    found = converted(np.array([1.0, 1.5, 1e300]), "capacity")
    assert found == ([1, None, None], [("wrong_type", [2, 3])])


def test_numbers_beyond_64_bits_are_refused() -> None:
    values = pa.array([2**64 - 1, 5], pa.uint64())
    assert converted(values, "capacity") == ([None, 5], [("wrong_type", [1])])


@pytest.mark.parametrize("number", [2**53 + 1, -(2**62) - 1, 2**63 - 1])
def test_whole_numbers_beyond_what_floats_hold_are_numbers(number: int) -> None:
    assert converted([number], "lon") == ([float(number)], [])


def test_numbers_outside_of_the_range_are_null_after_being_reported() -> None:
    assert converted([-1, 0, 10**7], "capacity") == (
        [None, 0, None],
        [("negative_number", [1]), ("out_of_range", [3])],
    )
    assert converted([0, -1, 1], "demand", RECIPIENTS) == (
        [None, None, 1],
        [("negative_number", [2]), ("out_of_range", [1])],
    )
    assert converted([-(10**7), -5], "priority", RECIPIENTS) == (
        [None, -5],
        [("out_of_range", [1])],
    )


@pytest.mark.parametrize("values", [[True], [b"7"], [[7]], [{"a": 7}]])
def test_other_types_are_no_numbers_and_no_ids(values: list[Any]) -> None:
    assert converted(values, "capacity") == ([None], [("wrong_type", [1])])
    assert converted(values, "cadre_id") == ([None], [("wrong_type", [1])])


def test_whole_numbers_are_ids_but_no_words() -> None:
    assert converted([1, None], "cadre_id") == (["1", None], [])
    assert converted([1, None], "rank") == ([None, None], [("wrong_type", [1])])


def test_ids_are_kept_exactly_and_empty_ones_are_null() -> None:
    values = ["007", " a", "", "  ", None, "甲"]
    assert converted(values, "cadre_id") == (["007", " a", None, None, None, "甲"], [])
    assert blank(pa.chunked_array([values])).to_pylist() == [False, False, True, True, None, False]


@pytest.mark.parametrize(
    "values",
    [
        ["a; b;;a", None],
        [["a", "b"], None],
        [["a", None, " b ", ""], []],
        # free of nulls and spaces, but not of repeats and of empty ones
        [["a", "b", "a"], []],
        [["a", "", "b"], []],
        [["a", "b"], []],
    ],
)
def test_lists_of_ids_never_null_and_without_repeats(values: list[Any]) -> None:
    assert converted(values, "sponsors", UNITS) == ([["a", "b"], []], [])


@pytest.mark.parametrize("kind", [pa.list_, pa.large_list, pa.list_view])
def test_lists_of_any_layout_and_parts_of_longer_ones_make_a_valid_column(kind: Any) -> None:
    # Arrow's cast of views to lists makes a column that is not valid
    lists = pa.array([["x"], ["a", "b"], ["c"]], kind(pa.string()))[1:]
    column = UNITS.column("sponsors")
    found = convert(pa.chunked_array([lists]), column, UNITS, Findings())
    found.validate(full=True)
    assert found.type == pa.list_(pa.string())
    assert found.to_pylist() == [["a", "b"], ["c"]]


def test_one_whole_number_is_a_list_of_one_code() -> None:
    assert converted([620102, None], "sponsors", UNITS) == ([["620102"], []], [])
    assert converted([[1, 2]], "sponsors", UNITS) == ([["1", "2"]], [])


def test_lists_of_anything_else_are_refused() -> None:
    assert converted([[1.5], None], "sponsors", UNITS) == ([[], []], [("wrong_type", [1])])


def test_a_column_of_lists_that_is_empty_has_empty_lists_as_one_that_is_not_there() -> None:
    assert converted(pa.nulls(2), "sponsors", UNITS) == ([[], []], [])
