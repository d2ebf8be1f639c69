"""The province's areas: published down to the counties' points, made up below.

Codes and names down to the townships, the points of counties and the number of villages of each
are published (``data/SOURCES.md``). The points of townships, and everything about villages, are
synthetic.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.synth.arrays import apportion, rank_within, repeated, starts
from pairmatch.synth.points import Points, distances_km, within_circles
from pairmatch.tables.official.areas import published_areas

AREAS = pa.schema(
    [
        ("area", pa.string()),
        ("parent", pa.string()),
        ("level", pa.string()),
        ("name", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
    ]
)

_NEIGHBOURS = 3
_COUNTY_KM = (4.0, 45.0)
_TOWNSHIP_KM = (1.0, 12.0)
_STREET_VILLAGES = 0.35  # a street office (街道) has that many villages for a township's one
_SEAT_KM = 0.15  # it and the township of the county's seat lie in that share of the radius


@dataclass(frozen=True, eq=False)
class Layer:
    """The areas of one level, ordered so that those of one parent are contiguous.

    Attributes
    ----------
    code, name
        Shape ``(n,)``, text.
    parent
        Shape ``(n,)``, the position of the parent in the layer above.
    points
        One for each area.
    first, size
        Shape ``(parents,)``: where the areas of a parent start, and how many they are.
    """

    code: pa.Array
    name: pa.Array
    parent: IntArray
    points: Points
    first: IntArray
    size: IntArray


@dataclass(frozen=True, eq=False)
class Geography:
    """Where everything is.

    Jiayuguan has townships but no counties. Here it stands among the counties too, as the county
    of itself, so that every township lies in one; `areas` shows it once, as a prefecture.

    Attributes
    ----------
    areas
        The table of areas, province first, each with a point.
    prefectures, counties, townships, villages
        The layers; a prefecture's parent is the province.
    population
        Shape ``(counties,)``, thousands. Published by prefecture; the split is made up.
    is_city
        Shape ``(counties,)``: districts and cities, where more cadres work.
    is_prefecture
        Shape ``(counties,)``: true for Jiayuguan only.
    county_of_village
        Shape ``(villages,)``.
    """

    areas: pa.Table
    prefectures: Layer
    counties: Layer
    townships: Layer
    villages: Layer
    population: FloatArray
    is_city: BoolArray
    is_prefecture: BoolArray
    county_of_village: IntArray


def make_geography(rng: np.random.Generator) -> Geography:
    """Scatter the townships around their counties, and the villages around their townships."""
    table = published_areas().sort_by("area")
    level = table.column("level")
    province = table.filter(pc.equal(level, "province"))
    of_prefectures = table.filter(pc.equal(level, "prefecture"))
    has_villages = pc.is_valid(table.column("villages"))  # the counties, and Jiayuguan
    of_counties = table.filter(has_villages)
    of_townships = table.filter(pc.equal(level, "township"))

    is_prefecture = _mask(pc.equal(of_counties.column("level"), "prefecture"))
    above = pc.if_else(
        pc.equal(of_counties.column("level"), "prefecture"),
        of_counties.column("area"),
        of_counties.column("parent"),
    )
    prefectures = _layer(of_prefectures, np.zeros(of_prefectures.num_rows, np.int64), 1)
    counties = _layer(of_counties, _positions(above, prefectures.code), len(prefectures.code))
    parent = _positions(of_townships.column("parent"), counties.code)
    villages_of_county = of_counties.column("villages").to_numpy()
    townships, radius = _townships(rng, of_townships, parent, counties)
    villages = _villages(rng, townships, radius, villages_of_county)
    areas = pa.concat_tables(
        [
            province.select(AREAS.names),
            of_prefectures.select(AREAS.names),
            of_counties.filter(pa.array(~is_prefecture)).select(AREAS.names),
            _as_areas(townships, counties.code, "township"),
            _as_areas(villages, townships.code, "village"),
        ]
    ).combine_chunks()
    people = of_prefectures.column("population_10k").to_numpy() * 10
    return Geography(
        areas=areas,
        prefectures=prefectures,
        counties=counties,
        townships=townships,
        villages=villages,
        population=_population(people, counties, villages_of_county),
        is_city=_mask(pc.match_substring_regex(of_counties.column("name"), "[区市]$")),
        is_prefecture=is_prefecture,
        county_of_village=townships.parent[villages.parent],
    )


def _layer(table: pa.Table, parent: IntArray, parents: int) -> Layer:
    size = np.bincount(parent, minlength=parents)
    points = Points(table.column("lon").to_numpy(), table.column("lat").to_numpy())
    code = table.column("area").combine_chunks()
    return Layer(code, table.column("name").combine_chunks(), parent, points, starts(size), size)


def _positions(codes: pa.ChunkedArray, among: pa.Array) -> IntArray:
    found: IntArray = pc.index_in(codes, value_set=among).to_numpy().astype(np.int64)
    return found


def _mask(values: pa.ChunkedArray) -> BoolArray:
    mask: BoolArray = values.to_numpy()
    return mask


def _townships(
    rng: np.random.Generator, table: pa.Table, parent: IntArray, counties: Layer
) -> tuple[Layer, FloatArray]:
    """Scatter townships around counties; also return the radius that each one has itself.

    A county's radius follows the distance to its nearest neighbours.
    """
    away = np.sort(distances_km(counties.points), axis=1)[:, 1 : 1 + _NEIGHBOURS]
    radius = np.clip(away.mean(axis=1) / 2, *_COUNTY_KM)
    size = np.bincount(parent, minlength=len(counties.code))
    name = table.column("name").combine_chunks()
    is_seat = pc.match_substring_regex(name, "街道$|^城关镇$").to_numpy(zero_copy_only=False)
    spread = radius[parent] * np.where(is_seat, _SEAT_KM, 1.0)
    points = within_circles(rng, counties.points.take(parent), spread)
    own = np.clip(radius / np.sqrt(size), *_TOWNSHIP_KM)[parent]
    code = table.column("area").combine_chunks()
    return Layer(code, name, parent, points, starts(size), size), own


def _villages(
    rng: np.random.Generator, townships: Layer, radius: FloatArray, of_county: IntArray
) -> Layer:
    """Spread each county's villages over its townships, and make up codes, names and points."""
    is_street = pc.ends_with(townships.name, "街道").to_numpy(zero_copy_only=False)
    weight = rng.gamma(6.0, size=len(townships.code)) * np.where(is_street, _STREET_VILLAGES, 1.0)
    size = np.concatenate(
        [
            apportion(int(count), weight[first : first + many], least=1)
            for count, first, many in zip(of_county, townships.first, townships.size, strict=True)
        ]
    )
    parent = repeated(size)
    number = pc.utf8_lpad(pa.array(rank_within(parent) + 1).cast(pa.string()), 3, "0")
    code = pc.binary_join_element_wise(townships.code.take(pa.array(parent)), number, "")
    name = pc.binary_join_element_wise("合成村", number, "")
    points = within_circles(rng, townships.points.take(parent), radius[parent])
    return Layer(code, name, parent, points, starts(size), size)


def _population(people: FloatArray, counties: Layer, villages: IntArray) -> FloatArray:
    """Split the prefectures' people over their counties: half evenly, half by villages."""
    of_prefecture = np.bincount(counties.parent, weights=villages)
    by_villages = villages / of_prefecture[counties.parent]
    evenly = 1 / counties.size[counties.parent]
    share: FloatArray = people[counties.parent] * (by_villages + evenly) / 2
    return share


def _as_areas(layer: Layer, parents: pa.Array, level: str) -> pa.Table:
    count = len(layer.code)
    return pa.table(
        [
            layer.code,
            parents.take(pa.array(layer.parent)),
            pa.repeat(level, count),
            layer.name,
            pa.array(layer.points.lon),
            pa.array(layer.points.lat),
        ],
        schema=AREAS,
    )
