"""Why a recipient has fewer cadres than wanted."""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    RecipientSide,
    distance_m,
    eligibility_kinds,
    look_ups_m,
)
from pairmatch.formulate.persons import Persons
from pairmatch.formulate.transportation import TransportationProblem


@kernel
def _partners(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_idx: IntArray,
    cadre_count: IntArray,
    spare: IntArray,
    recipient_idx: IntArray,
) -> IntArray:
    """Count for each recipient the cadres allowed, those in reach, and their places left."""
    max_m = tables.max_m
    counts = np.zeros((3, recipient_idx.shape[0]), dtype=np.int64)
    for column in range(recipient_idx.shape[0]):
        j = recipient_idx[column]
        for row in range(cadre_idx.shape[0]):
            i = cadre_idx[row]
            if look_ups_m(cadres, i, recipients, j, tables) < 0:
                continue
            counts[0, column] += cadre_count[row]
            if max_m < 0 or distance_m(cadres, i, recipients, j, tables) <= max_m:
                counts[1, column] += cadre_count[row]
                counts[2, column] += spare[row]
    return counts


def unmatched_reasons(
    persons: Persons,
    problem: TransportationProblem,
    short: IntArray,
    served: IntArray,
    left: IntArray,
    own_left: IntArray,
    *,
    stopped: bool,
) -> tuple[list[str], list[str]]:
    """Return a reason and a detail for each recipient in ``short``.

    Parameters
    ----------
    short, served
        Positions of the recipients, and how many cadres each of them has.
    left
        Shape ``(C,)``: places that each cadre has left.
    own_left
        Places that the cadres of each recipient in ``short`` have left.
    stopped
        Whether the solve was stopped before the plan was complete.

    Notes
    -----
    One pass over the pairs of kinds of cadres and kinds of recipients in question.
    """
    if short.shape[0] == 0:
        return [], []
    idle = np.flatnonzero(problem.cadres.of_person < 0)
    cadre_idx = np.concatenate([problem.cadres.representative, idle])
    cadre_count = np.concatenate([problem.cadres.size, np.ones_like(idle)])
    present = problem.cadres.of_person >= 0
    spare = np.bincount(
        problem.cadres.of_person[present],
        weights=left[present],
        minlength=problem.cadres.size.shape[0],
    ).astype(np.int64)
    spare = np.concatenate([spare, np.zeros_like(idle)])
    tables = persons.costs.tables
    some_cadres, cadre_kind = eligibility_kinds(persons.costs.cadres, cadre_idx, tables)
    some_recipients, recipient_kind = eligibility_kinds(persons.costs.recipients, short, tables)
    counts = _partners(
        *persons.costs,
        some_cadres,
        _sums(cadre_kind, cadre_count),
        _sums(cadre_kind, spare),
        some_recipients,
    )[:, recipient_kind]
    pairs = persons.exceptions
    bans = pairs.banned & (pairs.base_m >= 0)
    banned = np.bincount(pairs.recipient[bans], minlength=persons.recipient_count)[short]
    banned_left = np.bincount(
        pairs.recipient[bans],
        weights=left[pairs.cadre[bans]],
        minlength=persons.recipient_count,
    )[short].astype(np.int64)
    # places are of use only where others have them who may help
    places_left = counts[2] - own_left - banned_left
    reasons: list[str] = []
    details: list[str] = []
    for allowed, reach, places, ban, has in zip(
        counts[0], counts[1], places_left, banned, served, strict=True
    ):
        reason, detail = _reason(
            int(allowed), int(reach), int(places), int(ban), int(has), stopped=stopped
        )
        reasons.append(reason)
        details.append(detail)
    return reasons, details


def _sums(kind: IntArray, values: IntArray) -> IntArray:
    return np.bincount(kind, weights=values).astype(np.int64)


def _reason(
    allowed: int, reach: int, places: int, banned: int, has: int, *, stopped: bool
) -> tuple[str, str]:
    """Choose the first thing that stands in the way; ``has`` cadres are there already.

    Places that are left at the optimum are too dear, which only a price of the unserved allows.
    """
    if allowed <= has:
        return "no_eligible_cadre", f"eligibility and sponsorship leave {allowed} cadres"
    if reach <= has:
        return "out_of_reach", f"{allowed} eligible cadres, {reach} of them within the distance"
    if reach - banned <= has:
        return "banned", f"{reach} eligible cadres in reach, {banned} of them banned"
    if stopped:
        return "stopped", "the solve was stopped before this was settled"
    if places > 0:
        return "cheaper_unserved", f"{places} places in reach are left, all dearer than the price"
    return "capacity_exhausted", f"{reach} eligible cadres in reach, all needed by others"
