"""People in boxes: groups of equal attributes, cut into boxes of neighbours, boxes within boxes.

Everybody in a group has the same table costs with everybody in a group of the other side, so that
what a pair costs besides its distance is known for two groups at once, or bounded below where
they may share a township. Within a group people stay in the order in which they come, along a curve
on which neighbours follow each other (`pairmatch.transport.classes`), and are cut into runs; a box
around each run, and boxes around runs of boxes, bound all distances between two of them.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.formulate.costs import (
    ABOVE,
    CadreSide,
    CostTables,
    PairCosts,
    RecipientSide,
    table_costs_m,
)
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.model.places import AREA_LEVELS

# province, prefecture, county: below that groups do not look
_SHARED_LEVELS = AREA_LEVELS.index("township")


class BoxTree(NamedTuple):
    """Boxes over the people of one side, who are kept in the order of ``Boxes.order``.

    The boxes of the lowest level come first; a box is above the ones that it holds.

    Attributes
    ----------
    low, high
        Shape ``(3, B)``, metres: corners.
    least_area, most_area
        Shape ``(B,)``: the smallest and the largest of its people's `small_area`; none at all where
        the smallest is above the largest.
    first, last
        Shape ``(B,)``: the people, or for boxes above the lowest level the boxes, that it holds.
    leaves
        How many boxes are of the lowest level.
    root
        Shape ``(G,)``: the box around each group.
    """

    low: FloatArray
    high: FloatArray
    least_area: IntArray
    most_area: IntArray
    first: IntArray
    last: IntArray
    leaves: int
    root: IntArray


@dataclass(frozen=True)
class Boxes:
    """One side in boxes.

    Attributes
    ----------
    order
        Shape ``(n,)``: positions in the order in which the tree holds people.
    group_of_leaf
        Shape ``(leaves,)``: the group of each box of the lowest level.
    representative
        Shape ``(G,)``: somebody of each group, as a position.
    tree
        The boxes.
    """

    order: IntArray
    group_of_leaf: IntArray
    representative: IntArray
    tree: BoxTree


class _Level(NamedTuple):
    """The boxes of one level; see `BoxTree`."""

    first: IntArray
    last: IntArray
    low: FloatArray
    high: FloatArray
    least_area: IntArray
    most_area: IntArray


def boxes(side: CadreSide | RecipientSide, leaf: int, fan: int) -> Boxes:
    """Put one side into boxes of at most ``leaf`` people, and boxes of at most ``fan`` boxes.

    People next to each other are best near each other: boxes are small then.
    """
    count = side.point.shape[1]
    representative, group, size = table_cost_groups(side)
    area = small_area(side)
    order = np.lexsort((area, group)).astype(np.int64)
    point, area = side.point[:, order], area[order]
    begin = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    first, last, of_group = cut_into_runs(begin[:-1], begin[1:], leaf)
    low = np.minimum.reduceat(point, first, axis=1) if count else point
    high = np.maximum.reduceat(point, first, axis=1) if count else point
    known = np.where(area < 0, np.iinfo(np.int64).max, area)
    least_area = np.minimum.reduceat(known, first) if count else area
    most_area = np.maximum.reduceat(area, first) if count else area
    levels = [_Level(first, last, low, high, least_area, most_area)]
    leaves = first.shape[0]
    offset = 0
    group_of_leaf = of_group
    while first.shape[0] > representative.shape[0]:
        ends = np.searchsorted(of_group, np.arange(representative.shape[0] + 1))
        inner, outer, of_group = cut_into_runs(
            ends[:-1].astype(np.int64), ends[1:].astype(np.int64), fan
        )
        below = levels[-1]
        levels.append(
            _Level(
                inner + offset,
                outer + offset,
                np.minimum.reduceat(below.low, inner, axis=1),
                np.maximum.reduceat(below.high, inner, axis=1),
                np.minimum.reduceat(below.least_area, inner),
                np.maximum.reduceat(below.most_area, inner),
            )
        )
        offset += first.shape[0]
        first = inner
    tree = BoxTree(
        low=np.ascontiguousarray(np.concatenate([level.low for level in levels], axis=1)),
        high=np.ascontiguousarray(np.concatenate([level.high for level in levels], axis=1)),
        least_area=np.concatenate([level.least_area for level in levels]),
        most_area=np.concatenate([level.most_area for level in levels]),
        first=np.concatenate([level.first for level in levels]),
        last=np.concatenate([level.last for level in levels]),
        leaves=leaves,
        root=np.arange(representative.shape[0], dtype=np.int64) + offset,
    )
    return Boxes(order, group_of_leaf, representative, tree)


def table_cost_groups(
    side: CadreSide | RecipientSide, also: tuple[IntArray, ...] = ()
) -> tuple[IntArray, IntArray, IntArray]:
    """Group people who lie in the same county and have the same table costs; see `group_rows`.

    ``also`` are further columns, shape ``(n,)`` each, that must be equal within a group.
    """
    counties = (side.ancestor[level].astype(np.int64) for level in range(_SHARED_LEVELS))
    table_costs = (
        (side.sponsor_set, side.rank) if isinstance(side, CadreSide) else (side.zone, side.category)
    )
    return group_rows(*pack_columns(*counties, *table_costs, *also))


def small_area(side: CadreSide | RecipientSide) -> IntArray:
    """Return everybody's township, or the village of those in no township, or -1.

    Two people share a township or a village only if this is the same area for both.
    """
    township, village = side.ancestor[_SHARED_LEVELS], side.ancestor[_SHARED_LEVELS + 1]
    area: IntArray = np.where(township >= 0, township, village).astype(np.int64)
    return area


def cut_into_runs(
    begin: IntArray, end: IntArray, length: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Cut ranges, none of them empty, into runs: first, last and the range of each."""
    parts = -(-(end - begin) // length)
    of_range = np.repeat(np.arange(begin.shape[0], dtype=np.int64), parts)
    nth = np.arange(of_range.shape[0]) - np.repeat(np.cumsum(parts) - parts, parts)
    first = begin[of_range] + nth * length
    return first, np.minimum(first + length, end[of_range]), of_range


def group_costs(
    costs: PairCosts, cadres: Boxes, recipients: Boxes
) -> tuple[IntArray, IntArray, IntArray]:
    """Return what pairs of two groups cost at least, besides their distance.

    Returns
    -------
    table_costs, apart, together
        Shape (groups of recipients, groups of cadres), metres each: without a surcharge by
        locality, `INELIGIBLE` where no pair of them may be made, and then the others mean nothing;
        with that of pairs who share no small area; and with the least that may be. Groups of
        cadres run fastest, since pricing holds all of them against one group of recipients.
    """
    return _group_costs(
        *costs.take(cadres.representative, recipients.representative),
        costs.tables.locality_m[_SHARED_LEVELS:ABOVE].min(),
    )


@kernel
def _group_costs(
    cadres: CadreSide, recipients: RecipientSide, tables: CostTables, below_county_m: int
) -> tuple[IntArray, IntArray, IntArray]:
    table_costs = np.empty((recipients.category.shape[0], cadres.rank.shape[0]), dtype=np.int64)
    apart = np.empty_like(table_costs)
    together = np.empty_like(table_costs)
    for j in range(table_costs.shape[0]):
        for i in range(table_costs.shape[1]):
            least = table_costs_m(cadres, i, recipients, j, tables)
            locality = tables.locality_m[ABOVE]
            differ = False
            for level in range(_SHARED_LEVELS):
                area = cadres.ancestor[level, i]
                other = recipients.ancestor[level, j]
                if area >= 0 and area == other:
                    locality = tables.locality_m[level]
                differ = differ or (area >= 0 and other >= 0 and area != other)
            table_costs[j, i] = least
            apart[j, i] = least + locality
            # people of different counties share no small area
            together[j, i] = least + (locality if differ else min(locality, below_county_m))
    return table_costs, apart, together


@kernel
def least_of_boxes(tree: BoxTree, value: IntArray, sign: int) -> IntArray:
    """Return the least value in each box (the greatest with ``sign`` -1), people in tree order."""
    least = np.empty(tree.first.shape[0], dtype=np.int64)
    for box in range(tree.first.shape[0]):
        best = np.int64(1) << 62
        for k in range(tree.first[box], tree.last[box]):
            best = min(best, sign * value[k] if box < tree.leaves else sign * least[k])
        least[box] = sign * best
    return least


def closed_in_order(
    closed_cadre: IntArray, closed_recipient: IntArray, cadres: Boxes, recipients: Boxes
) -> tuple[IntArray, BoolArray]:
    """Return closed pairs as sorted keys of tree positions, and who of the recipients has any."""
    place_of_cadre = np.argsort(cadres.order)
    place_of_recipient = np.argsort(recipients.order)
    place = place_of_recipient[closed_recipient]
    touched = np.zeros(recipients.order.shape[0], dtype=np.bool_)
    touched[place] = True
    return np.sort((place << 32) | place_of_cadre[closed_cadre]), touched
