"""Lower all potentials at once, by how far each node is from demand."""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.flow.push_relabel import Labels
from pairmatch.flow.residual_lists import Lists

# as far as is told apart, in epsilons for each node; no potential falls by more in a phase, as
# epsilon is divided by 4 and a path has an arc less than there are nodes
_FARTHEST = 8


@kernel
def lower_by_distance(  # noqa: C901  # a shortest-path search on millions of arcs
    lists: Lists, scale: int, labels: Labels, epsilon: int
) -> bool:
    """Lower each node by its distance from demand; tell whether all excess can get there.

    The length of a residual arc is how far its reduced cost is above -epsilon, in epsilons rounded
    down.
    Then reduced costs stay at -epsilon or above, and from every node with excess a path of
    admissible arcs leads to demand :cite:p:`goldberg1997efficient` (section 5). Distances are found
    by buckets, until the last node with excess has its own; nodes further away are lowered as much
    as that one.

    Notes
    -----
    O(arcs + nodes).
    """
    first, last, entry = lists.first[:-1], lists.first[1:], lists.entry
    potential, excess, current = labels.potential, labels.excess, labels.current
    nodes = potential.shape[0]
    farthest = _FARTHEST * nodes
    distance = np.full(nodes, farthest + 1)
    done = np.zeros(nodes, dtype=np.bool_)
    bucket = np.full(farthest + 1, -1)
    after, before = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    waiting = 0
    for i in range(nodes):
        if excess[i] > 0:
            waiting += 1
        elif excess[i] < 0:
            distance[i] = 0
            after[i] = bucket[0]
            before[i] = -1
            if bucket[0] >= 0:
                before[bucket[0]] = i
            bucket[0] = i
    at = 0
    deepest = 0
    while waiting > 0 and at <= farthest:
        i = bucket[at]
        if i < 0:
            at += 1
            continue
        bucket[at] = after[i]
        if after[i] >= 0:
            before[after[i]] = -1
        done[i] = True
        deepest = at
        if excess[i] > 0:
            waiting -= 1
        for k in range(first[i], last[i]):
            j = entry[k].node
            if done[j] or entry[entry[k].opposite].residual == 0:
                continue
            reduced = potential[j] - entry[k].cost * scale - potential[i]
            there = min(farthest, at + reduced // epsilon + 1)
            if there < distance[j]:
                if distance[j] <= farthest:
                    # out of the bucket where it was
                    if before[j] >= 0:
                        after[before[j]] = after[j]
                    else:
                        bucket[distance[j]] = after[j]
                    if after[j] >= 0:
                        before[after[j]] = before[j]
                distance[j] = there
                after[j] = bucket[there]
                before[j] = -1
                if bucket[there] >= 0:
                    before[bucket[there]] = j
                bucket[there] = j
    for i in range(nodes):
        potential[i] -= epsilon * (distance[i] if done[i] else deepest)
        current[i] = first[i]
    return waiting == 0
