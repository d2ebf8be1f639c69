"""The sum of negative reduced costs over all pairs, block by block.

Nothing of the solver's is used here: people are put in blocks by a grid, and a pair of blocks is
passed over only if the least distance between them, the smallest u of the one and the largest v
of the other already add up to 0 or more. Distances are rounded down, so that is exact.
"""

import math
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import FloatArray, IntArray
from pairmatch.formulate.costs import (
    CostTables,
    PairCosts,
    distance_m,
    locality_m,
    table_costs_m,
)
from pairmatch.threads import PlainThreads, available_threads

BLOCK = 64
_CELL_M = 20_000
_BLOCKS_AT_ONCE = 16


class Blocks(NamedTuple):
    """People of one side in blocks of neighbours.

    ``order`` has shape ``(n,)``: positions, block after block, block b being those from ``64 b``
    on. ``low`` and ``high`` are the blocks' corners, shape ``(3, blocks)``, metres; ``dual`` is the
    one dual value of each block that bounds the others.
    """

    order: IntArray
    low: FloatArray
    high: FloatArray
    dual: IntArray


def negative_sums(
    costs: PairCosts, u: IntArray, v: IntArray, recipient_count: IntArray
) -> IntArray:
    """Sum up the negative reduced costs of each cadre with all recipients.

    Parameters
    ----------
    costs
        Between ``n`` kinds of cadres and ``m`` kinds of recipients; no pair costs less than 0.
    u, v
        Shapes ``(n,)`` and ``(m,)``.
    recipient_count
        Shape ``(m,)``: how many recipients there are of each kind.

    Returns
    -------
    IntArray
        Shape ``(n,)``. The caller sees to it that no sum leaves 64 bits.
    """
    cadres = blocks_of(costs.cadres.point, u, np.minimum)
    recipients = blocks_of(costs.recipients.point, v, np.maximum)
    sums = np.zeros(u.shape[0], dtype=np.int64)
    count = cadres.dual.shape[0]
    with PlainThreads(available_threads(None)) as pool:
        parts = [
            pool.submit(
                _add_negative,
                costs,
                cadres,
                recipients,
                u,
                v,
                recipient_count,
                begin,
                min(begin + _BLOCKS_AT_ONCE, count),
                sums,
            )
            for begin in range(0, count, _BLOCKS_AT_ONCE)
        ]
        for part in parts:
            part.result()
    return sums


def blocks_of(point: FloatArray, dual: IntArray, bound: np.ufunc) -> Blocks:
    """Put people in blocks of neighbours, each with the dual value that ``bound`` picks.

    ``point`` has shape ``(3, n)``, ``dual`` shape ``(n,)``.
    """
    cell = np.floor_divide(point, _CELL_M).astype(np.int64)
    order = np.lexsort((dual, *cell)).astype(np.int64)
    starts = np.arange(0, order.shape[0], BLOCK)
    if starts.shape[0] == 0:
        return Blocks(order, point, point, dual)
    placed = point[:, order]
    return Blocks(
        order,
        np.minimum.reduceat(placed, starts, axis=1),
        np.maximum.reduceat(placed, starts, axis=1),
        bound.reduceat(dual[order], starts),
    )


@inner_kernel
def _least_distance_m(a: Blocks, block: int, b: Blocks, other: int, tables: CostTables) -> int:
    square = 0.0
    for axis in range(3):
        gap = max(
            a.low[axis, block] - b.high[axis, other], b.low[axis, other] - a.high[axis, block]
        )
        square += max(gap, 0.0) ** 2
    line = math.floor(math.sqrt(square))
    return math.floor(line * tables.detour_numerator / tables.detour_denominator)


@kernel
def _add_negative(  # noqa: C901  # one loop, in the order in which tests are cheap
    costs: PairCosts,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    u: IntArray,
    v: IntArray,
    recipient_count: IntArray,
    begin: int,
    end: int,
    sums: IntArray,
) -> None:
    """Add to the sums of the cadres in blocks ``begin`` to ``end``."""
    # each part is taken out of its record once: numba counts references at every access
    cadres, recipients, tables = costs.cadres, costs.recipients, costs.tables
    cadre_order, recipient_order = cadre_blocks.order, recipient_blocks.order
    for block in range(begin, end):
        for other in range(recipient_blocks.dual.shape[0]):
            difference = recipient_blocks.dual[other] - cadre_blocks.dual[block]
            if difference <= 0:
                continue
            least = _least_distance_m(cadre_blocks, block, recipient_blocks, other, tables)
            if difference <= least * tables.metre:
                continue
            last = min((other + 1) * BLOCK, recipient_order.shape[0])
            for row in range(block * BLOCK, min((block + 1) * BLOCK, cadre_order.shape[0])):
                i = cadre_order[row]
                total = 0
                for column in range(other * BLOCK, last):
                    j = recipient_order[column]
                    reduced = u[i] - v[j]
                    if reduced >= 0:
                        continue
                    table_costs = table_costs_m(cadres, i, recipients, j, tables)
                    if table_costs < 0 or reduced + table_costs >= 0:
                        continue
                    distance = distance_m(cadres, i, recipients, j, tables)
                    if tables.max_m >= 0 and distance > tables.max_m:
                        continue
                    cost = distance * tables.metre + table_costs
                    cost += locality_m(cadres, i, recipients, j, tables)
                    if cadres.inherited[i] or recipients.inherited[j]:
                        cost += tables.inherited_m
                    total += min(0, reduced + cost) * recipient_count[j]
                sums[i] += total
