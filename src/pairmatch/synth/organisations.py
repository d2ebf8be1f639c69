"""The organisations with published counts, as datasets of their own.

The counts are published (`pairmatch.synth.published`). Who is of which rank, in which village
a recipient lives and, mostly, which counties are served, is made up.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.model import Policy
from pairmatch.options import Options
from pairmatch.synth.arrays import apportion, numbered, repeated
from pairmatch.synth.dataset import Dataset
from pairmatch.synth.geography import Geography, make_geography
from pairmatch.synth.people import (
    CATEGORIES,
    RANKS,
    cadres_table,
    recipients_table,
    share_households,
    share_recipients,
    stationed_villages,
)
from pairmatch.synth.published import PUBLISHED, SOCIAL_ORGANISATIONS, Published
from pairmatch.synth.units import UNITS

_PUBLISHED_CATEGORIES = tuple(
    CATEGORIES.index(name) for name in ("orphan", "severely_disabled", "destitute_household")
)
_CATEGORY_SHARES = np.array([0.14, 0.46, 0.40])  # where no split was published
_RANKS_OF_LEADERS = (RANKS.index("bureau"), RANKS.index("division"))
_RANKS_OF_OTHERS = (RANKS.index("section"), RANKS.index("staff"))
_SECOND_RANK = 0.7  # share of the lower one of the two ranks
_TWO_COUNTIES = 0.5  # share of units that serve a second county
_CAPACITY = 2
_CAPACITY_OF_ORGANISATIONS = 6
_ORGANISATION = "organisation"


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Organisation(Dataset):
    """One organisation: its tables, its policy, and the published counts behind them."""

    published: Published


def scenario_names() -> tuple[str, ...]:
    """Return the names that `organisation` knows."""
    return tuple(PUBLISHED)


def organisation(name: str, capacity: int | None = None, seed: int = 0) -> Organisation:
    """Make up the tables of an organisation with published counts.

    Parameters
    ----------
    name
        One of `scenario_names`.
    capacity
        How many recipients a cadre may have; by default 2, and 6 for a social organisation.
    seed
        Not negative; decides all that was not published.

    Returns
    -------
    Organisation
        Tables with exactly the published counts, and the default policy with that capacity.

    Raises
    ------
    OptionError
        If there is no such scenario, or a number is negative.
    """
    options = Options()
    options.one_of("name", name, tuple(PUBLISHED))
    options.integer("seed", seed, 0, "integer_from_0")
    if capacity is not None:
        options.integer("capacity", capacity, 0, "integer_from_0_or_none")
    options.check()
    figures = PUBLISHED[name]
    rng = np.random.default_rng(seed)
    geography = make_geography(rng)
    if figures is SOCIAL_ORGANISATIONS:
        return _auxiliary(rng, geography, figures, capacity)
    return _block(rng, geography, figures, capacity)


def _block(
    rng: np.random.Generator, geography: Geography, figures: Published, capacity: int | None
) -> Organisation:
    """Provincial units that serve a few counties as a block."""
    counties = _counties(rng, geography, figures)
    sizes = apportion(figures.cadres, rng.gamma(3.0, size=figures.units), least=1)
    served = _served(rng, figures.units, counties)
    by_county = apportion(figures.recipient_count, rng.gamma(3.0, size=len(counties)), least=1)
    village = _drawn_villages(rng, geography, np.repeat(counties, by_county))
    units = _units_of_province(geography, served, has_lead=figures.has_lead)
    unit_ids = units.column("unit_id").combine_chunks().slice(1 if figures.has_lead else 0)

    leads = rng.permutation(figures.cadres) < figures.leaders
    second = rng.random(figures.cadres) < _SECOND_RANK
    rank = np.where(
        leads, np.choose(second, _RANKS_OF_LEADERS), np.choose(second, _RANKS_OF_OTHERS)
    )
    stationed = np.zeros(figures.cadres, dtype=np.bool_)
    stationed[np.flatnonzero(~leads)[: figures.stationed]] = True
    home = np.full(figures.cadres, counties[0])
    at = stationed_villages(rng, geography, home, stationed)
    cadres = cadres_table(
        unit_ids,
        repeated(sizes),
        pa.array(RANKS).take(pa.array(rank)),
        geography.villages.code.take(pa.array(at, mask=~stationed)),
        None,
    )
    recipients = _recipients(rng, geography, figures, village)
    policy = Policy.model_validate(
        {"load": {"default_capacity": _CAPACITY if capacity is None else capacity}}
    )
    return Organisation(
        cadres=cadres,
        recipients=recipients,
        units=units,
        areas=_used_areas(geography, np.r_[village, at[stationed]]),
        current=None,
        policy=policy,
        published=figures,
    )


def _auxiliary(
    rng: np.random.Generator, geography: Geography, figures: Published, capacity: int | None
) -> Organisation:
    """Organisations all over the province; those registered in one county are one unit."""
    counties = geography.counties
    sizes = apportion(figures.cadres, geography.population, least=1)
    village = repeated(share_recipients(rng, geography, figures.recipient_count))
    units = pa.table(
        [
            numbered("U", len(counties.code), 4, first=1),
            pc.if_else(pa.array(geography.is_prefecture), "prefecture", "county"),
            counties.code,
            pa.nulls(len(counties.code), pa.string()),
            pa.ListArray.from_arrays(
                pa.array(np.arange(len(counties.code) + 1, dtype=np.int32)), counties.code
            ),
        ],
        schema=UNITS,
    )
    cadres = cadres_table(
        units.column("unit_id").combine_chunks(),
        repeated(sizes),
        pa.repeat(_ORGANISATION, figures.cadres),
        pa.nulls(figures.cadres, pa.string()),
        None,
    )
    limit = _CAPACITY_OF_ORGANISATIONS if capacity is None else capacity
    policy = Policy.model_validate(
        {
            "ranks": [_ORGANISATION],
            "eligibility": [],
            "load": {"default_capacity": limit, "marginal_km": [0, 0, 0, 0, 0, 15]},
        }
    )
    return Organisation(
        cadres=cadres,
        recipients=_recipients(rng, geography, figures, village),
        units=units,
        areas=_used_areas(geography, village),
        current=None,
        policy=policy,
        published=figures,
    )


def _counties(rng: np.random.Generator, geography: Geography, figures: Published) -> IntArray:
    """Return the county that was published, or draw as many outside of the cities."""
    if figures.county is not None:
        named = pc.equal(geography.counties.name, figures.county)
        return np.flatnonzero(named.to_numpy(zero_copy_only=False))
    rural = np.flatnonzero(~geography.is_city & ~geography.is_prefecture)
    return np.sort(rng.permutation(rural)[: figures.counties])


def _served(rng: np.random.Generator, units: int, counties: IntArray) -> list[IntArray]:
    """Give each unit one or two counties, so that each county is served by some unit."""
    dealt = np.resize(rng.permutation(counties), max(units, len(counties)))
    served: list[IntArray] = []
    for unit in range(units):
        own = dealt[unit::units]
        if rng.random() < _TWO_COUNTIES:
            own = np.r_[own, rng.choice(counties)]
        served.append(np.unique(own))
    return served


def _drawn_villages(rng: np.random.Generator, geography: Geography, county: IntArray) -> IntArray:
    formulation = np.ones(county.shape[0], dtype=np.bool_)
    return np.sort(stationed_villages(rng, geography, county, formulation))


def _recipients(
    rng: np.random.Generator, geography: Geography, figures: Published, village: IntArray
) -> pa.Table:
    counts = (
        apportion(figures.recipients, _CATEGORY_SHARES)
        if isinstance(figures.recipients, int)
        else np.array(figures.recipients)
    )
    category = rng.permutation(np.repeat(np.array(_PUBLISHED_CATEGORIES), counts))
    category = category[np.lexsort((category, village))]
    household = share_households(rng, village, category)
    area = geography.villages.code.take(pa.array(village))
    return recipients_table(category, area, household, None)


def _units_of_province(geography: Geography, served: list[IntArray], *, has_lead: bool) -> pa.Table:
    """Return units of the province; a lead unit, if any, is the first and has no recipients."""
    extra = int(has_lead)
    count = len(served) + extra
    ids = numbered("U", count, 4, first=1 - extra)
    many = np.array([0] * extra + [len(counties) for counties in served])
    offsets = np.r_[0, np.cumsum(many)].astype(np.int32)
    province = geography.areas.column("area")[0].as_py()
    return pa.table(
        [
            ids,
            pa.repeat("province", count),
            pa.repeat(province, count),
            pa.array([None] * extra + [ids[0].as_py() if has_lead else None] * len(served)),
            pa.ListArray.from_arrays(
                pa.array(offsets), geography.counties.code.take(pa.array(np.concatenate(served)))
            ),
        ],
        schema=UNITS,
    )


def _used_areas(geography: Geography, village: IntArray) -> pa.Table:
    """Keep the areas down to the counties, and the villages that occur with their townships."""
    used = np.unique(village)
    townships = np.unique(geography.villages.parent[used])
    areas = geography.areas
    codes = pa.concat_arrays(
        [
            geography.villages.code.take(pa.array(used)),
            geography.townships.code.take(pa.array(townships)),
        ]
    )
    lower = pc.is_in(areas.column("level"), value_set=pa.array(["township", "village"]))
    return areas.filter(pc.or_(pc.invert(lower), pc.is_in(areas.column("area"), value_set=codes)))
