"""Arcs by the nodes that they are incident to: those that can violate because of a pivot.

A pivot changes the potentials of one subtree. If no other arc violated before, only arcs with an
end in the subtree can violate now, and these are fewer than all. So as soon as candidates are rare,
the next ones are searched near the last pivot.
"""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import Int32Array
from pairmatch.flow.simplex_arcs import IN_TREE, Bundles, Listed, SimplexArcs
from pairmatch.flow.spanning_tree import NONE, PARENT, Node, SpanningTree, is_implicit, potential_of

# a node with more arcs than that is left out: it would be searched after nearly every pivot
_MOST_LEAVING = 16384


class Incidence(NamedTuple):
    """Arcs by node; arcs that were added later are not in it.

    Attributes
    ----------
    first_leaving, leaving
        Shapes ``(N + 2,)`` and ``(A,)``: where the arcs of each node begin, and the arcs that leave
        it. The first is empty where nothing is known.
    first_bundle, bundle
        Shapes ``(N + 2,)`` and ``(B,)``: the same for the bundles of arcs that enter it.
    """

    first_leaving: Int32Array
    leaving: Int32Array
    first_bundle: Int32Array
    bundle: Int32Array


def nothing_known() -> Incidence:
    """Return an incidence without arcs."""
    none = np.zeros(0, dtype=np.int32)
    return Incidence(none, none, none, none)


@kernel
def incidence_of(arcs: SimplexArcs, bundles: Bundles, nodes: int) -> Incidence:
    """Sort the arcs of all bundles by tail and the bundles by head, by counting.

    ``nodes`` counts the root as well. The artificial arcs are in no bundle, and not in here.
    """
    first, last = bundles.first, bundles.last
    first_leaving = np.zeros(nodes + 1, dtype=np.int32)
    first_bundle = np.zeros(nodes + 1, dtype=np.int32)
    for k in range(first.shape[0]):
        first_bundle[arcs.head[first[k]] + 1] += 1
        for arc in range(first[k], last[k]):
            first_leaving[arcs.tail[arc] + 1] += 1
    for v in range(nodes):
        first_leaving[v + 1] += first_leaving[v]
        first_bundle[v + 1] += first_bundle[v]
    leaving = np.empty(first_leaving[nodes], dtype=np.int32)
    bundle = np.empty(first.shape[0], dtype=np.int32)
    next_leaving, next_bundle = first_leaving.copy(), first_bundle.copy()
    for k in range(first.shape[0]):
        head = arcs.head[first[k]]
        bundle[next_bundle[head]] = k
        next_bundle[head] += 1
        for arc in range(first[k], last[k]):
            tail = arcs.tail[arc]
            leaving[next_leaving[tail]] = arc
            next_leaving[tail] += 1
    return Incidence(first_leaving, leaving, first_bundle, bundle)


@inner_kernel
def _list_entering(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    v: Node,
    listed: Listed,
    length: int,
) -> int:
    """Add the most violating arc of each bundle that enters a node."""
    tail, state, unit_cost, potential = arcs.tail, arcs.state, arcs.unit_cost, tree.potential
    head = potential_of(tree.node, potential, unit_cost, v)
    for k in range(incidence.first_bundle[v], incidence.first_bundle[v + 1]):
        bundle = incidence.bundle[k]
        worst = 0
        worst_arc = NONE
        for arc in range(bundles.first[bundle], bundles.last[bundle]):
            value = state[arc] * (unit_cost[arc] + potential[tail[arc]] - head)
            if value < worst:
                worst = value
                worst_arc = arc
        if worst_arc != NONE and length < listed.arc.shape[0]:
            listed.arc[length] = worst_arc
            listed.value[length] = worst
            length += 1
    return length


@inner_kernel
def _list_leaving(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    v: Node,
    listed: Listed,
    length: int,
) -> int:
    """Add the most violating arc that leaves a node, and what enters its implicit children."""
    state, heads, unit_cost, potential = arcs.state, arcs.head, arcs.unit_cost, tree.potential
    if incidence.first_leaving[v + 1] - incidence.first_leaving[v] > _MOST_LEAVING:
        return length
    worst = 0
    worst_arc = NONE
    for k in range(incidence.first_leaving[v], incidence.first_leaving[v + 1]):
        arc = incidence.leaving[k]
        head = heads[arc]
        if state[arc] == IN_TREE:
            if tree.node[head, PARENT] == v and is_implicit(tree.node, head):
                length = _list_entering(arcs, tree, bundles, incidence, head, listed, length)
            continue
        there = potential_of(tree.node, potential, unit_cost, head)
        value = state[arc] * (unit_cost[arc] + potential[v] - there)
        if value < worst:
            worst = value
            worst_arc = arc
    if worst_arc != NONE and length < listed.arc.shape[0]:
        listed.arc[length] = worst_arc
        listed.value[length] = worst
        length += 1
    return length


@inner_kernel
def list_nearby(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    entered: int,
    moved: int,
    listed: Listed,
    length: int,
) -> int:
    """Add to a list of candidates the most violating arcs of the nodes that a pivot has moved.

    Parameters
    ----------
    entered
        The arc that entered: of those listed with it only one could be the worst, so both of its
        ends are searched again.
    moved
        How many nodes at the beginning of the tree's queue have moved.

    Returns
    -------
    int
        The new length. A list that is full takes no more.

    Notes
    -----
    O(arcs incident to what has moved).
    """
    head, tail = arcs.head[entered], arcs.tail[entered]
    length = _list_entering(arcs, tree, bundles, incidence, head, listed, length)
    length = _list_leaving(arcs, tree, bundles, incidence, tail, listed, length)
    for k in range(moved):
        if length == listed.arc.shape[0]:
            break
        # of the same type as above: what takes it is compiled once
        v = np.uint32(tree.queue[k])
        length = _list_entering(arcs, tree, bundles, incidence, v, listed, length)
        length = _list_leaving(arcs, tree, bundles, incidence, v, listed, length)
    return length
