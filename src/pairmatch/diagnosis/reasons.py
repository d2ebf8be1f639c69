"""Why a recipient has fewer cadres than wanted.

The first of these that holds is the reason: what would have to change, for a start.

* ``no_eligible_cadre``: with every ban lifted and no distance limit, the rules of eligibility and
  sponsorship still leave too few cadres.
* ``out_of_reach``: with every ban lifted, too few of these are within the distance limit.
* ``banned``: with every ban lifted, there would be enough.
* ``stopped``: the solve was stopped before it was settled whether more can be served.
* ``cheaper_unserved``: coverage is priced, and one more could be served without taking a cadre
  from anybody. A price high enough does it.
* ``capacity_exhausted``: nobody can be given a cadre more without taking one from somebody else;
  no price changes that.

"Too few" is: no more than the recipient has already.
"""

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.cut import can_be_served
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.reach import Crowds, count_allowed, count_in_reach
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.words.en.grammar import counted

STOPPED_DETAIL = "the solve was stopped before this was settled"
_REASONS = (
    "no_eligible_cadre",
    "out_of_reach",
    "banned",
    "stopped",
    "cheaper_unserved",
    "capacity_exhausted",
)


def unmatched_reasons(
    formulation: Formulation, pairs: Pairing, crowds: Crowds, *, settled: bool
) -> tuple[pa.Array, pa.Array]:
    """Return a reason and a detail for each recipient who is short of cadres, in their order.

    Parameters
    ----------
    settled
        Whether it is proven that no plan is better: with coverage first, that none serves more.
    """
    short = np.flatnonzero(pairs.missing > 0)
    if short.shape[0] == 0:
        return pa.array([], pa.string()), pa.array([], pa.string())
    allowed, reach, places, left, banned = _counts(formulation, pairs, crowds, short)
    has = pairs.served[short]
    served_at_a_price = np.zeros(short.shape[0], dtype=np.bool_)
    if settled and not formulation.coverage_first:
        served_at_a_price = can_be_served(formulation, pairs, crowds)[short]
    chosen = np.select(
        [
            allowed <= has,
            reach <= has,
            reach - banned <= has,
            np.full(short.shape[0], not settled),
            served_at_a_price,
        ],
        range(len(_REASONS) - 1),
        len(_REASONS) - 1,
    )
    # most share their counts with many others: words are made once for all of these
    columns = (chosen, allowed, reach, banned, has, places, left)
    first, same, _ = group_rows(*pack_columns(*columns))
    details = [
        _in_words(*(int(value) for value in row))
        for row in zip(*(column[first] for column in columns), strict=True)
    ]
    return (
        pa.array(_REASONS, pa.string()).take(pa.array(chosen)),
        pa.array(details, pa.string()).take(pa.array(same)),
    )


def _counts(
    formulation: Formulation, pairs: Pairing, crowds: Crowds, short: IntArray
) -> tuple[IntArray, ...]:
    """Count for each recipient in ``short``: cadres whom rules allow, and those within distance.

    Then, of the latter but for those it has and those who are banned, all places and those left;
    and how many are banned.
    """
    allowed = count_allowed(formulation.costs)
    reach, places, left = count_in_reach(
        formulation.costs,
        crowds.cadres.blocks(),
        crowds.recipients.blocks(pairs.missing > 0),
        formulation.capacity,
        pairs.left,
    )
    exceptions = formulation.exceptions
    barred: BoolArray = exceptions.banned & (exceptions.base_m >= 0)
    banned = _sums(formulation, exceptions.recipient[barred], None)
    closed_cadre = np.concatenate([exceptions.cadre[barred], pairs.cadre])
    closed_recipient = np.concatenate([exceptions.recipient[barred], pairs.recipient])
    places = places - _sums(formulation, closed_recipient, formulation.capacity[closed_cadre])
    left = left - _sums(formulation, closed_recipient, pairs.left[closed_cadre])
    return allowed[short], reach[short], places[short], left[short], banned[short]


def _sums(formulation: Formulation, recipient: IntArray, weights: IntArray | None) -> IntArray:
    return np.bincount(recipient, weights=weights, minlength=formulation.recipient_count).astype(
        np.int64
    )


def _in_words(
    chosen: int, allowed: int, reach: int, banned: int, has: int, places: int, left: int
) -> str:
    further = counted(reach - banned - has, "eligible cadre")
    if has:
        further = f"{further} more"
    taken = "all taken by others" if places else "none at all"
    spare = f"{counted(left, 'place')} left" if left else "a place to be had by moving others"
    details = (
        f"eligibility and sponsorship leave {counted(allowed, 'cadre')}",
        f"{counted(allowed, 'cadre')} allowed by the rules, {reach:,} of them within the distance",
        f"{counted(reach, 'cadre')} allowed by the rules and in reach, {banned:,} of them banned",
        STOPPED_DETAIL,
        f"{further} in reach with {spare}, at no less than the price",
        f"{further} in reach with {counted(places, 'place')}, {taken}",
    )
    return details[chosen]
