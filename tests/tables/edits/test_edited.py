"""Wrong edits are reported all at once, each where it stands; nothing is made of them."""

from typing import Any

import pyarrow as pa
import pytest
from tests.tables.good import good_tables

import pairmatch as pm
from pairmatch import InputError, Problem
from pairmatch.tables.edits import edited as module
from pairmatch.tables.keys import encode

Found = tuple[str, str, str | None, object, tuple[int, ...]]


def good(**more: Any) -> Problem:
    return Problem.from_tables(**{**good_tables(), **more})


def row(recipient_id: str, **more: Any) -> dict[str, Any]:
    return {"recipient_id": recipient_id, "category": "orphan", "area": "t1", **more}


def pair(recipient_id: str, cadre_id: str) -> dict[str, str]:
    return {"recipient_id": recipient_id, "cadre_id": cadre_id}


def refused(*edits: Any, problem: Problem | None = None) -> InputError:
    base = problem or good()
    before = base.tables()
    with pytest.raises(InputError) as caught:
        base.edit(*edits)
    assert base.tables() == before
    assert str(caught.value)
    return caught.value


def where(error: InputError) -> list[Found]:
    return sorted(
        (
            (one.kind, one.table, one.column, one.parameters.get("edit"), tuple(one.rows.tolist()))
            for one in error.findings
        ),
        key=str,
    )


def test_everything_is_reported_at_once_with_its_edit_and_row() -> None:
    error = refused(
        {"op": "remove_cadres", "ids": ["c1", "c9", "c1"]},
        {"op": "add_recipients", "rows": [row("r1"), row("r7", area="t7"), row("r7")]},
        {"op": "lock", "pairs": [pair("r3", "c2"), pair("r3", "c1"), pair("r8", "c2")]},
        {"op": "change_cadres", "ids": ["c2"], "set": {"cadre_id": "c5"}},
        {"op": "change_recipients", "ids": ["r2", "r9"], "set": {"demand": 0}},
        {"op": "unlock", "pairs": [pair("r4", "c3")]},
        {"op": "ban", "pairs": [pair("r3", "c2")]},
        {"op": "adjust", "pairs": [pair("r2", "c2"), pair("r2", "c2")], "extra_km": 3},
        {"op": "close_area", "area": "t9"},
        {"op": "set_policy", "set": {"load.default_capacity": -1, "ranks.9": "a", "speed": 3}},
        {"op": "add_cadres", "rows": [{"cadre_id": "c8", "unit_id": "u9", "rank": "staff"}]},
    )
    assert where(error) == sorted(
        [
            ("unknown_cadre.edited", "cadres", "cadre_id", 1, (2, 3)),
            ("duplicate_id.edited", "recipients", "recipient_id", 2, (1, 3)),
            ("unknown_area", "recipients", "area", 2, (2,)),
            ("unknown_cadre.edited", "locks", "cadre_id", 3, (2,)),
            ("unknown_recipient.edited", "locks", "recipient_id", 3, (3,)),
            ("lock_and_ban", "locks", None, 3, (1,)),
            ("bad_edit.key_column", "cadres", "cadre_id", 4, ()),
            ("out_of_range.below", "recipients", "demand", 5, (1,)),
            ("unknown_recipient.edited", "recipients", "recipient_id", 5, (2,)),
            ("unknown_pair", "locks", None, 6, (1,)),
            ("duplicate_pair.edited", "bans", None, 7, (1,)),
            ("duplicate_pair.edited", "adjustments", None, 8, (2,)),
            ("unknown_area.edited", "areas", "area", 9, (1,)),
            ("bad_edit.no_path", "policy", None, 10, ()),
            ("bad_policy.below", "policy", "load.default_capacity", 10, ()),
            ("bad_policy.unknown_field", "policy", "speed", 10, ()),
            ("unknown_unit", "cadres", "unit_id", 11, (1,)),
        ],
        key=str,
    )


def test_no_message_quotes_what_a_row_holds() -> None:
    name = "Wang Xiaoming"
    error = refused(
        {"op": "add_recipients", "rows": [row(name, category=name, priority=name)]},
        {"op": "add_recipients", "rows": [row("r7", **{name: 1})]},
        {"op": "remove_cadres", "ids": [name]},
        {"op": "change_cadres", "ids": ["c1"], "set": {name: name, "rank": name}},
        {"op": "lock", "pairs": [pair(name + "x", "c1")], "reason": name},
        {"op": "set_policy", "set": {f"ranks.{name}": name}},
    )
    assert "Wang" not in str(error)
    assert "#4" in str(error)


def test_a_misspelt_column_is_one_failure_and_nothing_follows_from_it() -> None:
    error = refused(
        {"op": "add_recipients", "rows": [row("r7", prority=3)]},
        {"op": "change_cadres", "ids": ["c1"], "set": {"capcity": 3}},
        {"op": "lock", "pairs": [{"recipient_id": "r1", "cadre": "c3"}]},
    )
    assert where(error) == [
        ("misspelt_column", "cadres", "capacity", 2, ()),
        ("misspelt_column", "locks", "cadre_id", 3, ()),
        ("misspelt_column", "recipients", "priority", 1, ()),
    ]


def test_what_other_edits_would_find_of_rows_that_could_not_be_read_is_not_reported() -> None:
    error = refused(
        {"op": "add_recipients", "rows": [7]},
        {"op": "lock", "pairs": [pair("r7", "c1")]},
        {"op": "add_cadres", "rows": [{"cadre_id": None, "unit_id": "u1", "rank": "staff"}]},
        {"op": "ban", "pairs": [pair("r4", "c9")]},
    )
    assert where(error) == [
        ("null_value", "cadres", "cadre_id", 3, (1,)),
        ("wrong_type.table", "recipients", None, 1, ()),
    ]


def test_rows_without_anything_in_them_are_refused() -> None:
    error = refused(
        {"op": "add_recipients", "rows": [{}]},
        {"op": "lock", "pairs": [{}, {}]},
        {"op": "ban", "pairs": [{"recipient_id": None, "cadre_id": "c1"}]},
        {
            "op": "replace_table",
            "table": "cadres",
            "rows": [{"cadre_id": "c2"}, {"cadre_id": "c1"}],
        },
    )
    assert where(error) == [
        ("missing_column", "cadres", "rank", 4, ()),
        ("missing_column", "cadres", "unit_id", 4, ()),
        ("missing_column", "locks", "recipient_id", 2, ()),
        ("missing_column", "recipients", "recipient_id", 1, ()),
        ("null_value", "bans", "recipient_id", 3, (1,)),
    ]


def test_text_that_no_table_can_hold_is_refused() -> None:
    half = "\ud800"
    error = refused(
        {"op": "remove_cadres", "ids": [half]},
        {"op": "lock", "pairs": [pair("r3", "c1")], "reason": half},
        {"op": "lock", "pairs": [pair(half, "c1")]},
        {"op": "add_recipients", "rows": [row("r9", category=half)]},
    )
    assert where(error) == [
        ("bad_edit.text", "edits", "ids", 1, (1,)),
        ("bad_edit.text", "edits", "reason", 2, ()),
        ("wrong_type.table", "locks", None, 3, ()),
        ("wrong_type.table", "recipients", None, 4, ()),
    ]
    assert where(refused({"op": "close_area", "area": half})) == [
        ("unknown_area.edited", "areas", "area", 1, (1,))
    ]


def test_a_failure_of_a_cell_is_reported_once() -> None:
    error = refused(
        {"op": "change_cadres", "ids": ["c2", "c3"], "set": {"lon": "east", "unit_id": None}},
        {"op": "add_recipients", "rows": [row("r7", area=None), row("r8", lon=103.0)]},
        {"op": "change_recipients", "ids": ["r2"], "set": {"lat": 36.0}},
    )
    assert where(error) == [
        ("coordinate_incomplete", "recipients", "lon", 2, (2,)),
        ("coordinate_incomplete", "recipients", "lon", 3, (1,)),
        ("null_value", "cadres", "unit_id", 1, (1,)),
        ("null_value", "recipients", "area", 2, (1,)),
        ("wrong_type.cells", "cadres", "lon", 1, (1,)),
    ]


def test_what_an_edit_breaks_in_rows_that_it_does_not_name_is_reported_there() -> None:
    error = refused({"op": "set_policy", "set": {"load.default_capacity": 0}})
    assert where(error) == [("capacity_below_min_load", "cadres", "min_load", None, (2,))]
    error = refused({"op": "ban", "pairs": [pair("r4", "c3"), pair("r1", "c1")]})
    assert where(error) == [("lock_and_ban", "bans", None, 1, (2,))]


def test_malformed_edits_are_reported_with_what_is_wrong_with_the_rows_of_others() -> None:
    error = refused(
        {"op": "nonsense"},
        {"op": "add_recipients", "rows": [row("r7", demand=-1)]},
        {"op": "lock", "pairs": [pair("r99", "c1")]},
    )
    assert where(error) == [
        ("bad_edit.unknown_op", "edits", "op", 1, ()),
        ("negative_number", "recipients", "demand", 2, (1,)),
    ]


def test_edits_are_applied_in_their_order() -> None:
    edited = good().edit(
        pm.edits.AddCadres(rows=[{"cadre_id": "c9", "unit_id": "u1", "rank": "staff"}]),
        pm.edits.LockPairs(pairs=[pair("r4", "c9")], reason="asked for"),
        pm.edits.RemoveCadres(ids=["c9"]),
        pm.edits.AddCadres(rows=[{"cadre_id": "c9", "unit_id": "u2", "rank": "bureau"}]),
        pm.edits.ChangeCadres(ids=["c9"], set={"capacity": 5}),
        pm.edits.BanPairs(pairs=[pair("r4", "c9")]),
        pm.edits.UnbanPairs(pairs=[pair("r4", "c9")]),
    )
    assert edited.cadres.to_pylist()[-1] == {
        "cadre_id": "c9",
        "unit_id": "u2",
        "rank": "bureau",
        "area": "t2",
        "lon": None,
        "lat": None,
        "capacity": 5,
        "min_load": 0,
    }
    assert edited.locks == good().locks
    assert edited.bans == good().bans
    counts = {note.table: note.count for note in edited.notes if note.code == "removed_reference"}
    assert counts == {"locks": 1}


def test_a_cadre_who_changes_unit_stands_where_the_new_unit_stands() -> None:
    change = {"op": "change_cadres", "ids": ["c1", "c2", "c3"], "set": {"unit_id": "u2"}}
    edited = good().edit(change)
    # c1 has nothing of its own, c2 a point and an area, c3 an area
    assert edited.cadres.column("area").to_pylist() == ["t2", "t1", "t2"]
    assert edited.cadres.column("lon").to_pylist() == [None, 103.8, None]
    moved = Problem.from_tables(
        **{**good_tables(), "cadres": {**good_tables()["cadres"], "unit_id": ["u2"] * 3}}
    )
    assert edited.digest() == moved.digest()


def test_ten_recipients_are_added_as_any_table() -> None:
    rows = [row(f"n{n}") for n in range(10)]
    tables: list[Any] = [
        rows,
        (one for one in rows),
        [pm.Recipient(**one) for one in rows],
        pa.Table.from_pylist(rows),
        {name: [one[name] for one in rows] for name in rows[0]},
    ]
    problems = [good().edit(pm.edits.AddRecipients(rows=table)) for table in tables]
    assert {problem.digest() for problem in problems} == {problems[0].digest()}
    assert problems[0].recipients.num_rows == 14


def test_a_scenario_stands_for_its_edits() -> None:
    edits: list[dict[str, Any]] = [
        {"op": "remove_recipients", "ids": ["r4"]},
        {"op": "lock", "pairs": [pair("r3", "c3")]},
    ]
    wanted = good().edit(*edits)
    scenario = pm.Scenario.from_mapping({"edits": edits})
    assert good().edit(scenario).digest() == wanted.digest()
    assert good().edit(edits[0], {"edits": edits[1:]}).digest() == wanted.digest()
    error = refused(scenario, {"op": "remove_recipients", "ids": ["r4"]})
    assert where(error) == [("unknown_recipient.edited", "recipients", "recipient_id", 3, (1,))]


def test_counts_of_edits_one_after_the_other_are_those_of_all_at_once() -> None:
    one, two = {"op": "remove_cadres", "ids": ["c1"]}, {"op": "remove_cadres", "ids": ["c2"]}
    apart, together = good().edit(one).edit(two), good().edit(one, two)
    assert sorted(apart.notes, key=str) == sorted(together.notes, key=str)
    counts = {note.table: note.count for note in apart.notes if note.code == "removed_reference"}
    assert counts == {"current": 2, "locks": 1, "bans": 1, "adjustments": 2}
    assert all("removed" in note.text() for note in apart.notes if note.code in "removed_reference")


def test_removing_an_area_takes_along_all_that_is_there() -> None:
    edited = good().edit({"op": "remove_areas", "ids": ["t2"]})
    assert edited.cadres.column("cadre_id").to_pylist() == ["c1", "c2"]
    assert edited.recipients.column("recipient_id").to_pylist() == ["r1", "r2"]
    assert edited.units.to_pylist()[0]["sponsors"] == ["t1"]
    found = {(note.code, note.table, note.column): note.count for note in edited.notes}
    assert found["removed_reference", "units", None] == 1
    assert found["removed_reference", "cadres", None] == 1
    assert found["removed_reference", "recipients", None] == 2
    assert found["emptied_reference", "units", "sponsors"] == 1


def test_closing_an_area_leaves_it_and_its_units() -> None:
    edited = good().edit({"op": "close_area", "area": "k1"})
    assert (edited.cadres.num_rows, edited.recipients.num_rows) == (0, 0)
    assert (edited.units.num_rows, edited.areas.num_rows) == (2, 3)
    found = {(note.code, note.table): note.count for note in edited.notes}
    assert found["closed_area", "cadres"] == 3
    assert found["closed_area", "recipients"] == 4


def test_the_policy_is_set_by_paths() -> None:
    edited = good().edit(
        {"op": "set_policy", "set": {"load.capacity_by_rank.bureau": 7}},
        {
            "op": "set_policy",
            "set": {"load.marginal_km": [0, 5], "eligibility.0.verdict": "allowed"},
        },
    )
    assert edited.capacity().tolist() == [2, 2, 3]
    assert edited.policy.load.capacity_by_rank == {"bureau": 7}
    assert edited.policy.eligibility[0].verdict == "allowed"
    assert [float(step) for step in edited.policy.load.marginal_km] == [0, 5]
    assert edited.checked.recipients is good().checked.recipients or edited.recipients.num_rows == 4


def test_attributes_are_kept_and_changed() -> None:
    tables = good_tables()
    tables["recipients"]["needs"] = ["a", "b", None, "c"]
    problem = Problem.from_tables(**tables, attributes=["needs"])
    edited = problem.edit(
        {"op": "add_recipients", "rows": [row("r9", needs="d"), row("r8")]},
        {"op": "change_recipients", "ids": ["r1"], "set": {"needs": "e"}},
    )
    assert edited.recipients.column("needs").to_pylist() == ["e", "b", None, "c", None, "d"]


def test_notes_of_reading_stay_and_those_of_the_tables_are_made_anew() -> None:
    tables = good_tables()
    tables["cadres"]["shoe_size"] = [40, 41, 42]
    tables["recipients"]["lon"][1] = tables["recipients"]["lat"][1] = 0.0
    problem = Problem.from_tables(**tables)
    codes = [note.code for note in problem.notes]
    assert {"dropped_column", "zero_point"} <= set(codes)
    edited = problem.edit({"op": "remove_recipients", "ids": ["r2"]})
    codes = [note.code for note in edited.notes]
    assert "dropped_column" in codes
    assert "zero_point" not in codes
    again = problem.edit(
        {"op": "change_recipients", "ids": ["r1", "r3"], "set": {"lon": 0.0, "lat": 0.0}}
    )
    (zero,) = [note for note in again.notes if note.code == "zero_point"]
    assert (zero.count, zero.rows) == (3, (1, 2, 3))
    at_zero = {"op": "change_areas", "ids": ["t2"], "set": {"lon": 0.0, "lat": 0.0}}
    noted = {note.table for note in again.edit(at_zero).notes if note.code == "zero_point"}
    assert noted == {"recipients", "areas"}
    error = refused({"op": "change_areas", "ids": ["t1"], "set": {"lon": 36.0, "lat": 103.0}})
    assert where(error) == [("coordinates_swapped", "areas", "lon", 1, (1,))]


def test_edits_of_people_encode_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return encode(*given)

    monkeypatch.setattr(module, "encode", counted)
    problem = good()
    problem.edit(
        {"op": "remove_cadres", "ids": ["c1"]},
        {"op": "add_recipients", "rows": [row("r9")]},
        {"op": "change_recipients", "ids": ["r9", "r1"], "set": {"area": "t2"}},
        {"op": "lock", "pairs": [pair("r9", "c3")]},
        {"op": "close_area", "area": "t2"},
        {"op": "set_policy", "set": {"load.default_capacity": 4}},
    )
    assert not calls
    problem.edit({"op": "change_units", "ids": ["u1"], "set": {"level": "township"}})
    assert len(calls) == 1
