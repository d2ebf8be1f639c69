"""The whole province, at any scale: people and units made up on real counties."""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from pairmatch.model import Policy
from pairmatch.options import Options
from pairmatch.synth.arrays import repeated
from pairmatch.synth.dataset import Dataset
from pairmatch.synth.geography import make_geography
from pairmatch.synth.incumbents import make_incumbents
from pairmatch.synth.people import Geometry, make_cadres, make_recipients, share_recipients
from pairmatch.synth.units import choose_leads, choose_sponsored, make_units, units_table

CADRES_AT_SCALE_1 = 251_000
RECIPIENTS_AT_SCALE_1 = 267_000
SMALLEST_SCALE = 0.0001
LARGEST_SCALE = 20.0


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Province(Dataset):
    """A synthetic province; ``scale``, ``seed`` and ``geometry`` are what it was made with."""

    scale: float
    seed: int
    geometry: Geometry


def generate_province(
    scale: float = 1.0,
    seed: int = 0,
    geometry: Geometry = "codes",
    incumbents: float = 0.0,
) -> Province:
    """Make up a province.

    Under the default policy all recipients can be served, at every scale and seed: nothing is
    forbidden there, and two recipients for each cadre are more than enough.

    Parameters
    ----------
    scale
        1 is 251,000 cadres and 267,000 recipients, as published; the areas are always all there.
    seed
        Not negative. The same arguments give the same province.
    geometry
        ``"codes"``: addresses are codes of areas. ``"household"``: each household of recipients
        has a point of its own. ``"point"``: each cadre has one too.
    incumbents
        The share of recipients who have a cadre already, 0 to 1.

    Returns
    -------
    Province
        Synthetic tables and the default policy.

    Raises
    ------
    OptionError
        If arguments are out of range.
    """
    _check(scale, seed, geometry, incumbents)
    rng = np.random.default_rng(seed)
    geography = make_geography(rng)
    by_village = share_recipients(rng, geography, round(RECIPIENTS_AT_SCALE_1 * scale))
    by_county = np.bincount(geography.county_of_village, weights=by_village).astype(np.int64)
    units = make_units(rng, geography, round(CADRES_AT_SCALE_1 * scale))
    sponsored = choose_sponsored(rng, units, geography, by_county)
    units_of = units_table(units, sponsored, choose_leads(rng, units), geography)
    cadres = make_cadres(rng, geography, units, units_of, geometry)
    recipients = make_recipients(rng, geography, by_village, geometry)
    current = None
    if incumbents > 0:
        county = geography.county_of_village[repeated(by_village)]
        current = make_incumbents(
            rng, geography, units, sponsored, (cadres, recipients), county, incumbents
        )
    return Province(
        cadres=cadres,
        recipients=recipients,
        units=units_of,
        areas=geography.areas,
        current=current,
        policy=Policy(),
        scale=scale,
        seed=seed,
        geometry=geometry,
    )


def _check(scale: float, seed: int, geometry: str, incumbents: float) -> None:
    options = Options()
    options.number(
        "scale",
        scale,
        "scale",
        lambda number: SMALLEST_SCALE <= number <= LARGEST_SCALE,
        smallest=SMALLEST_SCALE,
        largest=LARGEST_SCALE,
    )
    options.integer("seed", seed, 0, "integer_from_0")
    options.one_of("geometry", geometry, get_args(Geometry))
    options.number("incumbents", incumbents, "share", lambda share: 0 <= share <= 1)
    options.check()
