"""A made-up earlier pairing: plausible, and not the best."""

import numpy as np
import pyarrow as pa

from pairmatch.synth.arrays import BoolArray, IntArray, rank_within, repeated
from pairmatch.synth.geography import Geography
from pairmatch.synth.people import CATEGORIES, CHILD_CATEGORIES, LEADER_RANKS, RANKS
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

    Cadres serve a county that their unit sponsors. A county's recipients are spread over the
    cadres who serve it, children first and leaders first; then over the prefecture's; then
    cadres take a second one in their county; what is left goes to whoever is free.

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

    county = _county_served(rng, units, sponsored)
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


def _county_served(rng: np.random.Generator, units: Units, sponsored: IntArray) -> IntArray:
    """Draw for each cadre one of the counties that the unit sponsors."""
    unit = repeated(units.cadres)
    many = (sponsored >= 0).sum(axis=1)[unit]
    which = np.floor(rng.random(unit.shape[0]) * many).astype(np.int64)
    county: IntArray = sponsored[unit, which]
    return county


def _pair_off(wanted: IntArray, offered: IntArray) -> tuple[IntArray, IntArray]:
    """Pair the k-th row that wants a group with the k-th that offers it; positions of both."""
    base = max(wanted.shape[0], offered.shape[0]) + 1
    want = wanted * base + rank_within(wanted)
    offer = offered * base + rank_within(offered)
    _, who, slot = np.intersect1d(want, offer, assume_unique=True, return_indices=True)
    return who, slot
