"""Further cadres for those who go without, as if nobody were full."""

import numpy as np

from pairmatch._kernels import bare_kernel, inner_kernel
from pairmatch.arrays import IntArray
from pairmatch.diagnosis.reach import (
    ACROSS,
    NOWHERE,
    Barred,
    Blocks,
    allowed,
    is_barred,
    nearness,
    squared_limit,
)
from pairmatch.formulate.costs import CadreSide, CostTables, PairCosts, RecipientSide, distance_m


def pick_partners(
    costs: PairCosts,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    barred: Barred,
    wanted: IntArray,
    picked: IntArray,
) -> IntArray:
    """Find each of some recipients further cadres, or as many as there are.

    ``barred`` is by recipient, ``wanted`` has shape ``(R,)``. ``picked`` counts how often each
    cadre was chosen: those chosen least come first, so that choices are spread. Returns recipients
    and cadres, shape ``(2, n)``.
    """
    choices = np.empty((2, int(wanted.sum())), dtype=np.int64)
    near, begin = (np.zeros(cadre_blocks.start.shape[0] - 1, dtype=np.int64) for _ in range(2))
    count = _pick(
        *costs, cadre_blocks, recipient_blocks, barred, wanted, picked, near, begin, choices
    )
    return choices[:, :count]


@bare_kernel
def _pick(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    barred: Barred,
    wanted: IntArray,
    picked: IntArray,
    near: IntArray,
    begin: IntArray,
    choices: IntArray,
) -> int:
    """Fill the choices and return how many there are; ``near`` and ``begin`` are workspaces."""
    count = 0
    for other in range(recipient_blocks.start.shape[0] - 1):
        _look_around(cadres, cadre_blocks, recipients, recipient_blocks, other, tables, near)
        _begin_again(cadre_blocks, begin)
        level = 0
        for column in range(recipient_blocks.start[other], recipient_blocks.start[other + 1]):
            j = recipient_blocks.order[column]
            first = count
            if tables.max_m >= 0:
                level = 0  # this one may have other cadres within the distance
                _begin_again(cadre_blocks, begin)
            while count - first < wanted[j]:
                higher = False
                for block in range(near.shape[0]):
                    if near[block] != NOWHERE and count - first < wanted[j]:
                        count, later = _pick_in_block(
                            cadres, cadre_blocks, block, recipients, j, tables, barred,
                            near[block] == ACROSS, level, begin, picked, choices, first, count,
                            wanted[j],
                        )  # fmt: skip
                        higher = higher or later
                if count - first < wanted[j]:
                    if not higher:
                        break
                    level += 1
                    _begin_again(cadre_blocks, begin)
    return count


@inner_kernel
def _begin_again(blocks: Blocks, begin: IntArray) -> None:
    for block in range(begin.shape[0]):
        begin[block] = blocks.start[block]


@inner_kernel
def _look_around(
    cadres: CadreSide,
    cadre_blocks: Blocks,
    recipients: RecipientSide,
    recipient_blocks: Blocks,
    other: int,
    tables: CostTables,
    near: IntArray,
) -> None:
    """Tell how much of each block of cadres a block of recipients may be paired with."""
    limit = squared_limit(tables)
    for block in range(near.shape[0]):
        near[block] = nearness(cadre_blocks, block, recipient_blocks, other, limit)
        if near[block] != NOWHERE and not allowed(
            cadres, cadre_blocks, block, recipients, recipient_blocks, other, tables
        ):
            near[block] = NOWHERE


@inner_kernel
def _pick_in_block(
    cadres: CadreSide,
    cadre_blocks: Blocks,
    block: int,
    recipients: RecipientSide,
    j: int,
    tables: CostTables,
    barred: Barred,
    across: bool,  # noqa: FBT001  # kernels take no keywords
    level: int,
    begin: IntArray,
    picked: IntArray,
    choices: IntArray,
    first: int,
    count: int,
    wanted: int,
) -> tuple[int, bool]:
    """Choose cadres of a block who were chosen at most ``level`` times.

    Returns how many choices there are by now, and whether some were left for a higher level.
    """
    end = cadre_blocks.start[block + 1]
    # those at the front who were chosen more often are not looked at again for this level
    while begin[block] < end and picked[cadre_blocks.order[begin[block]]] > level:
        begin[block] += 1
    higher = begin[block] > cadre_blocks.start[block]
    for row in range(begin[block], end):
        i = cadre_blocks.order[row]
        if count - first == wanted:
            break
        if picked[i] > level:
            higher = True
            continue
        if across and distance_m(cadres, i, recipients, j, tables) > tables.max_m:
            continue
        taken = is_barred(barred, j, i)
        for at in range(first, count):
            taken = taken or choices[1, at] == i
        if not taken:
            picked[i] += 1
            choices[0, count] = j
            choices[1, count] = i
            count += 1
    return count, higher
