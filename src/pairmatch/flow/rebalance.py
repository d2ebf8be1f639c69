"""A basis whose flows no longer balance, or break bounds, made feasible again."""

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import Int32Array, IntArray
from pairmatch.flow.simplex_arcs import AT_LOWER, AT_UPPER, IN_TREE, SimplexArcs
from pairmatch.flow.spanning_tree import (
    ARC,
    DEPTH,
    NONE,
    PARENT,
    ROOT,
    UP,
    SpanningTree,
    attach,
    detach,
    following,
    make_all_explicit,
    make_leaves_implicit,
)


@kernel
def balance_along_tree(arcs: SimplexArcs, tree: SpanningTree, excess: IntArray) -> bool:
    """Send excess up the tree, node by node, as far as the tree takes it; tell if all is balanced.

    For small changes: it changes the flow of the few arcs between the nodes concerned and leaves
    the tree, and so all potentials, as they are. Whatever it cannot send stays where it is, for
    `rebalance`.
    """
    node = tree.node
    for v in range(1, excess.shape[0]):
        amount = excess[v]
        at = v
        while amount != 0 and node[at, PARENT] != ROOT:
            arc = node[at, ARC]
            flow = arcs.flow[arc] + (amount if node[at, UP] else -amount)
            if flow < 0 or flow > arcs.capacity[arc]:
                break
            arcs.flow[arc] = flow
            excess[at] -= amount
            at = node[at, PARENT]
            excess[at] += amount
    return not excess[1:].any()


@kernel
def rebalance(arcs: SimplexArcs, tree: SpanningTree, excess: IntArray, artificial: int) -> int:
    """Send excess up the tree; where a tree arc cannot take it, cut the tree there.

    A subtree that is cut off is joined to the root by its artificial arc, which carries what the
    bound did not allow; further pivots find a better way for that. Potentials are left to
    `pairmatch.flow.spanning_tree.set_potentials`.

    Parameters
    ----------
    excess
        Shape ``(N + 1,)``: what comes in at each node, beyond what its arcs carry away; zero at
        the end.
    artificial
        Unit cost of the artificial arcs.

    Returns
    -------
    int
        How many subtrees were cut off or have other potentials now; if none, all reduced costs are
        as they were.
    """
    node = tree.node
    make_all_explicit(tree, arcs.unit_cost)
    count = node.shape[0]
    order = np.empty(count, dtype=np.int64)
    length = 0
    at = following(node, ROOT, ROOT)
    while at != NONE:
        order[length] = at
        length += 1
        at = following(node, at, ROOT)
    changed = 0
    for k in range(length - 1, -1, -1):
        v = order[k]
        arc = node[v, ARC]
        up = node[v, UP] == 1
        before = arcs.flow[arc]
        wanted = before + excess[v] if up else before - excess[v]
        parent = node[v, PARENT]
        own = v - 1
        if arc == own:
            # an artificial arc takes everything, reversed where it must be
            carried = wanted if up else -wanted
            # reversed it gives its subtree other potentials
            changed += up != (carried >= 0)
            _point(arcs, node, v, carried)
            arcs.unit_cost[own] = artificial
            excess[v] = 0
            continue
        flow = min(max(wanted, 0), arcs.capacity[arc])
        arcs.flow[arc] = flow
        passed = flow - before if up else before - flow
        excess[parent] += passed
        left = excess[v] - passed
        excess[v] = 0
        if left == 0:
            continue
        changed += 1
        arcs.state[arc] = AT_LOWER if flow == 0 else AT_UPPER
        detach(node, v)
        attach(node, v, ROOT)
        node[v, ARC] = own
        arcs.state[own] = IN_TREE
        arcs.unit_cost[own] = artificial
        _point(arcs, node, v, left)
    excess[ROOT] = 0
    # a node that was cut off still comes before its children
    for k in range(length):
        node[order[k], DEPTH] = node[node[order[k], PARENT], DEPTH] + 1
    make_leaves_implicit(node)
    return changed


@inner_kernel
def _point(arcs: SimplexArcs, node: Int32Array, v: int, carried: int) -> None:
    """Let the artificial arc of a child of the root carry a given flow towards the root."""
    up = carried >= 0
    arcs.flow[v - 1] = carried if up else -carried
    arcs.tail[v - 1] = v if up else ROOT
    arcs.head[v - 1] = ROOT if up else v
    node[v, UP] = up
