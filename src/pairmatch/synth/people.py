"""Made-up cadres and recipients."""

from typing import Literal

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.synth.arrays import numbered, repeated
from pairmatch.synth.geography import Geography
from pairmatch.synth.points import Points, scattered
from pairmatch.synth.units import COUNTY, Units

Geometry = Literal["codes", "household", "point"]

CADRES = pa.schema(
    [
        ("cadre_id", pa.string()),
        ("unit_id", pa.string()),
        ("rank", pa.string()),
        ("area", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("capacity", pa.int64()),
        ("min_load", pa.int64()),
    ]
)
RECIPIENTS = pa.schema(
    [
        ("recipient_id", pa.string()),
        ("category", pa.string()),
        ("area", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("household_id", pa.string()),
        ("demand", pa.int64()),
        ("priority", pa.int64()),
    ]
)

RANKS = ("provincial", "bureau", "division", "section", "staff")
LEADER_RANKS = 3
CATEGORIES = ("orphan", "unattended_child", "severely_disabled", "destitute_household")
CHILD_CATEGORIES = 2

# shares of ranks by level of unit, and of categories; made up
_RANK_SHARES = (
    (0.01, 0.09, 0.30, 0.36, 0.24),
    (0.00, 0.03, 0.21, 0.40, 0.36),
    (0.00, 0.00, 0.15, 0.35, 0.50),
    (0.00, 0.00, 0.04, 0.28, 0.68),
)
_CATEGORY_SHARES = (0.08, 0.06, 0.46, 0.40)
# how often the next one of a category and village is of the same household; a destitute
# household is one recipient
_SAME_HOUSEHOLD = np.array([0.35, 0.30, 0.06, 0.0])
_BY_VILLAGES = 0.85  # share of recipients that follow villages, the others follow people
_VILLAGE_UNEVEN = 0.6
_STATIONED = 0.013  # of the cadres of counties and townships
_VILLAGE_KM = 0.6
_OFFICE_KM = np.array([5.0, 3.0, 1.5, 0.8])  # by level of unit


def share_recipients(rng: np.random.Generator, geography: Geography, count: int) -> IntArray:
    """Return how many recipients each village has, shape ``(villages,)``."""
    counties = geography.counties
    villages = np.bincount(geography.county_of_village, minlength=len(counties.code))
    by_villages = villages / villages.sum()
    by_people = geography.population / geography.population.sum()
    of_county = _BY_VILLAGES * by_villages + (1 - _BY_VILLAGES) * by_people
    county = geography.county_of_village
    size = rng.lognormal(sigma=_VILLAGE_UNEVEN, size=county.shape[0])
    weight = size / np.bincount(county, weights=size)[county] * of_county[county]
    counts: IntArray = rng.multinomial(count, weight / weight.sum())
    return counts


def make_recipients(
    rng: np.random.Generator, geography: Geography, by_village: IntArray, geometry: Geometry
) -> pa.Table:
    """Return the table of recipients, in the order of villages."""
    village = repeated(by_village)
    count = village.shape[0]
    category = drawn(rng, np.array([_CATEGORY_SHARES]), np.zeros(count, np.int64))
    category = category[np.lexsort((category, village))]
    household = share_households(rng, village, category)
    points = None
    if geometry != "codes":
        first = np.r_[True, household[1:] != household[:-1]]
        centres = geography.villages.points.take(village[first])
        points = scattered(rng, centres, _VILLAGE_KM).take(household)
    area = geography.villages.code.take(pa.array(village))
    return recipients_table(category, area, household, points)


def share_households(rng: np.random.Generator, village: IntArray, category: IntArray) -> IntArray:
    """Group into households, numbered from 0: some neighbours of one category share one."""
    alike = (village[1:] == village[:-1]) & (category[1:] == category[:-1])
    joins = alike & (rng.random(alike.shape[0]) < _SAME_HOUSEHOLD[category[1:]])
    household: IntArray = np.cumsum(np.r_[0, ~joins][: village.shape[0]])
    return household


def recipients_table(
    category: IntArray, area: pa.Array, household: IntArray, points: Points | None
) -> pa.Table:
    """Return a table of recipients from positions; each wants one cadre, all equally soon."""
    count = category.shape[0]
    households = int(household[-1]) + 1 if count else 0
    return pa.table(
        [
            numbered("R", count, 6),
            pa.array(CATEGORIES).take(pa.array(category)),
            area,
            *_lon_lat(points, count),
            numbered("H", households, 6).take(pa.array(household)),
            pa.array(np.ones(count, np.int64)),
            pa.array(np.ones(count, np.int64)),
        ],
        schema=RECIPIENTS,
    )


def make_cadres(
    rng: np.random.Generator,
    geography: Geography,
    units: Units,
    units_of: pa.Table,
    geometry: Geometry,
) -> pa.Table:
    """Return the table of cadres, in the order of units.

    About one in a hundred is stationed in a village of the unit's county.
    """
    unit = repeated(units.cadres)
    level = units.level[unit]
    rank = pa.array(RANKS).take(pa.array(drawn(rng, np.array(_RANK_SHARES), level)))
    stationed = (level >= COUNTY) & (rng.random(unit.shape[0]) < _STATIONED)
    village = stationed_villages(rng, geography, units.county[unit], stationed)
    points = None
    if geometry == "point":
        offices = _unit_points(geography, units).take(unit)
        at = geography.villages.points.take(np.maximum(village, 0))
        lon = np.where(stationed, at.lon, offices.lon)
        lat = np.where(stationed, at.lat, offices.lat)
        spread = np.where(stationed, _VILLAGE_KM, _OFFICE_KM[level])
        points = scattered(rng, Points(lon, lat), spread)
    area = geography.villages.code.take(pa.array(village, mask=~stationed))
    return cadres_table(units_of.column("unit_id").combine_chunks(), unit, rank, area, points)


def stationed_villages(
    rng: np.random.Generator, geography: Geography, county: IntArray, stationed: BoolArray
) -> IntArray:
    """Draw a village of the county for those who are stationed in one; -1 for the others."""
    size = np.bincount(geography.county_of_village, minlength=len(geography.counties.code))
    first = np.cumsum(size) - size
    drawn_village = first[county] + np.floor(rng.random(county.shape[0]) * size[county])
    return np.where(stationed, drawn_village.astype(np.int64), -1)


def cadres_table(
    unit_ids: pa.Array, unit: IntArray, rank: pa.Array, area: pa.Array, points: Points | None
) -> pa.Table:
    """Return a table of cadres; ``unit`` are positions, and a null ``area`` means the unit's."""
    count = unit.shape[0]
    return pa.table(
        [
            numbered("C", count, 6),
            unit_ids.take(pa.array(unit)),
            rank,
            area,
            *_lon_lat(points, count),
            pa.nulls(count, pa.int64()),
            pa.array(np.zeros(count, np.int64)),
        ],
        schema=CADRES,
    )


def drawn(rng: np.random.Generator, shares: FloatArray, row: IntArray) -> IntArray:
    """Draw a column of ``shares`` for each entry of ``row``, with that row's probabilities."""
    above = np.cumsum(shares, axis=1)[:, :-1]
    where = rng.random(row.shape)
    column: IntArray = (where[:, None] >= above[row]).sum(axis=1)
    return column


def _unit_points(geography: Geography, units: Units) -> Points:
    lon = np.empty(units.level.shape[0])
    lat = np.empty(units.level.shape[0])
    seat = geography.areas.slice(0, 1)
    province = Points(seat.column("lon").to_numpy(), seat.column("lat").to_numpy())
    layers = (geography.prefectures, geography.counties, geography.townships)
    for level, points in enumerate((province, *(layer.points for layer in layers))):
        here = units.level == level
        lon[here] = points.lon[units.place[here]]
        lat[here] = points.lat[units.place[here]]
    return Points(lon, lat)


def _lon_lat(points: Points | None, count: int) -> tuple[pa.Array, pa.Array]:
    if points is None:
        return pa.nulls(count, pa.float64()), pa.nulls(count, pa.float64())
    return pa.array(points.lon), pa.array(points.lat)
