"""Reduced costs of pairs that are not made, level by level: no price is lower."""

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.explain.placed import LevelDuals, PlacedPlan


def unmade_pairs(
    placed: PlacedPlan, cadre: int | None, recipient: int | None
) -> tuple[IntArray, IntArray]:
    """Return the pairs of one person that are not made: cadres and recipients."""
    if recipient is not None:
        others = np.arange(placed.formulation.cadre_count)
        others = np.delete(others, placed.cadres_of(recipient))
        return others, np.full(others.shape[0], recipient, dtype=np.int64)
    others = np.arange(placed.formulation.recipient_count)
    others = np.delete(others, [] if cadre is None else placed.recipients_of(cadre))
    return np.full(others.shape[0], cadre, dtype=np.int64), others


def cheapest_first(
    placed: PlacedPlan, duals: tuple[LevelDuals, ...], cadre: IntArray, recipient: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Order pairs by reduced costs, in lexicographic order, and leave out what may not be made.

    Returns
    -------
    cadre, recipient, reduced
        Shapes ``(n,)``, ``(n,)`` and (levels, n).
    """
    reduced, may = reduced_costs(placed, duals, cadre, recipient)
    order = np.lexsort((recipient[may], cadre[may], *reduced[::-1]))
    return cadre[may][order], recipient[may][order], reduced[:, order]


def reduced_costs(
    placed: PlacedPlan, duals: tuple[LevelDuals, ...], cadre: IntArray, recipient: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the reduced costs of those pairs that may be made, each level at its own prices.

    Returns
    -------
    reduced, may
        Shapes (levels, n) and ``(n,)``: the costs, and the positions of those pairs.
    """
    formulation = placed.formulation
    objective, special = formulation.objective, formulation.special_pairs
    at = special.find(cadre, recipient)
    listed = np.flatnonzero(at >= 0)
    is_eligible = formulation.costs.of_pairs(cadre, recipient) >= 0
    is_eligible[listed] = special.eligible[at[listed]]
    may = np.flatnonzero(is_eligible & (formulation.capacity[cadre] > 0))
    cadre, recipient, at = cadre[may], recipient[may], at[may]
    listed = np.flatnonzero(at >= 0)
    reduced = np.empty((len(duals), may.shape[0]), dtype=np.int64)
    for row, level in zip(reduced, duals, strict=True):
        costs = formulation.costs.under(objective.pair_tables(level.prices))
        row[:] = costs.of_pairs(cadre, recipient) + level.u[cadre] - level.v[recipient]
        row[listed] += special.correction_m[at[listed]] * objective.correction(level.prices)
    return reduced, may
