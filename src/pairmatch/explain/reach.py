"""All ordinary pairs between groups of people who are alike, in boxes, from either side.

Whoever is at one point, has the same table costs and the same duals is alike for every search. The
pairs of one group are listed by boxes, as in `pairmatch.transport.boxes`: nothing is stored by
pair.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.formulate.costs import CadreSide, CostTables, PairCosts, RecipientSide
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.points import morton
from pairmatch.transport.boxes import (
    Boxes,
    BoxTree,
    boxes,
    group_costs,
    least_of_boxes,
    small_area,
    table_cost_groups,
)
from pairmatch.tuning import DEFAULT_TUNING


class Reach(NamedTuple):
    """From ``n`` groups of one side to ``m`` groups of the other, whose places are in boxes.

    Attributes
    ----------
    expanders, targets, tables
        Costs; targets in the order of the boxes.
    tree, order, place
        The boxes of the targets, the group at each place, and the place of each group.
    kind, area
        Shape ``(n,)``: the group of table costs of each expander, and its `small_area`.
    apart, together
        Shape (kinds, kinds of targets): see `pairmatch.transport.boxes.group_costs`; `apart` is
        -1 where no pair of them may be made.
    u, v, most_v
        Shapes ``(n,)``, ``(m,)`` in the order of the boxes, and by box: the reduced cost of a pair
        is its cost plus u less v.
    """

    expanders: CadreSide
    targets: RecipientSide
    tables: CostTables
    tree: BoxTree
    order: IntArray
    place: IntArray
    kind: IntArray
    area: IntArray
    apart: IntArray
    together: IntArray
    u: IntArray
    v: IntArray
    most_v: IntArray


@dataclass(frozen=True)
class Groups:
    """People of one side in groups.

    Attributes
    ----------
    of_person
        Shape ``(people,)``.
    representative
        Shape ``(groups,)``: one person of each.
    begin, member
        Shapes ``(groups + 1,)`` and ``(people,)``: people group by group.
    """

    of_person: IntArray
    representative: IntArray
    begin: IntArray
    member: IntArray

    @property
    def count(self) -> int:
        """How many groups there are."""
        return int(self.representative.shape[0])


def cadre_groups(formulation: Formulation, duals: tuple[IntArray, ...]) -> Groups:
    """Group cadres who are alike; ``duals`` hold the dual of each level."""
    side, table = formulation.costs.cadres, formulation.costs.tables.eligibility_m
    used = np.flatnonzero(np.bincount(formulation.costs.recipients.category))
    columns = formulation.cadre_point_idx, side.sponsor_set, _alike(table[:, used])[side.rank]
    return _groups(side, (*columns, *duals))


def recipient_groups(formulation: Formulation, duals: tuple[IntArray, ...]) -> Groups:
    """Group recipients who are alike; ``duals`` hold the dual of each level."""
    side, table = formulation.costs.recipients, formulation.costs.tables.eligibility_m
    used = np.flatnonzero(np.bincount(formulation.costs.cadres.rank))
    columns = formulation.recipient_point_idx, side.zone, _alike(table.T[:, used])[side.category]
    return _groups(side, (*columns, *duals))


def reaches(costs: PairCosts, u: IntArray, v: IntArray) -> tuple[Reach, Reach]:
    """Return the pairs from cadres to recipients, and those from recipients to cadres.

    Parameters
    ----------
    costs
        Between groups.
    u, v
        Shapes ``(n,)`` and ``(m,)``: the duals of cadres and recipients.
    """
    cadres = boxes(costs.cadres, DEFAULT_TUNING.leaf, DEFAULT_TUNING.fan)
    recipients = boxes(costs.recipients, DEFAULT_TUNING.leaf, DEFAULT_TUNING.fan)
    table_costs, apart, together = group_costs(costs, cadres, recipients)
    may_not = table_costs < 0
    apart[may_not] = together[may_not] = -1
    back = costs.transposed()
    return (
        _reach(costs, recipients, apart.T, together.T, u, v),
        _reach(back, cadres, apart, together, -v, -u),
    )


def _reach(
    costs: PairCosts,
    targets: Boxes,
    apart: IntArray,
    together: IntArray,
    u: IntArray,
    v: IntArray,
) -> Reach:
    order = targets.order
    people = np.arange(u.shape[0])
    placed = costs.take(people, order)
    return Reach(
        expanders=placed.cadres,
        targets=placed.recipients,
        tables=costs.tables,
        tree=targets.tree,
        order=order,
        place=np.argsort(order),
        kind=table_cost_groups(placed.cadres)[1],
        area=small_area(placed.cadres),
        apart=np.ascontiguousarray(apart),
        together=np.ascontiguousarray(together),
        u=np.ascontiguousarray(u),
        v=v[order],
        most_v=least_of_boxes(targets.tree, v[order], -1),
    )


def _groups(side: CadreSide | RecipientSide, columns: tuple[IntArray, ...]) -> Groups:
    """Group equal rows, neighbours next to each other."""
    first, group, _ = group_rows(*pack_columns(*columns))
    order = np.argsort(morton(side.point[:, first]), kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(order.shape[0])
    of_person = number[group]
    return Groups(of_person, first[order], *counting_sort(of_person, order.shape[0]))


def _alike(table: IntArray) -> IntArray:
    """Return a number for each row of a table, the same where rows are equal."""
    if table.shape[1] == 0:
        return np.zeros(table.shape[0], dtype=np.int64)
    _, number = np.unique(table, axis=0, return_inverse=True)
    return number.astype(np.int64).reshape(-1)
