from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables.canonical import canonical
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.cells import LONGEST_NOTHING, means_nothing
from pairmatch.tables.office.values import CODES, mended
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.schema import ADJUSTMENTS, AREAS, CADRES, RECIPIENTS, UNITS, Schema
from pairmatch.words import LANGUAGES

WORDS = Vocabulary.standard()
SCHEMAS = {schema.name: schema for schema in (CADRES, RECIPIENTS, UNITS, AREAS, ADJUSTMENTS)}
CLEAN: dict[str, dict[str, list[str | None]]] = {
    "cadres": {
        "cadre_id": ["C-01", "c_2", "003"],
        "unit_id": ["u1", "u1", "县教育局（一）"],
        "rank": ["bureau", "staff", "own rank"],
        "area": ["620102", None, "620103"],
        "lon": ["103.5", None, "-0.25"],
        "lat": ["36", None, "3.6e1"],
        "capacity": ["2", None, "10"],
        "min_load": [None, "0", "1"],
        "note": [" as it is ", "２人", "-"],
    },
    "units": {
        "unit_id": ["u1", "u2"],
        "sponsors": ["620102;620103", None],
        "level": ["county", None],
    },
}


def table(columns: Mapping[str, Sequence[str | None]]) -> pa.Table:
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def mend(
    schema: str, *, strict: bool = False, **columns: Any
) -> tuple[dict[str, list[Any]], Findings]:
    findings = Findings(strict=strict)
    return mended(table(columns), SCHEMAS[schema], WORDS, findings).to_pydict(), findings


def said(findings: Findings) -> dict[tuple[str, str | None], int]:
    return {(note.code, note.column): note.count for note in findings.notes}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_table_comes_back_itself(name: str) -> None:
    given = table(CLEAN[name])
    findings = Findings(strict=True)
    assert mended(given, SCHEMAS[name], WORDS, findings).equals(given)
    assert (findings.notes, findings.found) == ([], [])


def test_each_kind_of_repair_is_counted_for_each_column() -> None:
    new, findings = mend(
        "cadres",
        cadre_id=["'r001", " r002", "Ｒ003", "r004"],
        unit_id=["11.0", "12.0", "13", "007"],
        rank=["厅级", "BUREAU", " 科员\u3000", "三级调研员"],
        area=["-", "6.20102E+05", "无", '="620102"'],
        lon=["102°30′", "E103", "104", None],
        capacity=["2人", "3.0", "１", "1,000"],
        min_load=["无", "一", None, " 1 "],
    )
    assert new == {
        "cadre_id": ["r001", "r002", "R003", "r004"],
        "unit_id": ["11", "12", "13", "007"],
        "rank": ["bureau", "bureau", "staff", "division"],
        "area": [None, "620102", None, "620102"],
        "lon": ["102.5", "103", "104", None],
        "capacity": ["2", "3", "1", "1000"],
        "min_load": [None, "1", None, "1"],
    }
    assert said(findings) == {
        ("repaired_blanks", "cadre_id"): 1,
        ("repaired_width", "cadre_id"): 1,
        ("repaired_apostrophe", "cadre_id"): 1,
        ("repaired_decimal", "unit_id"): 2,
        ("repaired_blanks", "rank"): 1,
        ("repaired_nothing", "area"): 2,
        ("repaired_exponent", "area"): 1,
        ("repaired_formula", "area"): 1,
        ("repaired_degrees", "lon"): 2,
        ("repaired_measure", "capacity"): 1,
        ("repaired_decimal", "capacity"): 1,
        ("repaired_width", "capacity"): 1,
        ("repaired_thousands", "capacity"): 1,
        ("repaired_nothing", "min_load"): 1,
        ("repaired_numeral", "min_load"): 1,
        ("repaired_blanks", "min_load"): 1,
    }
    assert findings.found == []


def test_what_is_repaired_is_a_failure_when_strict() -> None:
    _, findings = mend("cadres", strict=True, cadre_id=["'r001", "r2"], capacity=["2人", "3人"])
    assert [(one.kind, one.column, one.rows.tolist()) for one in findings.found] == [
        ("not_repaired.apostrophe", "cadre_id", [1]),
        ("not_repaired.measure", "capacity", [1, 2]),
    ]
    assert findings.notes == []


def test_people_without_a_household_share_none() -> None:
    new, findings = mend("recipients", household_id=["无", "/", "—", "h1", "暂无"])
    assert new["household_id"] == [None, None, None, "h1", None]
    assert said(findings) == {("repaired_nothing", "household_id"): 4}


def test_nothing_where_something_must_be_is_a_failure_and_no_repair() -> None:
    given = table({"recipient_id": ["r1", "无"], "category": ["/", "孤儿"], "area": ["1", "1"]})
    findings = Findings()
    canonical(mended(given, RECIPIENTS, WORDS, findings), RECIPIENTS, findings)
    assert [(one.kind, one.column, one.rows.tolist()) for one in findings.found] == [
        ("null_value", "recipient_id", [2]),
        ("null_value", "category", [1]),
    ]
    assert findings.notes == []


def test_a_whole_number_held_as_one_is_sure_only_among_whole_numbers() -> None:
    new, findings = mend("cadres", cadre_id=["11.0", "a"], unit_id=["1.0", None])
    assert new == {"cadre_id": ["11.0", "a"], "unit_id": ["1", None]}
    assert said(findings) == {("repaired_decimal", "unit_id"): 1}


def test_digits_that_a_spreadsheet_has_lost_are_a_failure() -> None:
    findings = Findings()
    given = table({"cadre_id": ["12345678901234500", "r2"], "lon": ["103.12345678901234", "1"]})
    lost = {"cadre_id": np.array([0]), "lon": np.array([0])}
    new = mended(given, CADRES, WORDS, findings, lost)
    assert new.to_pydict() == {"cadre_id": [None, "r2"], "lon": ["103.12345678901234", "1"]}
    assert [(one.kind, one.column, one.rows.tolist()) for one in findings.found] == [
        ("damaged_cell.digits", "cadre_id", [1])
    ]


def test_separators_of_sponsors_are_any() -> None:
    new, findings = mend("units", sponsors=["1；2", "1、2", "1;2", "无", "1, 2", None])
    assert new["sponsors"] == ["1;2", "1;2", "1;2", None, "1;2", None]
    assert said(findings) == {
        ("repaired_separator", "sponsors"): 3,
        ("repaired_nothing", "sponsors"): 1,
    }


def test_the_top_of_all_areas_lies_in_none() -> None:
    new, findings = mend("areas", area=["62", "6201"], parent=["—", "62"], level=["省", "市"])
    assert new == {
        "area": ["62", "6201"],
        "parent": [None, "62"],
        "level": ["province", "prefecture"],
    }
    assert said(findings) == {("repaired_nothing", "parent"): 1}


def test_cells_that_are_blank_are_empty_without_a_note() -> None:
    new, findings = mend("cadres", cadre_id=["  ", "r"], capacity=["\u3000", " "])
    assert said(findings) == {}
    assert [cell for cell in new["capacity"] if cell] == []


def test_words_for_nothing_are_short_enough_to_be_looked_for() -> None:
    words = [
        "无",
        "暂无",
        "没有",
        "空白",
        "不详",
        "n/a",
        "none",
        "null",
        "(null)",
        "<NA>",
        "－－",
        "//",
    ]
    assert [word for word in words if not means_nothing(word)] == []
    assert max(len(word.encode()) for word in words) <= LONGEST_NOTHING


@pytest.mark.parametrize("code", [*CODES, "reference"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_repair_has_its_words(code: str, language: str) -> None:
    texts = LANGUAGES[language].texts
    for key in (
        f"note.repaired_{code}",
        f"found.not_repaired.{code}",
        f"advice.not_repaired.{code}",
    ):
        assert texts[key]


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["R1", "11.0", "7", "2人", "无", "-", "厅级", "E102°", "'x", '="1"', "a；b", "＃"]
    ),
    st.text("０1一2人,，.°'\"E-—/无;； \u3000\u200bRr=", max_size=6),
)


@given(
    st.sampled_from(list(SCHEMAS.values())),
    st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=4),
)
def test_mending_twice_is_mending_once(schema: Schema, rows: list[list[str | None]]) -> None:
    names = [column.name for column in schema.columns]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    once = mended(table(columns), schema, WORDS, Findings())
    findings = Findings(strict=True)
    again = mended(once, schema, WORDS, findings)
    assert again.to_pydict() == once.to_pydict()
    assert (findings.notes, findings.found) == ([], [])
