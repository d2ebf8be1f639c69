import numpy as np
import pyarrow.compute as pc
import pytest

from pairmatch.synth.geography import Geography, make_geography
from pairmatch.tables.official.areas import published_areas


@pytest.fixture(scope="module")
def geography() -> Geography:
    return make_geography(np.random.default_rng(0))


def test_the_published_areas_are_whole() -> None:
    level = published_areas().column("level").to_pylist()
    assert [level.count(name) for name in ("province", "prefecture", "county", "township")] == [
        1,
        14,
        86,
        1356,
    ]


def test_every_area_is_there_with_a_point(geography: Geography) -> None:
    level = geography.areas.column("level").to_pylist()
    assert level.count("province") == 1
    assert level.count("prefecture") == 14
    assert level.count("county") == 86
    assert level.count("township") == 1356
    assert level.count("village") == 17_630
    for axis in ("lon", "lat"):
        assert geography.areas.column(axis).null_count == 0


def test_codes_are_distinct_and_lie_in_their_parent(geography: Geography) -> None:
    rows = geography.areas.to_pylist()
    assert len({row["area"] for row in rows}) == len(rows)
    digits = {"prefecture": 2, "county": 4, "township": 6, "village": 9}
    for row in rows:
        if row["level"] == "province":
            assert row["parent"] is None
            continue
        shared = digits[row["level"]]
        assert row["area"][:shared] == row["parent"][:shared]
        assert row["level"] != "village" or len(row["area"]) == 12


def test_made_up_villages_say_so(geography: Geography) -> None:
    villages = geography.areas.filter(pc.equal(geography.areas.column("level"), "village"))
    assert pc.all(pc.starts_with(villages.column("name"), "合成村")).as_py()


def test_points_of_counties_are_the_published_ones(geography: Geography) -> None:
    published = published_areas().filter(pc.is_valid(published_areas().column("lon")))
    at = pc.index_in(published.column("area"), value_set=geography.areas.column("area"))
    for axis in ("lon", "lat"):
        assert geography.areas.column(axis).take(at).equals(published.column(axis))


def test_each_county_has_its_published_villages(geography: Geography) -> None:
    table = published_areas()
    table = table.filter(pc.is_valid(table.column("villages")))
    published = dict(
        zip(table.column("area").to_pylist(), table.column("villages").to_pylist(), strict=True)
    )
    made = np.bincount(geography.county_of_village).tolist()
    assert dict(zip(geography.counties.code.to_pylist(), made, strict=True)) == published
    assert published["620200"] == 48


def test_every_township_has_a_village(geography: Geography) -> None:
    assert np.bincount(geography.villages.parent, minlength=1356).min() >= 1


def test_jiayuguans_townships_lie_directly_in_it(geography: Geography) -> None:
    rows = [row for row in geography.areas.to_pylist() if row["parent"] == "620200"]
    assert [row["level"] for row in rows] == ["township"] * 6


def test_townships_and_villages_lie_near_their_parent(geography: Geography) -> None:
    for layer, above, most_km in (
        (geography.townships, geography.counties, 45.1),
        (geography.villages, geography.townships, 12.1),
    ):
        centre = above.points.take(layer.parent)
        north = (layer.points.lat - centre.lat) * 111.32
        east = (layer.points.lon - centre.lon) * 111.32 * np.cos(np.radians(centre.lat))
        assert np.hypot(north, east).max() < most_km
