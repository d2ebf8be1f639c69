"""Pivots of the primal network simplex method.

The entering arc is chosen from a short list of candidates. Arcs stand in bundles, those with the
same head together, and bundles are visited in strides all over the network: each gives its most
violating arc to the list until that is long enough, then the worst of the list enter one after
another. Neighbouring bundles are far apart in the network, which makes the list a fair sample
(visiting them in order takes several times as many pivots), while the arcs of one bundle lie
together in memory.

The leaving arc is the last blocking one along the cycle from its topmost node, which keeps a
strongly feasible tree strongly feasible and so rules cycling out :cite:p:`cunningham1976network`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pairmatch._kernels import kernel
from pairmatch.flow.network import IntArray
from pairmatch.flow.spanning_tree import (
    ARC,
    NONE,
    PARENT,
    SIZE,
    UP,
    Int32Array,
    SpanningTree,
    regraft,
    resize_path,
    shift_subtree,
)

AT_LOWER = 1
IN_TREE = 0
AT_UPPER = -1


class SimplexArcs(NamedTuple):
    """Arcs as the simplex method keeps them, shape ``(A,)`` each.

    ``tail`` and ``head`` are nodes of the tree, unsigned so that kernels need no check for
    negative positions; ``flow`` runs from 0 to ``capacity``; ``state`` is `AT_LOWER`, `IN_TREE` or
    `AT_UPPER`, int8. A violation is a negative product of state and reduced cost.
    """

    tail: npt.NDArray[np.uint32]
    head: npt.NDArray[np.uint32]
    capacity: IntArray
    unit_cost: IntArray
    flow: IntArray
    state: npt.NDArray[np.int8]


class Bundles(NamedTuple):
    """Runs of arcs that are priced together.

    ``first`` has one entry a bundle, its first arc, and ``last`` the arc after its last one;
    ``stride`` and the number of bundles have no common divisor.
    """

    first: IntArray
    last: IntArray
    stride: int


@kernel
def violation(arcs: SimplexArcs, potential: IntArray, arc: int) -> int:
    """Return the reduced cost of an arc, signed so that it is negative where the arc may enter."""
    return int(
        arcs.state[arc]
        * (arcs.unit_cost[arc] + potential[arcs.tail[arc]] - potential[arcs.head[arc]])
    )


@kernel
def push(arcs: SimplexArcs, node: Int32Array, at: np.int64, end: np.int64, amount: int) -> None:
    """Send flow from a node up the tree to one of its ancestors (down, where negative)."""
    while at != end:
        arc = node[at, ARC]
        arcs.flow[arc] += amount if node[at, UP] else -amount
        at = np.int64(node[at, PARENT])


@kernel
def enter(arcs: SimplexArcs, tree: SpanningTree, arc: int) -> bool:
    """Let an arc enter the tree, or move to its other bound; tell whether any flow moved."""
    node = tree.node
    rising = arcs.state[arc] == AT_LOWER
    # flow runs down the tree to `source`, over the arc to `target`, and up the tree again
    source = np.int64(arcs.tail[arc] if rising else arcs.head[arc])
    target = np.int64(arcs.head[arc] if rising else arcs.tail[arc])
    room_down = arcs.capacity[arc]
    room_up = room_down
    out_down = np.int64(NONE)
    out_up = np.int64(NONE)
    u = source
    v = target
    while u != v:
        # whoever has fewer nodes below cannot be an ancestor of the other
        if node[u, SIZE] < node[v, SIZE]:
            step = node[u, ARC]
            room = arcs.flow[step] if node[u, UP] else arcs.capacity[step] - arcs.flow[step]
            if room < room_down:
                room_down = room
                out_down = u
            u = np.int64(node[u, PARENT])
        else:
            step = node[v, ARC]
            room = arcs.capacity[step] - arcs.flow[step] if node[v, UP] else arcs.flow[step]
            if room <= room_up:
                room_up = room
                out_up = v
            v = np.int64(node[v, PARENT])
    join = u
    amount = min(room_down, room_up)
    if amount > 0:
        arcs.flow[arc] += amount if rising else -amount
        push(arcs, node, source, join, -amount)
        push(arcs, node, target, join, amount)
    if out_up != NONE and room_up <= room_down:
        top, inner, outer = int(out_up), int(target), int(source)
    elif out_down != NONE:
        top, inner, outer = int(out_down), int(source), int(target)
    else:
        arcs.state[arc] = -arcs.state[arc]
        return bool(amount > 0)
    reduced = arcs.unit_cost[arc] + tree.potential[arcs.tail[arc]] - tree.potential[arcs.head[arc]]
    leaving = node[top, ARC]
    arcs.state[leaving] = AT_LOWER if arcs.flow[leaving] == 0 else AT_UPPER
    arcs.state[arc] = IN_TREE
    moved = node[top, SIZE]
    resize_path(node, np.int64(node[top, PARENT]), join, -moved)
    resize_path(node, np.int64(outer), join, moved)
    from_inner = arcs.tail[arc] == inner
    regraft(node, top, inner, outer, arc, from_inner)
    shift_subtree(tree, inner, -reduced if from_inner else reduced)
    return bool(amount > 0)


@kernel
def list_candidates(
    arcs: SimplexArcs, potential: IntArray, bundles: Bundles, at: int, listed: IntArray
) -> tuple[int, int]:
    """Fill the list with the most violating arc of each bundle that has one.

    Returns
    -------
    length, at
        How many were found (0 after all bundles were visited in vain), and the next bundle.
    """
    count = bundles.first.shape[0]
    length = 0
    visited = 0
    while visited < count and length < listed.shape[0]:
        worst = 0
        worst_arc = NONE
        for arc in range(bundles.first[at], bundles.last[at]):
            value = violation(arcs, potential, arc)
            if value < worst:
                worst = value
                worst_arc = arc
        if worst_arc != NONE:
            listed[length] = worst_arc
            length += 1
        visited += 1
        at += bundles.stride
        if at >= count:
            at -= count
    return length, at


@kernel
def worst_to_end(arcs: SimplexArcs, potential: IntArray, listed: IntArray, length: int) -> int:
    """Drop what no longer violates, put the worst of the rest last, and return the new length."""
    worst = 0
    place = 0
    k = 0
    while k < length:
        value = violation(arcs, potential, listed[k])
        if value >= 0:
            length -= 1
            listed[k] = listed[length]
            continue
        if value < worst:
            worst = value
            place = k
        k += 1
    if length > 0:
        listed[place], listed[length - 1] = listed[length - 1], listed[place]
    return length


@kernel
def pivot_repeatedly(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    at: int,
    listed: IntArray,
    most_from_list: int,
    most_pivots: int,
) -> tuple[bool, int, int, int]:
    """Pivot until optimal, or for about so many pivots.

    Parameters
    ----------
    at
        The bundle to begin with.
    listed
        Room for the list of candidates; its length is how long the list gets.
    most_from_list
        How many arcs may enter before a new list is made.

    Returns
    -------
    optimal, at, pivots, degenerate
        Whether no arc is left that may enter, the bundle to go on with, how many pivots there
        were, and how many of them moved no flow.
    """
    pivots = 0
    degenerate = 0
    while pivots < most_pivots:
        length, at = list_candidates(arcs, tree.potential, bundles, at, listed)
        if length == 0:
            return True, at, pivots, degenerate
        for _ in range(most_from_list):
            length = worst_to_end(arcs, tree.potential, listed, length)
            if length == 0:
                break
            length -= 1
            degenerate += not enter(arcs, tree, listed[length])
            pivots += 1
    return False, at, pivots, degenerate
