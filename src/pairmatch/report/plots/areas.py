"""Areas of a matrix of flows: at which level, and who is in which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import Int32Array, IntArray
from pairmatch.formulate.area_tree import area_tree
from pairmatch.model.places import AREA_LEVELS
from pairmatch.plan import Plan
from pairmatch.problem import Problem

MOST = 30
"""Areas a side that are shown unless a level is asked for."""

MOST_OF_A_LEVEL = 100
"""Areas a side that are shown of a level that is asked for."""


@dataclass(frozen=True)
class Sides:
    """Where cadres of pairs work, and where recipients live.

    Attributes
    ----------
    level
        The level of the areas, None without a table of areas.
    cadre, recipient
        Shape ``(pairs,)``, positions of areas, -1 where somebody has none.
    """

    level: str | None
    cadre: IntArray
    recipient: IntArray


def sides(plan: Plan, level: str | None) -> Sides:
    """Return the areas of pairs at a level.

    Parameters
    ----------
    plan
        Any plan.
    level
        Of `AREA_LEVELS`; None for the lowest with at most `MOST` areas a side, or else the highest.
    """
    problem = plan.problem
    cadre_idx, recipient_idx = plan.positions()
    own = (
        problem.checked.keys.of("cadres", "area")[cadre_idx],
        problem.checked.keys.of("recipients", "area")[recipient_idx],
    )
    if not problem.has_areas:
        return Sides(None, *own)
    ancestor = area_tree(problem.areas, problem.checked.keys).ancestor
    depths = range(len(AREA_LEVELS)) if level is None else [AREA_LEVELS.index(level)]
    for depth in reversed(depths):
        above = _above(ancestor, depth)
        found = Sides(AREA_LEVELS[depth], *(above[side] for side in own))
        if all(np.unique(side).shape[0] <= MOST for side in (found.cadre, found.recipient)):
            break
    return found


def _above(ancestor: Int32Array, depth: int) -> IntArray:
    """Return the area that each one counts to, and -1 at the end, for no area."""
    at = np.full(ancestor.shape[0] + 1, -1, dtype=np.int64)
    inner = at[:-1]
    # the lowest that is not below the level; or, where there is none, the highest below
    for column in (*range(len(AREA_LEVELS) - 1, depth, -1), *range(depth + 1)):
        known = ancestor[:, column] >= 0
        inner[known] = ancestor[known, column]
    return at


def codes_and_names(problem: Problem) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """Return the code and the name of each area by position; names are None where not known."""
    if problem.has_areas:
        areas = problem.areas
        return areas.column("area").to_pylist(), areas.column("name").to_pylist()
    known: dict[int, str | None] = {}
    for table in ("cadres", "recipients"):
        at, first = np.unique(problem.checked.keys.of(table, "area"), return_index=True)
        codes = getattr(problem, table).column("area").take(first).to_pylist()
        known |= dict(zip(at.tolist(), codes, strict=True))
    codes = [known.get(idx) for idx in range(1 + max(known, default=-1))]
    return codes, [None] * len(codes)


def shown_of(side: IntArray, most: int, codes: Sequence[str | None]) -> tuple[IntArray, bool, bool]:
    """Return which areas of one side are shown, by code, and what comes behind them.

    Returns
    -------
    shown
        Positions of areas; of too many those with the most pairs.
    has_others, has_none
        Whether there are others, and pairs of somebody without an area.
    """
    there, counts = np.unique(side[side >= 0], return_counts=True)
    has_none = bool((side < 0).any())
    room = most - has_none
    has_others = there.shape[0] > room
    if has_others:
        there = there[np.argsort(-counts, kind="stable")[: room - 1]]
    in_order = sorted(there.tolist(), key=lambda idx: codes[idx] or "")
    return np.array(in_order, dtype=np.int64), has_others, has_none
