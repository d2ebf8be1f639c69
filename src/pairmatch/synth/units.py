"""Made-up units on four levels, how many cadres each has, and what they sponsor."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.model.places import UNIT_LEVELS
from pairmatch.synth.arrays import numbered, repeated
from pairmatch.synth.geography import Geography

UNITS = pa.schema(
    [
        ("unit_id", pa.string()),
        ("level", pa.string()),
        ("area", pa.string()),
        ("lead_unit_id", pa.string()),
        ("sponsors", pa.list_(pa.string())),
    ]
)

PROVINCE, PREFECTURE, COUNTY, TOWNSHIP = range(4)
MOST_SPONSORED = 3

_PROVINCIAL = 150
_BY_PREFECTURE = (44, 57)  # drawn from this range, the end left out
_BY_COUNTY = (38, 53)
_BY_TOWNSHIP = (1, 3)
_CADRES_BY_LEVEL = (0.06, 0.18, 0.46, 0.30)
_CITY_CADRES = 1.8  # cadres a head in a district or city, for one elsewhere
_UNEVEN = 0.8  # spread of the logarithm of a unit's size
_PROVINCIAL_GROUPS = 8
_GROUPS = 3  # groups of units under one lead unit, in a prefecture or county
_LED = 0.3  # share of units with a lead unit


@dataclass(frozen=True, eq=False)
class Units:
    """Units, as positions.

    Attributes
    ----------
    level
        Shape ``(n,)``, one of the four constants above.
    place
        Shape ``(n,)``, the position in the layer of areas of its level (0 for the province).
    county
        Shape ``(n,)``, the county that a unit of a county or township lies in; -1 for others,
        except in Jiayuguan, which is a county of its own.
    cadres
        Shape ``(n,)``, how many it has.
    """

    level: IntArray
    place: IntArray
    county: IntArray
    cadres: IntArray

    def take(self, idx: IntArray) -> "Units":
        """Return the units at the given positions."""
        return Units(self.level[idx], self.place[idx], self.county[idx], self.cadres[idx])


def make_units(rng: np.random.Generator, geography: Geography, cadres: int) -> Units:
    """Make up units, and share out the cadres; units that get none are left out."""
    counties = geography.counties
    jiayuguan = int(np.flatnonzero(geography.is_prefecture)[0])
    by_prefecture = rng.integers(*_BY_PREFECTURE, len(geography.prefectures.code))
    by_county = rng.integers(*_BY_COUNTY, len(counties.code))
    by_county[jiayuguan] = 0
    by_township = rng.integers(*_BY_TOWNSHIP, len(geography.townships.code))
    prefecture = repeated(by_prefecture)
    township = repeated(by_township)
    place = [np.zeros(_PROVINCIAL, np.int64), prefecture, repeated(by_county), township]
    county = [
        np.full(_PROVINCIAL, -1),
        np.where(prefecture == counties.parent[jiayuguan], jiayuguan, -1),
        repeated(by_county),
        geography.townships.parent[township],
    ]
    sizes = [len(part) for part in place]
    weight = _place_weights(geography)
    wanted = np.concatenate(
        [
            share * _uneven(rng, weight_of_place[of_unit])
            for share, weight_of_place, of_unit in zip(_CADRES_BY_LEVEL, weight, place, strict=True)
        ]
    )
    units = Units(
        level=repeated(np.array(sizes)),
        place=np.concatenate(place),
        county=np.concatenate(county),
        cadres=rng.multinomial(cadres, wanted / wanted.sum()),
    )
    return units.take(np.flatnonzero(units.cadres > 0))


def _place_weights(geography: Geography) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return by level how many cadres a unit of an area has, compared with other areas."""
    counties = geography.counties
    city = np.where(geography.is_city | geography.is_prefecture, _CITY_CADRES, 1.0)
    in_county = geography.population * city
    in_prefecture = np.bincount(counties.parent, weights=geography.population).astype(np.float64)
    townships = _over_townships(geography, in_county)
    return np.ones(1), in_prefecture, in_county, townships


def _over_townships(geography: Geography, of_county: FloatArray) -> FloatArray:
    """Spread what counties have evenly over their townships."""
    parent = geography.townships.parent
    share: FloatArray = of_county[parent] / geography.townships.size[parent]
    return share


def _uneven(rng: np.random.Generator, weight: FloatArray) -> FloatArray:
    sizes = weight * rng.lognormal(sigma=_UNEVEN, size=weight.shape[0])
    share: FloatArray = sizes / sizes.sum()
    return share


def choose_sponsored(
    rng: np.random.Generator, units: Units, geography: Geography, recipients: IntArray
) -> IntArray:
    """Choose the counties that each unit sponsors.

    Units of counties and townships sponsor their own county. Units of the province and of
    prefectures sponsor one to three counties that have more recipients than cadres of their own;
    of the whole province, or of the prefecture. Where no county has, the shortest of cadres it is.

    Parameters
    ----------
    recipients
        Shape ``(counties,)``.

    Returns
    -------
    IntArray
        Shape ``(units, 3)``: counties, -1 where there are fewer.
    """
    chosen = np.full((units.level.shape[0], MOST_SPONSORED), -1)
    chosen[:, 0] = units.county
    at_home = units.county >= 0
    local = np.bincount(
        units.county[at_home], weights=units.cadres[at_home], minlength=recipients.shape[0]
    )
    short = (recipients - local).astype(np.float64)
    prefecture = geography.counties.parent
    real = ~geography.is_prefecture
    groups = [(units.level == PROVINCE, real)]
    groups += [
        ((units.level == PREFECTURE) & (units.place == place), real & (prefecture == place))
        for place in range(len(geography.prefectures.code))
    ]
    for members, candidates in groups:
        rows = np.flatnonzero(members & ~at_home)
        if rows.shape[0]:
            chosen[rows] = _pick(rng, rows.shape[0], candidates, short)
    return chosen


def _pick(
    rng: np.random.Generator, count: int, candidates: BoolArray, short: FloatArray
) -> IntArray:
    """Pick one to three of the candidates that are short for each of ``count`` units."""
    among = np.flatnonzero(candidates & (short > 0))
    if among.shape[0] == 0:
        among = np.flatnonzero(candidates)
        among = among[[np.argmax(short[among])]]
    order = among[np.argsort(rng.random((count, among.shape[0])), axis=1)][:, :MOST_SPONSORED]
    wanted = rng.integers(1, MOST_SPONSORED + 1, count)
    picked = np.full((count, MOST_SPONSORED), -1)
    picked[:, : order.shape[1]] = order
    picked[np.arange(MOST_SPONSORED) >= wanted[:, None]] = -1
    return picked


def choose_leads(rng: np.random.Generator, units: Units) -> IntArray:
    """Give a share of the units a lead unit: the biggest one of their group.

    Units of a township join a group of their county. Lead units have no lead unit themselves, so
    there is no cycle.

    Returns
    -------
    IntArray
        Shape ``(units,)``: the position of the lead unit, -1 for none.
    """
    count = units.level.shape[0]
    kind = np.minimum(units.level, COUNTY)
    place = np.where(units.level >= COUNTY, units.county, units.place)
    groups = np.where(units.level == PROVINCE, _PROVINCIAL_GROUPS, _GROUPS)
    member_of = np.floor(rng.random(count) * groups).astype(np.int64)
    key = np.stack([kind, place, member_of])
    _, group = np.unique(key, axis=1, return_inverse=True)
    group = group.reshape(-1)
    order = np.lexsort((-units.cadres, units.level == TOWNSHIP, group))
    first = np.r_[True, group[order][1:] != group[order][:-1]]
    lead_of_group = order[first]  # one for each group, in the order of groups
    lead = lead_of_group[group]
    led = (rng.random(count) < _LED) & (lead != np.arange(count))
    led &= units.level[lead] != TOWNSHIP
    return np.where(led, lead, -1)


def units_table(
    units: Units, sponsored: IntArray, lead: IntArray, geography: Geography
) -> pa.Table:
    """Return the table of units."""
    ids = numbered("U", units.level.shape[0], 4, first=1)
    codes = _all_codes(geography)
    area = codes.take(pa.array(_code_position(units.level, units.place, geography)))
    county_code = geography.counties.code
    valid = sponsored >= 0
    offsets = np.r_[0, np.cumsum(valid.sum(axis=1))].astype(np.int32)
    ordered = np.sort(np.where(valid, sponsored, len(county_code)), axis=1)
    flat = county_code.take(pa.array(ordered[ordered < len(county_code)]))
    return pa.table(
        [
            ids,
            pa.array(UNIT_LEVELS).take(pa.array(units.level)),
            area,
            ids.take(pa.array(lead, mask=lead < 0)),
            pa.ListArray.from_arrays(pa.array(offsets), flat),
        ],
        schema=UNITS,
    )


def _all_codes(geography: Geography) -> pa.Array:
    layers = (geography.prefectures, geography.counties, geography.townships)
    province = geography.areas.column("area").slice(0, 1).combine_chunks()
    return pa.concat_arrays([province, *(layer.code for layer in layers)])


def _code_position(level: IntArray, place: IntArray, geography: Geography) -> IntArray:
    sizes = [1, len(geography.prefectures.code), len(geography.counties.code)]
    first = np.r_[0, np.cumsum(sizes)]
    position: IntArray = first[level] + place
    return position
