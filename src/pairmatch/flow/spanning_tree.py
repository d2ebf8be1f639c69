"""The spanning tree of a network simplex basis, as one table of nodes.

A node's row holds its parent, the arc that joins the two and which way it points, its place among
its parent's children, and how many nodes hang below it. A pivot touches a few rows at random, so
all that is known of a node stands together in half a cache line.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pairmatch._kernels import kernel
from pairmatch.flow.network import IntArray

Int32Array = npt.NDArray[np.int32]

ROOT = 0
NONE = -1

# columns of the table
PARENT = 0  # NONE for the root
ARC = 1  # the arc to the parent
UP = 2  # 1 if that arc points to the parent, 0 if from it
CHILD = 3  # the first child, or NONE
NEXT = 4  # the next child of the same parent, or NONE
BEFORE = 5  # the child before it, or NONE
SIZE = 6  # nodes in the subtree, this one included
_COLUMNS = 8  # one unused, so that rows do not straddle cache lines


class SpanningTree(NamedTuple):
    """A tree over ``N`` nodes and the root, which is node 0.

    Attributes
    ----------
    node
        Shape ``(N + 1, 8)``, int32; see the constants of this module.
    potential
        Shape ``(N + 1,)``, int64: every tree arc has a reduced cost of 0.
    """

    node: Int32Array
    potential: IntArray


def star(points_up: npt.NDArray[np.bool_], unit_cost: IntArray) -> SpanningTree:
    """Hang every node on the root by an arc of its own.

    Parameters
    ----------
    points_up
        Shape ``(N,)``: the arc points to the root. Arc ``v`` joins node ``v + 1`` to the root.
    unit_cost
        Shape ``(N,)``: unit costs of those arcs.
    """
    count = points_up.shape[0]
    node = np.full((count + 1, _COLUMNS), NONE, dtype=np.int32)
    node[1:, PARENT] = ROOT
    node[1:, ARC] = np.arange(count)
    node[1:, UP] = points_up
    node[1:-1, NEXT] = np.arange(2, count + 1)
    node[2:, BEFORE] = np.arange(1, count)
    node[1:, SIZE] = 1
    node[ROOT, CHILD] = 1 if count else NONE
    node[ROOT, SIZE] = count + 1
    potential = np.zeros(count + 1, dtype=np.int64)
    potential[1:] = np.where(points_up, -unit_cost, unit_cost)
    return SpanningTree(node, potential)


@kernel
def attach(node: Int32Array, child: int, parent: int) -> None:
    """Put a node first among the children of another."""
    first = node[parent, CHILD]
    node[child, PARENT] = parent
    node[child, NEXT] = first
    node[child, BEFORE] = NONE
    if first != NONE:
        node[first, BEFORE] = child
    node[parent, CHILD] = child


@kernel
def detach(node: Int32Array, child: int) -> None:
    """Take a node out of its parent's children."""
    before = node[child, BEFORE]
    after = node[child, NEXT]
    if before != NONE:
        node[before, NEXT] = after
    else:
        node[node[child, PARENT], CHILD] = after
    if after != NONE:
        node[after, BEFORE] = before


@kernel
def following(node: Int32Array, at: int, top: int) -> int:
    """Return the node after ``at`` in depth-first order of the subtree of ``top``, or NONE."""
    if node[at, CHILD] != NONE:
        return int(node[at, CHILD])
    while at != top and node[at, NEXT] == NONE:
        at = node[at, PARENT]
    return NONE if at == top else int(node[at, NEXT])


@kernel
def shift_subtree(tree: SpanningTree, top: int, amount: int) -> None:
    """Add to the potentials of a whole subtree."""
    at = top
    while at != NONE:
        tree.potential[at] += amount
        at = following(tree.node, at, top)


@kernel
def resize_path(node: Int32Array, at: np.int64, end: np.int64, amount: int) -> None:
    """Add to the sizes from a node up to, but without, one of its ancestors."""
    while at != end:
        node[at, SIZE] += amount
        at = np.int64(node[at, PARENT])


@kernel
def regraft(node: Int32Array, top: int, inner: int, outer: int, arc: int, up: bool) -> None:  # noqa: FBT001  # kernels take arguments by position
    """Cut the subtree of ``top`` off and hang it on ``outer`` by its node ``inner``.

    The path from ``inner`` to ``top`` is turned round. Sizes within the subtree are corrected;
    those outside are `resize_path`'s.
    """
    moved = node[top, SIZE]
    at = inner
    parent = outer
    while True:
        above = node[at, PARENT]
        its_arc = node[at, ARC]
        its_up = node[at, UP]
        detach(node, at)
        attach(node, at, parent)
        node[at, ARC] = arc
        node[at, UP] = up
        if at == top:
            break
        parent = at
        at = above
        arc = its_arc
        up = not its_up
    # from the old top down the turned path: each keeps what did not lie towards its new parent,
    # whose own size still is the old one
    while at != inner:
        parent = node[at, PARENT]
        node[at, SIZE] = moved - node[parent, SIZE]
        at = parent
    node[inner, SIZE] = moved


@kernel
def set_potentials(tree: SpanningTree, unit_cost: IntArray) -> None:
    """Compute all potentials anew, from the root's down, so that tree arcs have reduced cost 0."""
    at = following(tree.node, ROOT, ROOT)
    while at != NONE:
        parent = tree.node[at, PARENT]
        cost = unit_cost[tree.node[at, ARC]]
        tree.potential[at] = tree.potential[parent] + (-cost if tree.node[at, UP] else cost)
        at = following(tree.node, at, ROOT)
