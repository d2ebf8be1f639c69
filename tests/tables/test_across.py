"""Each check of the tables alone, all of them at once, and what must not follow from a failure."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pairmatch import InputError, OptionError, Problem
from tests.tables.good import (
    GOOD_NOTES,
    further_notes,
    good_tables,
    refused,
    spoiled,
    where,
    without,
)

# one row each, with what else these tables hold
_PAIR_TABLES: list[tuple[str, dict[str, list[Any]]]] = [
    ("current", {}),
    ("locks", {}),
    ("bans", {}),
    ("adjustments", {"extra_km": [1]}),
]


def test_good_tables_have_no_failure_and_say_who_has_no_point() -> None:
    assert Problem.from_tables(**good_tables()).notes == GOOD_NOTES


@pytest.mark.parametrize(
    ("tables", "code", "table", "column", "rows"),
    [
        (without("cadres", "rank"), "missing_column", "cadres", "rank", ()),
        (without("units", "unit_id"), "missing_column", "units", "unit_id", ()),
        (without("adjustments", "extra_km"), "missing_column", "adjustments", "extra_km", ()),
        (
            spoiled("recipients", category=["orphan", None, "", "  "]),
            "null_value",
            "recipients",
            "category",
            (2, 3, 4),
        ),
        (spoiled("cadres", cadre_id=["c1", "c2", None]), "null_value", "cadres", "cadre_id", (3,)),
        (spoiled("cadres", rank=[1, 2, 3]), "wrong_type", "cadres", "rank", (1, 2, 3)),
        (spoiled("cadres", capacity=[2, 1.5, 3]), "wrong_type", "cadres", "capacity", (2,)),
        (spoiled("cadres", capacity=["2", "two", ""]), "wrong_type", "cadres", "capacity", (2,)),
        (
            spoiled("cadres", min_load=[True, False, True]),
            "wrong_type",
            "cadres",
            "min_load",
            (1, 2, 3),
        ),
        (spoiled("areas", lon=["1e1", "x", "9"]), "wrong_type", "areas", "lon", (2,)),
        (
            spoiled("recipients", recipient_id=["r1", "r2", "r3", "r1"]),
            "duplicate_id",
            "recipients",
            "recipient_id",
            (4,),
        ),
        (
            spoiled(
                "areas",
                area=["k1", "t1", "t2", "t1"],
                parent=[None, "k1", "k1", "k1"],
                level=["county", "township", "township", "village"],
                name=[None] * 4,
                lon=[103.8] * 4,
                lat=[36.0] * 4,
            ),
            "duplicate_id",
            "areas",
            "area",
            (4,),
        ),
        (
            spoiled("adjustments", recipient_id=["r2", "r2"], cadre_id=["c1", "c1"]),
            "duplicate_pair",
            "adjustments",
            None,
            (2,),
        ),
        (
            spoiled("current", recipient_id=["r1", "r1"], cadre_id=["c1", "c1"]),
            "duplicate_pair",
            "current",
            None,
            (2,),
        ),
        (spoiled("cadres", unit_id=["u9", "u1", "u2"]), "unknown_unit", "cadres", "unit_id", (1,)),
        (spoiled("cadres", area=[None, "t9", "t2"]), "unknown_area", "cadres", "area", (2,)),
        (
            spoiled("recipients", area=["t1", "t1", "t9", "t2"]),
            "unknown_area",
            "recipients",
            "area",
            (3,),
        ),
        (spoiled("units", area=["k9", "t2"]), "unknown_area", "units", "area", (1,)),
        (spoiled("units", sponsors=["t1;t9", "t2"]), "unknown_area", "units", "sponsors", (1,)),
        (
            spoiled("units", lead_unit_id=[None, "u9"]),
            "unknown_lead_unit",
            "units",
            "lead_unit_id",
            (2,),
        ),
        (spoiled("areas", parent=[None, "k1", "k9"]), "unknown_parent", "areas", "parent", (3,)),
        (
            spoiled("cadres", rank=["bureau", "king", "staff"]),
            "unknown_rank",
            "cadres",
            "rank",
            (2,),
        ),
        (
            spoiled("recipients", category=["orphan", "rich", "orphan", "orphan"]),
            "unknown_category",
            "recipients",
            "category",
            (2,),
        ),
        (
            spoiled("areas", level=["county", "hamlet", "township"]),
            "unknown_level",
            "areas",
            "level",
            (2,),
        ),
        (spoiled("units", level=["county", "world"]), "unknown_level", "units", "level", (2,)),
        (
            spoiled("areas", level=["county", "township", "province"]),
            "area_level_order",
            "areas",
            "level",
            (3,),
        ),
        (
            spoiled("cadres", min_load=[3, 1, 0]),
            "capacity_below_min_load",
            "cadres",
            "min_load",
            (1,),
        ),
        # the default capacity is 2
        (
            spoiled("cadres", min_load=[0, 3, 0]),
            "capacity_below_min_load",
            "cadres",
            "min_load",
            (2,),
        ),
        (spoiled("cadres", capacity=[-2, 1, 1]), "negative_number", "cadres", "capacity", (1,)),
        (
            spoiled("recipients", demand=[1, -1, 1, 1]),
            "negative_number",
            "recipients",
            "demand",
            (2,),
        ),
        (spoiled("recipients", demand=[1, 0, 1, 1]), "out_of_range", "recipients", "demand", (2,)),
        (
            spoiled("adjustments", extra_km=[1e9, 0.0]),
            "out_of_range",
            "adjustments",
            "extra_km",
            (1,),
        ),
        (
            spoiled("adjustments", extra_km=[1.0, float("nan")]),
            "not_a_number",
            "adjustments",
            "extra_km",
            (2,),
        ),
        (
            spoiled("adjustments", extra_km=["-inf", "1"]),
            "not_a_number",
            "adjustments",
            "extra_km",
            (1,),
        ),
        (
            spoiled("areas", lon=[float("nan"), 103.7, 103.6]),
            "not_a_number",
            "areas",
            "lon",
            (1,),
        ),
        (
            spoiled("recipients", lon=[500_000.0, None, None, None]),
            "coordinate_out_of_range",
            "recipients",
            "lon",
            (1,),
        ),
        (
            spoiled("recipients", lat=[None, None, None, None]),
            "coordinate_incomplete",
            "recipients",
            "lon",
            (1,),
        ),
        (
            spoiled("cadres", lon=[None, 36.1, None], lat=[None, 103.8, None]),
            "coordinates_swapped",
            "cadres",
            "lon",
            (2,),
        ),
        (spoiled("areas", parent=["t2", "k1", "k1"]), "area_cycle", "areas", "parent", (1, 3)),
        (
            spoiled("units", lead_unit_id=["u2", "u1"]),
            "lead_unit_cycle",
            "units",
            "lead_unit_id",
            (1, 2),
        ),
        (spoiled("units", area=[None, "t2"]), "no_area", "cadres", "area", (1,)),
        (
            spoiled("areas", lon=[None, None, 1.0], lat=[None, None, 1.0]),
            "no_location",
            "recipients",
            "lon",
            (2,),
        ),
        (
            spoiled("bans", recipient_id=["r1"], cadre_id=["c1"]),
            "lock_and_ban",
            "locks",
            None,
            (1,),
        ),
        *(
            (
                spoiled(table, recipient_id=["r9"], cadre_id=["c1"], **more),
                "unknown_recipient",
                table,
                "recipient_id",
                (1,),
            )
            for table, more in _PAIR_TABLES
        ),
        *(
            (
                spoiled(table, recipient_id=["r2"], cadre_id=["c9"], **more),
                "unknown_cadre",
                table,
                "cadre_id",
                (1,),
            )
            for table, more in _PAIR_TABLES
        ),
        (
            spoiled("current", recipient_id=["r1", "620102199001011234"]),
            "id_looks_like_id_number",
            "current",
            "recipient_id",
            (2,),
        ),
        (
            spoiled("recipients", household_id=["h1", "62010219900101123X", None, None]),
            "id_looks_like_id_number",
            "recipients",
            "household_id",
            (2,),
        ),
        (
            spoiled("units", sponsors=[["t1", "620102900101123"], ["t2"]]),
            "id_looks_like_id_number",
            "units",
            "sponsors",
            (1,),
        ),
        (
            spoiled("locks", reason=["the child 620102201501011234 asked"]),
            "id_looks_like_id_number",
            "locks",
            "reason",
            (1,),
        ),
    ],
)
def test_a_failure_is_reported_once_with_its_place(
    tables: dict[str, Any], code: str, table: str, column: str | None, rows: tuple[int, ...]
) -> None:
    error = refused({**tables, "unknown_current": "fail"})
    expected = [(code, table, column, rows)]
    if code == "no_location":
        # a cadre of the same place, too
        expected = [("no_location", "cadres", "lon", (1,)), *expected]
    assert where(error) == sorted(expected, key=str)


def test_ten_different_mistakes_are_ten_failures_at_once() -> None:
    tables = good_tables()
    tables["cadres"]["cadre_id"] = ["c1", "c1", None]
    tables["cadres"]["rank"] = ["king", "staff", "staff"]
    tables["recipients"]["demand"] = [1, -1, "many", 1]
    tables["recipients"]["area"] = ["t9", "t1", "t2", "t2"]
    tables["areas"]["level"] = ["county", "hamlet", "township"]
    tables["units"]["lead_unit_id"] = ["u2", "u1"]
    tables["current"]["cadre_id"] = ["c1", "c7"]
    tables["adjustments"]["extra_km"] = [float("inf"), 1]
    del tables["locks"]["cadre_id"]
    policy = {"load": {"default_capacity": -1}, "ranks": ["king", "staff"]}
    error = refused({**tables, "unknown_current": "fail"}, policy=policy)
    assert error.counts == {
        "bad_policy": 1,
        "duplicate_id": 1,
        "lead_unit_cycle": 2,
        "missing_column": 1,
        "negative_number": 1,
        "not_a_number": 1,
        "null_value": 1,
        "unknown_area": 1,
        "unknown_cadre": 2,
        "unknown_level": 1,
        "wrong_type": 1,
    }


def test_ragged_rows_do_not_make_references_to_them_unknown(tmp_path: Path) -> None:
    path = tmp_path / "cadres.csv"
    rows = [f"c{n},u1,staff" + (",more,cells" if n % 2 else "") for n in range(1000)]
    path.write_text("cadre_id,unit_id,rank\n" + "\n".join(rows) + "\n", encoding="utf-8")
    error = refused(
        {
            "cadres": path,
            "recipients": {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
            "current": {"recipient_id": ["r"] * 1000, "cadre_id": [f"c{n}" for n in range(1000)]},
        }
    )
    assert error.counts == {"ragged_row": 500}
    assert error.findings[0].rows.tolist() == list(range(3, 1002, 2))


@pytest.mark.parametrize("table", ["cadres", "recipients", "units", "areas"])
@pytest.mark.parametrize("how", ["unreadable", "no key", "key of another type"])
def test_nothing_is_said_of_references_to_a_table_that_is_not_known(table: str, how: str) -> None:
    tables: dict[str, Any] = good_tables()
    key = {"cadres": "cadre_id", "recipients": "recipient_id", "units": "unit_id"}.get(
        table, "area"
    )
    if how == "unreadable":
        tables[table] = "no such file.csv"
        expected = "unreadable_file"
    elif how == "no key":
        del tables[table][key]
        expected = "missing_column"
    else:
        tables[table][key] = [n + 0.5 for n in range(len(tables[table][key]))]
        expected = "wrong_type"
    assert set(refused(tables).counts) == {expected}


def test_a_table_without_rows_and_key_is_not_known_either() -> None:
    error = refused({**good_tables(), "cadres": {"unit_id": [], "rank": []}})
    assert where(error) == [("missing_column", "cadres", "cadre_id", ())]


def test_references_to_a_table_without_rows_point_nowhere() -> None:
    empty: dict[str, list[Any]] = {"cadre_id": [], "unit_id": [], "rank": []}
    tables = {**good_tables(), "cadres": empty}
    assert refused(tables).counts == {"unknown_cadre": 4}
    assert refused({**tables, "unknown_current": "fail"}).counts == {"unknown_cadre": 6}


def _with_current(recipient_id: list[Any], cadre_id: list[Any], **further: Any) -> Problem:
    tables = spoiled("current", recipient_id=recipient_id, cadre_id=cadre_id)
    return Problem.from_tables(**tables, **further)


def test_incumbent_pairs_with_people_who_are_gone_are_dropped_with_a_count() -> None:
    problem = _with_current(["r1", "r9", "r2", "r8"], ["c1", "c2", "c9", "c8"])
    assert problem.current.to_pylist() == [{"recipient_id": "r1", "cadre_id": "c1"}]
    (note,) = [note for note in problem.notes if note.code == "gone_pair"]
    assert (note.table, note.count, note.rows) == ("current", 3, (2, 3, 4))
    assert not any(gone in note.text() for gone in ("r8", "r9", "c8", "c9"))


def test_nobody_is_gone_where_all_are_there() -> None:
    problem = _with_current(["r1"], ["c1"])
    assert problem.current.num_rows == 1
    assert not any(note.code == "gone_pair" for note in problem.notes)


def test_all_incumbents_may_be_gone() -> None:
    problem = _with_current(["r1"], ["c9"])
    assert problem.current.num_rows == 0
    assert "current" not in problem.tables()


def test_incumbent_pairs_with_people_who_are_gone_are_failures_if_asked() -> None:
    with pytest.raises(InputError) as caught:
        _with_current(["r1", "r9"], ["c9", "c9"], unknown_current="fail")
    assert caught.value.counts == {"unknown_cadre": 2, "unknown_recipient": 1}


@pytest.mark.parametrize("nearly", ["c1 ", "C1", "ｃ1"])
def test_an_incumbent_who_is_nearly_known_is_not_gone(nearly: str) -> None:
    with pytest.raises(InputError) as caught:
        _with_current(["r1"], pa.array([nearly]))
    assert caught.value.counts == {"unknown_cadre": 1}


def test_other_pairs_with_people_who_are_gone_stay_failures() -> None:
    for table, more in _PAIR_TABLES:
        if table != "current":
            tables = spoiled(table, recipient_id=["r9"], cadre_id=["c1"], **more)
            assert refused(tables).counts == {"unknown_recipient": 1}


@pytest.mark.parametrize("wrong", ["keep", None, True])
def test_what_becomes_of_gone_pairs_is_one_of_two(wrong: Any) -> None:
    with pytest.raises(OptionError, match=r"unknown_current: .*\n.*drop, fail"):
        _with_current(["r1"], ["c1"], unknown_current=wrong)


def test_a_cell_of_a_wrong_type_is_not_missing_as_well() -> None:
    error = refused(spoiled("cadres", rank=["bureau", 1.5, "staff"], area=[2.5, "t1", "t2"]))
    assert where(error) == [
        ("wrong_type", "cadres", "area", (1,)),
        ("wrong_type", "cadres", "rank", (2,)),
    ]


def test_a_bad_coordinate_is_not_half_a_point_and_no_missing_point() -> None:
    tables = good_tables()
    tables["areas"]["lon"] = ["east", 103.7, 103.6]
    tables["recipients"]["lat"] = ["north", None, None, None]
    tables["units"]["area"] = ["k1", "k1"]
    error = refused(tables)
    assert where(error) == [
        ("wrong_type", "areas", "lon", (1,)),
        ("wrong_type", "recipients", "lat", (1,)),
    ]


def test_an_unknown_unit_is_not_also_a_missing_area_or_point() -> None:
    assert refused(spoiled("cadres", unit_id=["u9", "u1", "u2"])).counts == {"unknown_unit": 1}
    assert refused(spoiled("units", area=[1.5, "t2"])).counts == {"wrong_type": 1}


def test_a_bad_capacity_is_not_compared_with_the_minimum_load() -> None:
    tables = good_tables()
    tables["cadres"]["capacity"] = ["nine", -1, 3]
    tables["cadres"]["min_load"] = [9, 9, 1]
    assert refused(tables).counts == {"negative_number": 1, "wrong_type": 1}


def test_ranks_and_categories_are_not_judged_by_a_policy_that_is_not_known() -> None:
    tables = spoiled("cadres", rank=["king", "king", "duke"])
    error = refused(tables, policy={"ranks": ["king", "duke"], "typo": 1})
    assert where(error) == [("bad_policy", "policy", "typo", ())]


def test_null_ids_of_locks_and_bans_are_no_common_pair() -> None:
    tables = good_tables()
    tables["locks"].update(recipient_id=[None], cadre_id=["c1"])
    tables["bans"].update(recipient_id=[None], cadre_id=["c1"])
    assert refused(tables).counts == {"null_value": 2}


def test_people_without_any_place_are_noted_and_not_refused() -> None:
    tables = good_tables()
    for table in ("cadres", "recipients", "areas"):
        del tables[table]["lon"], tables[table]["lat"]
    problem = Problem.from_tables(**tables)
    assert [note.code for note in problem.notes] == ["no_distances"]


def test_inherited_points_and_areas_without_one_are_noted() -> None:
    problem = Problem.from_tables(
        **spoiled("areas", lon=[103.8, None, 103.6], lat=[36.0, None, 36.2])
    )
    assert [(note.code, note.table, note.count) for note in problem.notes] == [
        ("point_of_area", "cadres", 2),
        ("point_of_area", "recipients", 2),
        ("inherited_point", "recipients", 1),
        ("area_without_point", "areas", 1),
    ]


def test_adjustments_finer_than_a_metre_are_rounded_with_a_note() -> None:
    problem = Problem.from_tables(**spoiled("adjustments", extra_km=[0.1 + 0.2, 1.0006]))
    assert problem.adjustments.column("extra_m").to_pylist() == [300, 1001]
    noted = [(note.code, note.count) for note in further_notes(problem)]
    assert noted == [("rounded_to_metres", 1)]


def test_a_cadre_without_an_area_has_its_unit_s() -> None:
    problem = Problem.from_tables(**good_tables())
    assert problem.cadres.column("area").to_pylist() == ["k1", "t1", "t2"]


def test_a_hundred_thousand_bad_rows_are_a_report_of_a_few_dozen_lines() -> None:
    count = 100_000
    bad = np.full(count, "620102199001011234")
    text = str(
        refused(
            {
                "cadres": good_tables()["cadres"],
                "recipients": {
                    "recipient_id": bad,
                    "category": bad,
                    "area": bad,
                    "demand": np.full(count, -1),
                    "lon": np.full(count, 36.0),
                    "lat": np.full(count, 104.0),
                },
                "areas": good_tables()["areas"],
                "units": good_tables()["units"],
            }
        )
    )
    assert len(text.splitlines()) < 24
    assert "id_looks_like_id_number 300,000" in text
    assert "recipients.demand, rows 1, 2, 3, 4, 5 and 99,995 more: numbers below 0" in text
    assert "6201021990" not in text
