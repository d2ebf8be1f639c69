"""Pivots of the primal network simplex method.

The entering arc is the worst of a block of arcs :cite:p:`kiraly2012efficient`, which are stored in
a mixed order, or comes from a short list of candidates (`pairmatch.flow.pricing_rule` says when).
For lists, arcs with the same head are stored together as a bundle. Bundles are visited in strides
all over the network. Each gives its most violating arc to the list until that is long enough, then
the worst of the list enter one after another. Bundles that are visited one after another are far
apart in the network, which makes the list a fair sample (without strides there are several times as
many pivots), while the arcs of one bundle are contiguous in memory. Once candidates have become
rare, the next ones are searched among the arcs that can violate because of the last pivot.

Positions are unsigned in innermost loops: kernels then need no check for negative ones, which is a
fifth of a pivot's time.

The leaving arc is the last blocking one along the cycle from its topmost node, which keeps a
strongly feasible tree strongly feasible and so rules cycling out :cite:p:`cunningham1976network`.
"""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import bare_kernel, inner_kernel
from pairmatch.arrays import Int32Array, IntArray
from pairmatch.flow.incidence import Incidence, list_nearby
from pairmatch.flow.simplex_arcs import (
    AT_LOWER,
    AT_UPPER,
    IN_TREE,
    RUN,
    Bundles,
    Listed,
    SimplexArcs,
)
from pairmatch.flow.spanning_tree import (
    ARC,
    NONE,
    PARENT,
    UP,
    SpanningTree,
    depth_of,
    potential_of,
    regraft,
)

# a new list is made once one in this number of its candidates has entered
_SHARE = 3
# bundles visited for each candidate, as long as there are plenty
_EASILY_FOUND = 4

# most that enter from a list that is filled nearby again: on a warm start pivots could cycle,
# and the caller must be able to count them and to stop
_MOST_ENTERED = 1024
# a search near the pivot takes longer than it saves where more potentials have changed
_MOST_MOVED = 512

# the longest list of candidates; what is found near a pivot comes on top
LISTED = 96
LISTED_NEARBY = 448

# no node, as an unsigned number
NOBODY = np.uint32((1 << 32) - 1)

NO_PIVOT = 0
DEGENERATE = 1
FLOW_MOVED = 2


class Progress(NamedTuple):
    """What some lists of candidates came to.

    Attributes
    ----------
    optimal
        No arc is left that may enter.
    at
        The bundle to continue with.
    pivots, degenerate
        Pivots, and those of them that moved no flow.
    visited, found
        Bundles that were visited, and candidates that were in them.
    searched
        Bundles that were visited for lists of rare candidates.
    """

    optimal: bool
    at: int
    pivots: int
    degenerate: int
    visited: int
    found: int
    searched: int


@inner_kernel
def push(arcs: SimplexArcs, node: Int32Array, at: np.uint32, end: np.uint32, amount: int) -> None:
    """Send flow from a node up the tree to one of its ancestors (down, where negative)."""
    while at != end:
        arc = np.uint32(node[at, ARC])
        arcs.flow[arc] += amount if node[at, UP] else -amount
        at = np.uint32(node[at, PARENT])


@inner_kernel
def enter(arcs: SimplexArcs, tree: SpanningTree, arc: int) -> tuple[int, int]:
    """Let an arc enter the tree, or move to its other bound, if it violates after all.

    Returns
    -------
    outcome, moved
        `NO_PIVOT`, `DEGENERATE` or `FLOW_MOVED`; and how many nodes at the beginning of the tree's
        queue have a new potential, see `regraft`.
    """
    node = tree.node
    head = potential_of(node, tree.potential, arcs.unit_cost, arcs.head[arc])
    reduced = arcs.unit_cost[arc] + tree.potential[arcs.tail[arc]] - head
    if arcs.state[arc] * reduced >= 0:
        return NO_PIVOT, 0
    rising = arcs.state[arc] == AT_LOWER
    # flow runs down the tree to `source`, over the arc to `target`, and up the tree again
    source = arcs.tail[arc] if rising else arcs.head[arc]
    target = arcs.head[arc] if rising else arcs.tail[arc]
    residual_down = arcs.capacity[arc]
    residual_up = residual_down
    out_down = NOBODY
    out_up = NOBODY
    u = source
    v = target
    depth_u = depth_of(node, int(u))
    depth_v = depth_of(node, int(v))
    while u != v:
        # the deeper node is no ancestor of the other, so its tree arc is on the cycle
        if depth_u >= depth_v:
            step = np.uint32(node[u, ARC])
            residual = arcs.flow[step] if node[u, UP] else arcs.capacity[step] - arcs.flow[step]
            if residual < residual_down:
                residual_down = residual
                out_down = u
                # in a strongly feasible tree there is residual capacity up to the root from
                # everywhere: the first arc without any on this side is the last blocking one of the
                # whole cycle
                if residual == 0:
                    break
            u = np.uint32(node[u, PARENT])
            depth_u -= 1
        else:
            step = np.uint32(node[v, ARC])
            residual = arcs.capacity[step] - arcs.flow[step] if node[v, UP] else arcs.flow[step]
            if residual <= residual_up:
                residual_up = residual
                out_up = v
            v = np.uint32(node[v, PARENT])
            depth_v -= 1
    amount = min(residual_down, residual_up)
    if amount > 0:
        join = u
        arcs.flow[arc] += amount if rising else -amount
        push(arcs, node, source, join, -amount)
        push(arcs, node, target, join, amount)
    if out_up != NOBODY and residual_up <= residual_down:
        top, inner, outer = int(out_up), int(target), int(source)
    elif out_down != NOBODY:
        top, inner, outer = int(out_down), int(source), int(target)
    else:
        arcs.state[arc] = -arcs.state[arc]
        return (FLOW_MOVED if amount > 0 else DEGENERATE), 0
    leaving = node[top, ARC]
    arcs.state[leaving] = AT_LOWER if arcs.flow[leaving] == 0 else AT_UPPER
    arcs.state[arc] = IN_TREE
    from_inner = arcs.tail[arc] == inner
    rise = -reduced if from_inner else reduced
    shifted = regraft(tree, arcs.unit_cost, top, inner, outer, arc, from_inner, rise)
    return (FLOW_MOVED if amount > 0 else DEGENERATE), shifted


@bare_kernel
def any_violates(arcs: SimplexArcs, tree: SpanningTree, suspects: IntArray) -> bool:
    """Tell whether one of some arcs may enter the tree."""
    for arc in suspects:
        tail = potential_of(tree.node, tree.potential, arcs.unit_cost, arcs.tail[arc])
        head = potential_of(tree.node, tree.potential, arcs.unit_cost, arcs.head[arc])
        if arcs.state[arc] * (arcs.unit_cost[arc] + tail - head) < 0:
            return True
    return False


@inner_kernel
def list_candidates(
    arcs: SimplexArcs, tree: SpanningTree, bundles: Bundles, at: int, listed: Listed
) -> tuple[int, int, int]:
    """Fill the list with the most violating arc of each bundle that has one.

    Returns
    -------
    length, at, visited
        How many were found (0 after all bundles were visited in vain), the next bundle, and how
        many bundles were visited.
    """
    first, last = bundles.first, bundles.last
    count = first.shape[0]
    runs = -(-count // RUN)
    length = 0
    visited = 0
    while visited < count and length <= LISTED - RUN:
        for bundle in range(at * RUN, min(at * RUN + RUN, count)):
            worst = np.int64(0)
            worst_arc = np.int64(NONE)
            there = arcs.head[first[bundle]]
            head = potential_of(tree.node, tree.potential, arcs.unit_cost, there)
            for arc in range(np.uint64(first[bundle]), np.uint64(last[bundle])):
                reduced = arcs.unit_cost[arc] + tree.potential[arcs.tail[arc]] - head
                value = arcs.state[arc] * reduced
                if value < worst:
                    worst = value
                    worst_arc = np.int64(arc)
            if worst_arc != NONE:
                listed.arc[length] = worst_arc
                listed.value[length] = worst
                length += 1
            visited += 1
        at += bundles.stride
        if at >= runs:
            at -= runs
    return length, at, visited


@inner_kernel
def list_worst_of_block(
    arcs: SimplexArcs, tree: SpanningTree, bundles: Bundles, at: int, listed: Listed
) -> tuple[int, int, int]:
    """Put the most violating arc of the next block of arcs that has one into the list.

    Returns
    -------
    length, at, visited
        1, or 0 after all arcs were visited in vain; the next arc; and how many were visited.
    """
    tail, head, cost, state = arcs.tail, arcs.head, arcs.unit_cost, arcs.state
    potential = tree.potential
    count = bundles.first.shape[0]
    begin = bundles.first[0] if count > 0 else 0
    worst = np.int64(0)
    worst_arc = np.int64(NONE)
    visited = 0
    while visited < count and worst_arc == NONE:
        end = min(at + bundles.block, count)
        for arc in range(np.uint64(begin + at), np.uint64(begin + end)):
            value = state[arc] * (cost[arc] + potential[tail[arc]] - potential[head[arc]])
            if value < worst:
                worst = value
                worst_arc = np.int64(arc)
        visited += end - at
        at = end if end < count else 0
    listed.arc[0] = worst_arc
    listed.value[0] = worst
    return int(worst_arc != NONE), at, visited


@inner_kernel
def worst_to_end(listed: Listed, length: int) -> None:
    """Put the candidate that violated most last, by what was so when it was listed.

    By how much an arc violates changes with every pivot. To compute that again for the whole list
    takes five memory accesses each; `enter` does so for the arc that it gets.
    """
    arcs, values = listed.arc, listed.value
    place = 0
    worst = values[0]
    for k in range(1, length):
        if values[k] < worst:
            worst = values[k]
            place = k
    arcs[place], arcs[length - 1] = arcs[length - 1], arcs[place]
    values[place], values[length - 1] = values[length - 1], worst


@bare_kernel
def pivot_repeatedly(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    at: int,
    listed: Listed,
    rare: int,
    most_lists: int,
    most_searched: int,
) -> Progress:
    """Pivot until optimal, through a number of lists of candidates, or until they are rare.

    Parameters
    ----------
    incidence
        Where candidates are rare, they are searched near the last pivot by that, if it is known.
    at
        The bundle to begin with, counted from the first one; with block search each arc is a
        bundle.
    listed
        Workspace for `LISTED` candidates, and for those found nearby.
    rare
        Candidates are rare where this number of bundles was visited for each.
    most_lists
        Return after this number of lists or blocks.
    most_searched
        Return once more bundles were visited for lists of rare candidates.
    """
    optimal = False
    pivots = 0
    degenerate = 0
    visited = 0
    found = 0
    searched = 0
    known = incidence.first_leaving.shape[0] > 0
    for _ in range(most_lists):
        if searched > most_searched:
            break
        if bundles.block > 0:
            length, at, more = list_worst_of_block(arcs, tree, bundles, at, listed)
        else:
            length, at, more = list_candidates(arcs, tree, bundles, at, listed)
        if length == 0:
            optimal = True
            break
        is_rare = more > rare * length
        searched += more * is_rare
        visited += more
        found += length
        # the best part of a list is worth more than all of it, unless it was hard to come by
        rest = length - max(1, length // _SHARE) if more <= _EASILY_FOUND * length else 0
        entered = 0
        while length > rest and entered < _MOST_ENTERED:
            entered += 1
            worst_to_end(listed, length)
            length -= 1
            entering = listed.arc[length]
            outcome, moved = enter(arcs, tree, entering)
            degenerate += outcome == DEGENERATE
            pivots += outcome != NO_PIVOT
            if is_rare and known and outcome != NO_PIVOT and moved <= _MOST_MOVED:
                length = list_nearby(
                    arcs, tree, bundles, incidence, entering, moved, listed, length
                )
    return Progress(optimal, at, pivots, degenerate, visited, found, searched)
