"""Differences are few edits that read well."""

from typing import Any

import pyarrow as pa
import pytest
from tests.tables.good import good_tables

from pairmatch import InputError, OptionError, Problem
from pairmatch.model.edits import Edit, ReplaceTable
from pairmatch.tables.edits import difference as module


def good(**more: Any) -> Problem:
    return Problem.from_tables(**{**good_tables(), **more})


def plain(edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
    return [edit.model_dump(mode="json", exclude_none=True) for edit in edits]


PAIR = {"recipient_id": "r4", "cadre_id": "c3"}


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "remove_cadres", "ids": ["c1", "c2"]},
        {"op": "remove_recipients", "ids": ["r3"]},
        {"op": "change_cadres", "ids": ["c1", "c3"], "set": {"rank": "division", "capacity": 7}},
        {"op": "change_recipients", "ids": ["r1", "r2"], "set": {"priority": 3}},
        {"op": "change_units", "ids": ["u1"], "set": {"sponsors": ["t2"]}},
        {"op": "change_areas", "ids": ["t1"], "set": {"name": "乙乡"}},
        {"op": "lock", "pairs": [PAIR], "reason": "agreed", "author": "p-17"},
        {"op": "unlock", "pairs": [{"recipient_id": "r1", "cadre_id": "c1"}]},
        {"op": "ban", "pairs": [PAIR, {"recipient_id": "r4", "cadre_id": "c1"}]},
        {"op": "unban", "pairs": [{"recipient_id": "r3", "cadre_id": "c2"}]},
        {"op": "adjust", "pairs": [PAIR], "extra_km": 2.5},
        {"op": "set_policy", "set": {"load.default_capacity": 3, "distance.max_km": 80}},
    ],
    ids=lambda edit: str(edit["op"]),
)
def test_one_edit_makes_a_difference_of_that_edit(edit: dict[str, Any]) -> None:
    old = good()
    new = old.edit(edit)
    (found,) = plain(new.diff(old))
    for name, value in edit.items():
        if name != "pairs" and name != "set":
            assert found[name] == value
    assert sorted(map(str, found.get("pairs", []))) == sorted(map(str, edit.get("pairs", [])))
    assert found.get("set") == edit.get("set")


def test_an_adjustment_that_is_gone_is_taken_away() -> None:
    new = good(adjustments={"recipient_id": ["r2"], "cadre_id": ["c1"], "extra_km": [0]})
    first, second = new.diff(good())
    assert first.model_dump(exclude={"op"}) == {
        "pairs": ({"recipient_id": "r3", "cadre_id": "c1"},),
        "extra_km": None,
    }
    assert plain((second,))[0]["extra_km"] == 0


def test_locks_with_another_reason_are_put_anew() -> None:
    locks = {**good_tables()["locks"], "reason": ["asked for"]}
    assert [edit["op"] for edit in plain(good(locks=locks).diff(good()))] == ["unlock", "lock"]


def test_a_transferred_cadre_has_no_area_in_the_edit() -> None:
    new = good(cadres={**good_tables()["cadres"], "unit_id": ["u2", "u1", "u2"]})
    assert plain(new.diff(good())) == [
        {"op": "change_cadres", "ids": ["c1"], "set": {"unit_id": "u2"}}
    ]


def test_incumbent_pairs_are_replaced_unless_removals_account_for_them() -> None:
    old = good()
    assert all(
        not isinstance(edit, ReplaceTable)
        for edit in old.edit({"op": "remove_cadres", "ids": ["c1"]}).diff(old)
    )
    (found,) = good(current={"recipient_id": ["r3"], "cadre_id": ["c1"]}).diff(old)
    assert isinstance(found, ReplaceTable)
    assert (found.table, isinstance(found.rows, pa.Table)) == ("current", True)
    (found,) = good(current=None).diff(old)
    assert isinstance(found, ReplaceTable)
    assert found.rows is None


@pytest.mark.parametrize("limit", ["_LEAST_REPLACED", "_MOST_EDITS"])
def test_a_table_of_which_most_differs_is_replaced(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = good()
    recipients = {**good_tables()["recipients"], "priority": [7, 8, 9, -1]}
    new = good(recipients=recipients)
    assert [edit["op"] for edit in plain(new.diff(old))] == ["change_recipients"] * 3
    monkeypatch.setattr(module, limit, 2)
    found = new.diff(old)
    assert [edit["op"] for edit in plain(found)] == ["replace_table"]
    assert old.edit(*found).digest() == new.digest()


def test_tables_that_one_problem_lacks_are_replaced() -> None:
    without = {
        name: table
        for name, table in good_tables().items()
        if name not in ("units", "areas", "locks", "bans", "adjustments", "current")
    }
    for name in ("cadres", "recipients"):
        del without[name]["lon"], without[name]["lat"]
    new = Problem.from_tables(**without)
    found = {edit.table: edit.rows for edit in new.diff(good()) if isinstance(edit, ReplaceTable)}
    assert found["units"] is None
    assert found["areas"] is None
    back = {edit.table for edit in good().diff(new) if isinstance(edit, ReplaceTable)}
    assert back == {"units", "areas", "current"}


def test_other_attributes_are_refused() -> None:
    tables = good_tables()
    tables["cadres"]["team"] = ["a", "b", None]
    other = Problem.from_tables(**tables, attributes=["team"])
    with pytest.raises(InputError) as caught:
        other.diff(good())
    assert [one.kind for one in caught.value.findings] == ["bad_edit.other_attributes"]
    with pytest.raises(OptionError):
        other.diff("last month")  # type: ignore[arg-type]  # that is what is refused
