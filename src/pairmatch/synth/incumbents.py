"""A made-up earlier pairing: plausible, and not the best."""

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.synth.arrays import rank_within, repeated
from pairmatch.synth.geography import Geography
from pairmatch.synth.people import CATEGORIES, CHILD_CATEGORIES, LEADER_RANKS, RANKS, drawn
from pairmatch.synth.units import Units

CURRENT = pa.schema([("recipient_id", pa.string()), ("cadre_id", pa.string())])

_SLOTS = 2  # recipients that a cadre has at most


def make_incumbents(
    rng: np.random.Generator,
    geography: Geography,
    units: Units,
    sponsored: IntArray,
    tables: tuple[pa.Table, pa.Table],
    county_of_recipient: IntArray,
    share: float,
) -> pa.Table:
    """Pair a share of the recipients with cadres.

    Cadres serve a county that their unit sponsors; the shorter of cadres it is, the more of them.
    A county's recipients are spread over those who serve it, children first and leaders first;
    then over the prefecture's cadres, then over the others who have no recipient yet, since as
    published nearly every cadre has one. Recipients who are left become second ones, in the county
    if possible.

    Parameters
    ----------
    sponsored
        Shape ``(units, 3)``, counties or -1.
    tables
        Cadres, in the order of units, and recipients.
    county_of_recipient
        Shape ``(recipients,)``.
    share
        Between 0 and 1.
    """
    cadres, recipients = tables
    count = round(share * recipients.num_rows)
    chosen = rng.permutation(recipients.num_rows)[:count]
    is_child = _among(recipients.column("category"), CATEGORIES[:CHILD_CATEGORIES])
    chosen = chosen[np.argsort(~is_child[chosen], kind="stable")]

    county = _county_served(rng, units, sponsored, county_of_recipient)
    order = rng.permutation(cadres.num_rows)
    is_leader = _among(cadres.column("rank"), RANKS[:LEADER_RANKS])
    order = order[np.argsort(~is_leader[order], kind="stable")]
    first_slots, all_slots = order, np.tile(order, _SLOTS)
    prefecture = geography.counties.parent
    wanted = county_of_recipient[chosen]
    everywhere = np.zeros(len(geography.counties.code), np.int64)
    used = np.zeros(cadres.num_rows, np.int64)
    partner = np.full(count, -1)
    rounds = (
        (first_slots, np.arange(len(geography.counties.code))),
        (first_slots, prefecture),
        (first_slots, everywhere),
        (all_slots, np.arange(len(geography.counties.code))),
        (all_slots, everywhere),
    )
    for slots, group in rounds:
        left = np.flatnonzero(partner < 0)
        free = slots[rank_within(slots) >= used[slots]]
        who, slot = _pair_off(group[wanted[left]], group[county[free]])
        partner[left[who]] = free[slot]
        used += np.bincount(free[slot], minlength=used.shape[0])
    return pa.table(
        [
            recipients.column("recipient_id").take(pa.array(chosen)),
            cadres.column("cadre_id").take(pa.array(partner)),
        ],
        schema=CURRENT,
    ).sort_by("recipient_id")


def _among(column: pa.ChunkedArray, values: tuple[str, ...]) -> BoolArray:
    found: BoolArray = np.isin(column.to_numpy(), values)
    return found


def _county_served(
    rng: np.random.Generator, units: Units, sponsored: IntArray, county_of_recipient: IntArray
) -> IntArray:
    """Draw for each cadre one of the counties that the unit sponsors, by what they are short."""
    at_home = units.county >= 0
    counties = int(max(sponsored.max(), county_of_recipient.max())) + 1
    local = np.bincount(units.county[at_home], weights=units.cadres[at_home], minlength=counties)
    short = np.maximum(np.bincount(county_of_recipient, minlength=counties) - local, 1.0)
    weight = np.where(sponsored >= 0, short[sponsored], 0.0)
    share = weight / weight.sum(axis=1, keepdims=True)
    county: IntArray = np.take_along_axis(
        sponsored[repeated(units.cadres)],
        drawn(rng, share, repeated(units.cadres))[:, None],
        axis=1,
    )[:, 0]
    return county


def _pair_off(wanted: IntArray, offered: IntArray) -> tuple[IntArray, IntArray]:
    """Pair the k-th row that wants a group with the k-th that offers it; positions of both."""
    base = max(wanted.shape[0], offered.shape[0]) + 1
    want = wanted * base + rank_within(wanted)
    offer = offered * base + rank_within(offered)
    _, who, slot = np.intersect1d(want, offer, assume_unique=True, return_indices=True)
    return who, slot
