import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.formulate.area_tree import area_tree
from pairmatch.formulate.sponsorship import Sponsorship, sponsorship
from pairmatch.tables.keys import encode

PARENT = {"p": None, "q": "p", "a": "q", "b": "q", "a1": "a", "a2": "a", "b1": "b"}
LEVEL = ("province", "prefecture", "county", "county", "township", "township", "township")
CODES = tuple(PARENT)


AREAS = pa.table(
    {
        "area": CODES,
        "parent": pa.array(PARENT.values(), pa.string()),
        "level": LEVEL,
        "lon": pa.nulls(len(CODES), pa.float64()),
        "lat": pa.nulls(len(CODES), pa.float64()),
    }
)


def _sponsorship(sponsors: list[list[str]]) -> Sponsorship:
    nothing = pa.nulls(len(sponsors), pa.string())
    units = pa.table(
        {
            "unit_id": pa.array([f"u{n}" for n in range(len(sponsors))], pa.string()),
            "level": nothing,
            "area": nothing,
            "lead_unit_id": nothing,
            "sponsors": pa.array(sponsors, pa.list_(pa.string())),
        }
    )
    keys = encode({"areas": AREAS, "units": units})
    return sponsorship(len(sponsors), keys, area_tree(AREAS, keys))


def _lies_in(area: str | None, sponsored: str) -> bool:
    while area is not None and area != sponsored:
        area = PARENT[area]
    return area == sponsored


@given(
    st.lists(st.lists(st.sampled_from(CODES), max_size=3), min_size=1, max_size=6), st.booleans()
)
def test_outside_is_every_area_that_lies_in_no_sponsored_one(
    sponsors: list[list[str]], twice: bool
) -> None:
    sponsors = [codes * (1 + twice) for codes in sponsors]
    found = _sponsorship(sponsors)
    for unit, codes in enumerate(sponsors):
        for position, area in enumerate(CODES):
            inside = not codes or any(_lies_in(area, code) for code in codes)
            outside = found.outside[found.set_of_unit[unit], found.zone_of_area[position]]
            assert outside == (not inside)
        nowhere = found.outside[found.set_of_unit[unit], found.zone_of_area[-1]]
        assert nowhere == bool(codes)


def test_units_with_the_same_areas_share_a_set_and_areas_alike_a_zone() -> None:
    found = _sponsorship([["a"], ["a", "a"], [], ["b", "a"], ["a", "b"]])
    first, second, none, third, fourth = found.set_of_unit.tolist()
    assert first == second != third == fourth
    assert none == 0
    zones = dict(zip(CODES, found.zone_of_area, strict=False))
    assert zones["a"] == zones["a1"] == zones["a2"] != zones["b"] == zones["b1"]
    assert zones["p"] == zones["q"] == found.zone_of_area[-1]


def test_without_units_nobody_lies_outside() -> None:
    found = _sponsorship([])
    assert found.set_of_unit.tolist() == []
    assert not found.outside.any()


def test_units_that_sponsor_nothing_have_nobody_outside() -> None:
    found = _sponsorship([[], []])
    assert found.set_of_unit.tolist() == [0, 0]
    assert not found.outside[0].any()
    assert found.zone_of_area.shape == (len(CODES) + 1,)
