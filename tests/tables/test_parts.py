from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pairmatch import InputError, Problem, solve
from pairmatch.synth import generate_province
from tests.tables.good import good_tables


def problem(**changes: Any) -> Problem:
    return Problem.from_tables(**{**good_tables(), **changes})


def ids(table: pa.Table) -> list[str]:
    return [str(one) for one in table.column(0).to_pylist()]


def joined(parts: Any, of: Problem) -> Problem:
    """Return the problem of all parts and the pairs across."""
    everything = [*parts.tables.values(), parts.across]
    names = dict.fromkeys(name for tables in everything for name in tables)
    tables = {
        name: pa.concat_tables([tables[name] for tables in everything if name in tables])
        for name in names
    }
    for name, key in (("units", "unit_id"), ("areas", "area")):
        if name in tables:
            column = tables[name].column(key).to_numpy(zero_copy_only=False)
            tables[name] = tables[name].take(pa.array(np.unique(column, return_index=True)[1]))
    return Problem.from_tables(**tables, policy=of.policy)


def test_a_part_has_its_people_their_units_with_leads_and_the_areas_of_all() -> None:
    whole = problem()
    parts = whole.part(["t2"])
    part = parts.tables["t2"]
    assert ids(part["cadres"]) == ["c3"]
    assert ids(part["recipients"]) == ["r3", "r4"]
    # u1 leads u2, and sponsors t1
    assert ids(part["units"]) == ["u1", "u2"]
    assert ids(part["areas"]) == ["k1", "t1", "t2"]
    assert set(parts.tables) == {"t2"}
    assert parts.left_out["cadres"] == 2
    assert parts.left_out["recipients"] == 2


def test_a_cadre_without_an_area_works_where_its_unit_does() -> None:
    parts = problem().part(["k1"])
    assert ids(parts.tables["k1"]["cadres"]) == ["c1", "c2", "c3"]
    assert parts.tables["k1"]["cadres"].column("area").to_pylist()[0] is None
    assert not parts.left_out


def test_parts_and_rest_are_the_problem_again() -> None:
    whole = problem()
    parts = whole.part(["t2"], rest=True)
    assert list(parts.tables) == ["t2", "rest"]
    assert joined(parts, whole).digest() == whole.digest()


def test_every_pair_is_in_one_part_or_across() -> None:
    tables = good_tables()
    whole = problem(current={"recipient_id": ["r1", "r3", "r4"], "cadre_id": ["c1", "c1", "c3"]})
    parts = whole.part(["t1", "t2"], rest=True)
    found = {name: ids(part["current"]) for name, part in parts.tables.items() if "current" in part}
    assert found == {"t2": ["r4"]}
    assert ids(parts.across["current"]) == ["r1", "r3"]
    assert joined(parts, whole).digest() == whole.digest()
    assert tables["cadres"]["cadre_id"][0] == "c1"


def test_every_part_of_a_province_can_be_solved_and_all_are_the_province_again() -> None:
    whole = generate_province(0.005, 2, "household", 0.5).problem()
    level = whole.areas.column("level").to_numpy(zero_copy_only=False)
    counties = [code for code, of in zip(ids(whole.areas), level, strict=True) if of == "county"]
    parts = whole.part(counties, rest=True)
    assert len(parts.tables) == 87
    assert joined(parts, whole).digest() == whole.digest()
    for name in (counties[0], "rest"):
        part = Problem.from_tables(**parts.tables[name], policy=whole.policy)
        assert solve(part).certificate.gap == 0


def test_without_a_table_of_areas_a_part_has_those_with_that_very_code() -> None:
    whole = Problem.from_tables(
        cadres={
            "cadre_id": ["c1", "c2"],
            "unit_id": ["u", "u"],
            "rank": ["staff"] * 2,
            "area": ["a", "b"],
        },
        recipients={"recipient_id": ["r1", "r2"], "category": ["orphan"] * 2, "area": ["a", "ab"]},
    )
    parts = whole.part(["a"], rest=True)
    assert ids(parts.tables["a"]["recipients"]) == ["r1"]
    assert ids(parts.tables["rest"]["cadres"]) == ["c2"]
    assert joined(parts, whole).digest() == whole.digest()


@pytest.mark.parametrize(
    ("areas", "kind", "rows"),
    [
        (["t1", "none"], "unknown_area.asked", [2]),
        (["t1", "t2", "t1"], "overlapping_areas.twice", [3]),
        (["t1", "k1"], "overlapping_areas.inside", [1]),
        ("t1", "wrong_type.ids", []),
    ],
)
def test_areas_that_cannot_be_cut_out_are_refused(areas: Any, kind: str, rows: list[int]) -> None:
    with pytest.raises(InputError) as raised:
        problem().part(areas)
    (finding,) = raised.value.findings
    assert (finding.kind, finding.rows.tolist()) == (kind, rows)


def test_a_part_says_nothing_of_its_people() -> None:
    assert repr(problem().part(["t2"])) == "<Parts: 1>"
