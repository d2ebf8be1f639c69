"""Why a recipient has fewer cadres than wanted."""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    RecipientSide,
    distance_m,
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
    recipient_idx: IntArray,
) -> IntArray:
    """Count for each recipient the cadres that look-ups allow, and those of them in reach."""
    counts = np.zeros((2, recipient_idx.shape[0]), dtype=np.int64)
    for column in range(recipient_idx.shape[0]):
        j = recipient_idx[column]
        for row in range(cadre_idx.shape[0]):
            i = cadre_idx[row]
            if look_ups_m(cadres, i, recipients, j, tables) < 0:
                continue
            counts[0, column] += cadre_count[row]
            if tables.max_m < 0 or distance_m(cadres, i, recipients, j, tables) <= tables.max_m:
                counts[1, column] += cadre_count[row]
    return counts


def unmatched_reasons(
    persons: Persons,
    problem: TransportationProblem,
    short: IntArray,
    served: IntArray,
    *,
    stopped: bool,
) -> tuple[list[str], list[str]]:
    """Return a reason and a detail for each recipient in ``short``.

    Parameters
    ----------
    short, served
        Positions of the recipients, and how many cadres each of them has.
    stopped
        Whether the solve was stopped before the plan was complete.

    Notes
    -----
    One pass over the pairs of distinct kinds of cadres and the recipients in question.
    """
    idle = np.flatnonzero(problem.cadres.of_person < 0)
    cadre_idx = np.concatenate([problem.cadres.representative, idle])
    cadre_count = np.concatenate([problem.cadres.size, np.ones_like(idle)])
    # recipients of one class share the counts; people without a class stand for themselves
    group = problem.recipients.of_person[short]
    key = np.where(group >= 0, group, -1 - short)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    counts = _partners(*persons.costs, cadre_idx, cadre_count, short[first])[:, inverse]
    pairs = persons.exceptions
    banned = np.bincount(
        pairs.recipient[pairs.banned & (pairs.base_m >= 0)], minlength=persons.recipient_count
    )[short]
    reasons: list[str] = []
    details: list[str] = []
    for allowed, reach, ban, has in zip(*counts, banned, served, strict=True):
        reason, detail = _reason(
            persons, int(allowed), int(reach), int(ban), int(has), stopped=stopped
        )
        reasons.append(reason)
        details.append(detail)
    return reasons, details


def _reason(
    persons: Persons, allowed: int, reach: int, banned: int, has: int, *, stopped: bool
) -> tuple[str, str]:
    """Choose the first thing that stands in the way; ``has`` cadres are there already."""
    if allowed <= has:
        return "no_eligible_cadre", f"eligibility and sponsorship leave {allowed} cadres"
    if reach <= has:
        return "out_of_reach", f"{allowed} eligible cadres, {reach} of them within the distance"
    if reach - banned <= has:
        return "banned", f"{reach} eligible cadres in reach, {banned} of them banned"
    if stopped:
        return "stopped", "the solve was stopped before this was settled"
    if not persons.coverage_first:
        return "cheaper_unserved", f"{reach} eligible cadres in reach, all dearer than the price"
    return "capacity_exhausted", f"{reach} eligible cadres in reach, all needed by others"
