"""Pivots of the dual network simplex method, for an optimal basis whose flows have moved.

Supplies and bounds leave all reduced costs as they were. After they have changed, the last optimal
basis is still dual feasible: every reduced cost has the right sign. But the flow of a tree arc may
be negative or above its capacity. Such an arc leaves the tree, at the bound that it breaks, and its
subtree is joined again by the arc between the two parts whose reduced cost is nearest to 0. So the
basis stays dual feasible, and once no tree arc breaks a bound the flow is optimal. Only arcs with
an end in such a subtree are read :cite:p:`ahuja1993network` (chapter 11).

Artificial arcs may carry nothing here. If no arc can join a subtree again, or it takes too long,
the tree is left as it is, and primal pivots follow.
"""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import BoolArray, Int32Array, IntArray
from pairmatch.flow.incidence import Incidence
from pairmatch.flow.pivoting import push
from pairmatch.flow.simplex_arcs import AT_LOWER, AT_UPPER, IN_TREE, Bundles, SimplexArcs
from pairmatch.flow.spanning_tree import (
    ARC,
    NONE,
    ROOT,
    UP,
    SpanningTree,
    following,
    is_implicit,
    potential_of,
    regraft,
)


class Repair(NamedTuple):
    """What a repair came to.

    ``pivots`` were made, and ``looked`` nodes and arcs read. It is ``done`` if every bound is
    kept now, ``stuck`` if no arc can join a subtree again, and neither if it ran out of budget.
    """

    pivots: int
    looked: int
    done: bool
    stuck: bool


@kernel
def repair(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    excess: IntArray,
    budget: int,
) -> Repair:
    """Send excess up the tree, then let tree arcs that break a bound leave it, one by one.

    Parameters
    ----------
    incidence
        Of all arcs; no arc outside of the tree may violate its optimality condition.
    excess
        Shape ``(N + 1,)``: what comes in at each node, beyond what its arcs carry away; zero at
        the end.
    budget
        End before more nodes and arcs than that are read, but for those of a pivot; another call
        continues from there. Below the number of nodes, the root among them, nothing is done.
    """
    node = tree.node
    for v in range(1, excess.shape[0]):
        if excess[v] != 0:
            push(arcs, node, np.uint32(v), np.uint32(ROOT), excess[v])
            excess[v] = 0
    excess[ROOT] = 0
    members = np.empty(node.shape[0], dtype=np.int32)
    inside = np.zeros(node.shape[0], dtype=np.bool_)
    pivots = 0
    looked = 0
    while looked + node.shape[0] <= budget:
        top, beyond = _worst(arcs, node)
        looked += node.shape[0]
        if top == NONE:
            return Repair(pivots, looked, done=True, stuck=False)
        # what the subtree of `top` has to send elsewhere, or to get from elsewhere
        surplus = beyond if node[top, UP] else -beyond
        count, more = _mark_subtree(arcs, node, incidence, top, members, inside)
        looked += more
        arc, least, more = _nearest_across(
            arcs, tree, bundles, incidence, members[:count], inside, surplus > 0
        )
        looked += more
        from_inner = arc != NONE and bool(inside[arcs.tail[arc]])
        for k in range(count):
            inside[members[k]] = False
        if arc == NONE:
            return Repair(pivots, looked, done=False, stuck=True)
        inner = arcs.tail[arc] if from_inner else arcs.head[arc]
        outer = arcs.head[arc] if from_inner else arcs.tail[arc]
        push(arcs, node, np.uint32(inner), np.uint32(ROOT), -surplus)
        push(arcs, node, np.uint32(outer), np.uint32(ROOT), surplus)
        arcs.flow[arc] += abs(surplus) if arcs.state[arc] == AT_LOWER else -abs(surplus)
        leaving = node[top, ARC]
        artificial = leaving == top - 1
        arcs.state[leaving] = AT_UPPER if beyond > 0 and not artificial else AT_LOWER
        arcs.state[arc] = IN_TREE
        rise = -least if surplus > 0 else least
        regraft(tree, arcs.unit_cost, top, int(inner), int(outer), int(arc), from_inner, rise)
        pivots += 1
    return Repair(pivots, looked, done=False, stuck=False)


@inner_kernel
def _worst(arcs: SimplexArcs, node: Int32Array) -> tuple[int, int]:
    """Return the node whose tree arc breaks a bound by most, or NONE, and by how much.

    Above 0 its flow is above its capacity, below 0 it is negative.
    """
    top = NONE
    most = np.int64(0)
    beyond = np.int64(0)
    for v in range(1, node.shape[0]):
        arc = node[v, ARC]
        flow = arcs.flow[arc]
        # an artificial arc may carry nothing
        over = flow if arc == v - 1 else max(flow - arcs.capacity[arc], 0)
        if flow < 0:
            over = flow
        if abs(over) > most:
            most = abs(over)
            beyond = over
            top = v
    return top, int(beyond)


@inner_kernel
def _mark_subtree(
    arcs: SimplexArcs,
    node: Int32Array,
    incidence: Incidence,
    top: int,
    members: Int32Array,
    inside: BoolArray,
) -> tuple[int, int]:
    """List and mark the nodes of a subtree; return how many, and how many arcs were read.

    Implicit nodes are found by their tree arcs, which leave their parents.
    """
    count = 0
    looked = 0
    at = top
    while at != NONE:
        members[count] = at
        inside[at] = True
        count += 1
        for k in range(incidence.first_leaving[at], incidence.first_leaving[at + 1]):
            arc = incidence.leaving[k]
            looked += 1
            if arcs.state[arc] == IN_TREE:
                child = arcs.head[arc]
                if node[child, ARC] == arc and is_implicit(node, child):
                    members[count] = child
                    inside[child] = True
                    count += 1
        at = NONE if is_implicit(node, at) else following(node, at, top)
    return count, looked


@inner_kernel
def _nearest_across(
    arcs: SimplexArcs,
    tree: SpanningTree,
    bundles: Bundles,
    incidence: Incidence,
    members: Int32Array,
    inside: BoolArray,
    outwards: bool,  # noqa: FBT001  # kernels take arguments by position
) -> tuple[int, int, int]:
    """Return the arc nearest to reduced cost 0 that can take flow out of a subtree, or into it.

    An arc at its lower bound takes flow from tail to head, one at its upper bound back. Also
    returns by how much its reduced cost differs from 0, and how many arcs were read.
    """
    node, potential, cost = tree.node, tree.potential, arcs.unit_cost
    leaves_at = AT_LOWER if outwards else AT_UPPER
    enters_at = AT_UPPER if outwards else AT_LOWER
    best = NONE
    least = np.int64(0)
    looked = 0
    for v in members:
        here = potential_of(node, potential, cost, v)
        for k in range(incidence.first_leaving[v], incidence.first_leaving[v + 1]):
            arc = incidence.leaving[k]
            if arcs.state[arc] == leaves_at and not inside[arcs.head[arc]]:
                there = potential_of(node, potential, cost, arcs.head[arc])
                away = abs(cost[arc] + here - there)
                if best == NONE or away < least:
                    best, least = arc, away
        looked += incidence.first_leaving[v + 1] - incidence.first_leaving[v]
        for k in range(incidence.first_bundle[v], incidence.first_bundle[v + 1]):
            bundle = incidence.bundle[k]
            for arc in range(bundles.first[bundle], bundles.last[bundle]):
                if arcs.state[arc] == enters_at and not inside[arcs.tail[arc]]:
                    there = potential_of(node, potential, cost, arcs.tail[arc])
                    away = abs(cost[arc] + there - here)
                    if best == NONE or away < least:
                        best, least = arc, away
            looked += bundles.last[bundle] - bundles.first[bundle]
    return best, int(least), looked
