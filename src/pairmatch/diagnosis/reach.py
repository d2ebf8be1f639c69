"""Who may be paired with whom, asked of whole crowds without a list of pairs.

People are put in blocks of one kind, so that eligibility is looked up once for two blocks. Where
distance counts, blocks are of neighbours as well, and mostly lie within the limit, or beyond it,
as a whole.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import bare_kernel, inlined, inner_kernel
from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    PairCosts,
    RecipientSide,
    distance_m,
    table_costs_m,
)
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.points import morton

_BLOCK = 64
# how much of two blocks is within the distance
NOWHERE, ACROSS, NEAR = 0, 1, 2


class Blocks(NamedTuple):
    """People of one side, block after block.

    ``order`` holds positions, those of block b from ``start[b]`` to ``start[b + 1]``; ``low`` and
    ``high`` are the corners of the blocks, shape ``(3, blocks)``, metres.
    """

    order: IntArray
    start: IntArray
    low: FloatArray
    high: FloatArray


class Barred(NamedTuple):
    """Single pairs that do not count, by one side.

    Those of person p stand in ``other`` from ``start[p]`` to ``start[p + 1]``.
    """

    start: IntArray
    other: IntArray


def kind_columns(side: CadreSide | RecipientSide, tables: CostTables) -> list[IntArray]:
    """Return two columns that are equal for people who may be paired with the same people.

    Distance and single pairs apart. Sets, ranks, zones and categories that the rules treat alike
    are one.
    """
    forbidden, outside = tables.eligibility_m < 0, tables.outside_m < 0
    if isinstance(side, CadreSide):
        return [_alike(outside)[side.sponsor_set], _alike(forbidden)[side.rank]]
    return [_alike(outside.T)[side.zone], _alike(forbidden.T)[side.category]]


def _alike(table: BoolArray) -> IntArray:
    """Return a number for each row of a table, the same for equal rows."""
    if not table.any():
        return np.zeros(table.shape[0], dtype=np.int64)
    _, number = np.unique(table, axis=0, return_inverse=True)
    return number.astype(np.int64).reshape(-1)


@dataclass(frozen=True)
class Crowd:
    """Everybody of one side, by kind; by neighbourhood as well where there is a distance limit.

    ``order`` holds positions, ``kind`` the kind of each of these, and ``point`` where they stand,
    shape ``(3, n)``.
    """

    order: IntArray
    kind: IntArray
    point: FloatArray
    near: bool

    @classmethod
    def of(cls, side: CadreSide | RecipientSide, tables: CostTables) -> "Crowd":
        """Sort one side."""
        _, kind, size = group_rows(*pack_columns(*kind_columns(side, tables)))
        near = tables.max_m >= 0
        if near:
            order = np.lexsort((morton(side.point), kind))
        else:
            _, order = counting_sort(kind, size.shape[0])
        return cls(order, kind[order], side.point[:, order], near)

    def blocks(self, inside: BoolArray | None = None) -> Blocks:
        """Cut everybody, or those marked by position, into blocks."""
        order, kind, point = self.order, self.kind, self.point
        if inside is not None:
            kept = np.flatnonzero(inside[order])
            order, kind, point = order[kept], kind[kept], point[:, kept]
        if order.shape[0] == 0:
            nobody = np.zeros((3, 0), dtype=np.float64)
            return Blocks(order, np.zeros(1, dtype=np.int64), nobody, nobody)
        first = np.ones(kind.shape[0], dtype=np.bool_)
        first[1:] = kind[1:] != kind[:-1]
        if self.near:
            at = np.arange(kind.shape[0])
            first |= (at - np.flatnonzero(first)[np.cumsum(first) - 1]) % _BLOCK == 0
        start = np.flatnonzero(first)
        return Blocks(
            order,
            np.append(start, kind.shape[0]).astype(np.int64),
            np.ascontiguousarray(np.minimum.reduceat(point, start, axis=1)),
            np.ascontiguousarray(np.maximum.reduceat(point, start, axis=1)),
        )


class Crowds:
    """Both sides, each sorted when it is first asked for."""

    def __init__(self, costs: PairCosts) -> None:
        self._costs = costs

    @cached_property
    def cadres(self) -> Crowd:
        """All cadres."""
        return Crowd.of(self._costs.cadres, self._costs.tables)

    @cached_property
    def recipients(self) -> Crowd:
        """All recipients."""
        return Crowd.of(self._costs.recipients, self._costs.tables)


def barred_by(person: IntArray, other: IntArray, count: int) -> Barred:
    """Sort pairs by the person on one side; there are ``count`` of these."""
    first, order = counting_sort(person, count)
    return Barred(first, other[order])


@inner_kernel
def squared_limit(tables: CostTables) -> float:
    """Return what squared straight lines within the distance limit are below; -1 without one.

    A distance is the whole metres of a line times the detour, rounded down, so it is within the
    limit just if those whole metres are at most a certain number.
    """
    if tables.max_m < 0:
        return -1.0
    whole = ((tables.max_m + 1) * tables.detour_denominator - 1) // tables.detour_numerator
    return (whole + 1.0) ** 2


@inlined
def nearness(a: Blocks, block: int, b: Blocks, other: int, limit: float) -> int:
    """Tell how much of two blocks is within a squared limit: `NOWHERE`, `ACROSS` or `NEAR`."""
    if limit < 0:
        return NEAR
    least = 0.0
    most = 0.0
    for axis in range(3):
        above = a.low[axis, block] - b.high[axis, other]
        below = b.low[axis, other] - a.high[axis, block]
        gap = max(above, below, 0.0)
        least += gap * gap
        span = max(
            a.high[axis, block] - b.low[axis, other], b.high[axis, other] - a.low[axis, block]
        )
        most += span * span
    if least >= limit:
        return NOWHERE
    return NEAR if most < limit else ACROSS


@inner_kernel
def allowed(
    cadres: CadreSide,
    cadre_blocks: Blocks,
    block: int,
    recipients: RecipientSide,
    recipient_blocks: Blocks,
    other: int,
    tables: CostTables,
) -> bool:
    """Tell whether rules allow pairs of two blocks, distance apart."""
    i = cadre_blocks.order[cadre_blocks.start[block]]
    j = recipient_blocks.order[recipient_blocks.start[other]]
    return table_costs_m(cadres, i, recipients, j, tables) >= 0


@inner_kernel
def is_barred(barred: Barred, person: int, other: int) -> bool:
    """Tell whether a pair does not count."""
    for at in range(barred.start[person], barred.start[person + 1]):
        if barred.other[at] == other:
            return True
    return False


@bare_kernel
def touch_cadres(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    seekers: Blocks,
    targets: Blocks,
    barred: Barred,
    touched: BoolArray,
) -> None:
    """Mark the cadres who may be paired with one of the target recipients, barred pairs apart.

    ``barred`` is by cadre; cadres who are marked already are passed over.
    """
    max_m, limit = tables.max_m, squared_limit(tables)
    for block in range(seekers.start.shape[0] - 1):
        left = _unmarked(seekers, block, touched)
        for other in range(targets.start.shape[0] - 1):
            if left == 0:
                break
            near = nearness(seekers, block, targets, other, limit)
            if near == NOWHERE or not allowed(
                cadres, seekers, block, recipients, targets, other, tables
            ):
                continue
            for row in range(seekers.start[block], seekers.start[block + 1]):
                i = seekers.order[row]
                column = targets.start[other]
                while not touched[i] and column < targets.start[other + 1]:
                    j = targets.order[column]
                    column += 1
                    if near == NEAR or distance_m(cadres, i, recipients, j, tables) <= max_m:
                        touched[i] = not is_barred(barred, i, j)
            left = _unmarked(seekers, block, touched)


@bare_kernel
def touch_recipients(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    seekers: Blocks,
    targets: Blocks,
    barred: Barred,
    touched: BoolArray,
) -> None:
    """Mark the recipients who may be paired with one of the target cadres; see `touch_cadres`.

    ``barred`` is by recipient.
    """
    max_m, limit = tables.max_m, squared_limit(tables)
    for block in range(seekers.start.shape[0] - 1):
        left = _unmarked(seekers, block, touched)
        for other in range(targets.start.shape[0] - 1):
            if left == 0:
                break
            near = nearness(seekers, block, targets, other, limit)
            if near == NOWHERE or not allowed(
                cadres, targets, other, recipients, seekers, block, tables
            ):
                continue
            for row in range(seekers.start[block], seekers.start[block + 1]):
                j = seekers.order[row]
                column = targets.start[other]
                while not touched[j] and column < targets.start[other + 1]:
                    i = targets.order[column]
                    column += 1
                    if near == NEAR or distance_m(cadres, i, recipients, j, tables) <= max_m:
                        touched[j] = not is_barred(barred, j, i)
            left = _unmarked(seekers, block, touched)


@inner_kernel
def _unmarked(blocks: Blocks, block: int, marked: BoolArray) -> int:
    count = 0
    for row in range(blocks.start[block], blocks.start[block + 1]):
        count += not marked[blocks.order[row]]
    return count


def count_allowed(costs: PairCosts) -> IntArray:
    """Count the cadres whom the rules allow, distance and single pairs apart, shape ``(R,)``."""
    cadres, recipients, tables = costs
    people = np.zeros((tables.outside_m.shape[0], tables.eligibility_m.shape[0]), dtype=np.int64)
    np.add.at(people, (cadres.sponsor_set, cadres.rank), 1)
    inside = (tables.outside_m >= 0).astype(np.int64)
    by_kind = inside.T @ people @ (tables.eligibility_m >= 0).astype(np.int64)
    counts: IntArray = by_kind[recipients.zone, recipients.category]
    return counts


def count_in_reach(
    costs: PairCosts,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    capacity: IntArray,
    left: IntArray,
) -> IntArray:
    """Count the cadres of some recipients whom rules and distance allow, shape ``(3, R)``.

    How many they are, what they may take in all, and what they have left; single pairs are not
    considered.
    """
    counts = np.zeros((3, costs.recipients.category.shape[0]), dtype=np.int64)
    order, start = cadre_blocks.order, cadre_blocks.start[:-1]
    if start.shape[0]:
        amounts = np.stack([np.ones_like(order), capacity[order], left[order]])
        sums = np.ascontiguousarray(np.add.reduceat(amounts, start, axis=1))
        _count_in_reach(*costs, cadre_blocks, recipient_blocks, capacity, left, sums, counts)
    return counts


@bare_kernel
def _count_in_reach(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    capacity: IntArray,
    left: IntArray,
    sums: IntArray,
    counts: IntArray,
) -> None:
    """Add to the counts; ``sums`` are those of whole blocks, shape ``(3, blocks)``."""
    limit = squared_limit(tables)
    for other in range(recipient_blocks.start.shape[0] - 1):
        people, places, spare = 0, 0, 0
        for block in range(cadre_blocks.start.shape[0] - 1):
            near = nearness(cadre_blocks, block, recipient_blocks, other, limit)
            if near == NOWHERE or not allowed(
                cadres, cadre_blocks, block, recipients, recipient_blocks, other, tables
            ):
                continue
            if near == NEAR:
                people += sums[0, block]
                places += sums[1, block]
                spare += sums[2, block]
            else:
                _count_pairs(
                    cadres, cadre_blocks, block, recipients, recipient_blocks, other, tables,
                    capacity, left, counts,
                )  # fmt: skip
        for column in range(recipient_blocks.start[other], recipient_blocks.start[other + 1]):
            j = recipient_blocks.order[column]
            counts[0, j] += people
            counts[1, j] += places
            counts[2, j] += spare


@inner_kernel
def _count_pairs(
    cadres: CadreSide,
    cadre_blocks: Blocks,
    block: int,
    recipients: RecipientSide,
    recipient_blocks: Blocks,
    other: int,
    tables: CostTables,
    capacity: IntArray,
    left: IntArray,
    counts: IntArray,
) -> None:
    """Count pair by pair where the distance limit runs through two blocks."""
    for column in range(recipient_blocks.start[other], recipient_blocks.start[other + 1]):
        j = recipient_blocks.order[column]
        for row in range(cadre_blocks.start[block], cadre_blocks.start[block + 1]):
            i = cadre_blocks.order[row]
            if distance_m(cadres, i, recipients, j, tables) <= tables.max_m:
                counts[0, j] += 1
                counts[1, j] += capacity[i]
                counts[2, j] += left[i]
