from typing import Any

import pytest

from pairmatch import Problem
from pairmatch.synth import generate_province
from tests.tables.good import good_tables


def doubts(**changes: Any) -> dict[str, Any]:
    tables = {**good_tables(), **changes}
    return {doubt.code: doubt for doubt in Problem.from_tables(**tables).doubts()}


def recipients(**changes: Any) -> dict[str, Any]:
    return {
        "recipient_id": ["r0123", "r0132"],
        "category": ["orphan"] * 2,
        "area": ["t1"] * 2,
        "household_id": ["h1"] * 2,
        **changes,
    }


NO_PAIRS: dict[str, Any] = {"current": None, "locks": None, "bans": None, "adjustments": None}


@pytest.mark.parametrize("geometry", ["codes", "household", "point"])
def test_a_good_province_gives_no_doubt(geometry: Any) -> None:
    problem = generate_province(0.1, 0, geometry).problem()
    assert [doubt.text() for doubt in problem.doubts()] == []


def test_good_tables_give_none() -> None:
    assert doubts() == {}


def test_a_recipient_listed_twice() -> None:
    doubt = doubts(recipients=recipients(), **NO_PAIRS)["likely_same_recipient"]
    assert doubt.rows.tolist() == [0, 1]
    assert "r0123 / r0132" in doubt.text()
    assert doubt.document("zh")["parameters"]["names"] == ("r0123 / r0132",)


@pytest.mark.parametrize(
    "changes",
    [
        {"category": ["orphan", "severely_disabled"]},
        {"area": ["t1", "t2"], "household_id": ["h1", "h2"]},
        {"household_id": [None, None]},
        {"lon": [103.8, 103.9], "lat": [36.0, 36.0]},
        {"priority": [1, 2]},
    ],
)
def test_recipients_who_differ_otherwise_or_for_whom_nothing_speaks(changes: Any) -> None:
    assert doubts(recipients=recipients(**changes), **NO_PAIRS) == {}


def test_a_point_that_few_have_speaks_for_it_and_one_that_many_have_does_not() -> None:
    few = recipients(household_id=[None] * 2, lon=[103.8] * 2, lat=[36.0] * 2)
    assert list(doubts(recipients=few, **NO_PAIRS)) == ["likely_same_recipient"]
    many = {
        "recipient_id": [f"r{number:03}" for number in range(12, 32)],
        "category": ["orphan"] * 20,
        "area": ["t1"] * 20,
        "lon": [103.8] * 20,
        "lat": [36.0] * 20,
    }
    assert doubts(recipients=many, **NO_PAIRS) == {}


def test_a_household_with_two_ids() -> None:
    two = recipients(
        recipient_id=["r1", "r2"],
        category=["orphan", "severely_disabled"],
        household_id=["H-01", "h1"],
    )
    doubt = doubts(recipients=two, **NO_PAIRS)["likely_same_household"]
    assert doubt.rows.tolist() == [0, 1]
    apart = {**two, "area": ["t1", "t2"]}
    assert doubts(recipients=apart, **NO_PAIRS) == {}


def test_a_household_in_two_areas() -> None:
    torn = recipients(recipient_id=["r1", "r2"], area=["t1", "t2"])
    assert doubts(recipients=torn, **NO_PAIRS)["household_in_two_areas"].count == 2


def test_a_unit_without_cadres_is_doubted_unless_it_leads() -> None:
    units = {
        "unit_id": ["u1", "u2", "u3", "u4"],
        "area": ["k1"] * 4,
        "lead_unit_id": [None, "u4", None, None],
    }
    doubt = doubts(units=units)["unit_without_cadres"]
    assert doubt.rows.tolist() == [2]
    assert doubt.parameters["names"] == ("u3",)


def test_somebody_in_two_tables_unless_both_are_numbered_apart() -> None:
    people = {**good_tables()["cadres"], "cadre_id": ["c1", "c2", "r3"]}
    assert doubts(cadres=people, **NO_PAIRS)["cadre_and_recipient"].rows.tolist() == [2]
    people["cadre_id"] = ["r1", "r2", "r3"]
    assert "cadre_and_recipient" not in doubts(cadres=people, **NO_PAIRS)


def areas(codes: list[str], names: list[str | None]) -> dict[str, Any]:
    people = {
        "cadres": {"cadre_id": ["c1"], "unit_id": ["u1"], "rank": ["staff"], "area": codes[:1]},
        "recipients": {"recipient_id": ["r1"], "category": ["orphan"], "area": codes[:1]},
        "areas": {
            "area": codes,
            "parent": [None] * len(codes),
            "level": ["county"] * len(codes),
            "name": names,
        },
        "units": None,
    }
    return doubts(**people, **NO_PAIRS)


def test_codes_of_former_years_have_their_successor() -> None:
    doubt = areas(["622421", "622424101", "621102"], ["定西县", None, "安定区"])["retired_area"]
    assert doubt.rows.tolist() == [1, 2]  # in the order of the codes
    assert "622421 → 621102 安定区" in doubt.text()
    assert areas(["622421x", "6224"], [None, None]) == {}


def test_codes_of_former_years_where_no_table_of_areas_is_given() -> None:
    tables = recipients(area=["622301"] * 2, household_id=[None] * 2)
    cadres = {"cadre_id": ["c1"], "unit_id": ["u1"], "rank": ["staff"]}
    found = doubts(cadres=cadres, recipients=tables, areas=None, units=None, **NO_PAIRS)
    assert found["retired_area"].table == "recipients"


def test_a_township_is_looked_for_by_county_and_name_and_never_by_code() -> None:
    # in the published list this code is 酒泉路街道
    doubt = areas(["620102001"], ["张掖路街道"])["area_named_otherwise"]
    assert "620102001 → 620102002" in doubt.text()
    assert areas(["620102001", "620102"], ["酒泉路街道", "城关"]) == {}
