"""The invariants of a basis, checked from its definition in plain Python."""

from typing import Any

import numpy as np

from pairmatch._kernels import callable_from_python
from pairmatch.flow.simplex_arcs import AT_LOWER, AT_UPPER, IN_TREE, Listed, SimplexArcs
from pairmatch.flow.spanning_tree import (
    ARC,
    BEFORE,
    CHILD,
    DEPTH,
    NEXT,
    NONE,
    PARENT,
    ROOT,
    TERMINAL,
    UP,
    SpanningTree,
)
from pairmatch.flow.spanning_tree import (
    depth_of as inner_depth_of,
)
from pairmatch.flow.spanning_tree import (
    potential_of as inner_potential_of,
)

# only kernels call them
depth_of = callable_from_python(inner_depth_of)
potential_of = callable_from_python(inner_potential_of)


def check_tree(arcs: SimplexArcs, tree: SpanningTree) -> None:
    """Check parents, lists of children, depths, potentials and which nodes are implicit."""
    node: list[list[int]] = tree.node.tolist()
    count = len(node)
    parent = [row[PARENT] for row in node]
    assert parent[ROOT] == NONE
    assert not node[ROOT][TERMINAL]
    implicit = [bool(row[TERMINAL]) and row[CHILD] == NONE for row in node]
    for v in range(count):
        at, steps = v, 0
        while at != ROOT:
            at = parent[at]
            steps += 1
            assert steps <= count, "parents go round in a circle"
        assert depth_of(tree.node, v) == steps
        assert implicit[v] or node[v][DEPTH] == steps
    for v in range(count):
        listed: list[int] = []
        before, child = NONE, node[v][CHILD]
        while child != NONE:
            assert node[child][BEFORE] == before
            listed.append(child)
            assert len(listed) < count, "a list of children goes round in a circle"
            before, child = child, node[child][NEXT]
        assert sorted(listed) == [w for w in range(1, count) if parent[w] == v and not implicit[w]]
    _check_arcs(arcs, tree, node)


def _check_arcs(arcs: SimplexArcs, tree: SpanningTree, node: list[list[int]]) -> None:
    nodes = len(node) - 1
    tail, head = arcs.tail.tolist(), arcs.head.tolist()
    leaves = set(tail[nodes:])
    used = set()
    for v in range(1, nodes + 1):
        # a node that once had an arc may be kept as one that is not terminal, never the reverse
        assert not (node[v][TERMINAL] and v in leaves)
        arc, parent, up = node[v][ARC], node[v][PARENT], node[v][UP]
        assert (tail[arc], head[arc]) == ((v, parent) if up else (parent, v))
        # the root's children hang on artificial arcs of their own
        assert (parent == ROOT) == (arc == v - 1)
        potential = potential_of(tree.node, tree.potential, arcs.unit_cost, v)
        above = potential_of(tree.node, tree.potential, arcs.unit_cost, parent)
        cost = int(arcs.unit_cost[arc])
        assert cost + (potential - above if up else above - potential) == 0
        used.add(arc)
    assert len(used) == nodes
    state = arcs.state.tolist()
    assert {arc for arc, where in enumerate(state) if where == IN_TREE} == used
    for arc in set(range(len(tail))) - used:
        assert state[arc] in (AT_LOWER, AT_UPPER)
        assert arcs.flow[arc] == (0 if state[arc] == AT_LOWER else arcs.capacity[arc])


def check_flow(arcs: SimplexArcs, supply: Any) -> None:
    """Check that flows keep their bounds, and that they balance when artificial ones count."""
    assert (arcs.flow >= 0).all()
    assert (arcs.flow <= arcs.capacity).all()
    left = [0, *supply]
    for tail, head, flow in zip(
        arcs.tail.tolist(), arcs.head.tolist(), arcs.flow.tolist(), strict=True
    ):
        left[tail] -= flow
        left[head] += flow
    assert not any(left)


def is_strongly_feasible(arcs: SimplexArcs, tree: SpanningTree) -> bool:
    """Tell whether every node could send a little more up to the root along tree arcs."""
    for row in tree.node.tolist()[1:]:
        flow, capacity = int(arcs.flow[row[ARC]]), int(arcs.capacity[row[ARC]])
        if not (flow < capacity if row[UP] else flow > 0):
            return False
    return True


def room_for(count: int) -> Listed:
    """Return a list with room for a number of candidates."""
    return Listed(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64))
