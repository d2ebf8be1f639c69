"""What of a diagnosis follows from the tables and the pairs alone."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pairmatch.errors import Wrong
from pairmatch.formulate.columns import ids_at
from pairmatch.formulate.formulation import Formulation
from pairmatch.model.status import Status
from pairmatch.problem import Problem
from pairmatch.proof.claim import Claimed, ClaimedShortage
from pairmatch.proof.recount import Recount


def check_diagnosis(
    problem: Problem,
    formulation: Formulation,
    claim: Claimed,
    count: Recount,
    status: Status,
    wrong: Wrong,
    *,
    proven: bool,
) -> None:
    """Compare the lists of broken rules, and the arithmetic of the shortages.

    ``proven`` tells whether no plan serves more, without which no shortage may be explained.
    """
    found = claim.diagnosis
    if status is Status.UNSOLVED:
        wrong.when(found is not None, "diagnosis_of_unsolved")
        return
    special_pairs = formulation.special_pairs
    cadre_ids = problem.cadres.column("cadre_id")
    below = np.flatnonzero(count.below_min_load)
    expected_below = tuple(
        zip(ids_at(cadre_ids, below), count.below_min_load[below].tolist(), strict=True)
    )
    expected_broken = tuple(
        zip(
            ids_at(
                problem.recipients.column("recipient_id"),
                special_pairs.recipient[count.broken_locks],
            ),
            ids_at(cadre_ids, special_pairs.cadre[count.broken_locks]),
            strict=True,
        )
    )
    wrong.when(
        (() if found is None else found.below_min_load) != expected_below, "unlisted_min_loads"
    )
    wrong.when((() if found is None else found.broken_locks) != expected_broken, "unlisted_locks")
    shortages = () if found is None else found.shortages
    if shortages:
        wrong.when(not proven, "shortage_not_proven")
        _check_shortages(problem, formulation, shortages, count, wrong)
    elif status is Status.OPTIMAL and formulation.coverage_first and count.missing:
        wrong.add("shortage_unexplained")
    wrong.when(
        found is not None and not (shortages or expected_below or expected_broken),
        "diagnosis_of_nothing",
    )


def _check_shortages(
    problem: Problem,
    formulation: Formulation,
    shortages: Sequence[ClaimedShortage],
    count: Recount,
    wrong: Wrong,
) -> None:
    wrong.when(not formulation.coverage_first, "shortage_at_a_price")
    wrong.when(
        any(one.wanted - one.places != one.short or one.short < 1 for one in shortages),
        "group_not_short",
    )
    wrong.when(
        sum(one.short for one in shortages) != count.missing, "shortages_sum", count=count.missing
    )
    wrong.when(not all(map(_lists_its_own, shortages)), "group_of_others")
    wrong.when(
        not all(
            0 <= one.cadres <= formulation.cadre_count and one.places >= 0 for one in shortages
        ),
        "group_places",
    )
    wrong.when(
        sum(one.recipients for one in shortages) > formulation.recipient_count
        or sum(one.wanted for one in shortages) > formulation.demand.sum(),
        "groups_demand",
    )
    wrong.when(
        [one.short for one in shortages] != sorted((one.short for one in shortages), reverse=True),
        "shortages_order",
    )
    said: Counter[str] = Counter()
    for one in shortages:
        said.update(dict(one.categories))
    out = pa.array(np.flatnonzero(count.missing_of))
    wrong.when(
        said != Counter(problem.recipients.column("category").take(out).to_pylist()), "categories"
    )


def _lists_its_own(one: ClaimedShortage) -> bool:
    """Tell whether areas and categories count no more people than may go without."""
    people = sum(number for _, number in one.categories)
    listed = sum(number for _, number in one.areas)
    return 0 <= listed <= people <= min(one.recipients, one.short)
