"""No personal data comes in, and none of what was given stands in a message."""

from typing import Any

import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairmatch.errors import InputError
from pairmatch.model.shown_names import may_be_shown
from pairmatch.problem import Problem
from pairmatch.tables.personal import citable
from tests.tables.good import further_notes, good_tables, refused, spoiled, where

PLANTED = [
    "王小明",
    "Wang Xiaoming",
    "WangXiaoming",
    "620102199001011234",
    "62010219900101123X",
    "620102900101123",
    "id620102199001011234",
    "13812345678",
    "+86 138-1234-5678",
    "tel13812345678",
    "0931-8412345",
    "1990-01-01",
    "wang1@example.org",
    "甘肃省兰州市城关区1号",
]


@pytest.mark.parametrize("planted", PLANTED)
def test_what_a_cell_holds_is_never_in_a_message(planted: str) -> None:
    tables = good_tables()
    for table, columns in tables.items():
        for column, values in columns.items():
            # several rows, so that there are duplicates and contradictions as well
            columns[column] = [planted] * max(2, len(values))
        rows = max(len(values) for values in columns.values())
        tables[table] = {name: (values * rows)[:rows] for name, values in columns.items()}
    tables["cadres"]["phone"] = [planted] * len(tables["cadres"]["cadre_id"])
    tables["cadres"]["remark"] = [planted] * len(tables["cadres"]["cadre_id"])
    tables["recipients"][planted] = [planted] * len(tables["recipients"]["recipient_id"])
    error = refused(tables, attributes=["phone", "remark"])
    said = str(error) + repr(list(error.failures())) + repr(error) + repr(error.findings)
    assert planted not in said
    assert len(error.counts) >= 5


@pytest.mark.parametrize("planted", PLANTED)
def test_the_header_of_a_dropped_column_is_not_in_its_note(planted: str) -> None:
    tables = good_tables()
    tables["cadres"][planted] = ["x"] * 3
    (note,) = further_notes(Problem.from_tables(**tables))
    assert (note.code, note.names) == ("dropped_column", ("#9",))
    assert planted not in repr(note) + note.text()


def test_nested_values_do_not_tell_the_names_of_their_fields() -> None:
    error = refused(spoiled("cadres", rank=[{"王小明": 1}] * 3))
    assert error.counts == {"wrong_type": 3}
    assert "王小明" not in str(error)


def test_opaque_ids_are_cited() -> None:
    error = refused(spoiled("cadres", unit_id=["u-9", "u1", "u2"]))
    assert "(u-9)" in str(error)
    assert citable(["620102001001", "a1", None, "word", "x" * 41 + "1"]) == ("620102001001", "a1")


@pytest.mark.parametrize("name", ["name", "ID number", "联系电话", "sfzh", "LXDH_2", "guardian"])
def test_columns_that_look_personal_are_refused_as_attributes(name: str) -> None:
    tables = good_tables()
    tables["recipients"][name] = ["x"] * 4
    assert where(refused(tables, attributes=[name])) == [
        ("personal_column", "attributes", name if may_be_shown(name) else None, ())
    ]


@pytest.mark.parametrize("name", ["王小明", "Wang Xiaoming 13812345678", "x 620102199001011234"])
def test_the_name_of_an_attribute_that_may_be_data_is_not_quoted(name: str) -> None:
    error = refused(good_tables(), attributes=["colour", name])
    assert name not in str(error) + repr(error.findings) + repr(list(error.failures()))
    assert "number 2 of the attributes" in str(error)


@pytest.mark.parametrize("values", [["13812345678"] * 4, [{"a": 1}] * 4])
def test_nor_is_that_of_one_that_a_table_has(values: list[Any]) -> None:
    tables = good_tables()
    tables["recipients"]["colour"] = tables["recipients"]["王小明"] = values
    error = refused(tables, attributes=["colour", "王小明"])
    assert [found.column for found in error.findings] == ["colour", None]
    assert "王小明" not in str(error) + repr(error.findings)
    assert "(number 2 of the attributes)" in str(error)


def test_attributes_are_kept_as_text() -> None:
    tables: dict[str, Any] = good_tables()
    tables["cadres"]["team"] = [1, 2, None]
    tables["recipients"]["needs"] = pd.Categorical(["school", None, "care", "care"])
    problem = Problem.from_tables(**tables, attributes=["team", "needs"])
    assert problem.cadres.column("team").to_pylist() == ["1", "2", None]
    assert problem.recipients.column("needs").to_pylist() == ["school", None, "care", "care"]
    assert further_notes(problem) == []


def test_one_attribute_may_be_named_without_a_list() -> None:
    tables = good_tables()
    tables["cadres"]["team"] = ["a", "b", "c"]
    assert Problem.from_tables(**tables, attributes="team").attributes == ("team",)


@pytest.mark.parametrize(
    ("values", "code", "rows"),
    [
        (["x", "620102199001011234", None, "y"], "id_looks_like_id_number", (2,)),
        (["13812345678", "none", None, "139-1234-5678"], "id_looks_like_phone_number", (1, 4)),
        ([13812345678, 1, 2, None], "id_looks_like_phone_number", (1,)),
        ([1.5, 13812345678.0, None, 2.5], "id_looks_like_phone_number", (2,)),
        ([{"a": 1}] * 4, "wrong_type", ()),
    ],
)
def test_attributes_that_hold_numbers_of_people_are_refused(
    values: list[Any], code: str, rows: tuple[int, ...]
) -> None:
    tables = good_tables()
    tables["recipients"]["remark"] = values
    error = refused(tables, attributes=["remark"])
    assert where(error) == [(code, "recipients", "remark", rows)]


def test_an_attribute_that_no_table_has_is_refused() -> None:
    error = refused(good_tables(), attributes=["colour"])
    assert where(error) == [("unknown_attribute", "attributes", "colour", ())]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=8),
    st.binary(max_size=4),
    st.dates(),
    st.sampled_from(["c1", "r1", "k1", "t1", "staff", "orphan", "county", "u1", *PLANTED]),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def garbage(draw: st.DrawFn) -> dict[str, Any]:
    """Draw good tables of which any part may be anything."""
    tables: dict[str, Any] = good_tables()
    for name in list(tables):
        what = draw(st.sampled_from(["good", "good", "cells", "columns", "no table", "absent"]))
        if what == "no table":
            tables[name] = draw(CELLS)
        elif what == "absent" and name not in ("cadres", "recipients"):
            del tables[name]
        elif what in ("cells", "columns"):
            rows = draw(st.integers(0, 5))
            for column in list(tables[name]):
                spoil = draw(st.sampled_from(["keep", "cells", "one type", "drop"]))
                if spoil == "cells":
                    tables[name][column] = draw(st.lists(CELLS, min_size=rows, max_size=rows))
                elif spoil == "one type":
                    tables[name][column] = [draw(CELLS)] * rows
                elif spoil == "drop" and what == "columns":
                    del tables[name][column]
                else:
                    tables[name][column] = (tables[name][column] * 5)[:rows]
    return tables


@settings(max_examples=300, deadline=None)
@given(garbage(), st.sampled_from(["mapping", "frame"]))
def test_garbage_gives_a_problem_or_an_input_error(tables: dict[str, Any], kind: str) -> None:
    if kind == "frame":
        tables = {
            name: pd.DataFrame(columns)
            if isinstance(columns, dict) and all(isinstance(v, list) for v in columns.values())
            else columns
            for name, columns in tables.items()
        }
    outcome = problem_or_error(tables)
    if isinstance(outcome, Problem):
        again = Problem.from_tables(**outcome.tables(), policy=outcome.policy)
        assert again.tables() == outcome.tables()
    else:
        said = str(outcome) + repr(list(outcome.failures()))
        assert outcome.findings
        assert not any(planted in said for planted in PLANTED)


def problem_or_error(tables: dict[str, Any]) -> Problem | InputError:
    try:
        return Problem.from_tables(**tables)
    except InputError as error:
        return error


@settings(max_examples=100, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_a_file_of_garbage_gives_an_input_error(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("garbage")
    for ending in (".csv", ".parquet", ".feather"):
        (folder / f"cadres{ending}").write_bytes(data)
        error = refused({**good_tables(), "cadres": folder / f"cadres{ending}"})
        assert error.findings


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=6))
def test_rows_of_garbage_below_a_good_header_give_a_problem_or_an_input_error(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "cadres.csv"
    text = "\n".join(",".join(row) for row in [["cadre_id", "unit_id", "rank"], *rows])
    path.write_text(text, encoding="utf-8")
    recipients = {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]}
    outcome = problem_or_error({"cadres": path, "recipients": recipients})
    if isinstance(outcome, Problem):
        assert outcome.recipients.num_rows == 1
    else:
        assert outcome.counts
