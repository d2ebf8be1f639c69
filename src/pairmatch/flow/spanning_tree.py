"""The spanning tree of a network simplex basis, as one table of nodes.

A node's row holds its parent, the arc that joins the two and which way it points, its position
among its parent's children, and its depth. A pivot reads a few rows at random, so a row is stored
in half a cache line.

Most nodes of a transportation problem are terminal: no arc leaves them. A terminal node without
children is *implicit*: it is not in its parent's list of children, and its potential and depth
are not stored, as they follow from its parent's and the arc between them. So a pivot that moves a
subtree changes only those few of its nodes that hold it together. A node is implicit if
and only if it is terminal and its list of children is empty.
"""

from typing import NamedTuple, TypeAlias

import numpy as np

from pairmatch._kernels import bare_kernel, inlined, inner_kernel, kernel
from pairmatch.arrays import BoolArray, Int32Array, IntArray

# a node; where it is unsigned, kernels need no check for negative positions
Node: TypeAlias = int | np.uint32

ROOT = 0
NONE = -1

# columns of the table
PARENT = 0  # NONE for the root
ARC = 1  # the arc to the parent
UP = 2  # 1 if that arc points to the parent, 0 if from it
CHILD = 3  # the first child, or NONE
NEXT = 4  # the next child of the same parent, or NONE
BEFORE = 5  # the child before it, or NONE
DEPTH = 6  # arcs to the root; meaningless for implicit nodes
TERMINAL = 7  # 1 if no arc leaves the node, else 0
_COLUMNS = 8


class SpanningTree(NamedTuple):
    """A tree over ``N`` nodes and the root, which is node 0.

    Attributes
    ----------
    node
        Shape ``(N + 1, 8)``, int32; see the constants of this module.
    potential
        Shape ``(N + 1,)``, int64: every tree arc has a reduced cost of 0. Meaningless for implicit
        nodes.
    queue
        Shape ``(N + 3,)``, int32: workspace for a walk over a subtree, and two positions beyond it.
    """

    node: Int32Array
    potential: IntArray
    queue: Int32Array


def star(points_up: BoolArray, unit_cost: IntArray, terminal: BoolArray) -> SpanningTree:
    """Join every node to the root by an arc of its own; none is implicit as yet.

    Parameters
    ----------
    points_up
        Shape ``(N,)``: the arc points to the root. Arc ``v`` joins node ``v + 1`` to the root.
    unit_cost
        Shape ``(N,)``: unit costs of those arcs.
    terminal
        Shape ``(N,)``: no other arc leaves the node.
    """
    count = points_up.shape[0]
    node = np.full((count + 1, _COLUMNS), NONE, dtype=np.int32)
    node[1:, PARENT] = ROOT
    node[1:, ARC] = np.arange(count)
    node[1:, UP] = points_up
    node[1:-1, NEXT] = np.arange(2, count + 1)
    node[2:, BEFORE] = np.arange(1, count)
    node[1:, DEPTH] = 1
    node[ROOT, TERMINAL] = 0
    node[1:, TERMINAL] = terminal
    node[ROOT, CHILD] = 1 if count else NONE
    node[ROOT, DEPTH] = 0
    potential = np.zeros(count + 1, dtype=np.int64)
    potential[1:] = np.where(points_up, -unit_cost, unit_cost)
    return SpanningTree(node, potential, np.empty(count + 3, dtype=np.int32))


@bare_kernel
def rebuild(node: Int32Array, parent: IntArray) -> bool:
    """Make the table a tree of given parents, keeping arcs; tell whether they form one at all.

    ``parent`` has shape ``(N + 1,)`` and NONE for the root.
    """
    for v in range(node.shape[0]):
        node[v, CHILD] = NONE
        node[v, NEXT] = NONE
        node[v, BEFORE] = NONE
    for v in range(node.shape[0] - 1, ROOT, -1):
        attach(node, v, parent[v])
    node[ROOT, DEPTH] = 0
    reached = 1
    at = following(node, ROOT, ROOT)
    while at != NONE:
        node[at, DEPTH] = node[node[at, PARENT], DEPTH] + 1
        reached += 1
        at = following(node, at, ROOT)
    return bool(reached == node.shape[0])


@inner_kernel
def is_implicit(node: Int32Array, v: Node) -> bool:
    """Tell whether a node is left out of its parent's children and has no potential of its own."""
    return bool(node[v, TERMINAL] == 1 and node[v, CHILD] == NONE)


@inlined
def potential_of(node: Int32Array, potential: IntArray, unit_cost: IntArray, v: Node) -> np.int64:
    """Return the potential of any node."""
    value: np.int64 = potential[v]
    if node[v, TERMINAL] == 1 and node[v, CHILD] == NONE:
        cost = unit_cost[np.uint32(node[v, ARC])]
        value = potential[np.uint32(node[v, PARENT])] + (-cost if node[v, UP] else cost)
    return value


@inner_kernel
def depth_of(node: Int32Array, v: int) -> int:
    """Return how many arcs there are between any node and the root."""
    if is_implicit(node, v):
        return int(node[np.uint32(node[v, PARENT]), DEPTH] + 1)
    return int(node[v, DEPTH])


@inner_kernel
def make_explicit(tree: SpanningTree, unit_cost: IntArray, v: int) -> None:
    """Put an implicit node among its parent's children: it is about to get a child."""
    tree.potential[v] = potential_of(tree.node, tree.potential, unit_cost, v)
    tree.node[v, DEPTH] = depth_of(tree.node, v)
    attach(tree.node, v, tree.node[v, PARENT])


@bare_kernel
def make_all_explicit(tree: SpanningTree, unit_cost: IntArray) -> None:
    """Put all implicit nodes among their parents' children.

    Until `make_leaves_implicit` the tree may be traversed in full, but not be pivoted on.
    """
    for v in range(tree.node.shape[0] - 1, ROOT, -1):
        if is_implicit(tree.node, v):
            make_explicit(tree, unit_cost, v)


@bare_kernel
def make_leaves_implicit(node: Int32Array) -> None:
    """Take terminal nodes without children out of their parents' lists."""
    for v in range(1, node.shape[0]):
        if is_implicit(node, v):
            detach(node, v)


@inner_kernel
def attach(node: Int32Array, child: Node, parent: Node) -> None:
    """Put a node first among the children of another."""
    first = node[parent, CHILD]
    node[child, PARENT] = parent
    node[child, NEXT] = first
    node[child, BEFORE] = NONE
    if first != NONE:
        node[first, BEFORE] = child
    node[parent, CHILD] = child


@inner_kernel
def detach(node: Int32Array, child: Node) -> None:
    """Take a node out of its parent's children."""
    before = node[child, BEFORE]
    after = node[child, NEXT]
    if before != NONE:
        node[before, NEXT] = after
    else:
        node[np.uint32(node[child, PARENT]), CHILD] = after
    if after != NONE:
        node[after, BEFORE] = before


@inner_kernel
def following(node: Int32Array, at: int, top: int) -> int:
    """Return the node after ``at`` in depth-first order of the subtree of ``top``, or NONE.

    Implicit nodes are left out.
    """
    if node[at, CHILD] != NONE:
        return int(node[at, CHILD])
    while at != top and node[at, NEXT] == NONE:
        at = node[at, PARENT]
    return NONE if at == top else int(node[at, NEXT])


@inner_kernel
def shift_subtree(tree: SpanningTree, top: int, amount: int) -> int:
    """Add to the potentials of a subtree and set its depths again, by the depth above it.

    Returns
    -------
    int
        How many nodes that are, implicit ones left out. They come first in the queue.

    Notes
    -----
    Breadth first: rows that are next to each other in the queue do not depend on each other, so
    that the processor fetches several from memory at a time.
    """
    node, potential, queue = tree.node, tree.potential, tree.queue
    potential[top] += amount
    node[top, DEPTH] = node[node[top, PARENT], DEPTH] + 1
    queue[0] = top
    queue[1] = node[top, CHILD]
    begin = np.uint32(1)
    end = np.uint32(2 if node[top, CHILD] != NONE else 1)
    while begin < end:
        at = np.uint32(queue[begin])
        begin += np.uint32(1)
        potential[at] += amount
        node[at, DEPTH] = node[np.uint32(node[at, PARENT]), DEPTH] + 1
        # no branches: there are two positions left in any case
        queue[end] = node[at, CHILD]
        end += np.uint32(node[at, CHILD] != NONE)
        queue[end] = node[at, NEXT]
        end += np.uint32(node[at, NEXT] != NONE)
    return int(end)


@inner_kernel
def regraft(
    tree: SpanningTree,
    unit_cost: IntArray,
    top: int,
    inner: int,
    outer: int,
    arc: int,
    up: bool,  # noqa: FBT001  # kernels take arguments by position
    amount: int,
) -> int:
    """Cut the subtree of ``top`` off and join it to ``outer`` by its node ``inner``.

    The path from ``inner`` to ``top`` is reversed, and the potentials of the subtree rise by
    ``amount``. Returns how many nodes at the beginning of the queue have moved, implicit
    ones left out unless there is no other.
    """
    node = tree.node
    if is_implicit(node, outer):
        make_explicit(tree, unit_cost, outer)
    if is_implicit(node, inner):
        if inner == top:
            node[inner, PARENT] = outer
            node[inner, ARC] = arc
            node[inner, UP] = up
            tree.queue[0] = inner
            return 1
        make_explicit(tree, unit_cost, inner)
    left = np.uint32(node[top, PARENT])
    at = np.uint32(inner)
    parent = np.uint32(outer)
    last = np.uint32(top)
    while True:
        above = np.uint32(node[at, PARENT])
        its_arc = node[at, ARC]
        its_up = node[at, UP]
        detach(node, at)
        node[at, PARENT] = parent
        node[at, ARC] = arc
        node[at, UP] = up
        # the old top may have lost its last child
        if at != last or not is_implicit(node, at):
            attach(node, at, parent)
        if at == last:
            break
        parent = at
        at = above
        arc = its_arc
        up = not its_up
    if is_implicit(node, left):
        detach(node, left)
    return shift_subtree(tree, inner, amount)


@kernel
def all_potentials(tree: SpanningTree, unit_cost: IntArray) -> IntArray:
    """Return the potential of every node, shape ``(N + 1,)``."""
    potential = np.empty(tree.potential.shape[0], dtype=np.int64)
    for v in range(potential.shape[0]):
        potential[v] = potential_of(tree.node, tree.potential, unit_cost, v)
    return potential


@bare_kernel
def set_potentials(tree: SpanningTree, unit_cost: IntArray) -> None:
    """Compute all potentials, from the root's down, so that tree arcs have reduced cost 0."""
    at = following(tree.node, ROOT, ROOT)
    while at != NONE:
        parent = tree.node[at, PARENT]
        cost = unit_cost[tree.node[at, ARC]]
        tree.potential[at] = tree.potential[parent] + (-cost if tree.node[at, UP] else cost)
        at = following(tree.node, at, ROOT)
