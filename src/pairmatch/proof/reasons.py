"""Whether the reasons of the unmatched agree with the tables and the pairs.

Which cadres the rules, the distance and the bans leave somebody is counted once more. Whether
others could have been moved is not: see the list in the documentation of the proof.
"""

import numpy as np

from pairmatch._kernels import bare_kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Wrong
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    RecipientSide,
    distance_m,
    table_costs_m,
)
from pairmatch.formulate.formulation import Formulation
from pairmatch.model.reasons import REASONS
from pairmatch.model.status import Status
from pairmatch.problem import Problem
from pairmatch.proof.claim import Claimed
from pairmatch.proof.levels import settles_missing
from pairmatch.proof.pairs import BLOCK, Blocks, blocks_of
from pairmatch.proof.recount import Recount
from pairmatch.tables.positions import positions

_OF_THE_TABLES = 3


def check_reasons(
    problem: Problem,
    formulation: Formulation,
    claim: Claimed,
    count: Recount,
    status: Status,
    wrong: Wrong,
    *,
    proven: bool,
) -> None:
    """Compare each reason with what the tables and the pairs say.

    Nothing is said if the unmatched are others than those who are short. ``proven`` tells whether
    nobody else can be served: with coverage first by count, else by cost.
    """
    said = claim.unmatched.column("reason").to_pylist()
    if not set(said) <= set(REASONS):
        wrong.add("no_reason")
        return
    if status is Status.UNSOLVED:
        wrong.when(set(said) - {"stopped"}, "reason_of_unsolved")
        return
    reason = np.array([REASONS.index(one) for one in said], dtype=np.int64)
    who = positions(
        claim.unmatched.column("recipient_id"), problem.recipients.column("recipient_id")
    )
    if not np.array_equal(who, np.flatnonzero(count.missing_of)):
        return
    expected = _first_obstacle(formulation, count, who)
    settled = expected < _OF_THE_TABLES
    differ = np.where(settled, reason != expected, reason < _OF_THE_TABLES)
    wrong.when(differ.any(), "reasons", count=int(differ.sum()))
    decided = settles_missing(formulation, claim.levels)
    wrong.when(
        "stopped" in said and (status not in (Status.FEASIBLE, Status.CANCELLED) or decided),
        "not_stopped",
    )
    wrong.when(
        {"cheaper_unserved", "capacity_exhausted"} & set(said) and not proven, "reason_not_proven"
    )
    wrong.when("cheaper_unserved" in said and formulation.coverage_first, "cheaper_unserved")
    exhausted = who[reason == REASONS.index("capacity_exhausted")]
    wrong.when(_has_a_place_left(formulation, count, exhausted).any(), "place_left")


def _first_obstacle(formulation: Formulation, count: Recount, who: IntArray) -> IntArray:
    """Return the position of the reason that rules, distance or bans give, 3 if they give none."""
    special_pairs = formulation.special_pairs
    bans = special_pairs.banned & (special_pairs.base_m >= 0)
    banned = np.bincount(special_pairs.recipient[bans], minlength=formulation.recipient_count)[who]
    inside = ~formulation.standing(count.cadre, count.recipient)
    served = np.bincount(count.recipient[inside], minlength=formulation.recipient_count)
    has = served.astype(np.int64)[who]
    everyone = np.ones(formulation.cadre_count, dtype=np.bool_)
    allowed = _allowed(formulation, everyone, who)
    reach = within(formulation, everyone, who, has + banned + 1)
    return np.select(
        [allowed <= has, reach <= has, reach - banned <= has], [0, 1, 2], _OF_THE_TABLES
    ).astype(np.int64)


def _has_a_place_left(formulation: Formulation, count: Recount, who: IntArray) -> BoolArray:
    """Tell who might be paired with a cadre who is not full, and is not."""
    special_pairs = formulation.special_pairs
    spare = formulation.capacity > count.load
    bans = special_pairs.banned & (special_pairs.base_m >= 0)
    inside = ~formulation.standing(count.cadre, count.recipient)
    closed = np.concatenate([special_pairs.cadre[bans], count.cadre[inside]])
    of = np.concatenate([special_pairs.recipient[bans], count.recipient[inside]])
    known = np.bincount(of[spare[closed]], minlength=formulation.recipient_count)[who]
    left: BoolArray = within(formulation, spare, who, known + 1) > known
    return left


def _allowed(formulation: Formulation, some: BoolArray, who: IntArray) -> IntArray:
    """Count the cadres among some whom eligibility and sponsorship leave, whatever the distance."""
    cadres, recipients, tables = formulation.costs
    kinds, size = np.unique(
        np.stack([cadres.sponsor_set[some], cadres.rank[some]]), axis=1, return_counts=True
    )
    asked, back = np.unique(
        np.stack([recipients.zone[who], recipients.category[who]]), axis=1, return_inverse=True
    )
    leaves = (tables.outside_m[kinds[0]][:, asked[0]] >= 0) & (
        tables.eligibility_m[kinds[1]][:, asked[1]] >= 0
    )
    counts: IntArray = (size[:, np.newaxis] * leaves).sum(axis=0)[back.reshape(-1)]
    return counts


def within(formulation: Formulation, some: BoolArray, who: IntArray, enough: IntArray) -> IntArray:
    """Count the cadres among some who may be paired with each, up to ``enough`` of them."""
    if formulation.costs.tables.max_m < 0:
        return np.minimum(_allowed(formulation, some, who), enough)
    cadre = np.flatnonzero(some)
    point = formulation.costs.cadres.point[:, cadre]
    blocks = blocks_of(point, np.zeros(cadre.shape[0], dtype=np.int64), np.minimum)
    counts = np.zeros(who.shape[0], dtype=np.int64)
    tables = formulation.costs.tables
    # the whole metres of a line, times the detour and rounded down, are within the limit up to this
    line = ((tables.max_m + 1) * tables.detour_denominator - 1) // tables.detour_numerator
    _count_within(*formulation.costs, cadre, blocks, float((line + 1) ** 2), who, enough, counts)
    return counts


@bare_kernel
def _count_within(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre: IntArray,
    blocks: Blocks,
    beyond: float,
    who: IntArray,
    enough: IntArray,
    counts: IntArray,
) -> None:
    """Count; blocks at a squared distance of ``beyond`` or more are passed over."""
    for row in range(who.shape[0]):
        j = who[row]
        for block in range(blocks.dual.shape[0]):
            square = 0.0
            for axis in range(3):
                at = recipients.point[axis, j]
                gap = max(blocks.low[axis, block] - at, at - blocks.high[axis, block], 0.0)
                square += gap * gap
            if square >= beyond:
                continue
            for position in range(block * BLOCK, min((block + 1) * BLOCK, cadre.shape[0])):
                i = cadre[blocks.order[position]]
                if table_costs_m(cadres, i, recipients, j, tables) >= 0:
                    near = distance_m(cadres, i, recipients, j, tables) <= tables.max_m
                    counts[row] += near
            if counts[row] >= enough[row]:
                counts[row] = enough[row]
                break
