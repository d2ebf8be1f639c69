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

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.cut import can_be_served
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.reach import Crowds, count_allowed, count_in_reach
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.model.reasons import COUNTS, REASONS, detail

_UNKNOWN = -1


def unmatched_reasons(
    formulation: Formulation, pairs: Pairing, crowds: Crowds, *, settled: bool
) -> dict[str, pa.Array | IntArray]:
    """Return columns with a row for each recipient who is short of cadres, in their order.

    Parameters
    ----------
    settled
        Whether it is proven that no plan is better: with coverage first, that none serves more.

    Returns
    -------
    dict
        ``reason``, ``detail`` and those of `pairmatch.model.reasons.COUNTS`.
    """
    short = np.flatnonzero(pairs.missing > 0)
    if short.shape[0] == 0:
        return columns_of_reasons(np.zeros(0, dtype=np.int64))
    allowed, reach, places, left, banned = _counts(formulation, pairs, crowds, short)
    inside = ~formulation.standing(pairs.cadre, pairs.recipient)
    has = _sums(formulation, pairs.recipient[inside], None)[short]
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
        range(len(REASONS) - 1),
        len(REASONS) - 1,
    )
    return columns_of_reasons(chosen, allowed, reach, banned, has, places, left)


def columns_of_reasons(chosen: IntArray, *counts: IntArray) -> dict[str, pa.Array | IntArray]:
    """Return reasons by their positions in `REASONS`, in words and with counts, null if unknown."""
    known = counts or [np.full(chosen.shape[0], _UNKNOWN)] * len(COUNTS)
    return {
        "reason": pa.array(REASONS, pa.string()).take(pa.array(chosen)),
        "detail": _details(chosen, known, "en"),
        **{
            name: pa.array(count, pa.int64(), mask=count == _UNKNOWN)
            for name, count in zip(COUNTS, known, strict=True)
        },
    }


def details(unmatched: pa.Table, language: str = "en") -> pa.ChunkedArray:
    """Return the reasons of a plan's table of the unmatched in words.

    Where counts are not known, as in a plan that was saved without them, the text is the table's.
    """
    reason = pc.index_in(unmatched.column("reason"), pa.array(REASONS, pa.string()))
    counts = [pc.fill_null(unmatched.column(name), _UNKNOWN).to_numpy() for name in COUNTS]
    said = _details(reason.to_numpy().astype(np.int64), counts, language)
    return pc.coalesce(said, unmatched.column("detail"))


def _details(chosen: IntArray, counts: Sequence[IntArray], language: str) -> pa.Array:
    """Make words once for all who share their reason and counts, as most do; null if unknown."""
    if chosen.shape[0] == 0:
        return pa.array([], pa.string())
    first, same, _ = group_rows(*pack_columns(chosen, *counts))
    said = []
    for which, *row in zip(*(column[first].tolist() for column in (chosen, *counts)), strict=True):
        known = {} if _UNKNOWN in row else dict(zip(COUNTS, row, strict=True))
        reason = REASONS[which]
        said.append(detail(reason, known, language) if known or reason == "stopped" else None)
    return pa.array(said, pa.string()).take(pa.array(same))


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
    special_pairs = formulation.special_pairs
    barred: BoolArray = special_pairs.banned & (special_pairs.base_m >= 0)
    banned = _sums(formulation, special_pairs.recipient[barred], None)
    inside = ~formulation.standing(pairs.cadre, pairs.recipient)
    closed_cadre = np.concatenate([special_pairs.cadre[barred], pairs.cadre[inside]])
    closed_recipient = np.concatenate([special_pairs.recipient[barred], pairs.recipient[inside]])
    places = places - _sums(formulation, closed_recipient, formulation.capacity[closed_cadre])
    left = left - _sums(formulation, closed_recipient, pairs.left[closed_cadre])
    return allowed[short], reach[short], places[short], left[short], banned[short]


def _sums(formulation: Formulation, recipient: IntArray, weights: IntArray | None) -> IntArray:
    return np.bincount(recipient, weights=weights, minlength=formulation.recipient_count).astype(
        np.int64
    )
