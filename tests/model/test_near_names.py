import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.model.near_names import edits, is_near, is_same_but_for_dress, nearest
from pairmatch.tables.schema import SCHEMAS

COLUMNS = {schema.name: [column.name for column in schema.columns] for schema in SCHEMAS}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Capacity", "capacity"),
        ("capcity", "capacity"),
        (" capacity", "capacity"),
        ("capacity\u200b", "capacity"),
        ("ｃａｐａｃｉｔｙ", "capacity"),
        ("cadre-id", "cadre_id"),
        ("cadreId", "cadre_id"),
        ("cadre", "cadre_id"),
        ("recipient", "recipient_id"),
        ("households", "household_id"),
        ("ares", "area"),
        ("aera", "area"),
        ("priorities", "priority"),
        ("lead_unit", "lead_unit_id"),
        ("sponsor", "sponsors"),
        ("lock", "locks"),
        ("curent", "current"),
        ("adjustmnets", "adjustments"),
    ],
)
def test_slips_are_near(name: str, known: str) -> None:
    assert is_near(name, known)
    assert nearest(name, [known, "quite another"]) == known


@pytest.mark.parametrize(
    "name",
    [
        *("age", "sex", "gender", "remark", "note", "notes", "date", "year", "status", "type"),
        *("code", "id", "village", "county", "town", "township", "province", "budget", "colour"),
        *("team", "needs", "school", "grade", "group", "batch", "source", "updated_at", "band"),
        *("last_visit", "visits", "contacts", "distance_km", "distance_m", "cost_m", "kept"),
        *("category_2024_note", "position", "title", "party", "nation", "language", "phase"),
    ],
)
def test_other_columns_are_near_to_none(name: str) -> None:
    for table, known in COLUMNS.items():
        assert nearest(name, known) is None, table


def test_no_known_column_of_a_table_is_near_to_another() -> None:
    for known in COLUMNS.values():
        for name in known:
            assert [other for other in known if is_near(name, other)] == [name]


def test_the_nearest_is_taken() -> None:
    assert nearest("outside", ["outside_km", "inside"]) is None
    assert nearest("max_kn", ["min_km", "max_km"]) == "max_km"


def test_dress_is_not_a_slip() -> None:
    assert is_same_but_for_dress("Lock", "locks")
    assert not is_same_but_for_dress("lokcs", "locks")


words = st.text("abc", max_size=6)


@given(words, words)
def test_edits_are_a_distance(one: str, other: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))


@given(words, words, st.integers(0, 5))
def test_one_slip_is_one_edit(one: str, other: str, at: int) -> None:
    dropped = one[:at] + one[at + 1 :]
    assert edits(one, dropped) == (0 if dropped == one else 1)
    swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
    assert edits(one, swapped) == (0 if swapped == one else 1)


def test_a_name_of_a_million_letters_is_near_to_none_at_once() -> None:
    assert nearest("capacity" * 125_000, COLUMNS["cadres"]) is None
