"""The residual network of a plan from both ends, with the reduced costs of one set of duals."""

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.explain.fronts import NOBODY, Half
from pairmatch.explain.placed import PlacedPlan
from pairmatch.explain.reach import Groups, Reach, reaches
from pairmatch.explain.residual import ResidualArcs
from pairmatch.proof.bound import Prices


def halves(
    placed: PlacedPlan,
    arcs: ResidualArcs,
    prices: Prices,
    is_free: BoolArray,
    cadres: Groups,
    recipients: Groups,
) -> tuple[Half, Half]:
    """Return the network forwards, where cadres expand, and backwards, where recipients do.

    Parameters
    ----------
    arcs
        Reduced costs; the costs of ordinary pairs are those at ``prices``.
    is_free
        Shape ``(P,)``: the pair is not a lock.
    cadres, recipients
        Groups of people with equal duals.
    """
    formulation = placed.formulation
    special = formulation.special_pairs
    costs = formulation.costs.take(cadres.representative, recipients.representative)
    costs = costs.under(formulation.objective.pair_tables(prices))
    u, v = arcs.u[cadres.representative], arcs.v[recipients.representative]
    ahead, back = reaches(costs, u, v)
    left = np.delete(np.arange(special.cadre.shape[0]), placed.at[placed.at >= 0])
    apart = (
        np.concatenate([placed.cadre, special.cadre[left]]),
        np.concatenate([placed.recipient, special.recipient[left]]),
    )
    left = left[special.eligible[left] & (formulation.capacity[special.cadre[left]] > 0)]
    single = special.cadre[left], special.recipient[left]
    own = formulation.costs.under(costs.tables).of_pairs(*single)
    own += special.correction_m[left] * formulation.objective.correction(prices)
    own += arcs.u[single[0]] - arcs.v[single[1]]
    free = np.flatnonzero(is_free)
    made = placed.cadre[free], placed.recipient[free]
    undo = arcs.undo[free]
    return (
        _half(
            ahead,
            (cadres, recipients),
            (made[1], made[0], undo),
            apart,
            (*single, own),
            (arcs.give, arcs.regain),
        ),
        _half(
            back,
            (recipients, cadres),
            (*made, undo),
            apart[::-1],
            (single[1], single[0], own),
            (arcs.lack, arcs.take),
        ),
    )


def _half(
    reach: Reach,
    groups: tuple[Groups, Groups],
    made: tuple[IntArray, IntArray, IntArray],
    apart: tuple[IntArray, IntArray],
    single: tuple[IntArray, IntArray, IntArray],
    roots: tuple[IntArray, IntArray],
) -> Half:
    """Return one half: ``made`` by target, ``apart`` and ``single`` by expander; all on a level."""
    expanders, targets = groups
    people = expanders.of_person.shape[0], targets.of_person.shape[0]
    made_begin, by_target = counting_sort(made[0], people[1])
    apart_begin, by_expander = counting_sort(apart[0], people[0])
    single_begin, singles = counting_sort(single[0], people[0])
    return Half(
        reach=reach,
        expander_group=expanders.of_person,
        target_group=targets.of_person,
        member_begin=targets.begin,
        member=targets.member,
        made_begin=made_begin,
        made=made[1][by_target],
        made_weight=made[2][by_target],
        apart_begin=apart_begin,
        apart=apart[1][by_expander],
        single_begin=single_begin,
        single=single[1][singles],
        single_weight=single[2][singles],
        expander_root=roots[0],
        target_root=roots[1],
        expander_level=np.zeros(people[0], dtype=np.int64),
        target_level=np.zeros(people[1], dtype=np.int64),
        expander_group_level=np.zeros(expanders.count, dtype=np.int64),
        target_group_level=np.zeros(targets.count, dtype=np.int64),
        lone_expander=NOBODY,
        lone_target=NOBODY,
    )
