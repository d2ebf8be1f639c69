"""Pricing, box against box, for a chunk of recipients: compiled, and free of the interpreter lock.

Where the least distance between two boxes, the least that their groups cost besides, the smallest
u of the one and the largest v of the other add up to the bar or more, none of the pairs between
them is wanted. The bar is 0, or, where only the best are wanted, the worst that is still kept.
"""

import math
from typing import NamedTuple, TypeAlias

import numpy as np

from pairmatch._kernels import inlined, inner_kernel, kernel
from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    RecipientSide,
    locality_m,
    with_detour_m,
)
from pairmatch.heaps import push, replace_top
from pairmatch.transport.boxes import BoxTree

# cadre, recipient, cost, sums and least keys by recipient (in the order of the boxes), evaluated
ChunkResult: TypeAlias = tuple[IntArray, IntArray, IntArray, IntArray, IntArray, int]


class Field(NamedTuple):
    """What a pass needs to know of the problem, people in the order of their boxes.

    ``table_costs``, ``apart`` and ``together`` are what `group_costs` returns, ``recipient_area``
    is the `small_area` of recipients, ``closed`` and ``has_closed`` are what `closed_in_order`
    returns, and no lowest box of cadres holds more than ``longest_leaf``. ``cadre_order`` and
    ``recipient_order`` say which classes people are in the order of their boxes.
    """

    cadres: CadreSide
    recipients: RecipientSide
    tables: CostTables
    cadre_tree: BoxTree
    recipient_tree: BoxTree
    group_of_leaf: IntArray
    table_costs: IntArray
    apart: IntArray
    together: IntArray
    cadre_size: IntArray
    recipient_size: IntArray
    recipient_area: IntArray
    closed: IntArray
    has_closed: BoolArray
    longest_leaf: int
    cadre_order: IntArray
    recipient_order: IntArray


class Duals(NamedTuple):
    """The potentials of a pass, shifted left, by person and by box; ``v`` includes the margin."""

    u: IntArray
    v: IntArray
    least_u: IntArray
    most_v: IntArray
    shift: int
    margin: int


class Proposals(NamedTuple):
    """What a chunk has found so far.

    ``key`` and ``item`` hold a max-heap of ``per_recipient`` entries for each recipient from
    ``begin`` on: the keys, 0 where there is none yet, and the cadres of all others. A row means
    something only where ``least`` is below 0, as most never get an entry. ``sums`` add
    up negative reduced costs, and ``least`` are the smallest keys; with ``only_best`` the sums lack
    the pairs that are not proposed.
    """

    key: IntArray
    item: IntArray
    sums: IntArray
    least: IntArray
    begin: int
    per_recipient: int
    only_best: bool


class Workspace(NamedTuple):
    """What a chunk needs while it works: a stack of boxes, groups with their bounds, distances.

    ``near`` and ``near_bound`` are the groups of cadres that `_groups_in_reach` leaves, and how
    near they are.
    """

    stack: IntArray
    near: IntArray
    near_bound: IntArray
    group: IntArray
    bound: IntArray
    distance: FloatArray


@inner_kernel
def _is_closed(closed: IntArray, key: int) -> bool:
    # np.searchsorted would take longer to compile than all else in here
    begin = 0
    end = closed.shape[0]
    while begin < end:
        middle = (begin + end) >> 1
        if closed[middle] < key:
            begin = middle + 1
        else:
            end = middle
    return bool(begin < closed.shape[0] and closed[begin] == key)


@inlined
def _least_distance_m(
    cadres: BoxTree, box: int, recipients: BoxTree, leaf: int, tables: CostTables
) -> int:
    """Return a distance that no pair of people in two boxes falls short of."""
    square = 0.0
    for axis in range(3):
        gap = max(
            cadres.low[axis, box] - recipients.high[axis, leaf],
            recipients.low[axis, leaf] - cadres.high[axis, box],
        )
        if gap > 0:
            square += gap * gap
    return with_detour_m(math.sqrt(square), tables)


@inlined
def _line_to_box_m(
    point: FloatArray, one: int, low: FloatArray, high: FloatArray, box: int
) -> float:
    """Return a straight distance that nobody in a box falls short of from one person."""
    square = 0.0
    for axis in range(3):
        gap = max(low[axis, box] - point[axis, one], point[axis, one] - high[axis, box])
        if gap > 0:
            square += gap * gap
    return math.sqrt(square)


@inlined
def _price_leaf(  # noqa: C901  # a call would count references to arrays at every pair
    field: Field,
    duals: Duals,
    group: int,
    box: int,
    leaf: int,
    proposals: Proposals,
    distance: FloatArray,
) -> tuple[int, int]:
    """Price the people of two lowest boxes pair by pair.

    Returns the new bar, what a bound without v must stay below to matter to any of the recipients,
    and how many pairs were priced one by one.
    """
    # each part is taken out of its record once: numba counts references at every access
    cadres, recipients, tables = field.cadres, field.recipients, field.tables
    u, v, shift, margin = duals.u, duals.v, duals.shift, duals.margin
    closed, has_closed, size = field.closed, field.has_closed, field.cadre_size
    keys, items, sums, least = proposals.key, proposals.item, proposals.sums, proposals.least
    width, only_best = proposals.per_recipient, proposals.only_best
    area = field.recipient_area
    low, high = field.cadre_tree.low, field.cadre_tree.high
    of_cadre, of_recipient = cadres.point, recipients.point
    numerator, denominator = tables.detour_numerator, tables.detour_denominator
    metre = tables.metre
    of_group = field.group_of_leaf[leaf]
    table_costs = field.table_costs[of_group, group]
    apart = field.apart[of_group, group] - table_costs
    together = field.together[of_group, group] - table_costs
    least_u = duals.least_u[box]
    least_area, most_area = field.cadre_tree.least_area[box], field.cadre_tree.most_area[box]
    first, last = field.cadre_tree.first[box], field.cadre_tree.last[box]
    new_bar = np.int64(-1) << 62
    evaluated = 0
    for j in range(field.recipient_tree.first[leaf], field.recipient_tree.last[leaf]):
        row = (j - proposals.begin) * width
        base = table_costs - v[j]
        smallest = least[j - proposals.begin]
        bar = keys[row] if only_best and smallest < 0 else 0
        locality = together if least_area <= area[j] <= most_area else apart
        line = _line_to_box_m(of_recipient, j, low, high, box)
        if base + locality + least_u + metre * with_detour_m(line, tables) >= bar:
            new_bar = max(new_bar, bar + v[j])
            continue
        evaluated += last - first
        x, y, z = of_recipient[0, j], of_recipient[1, j], of_recipient[2, j]
        # in a loop of its own, which the compiler makes vector instructions of
        for k in range(last - first):
            dx = of_cadre[0, first + k] - x
            dy = of_cadre[1, first + k] - y
            dz = of_cadre[2, first + k] - z
            line = np.floor(np.sqrt(dx * dx + dy * dy + dz * dz))
            distance[k] = np.floor(line * numerator / denominator)
        total = 0
        for i in range(first, last):
            metres = np.int64(distance[i - first])
            key = base + u[i] + metre * metres
            if key + locality >= bar or (tables.max_m >= 0 and metres > tables.max_m):
                continue
            key += locality_m(cadres, i, recipients, j, tables)
            if cadres.inherited[i] or recipients.inherited[j]:
                key += tables.inherited_m
            if key >= bar or (has_closed[j] and _is_closed(closed, (j << 32) | i)):
                continue
            total += min(0, (key + margin) >> shift) * size[i]
            if smallest == 0:
                keys[row : row + width] = 0
            smallest = min(smallest, key)
            if key < keys[row]:
                replace_top(keys, items, row, row + width, key, i, -1)
                if only_best:
                    bar = keys[row]
        sums[j - proposals.begin] += total
        least[j - proposals.begin] = smallest
        new_bar = max(new_bar, bar + v[j])
    return int(new_bar), evaluated


@inlined
def _price_group(
    field: Field,
    duals: Duals,
    group: int,
    leaf: int,
    proposals: Proposals,
    workspace: Workspace,
    bar: int,
) -> tuple[int, int]:
    """Price a group of cadres with the people of a lowest box.

    Returns the new bar and how many pairs were priced one by one.
    """
    tree = field.cadre_tree
    most_m, metre = field.tables.max_m, field.tables.metre
    of_group = field.group_of_leaf[leaf]
    apart, together = field.apart[of_group, group], field.together[of_group, group]
    least_area = field.recipient_tree.least_area[leaf]
    most_area = field.recipient_tree.most_area[leaf]
    box_least_area, box_most_area = tree.least_area, tree.most_area
    least_u, stack = duals.least_u, workspace.stack
    stack[0] = tree.root[group]
    length = 1
    evaluated = 0
    while length > 0:
        length -= 1
        box = stack[length]
        meet = box_least_area[box] <= most_area and least_area <= box_most_area[box]
        bound = least_u[box] + (together if meet else apart)
        if bound >= bar:
            continue
        between = _least_distance_m(tree, box, field.recipient_tree, leaf, field.tables)
        if bound + metre * between >= bar or (most_m >= 0 and between > most_m):
            continue
        if box < tree.leaves:
            bar, more = _price_leaf(field, duals, group, box, leaf, proposals, workspace.distance)
            evaluated += more
            continue
        for inner in range(tree.first[box], tree.last[box]):
            stack[length] = inner
            length += 1
    return bar, evaluated


@inner_kernel
def _groups_in_reach(field: Field, duals: Duals, of_group: int, workspace: Workspace) -> int:
    """Put the groups of cadres that may matter to a group of recipients into a heap of bounds.

    Returns how many they are.
    """
    tree, least_u = field.cadre_tree, duals.least_u
    most_m, metre = field.tables.max_m, field.tables.metre
    table_costs, together = field.table_costs, field.together
    root = field.recipient_tree.root[of_group]
    bar = duals.most_v[root]
    count = 0
    for group in range(tree.root.shape[0]):
        bound = least_u[tree.root[group]] + together[of_group, group]
        if table_costs[of_group, group] < 0 or bound >= bar:
            continue
        between = _least_distance_m(
            tree, tree.root[group], field.recipient_tree, root, field.tables
        )
        if bound + metre * between < bar and (most_m < 0 or between <= most_m):
            push(workspace.near_bound, workspace.near, count, bound + metre * between, group)
            count += 1
    return count


@inlined
def _sort_one_more(near_bound: IntArray, near: IntArray, left: int) -> None:
    """Move the nearest of a heap of ``left`` groups to its end."""
    bound, group = near_bound[0], near[0]
    last = left - 1
    replace_top(near_bound, near, 0, last, near_bound[last], near[last], 1)
    near_bound[last], near[last] = bound, group


@inner_kernel
def _price_near_groups(
    field: Field,
    duals: Duals,
    leaf: int,
    proposals: Proposals,
    workspace: Workspace,
    reach: int,
    known: int,
) -> tuple[int, int]:
    """Price the groups in reach with the people of a lowest box.

    With ``only_best`` the nearest come first, until what is found makes all others needless. How
    near they are to the whole group of recipients is a bound for each of its lowest boxes. So a
    box looks only at those that come before the nearest it knows, and the order of the others
    need not be known: of ``near``, the last ``known`` are sorted, nearest last, and the rest is a
    heap.

    Returns the pairs priced and how many are sorted by now.
    """
    of_group = field.group_of_leaf[leaf]
    tree, only_best = field.cadre_tree, proposals.only_best
    bar = duals.most_v[leaf]
    near, near_bound = workspace.near, workspace.near_bound
    groups, bounds = workspace.group, workspace.bound
    taken = waiting = evaluated = 0
    while True:
        while taken < reach:
            if only_best and taken == known:
                _sort_one_more(near_bound, near, reach - known)
                known += 1
            at = reach - taken - 1
            if only_best and (
                near_bound[at] >= bar or (waiting > 0 and near_bound[at] > bounds[0])
            ):
                break
            taken += 1
            group = near[at]
            root = tree.root[group]
            bound = duals.least_u[root] + field.together[of_group, group]
            if only_best:
                bound += field.tables.metre * _least_distance_m(
                    tree, root, field.recipient_tree, leaf, field.tables
                )
            if bound < bar:
                push(bounds, groups, waiting, bound, group)
                waiting += 1
        if waiting == 0 or bounds[0] >= bar:
            return evaluated, known
        group = groups[0]
        waiting -= 1
        replace_top(bounds, groups, 0, waiting, bounds[waiting], groups[waiting], 1)
        bar, more = _price_group(field, duals, group, leaf, proposals, workspace, bar)
        evaluated += more


@inner_kernel
def _count_proposals(proposals: Proposals) -> int:
    keys, least, width = proposals.key, proposals.least, proposals.per_recipient
    count = 0
    for row in range(least.shape[0]):
        if least[row] != 0:
            for k in range(row * width, row * width + width):
                count += keys[k] != 0
    return count


@inner_kernel
def _list_proposals(
    field: Field,
    duals: Duals,
    proposals: Proposals,
    cadre: IntArray,
    recipient: IntArray,
    cost: IntArray,
) -> None:
    """Put cadres and recipients of the proposals, by classes, and their costs into arrays."""
    cadre_order, recipient_order, u, v = field.cadre_order, field.recipient_order, duals.u, duals.v
    items, keys, width = proposals.item, proposals.key, proposals.per_recipient
    place = 0
    for row in range(proposals.least.shape[0]):
        if proposals.least[row] == 0:
            continue
        j = proposals.begin + row
        for k in range(row * width, row * width + width):
            if keys[k] != 0:
                i = items[k]
                cadre[place] = cadre_order[i]
                recipient[place] = recipient_order[j]
                cost[place] = keys[k] - u[i] + v[j]
                place += 1


@kernel
def price_chunk(
    field: Field,
    duals: Duals,
    begin_leaf: int,
    end_leaf: int,
    per_recipient: int,
    only_best: bool,  # noqa: FBT001  # kernels take arguments by position
) -> ChunkResult:
    """Price the recipients of the lowest boxes ``begin_leaf`` to ``end_leaf`` against all cadres.

    The key of a pair is its cost plus ``u - v``, both shifted left by ``shift`` bits; its reduced
    cost is the key shifted back. Costs are below 2**40, so the reduced cost is the difference of
    the potentials alone when ``shift`` is 40, and ties go to the cheaper pair.
    """
    begin = field.recipient_tree.first[begin_leaf]
    people = field.recipient_tree.last[end_leaf - 1] - begin
    proposals = Proposals(
        np.empty(people * per_recipient, dtype=np.int64),
        np.empty(people * per_recipient, dtype=np.int64),
        np.zeros(people, dtype=np.int64),
        np.zeros(people, dtype=np.int64),
        begin,
        per_recipient,
        only_best,
    )
    groups = field.cadre_tree.root.shape[0]
    workspace = Workspace(
        np.empty(field.cadre_tree.first.shape[0] + 1, dtype=np.int64),
        np.empty(groups, dtype=np.int64),
        np.empty(groups, dtype=np.int64),
        np.empty(groups, dtype=np.int64),
        np.empty(groups, dtype=np.int64),
        np.empty(field.longest_leaf),
    )
    # a literal is a type of its own, for which all that takes it would be compiled once more
    nothing = int(np.int64(0))
    evaluated = reach = known = nothing
    of_group = -1
    for leaf in range(begin_leaf, end_leaf):
        if field.group_of_leaf[leaf] != of_group:
            of_group = field.group_of_leaf[leaf]
            reach = _groups_in_reach(field, duals, of_group, workspace)
            known = nothing
        more, known = _price_near_groups(field, duals, leaf, proposals, workspace, reach, known)
        evaluated += more
    for j in range(people):
        proposals.sums[j] *= field.recipient_size[begin + j]
    count = _count_proposals(proposals)
    cadre = np.empty(count, dtype=np.int64)
    recipient = np.empty(count, dtype=np.int64)
    cost = np.empty(count, dtype=np.int64)
    _list_proposals(field, duals, proposals, cadre, recipient, cost)
    return (
        cadre,
        recipient,
        cost,
        proposals.sums,
        proposals.least,
        evaluated,
    )
