"""Push and relabel: bring excess to where it is missing, at nearly least cost.

Reduced costs stay at -epsilon or above on every residual arc. A node with excess sends it along
arcs of negative reduced cost; a node without such an arc gets a lower potential. Nodes are
taken last in first out. Before anything is sent to a node, it must be able to pass it on
:cite:p:`goldberg1997efficient` (section 4.3).
"""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray
from pairmatch.flow.residual_lists import Lists, Positions

_BELOW_ALL = -(1 << 62)


class Labels(NamedTuple):
    """What push-relabel knows of each of ``N`` nodes.

    Attributes
    ----------
    potential, excess
        Shape ``(N,)``.
    current
        Shape ``(N,)``: in the node's list, no arc before that one is admissible.
    stack
        Shape ``(N,)``: the nodes with excess, the next one last.
    """

    potential: IntArray
    excess: IntArray
    current: Positions
    stack: Positions


def labels_of(potential: IntArray, excess: IntArray) -> Labels:
    """Return labels with nothing on the stack as yet."""
    nodes = potential.shape[0]
    return Labels(potential, excess, np.empty(nodes, np.uint32), np.empty(nodes, np.uint32))


@kernel
def stack_excess(lists: Lists, labels: Labels) -> int:
    """Put all nodes with excess on the stack and return how many; no arc is admissible yet."""
    height = 0
    for i in range(labels.excess.shape[0]):
        labels.current[i] = lists.first[i + 1]
        if labels.excess[i] > 0:
            labels.stack[height] = i
            height += 1
    return height


@kernel
def discharge(  # noqa: C901  # a call, even one made inline, counts references to arrays
    lists: Lists, scale: int, labels: Labels, height: int, epsilon: int, most: int
) -> tuple[int, int]:
    """Work off the stack until it is empty or ``most`` relabels are done.

    A relabel lowers a potential by epsilon, or by more if there is no admissible arc then. A node
    that nothing can leave gets as low by epsilon, and no current arc.

    Returns
    -------
    tuple
        Height of the stack, and relabels. A node whose excess cannot leave keeps it, is still on
        the stack, and the work ends there.
    """
    first, last, entry = lists.first[:-1], lists.first[1:], lists.entry
    potential, excess, current, stack = labels
    relabels = 0
    while height > 0 and relabels < most:
        height -= 1
        i = stack[height]
        # two nodes that lead only to each other could continue for ever
        while excess[i] > 0 and relabels < most:
            # the node to relabel if excess is left: this one, or one that could not pass it on
            lowered = i
            own = potential[i]
            for k in range(current[i], last[i]):
                arc = entry[k]
                j = arc.node
                if arc.residual > 0 and arc.cost * scale + own < potential[j]:
                    if excess[j] >= 0:
                        passes = False
                        theirs = potential[j]
                        for m in range(current[j], last[j]):
                            after = entry[m]
                            if (
                                after.residual > 0
                                and after.cost * scale + theirs < potential[after.node]
                            ):
                                current[j] = m
                                passes = True
                                break
                        if not passes:
                            current[i] = k
                            lowered = j
                            break
                    sent = min(excess[i], arc.residual)
                    arc.residual -= sent
                    entry[arc.opposite].residual += sent
                    excess[i] -= sent
                    if excess[j] <= 0 < excess[j] + sent:
                        stack[height] = j
                        height += 1
                    excess[j] += sent
                    if excess[i] == 0:
                        current[i] = k
                        break
            if excess[i] == 0:
                break
            relabels += 1
            wanted = potential[lowered] - epsilon
            second = highest = np.int64(_BELOW_ALL)
            at = last[lowered]
            for k in range(first[lowered], last[lowered]):
                if entry[k].residual > 0:
                    reach = potential[entry[k].node] - entry[k].cost * scale
                    if reach > highest:
                        second = highest
                        highest = reach
                        at = k
                        if reach > wanted:
                            break
            if highest > wanted or highest == _BELOW_ALL:
                potential[lowered] = wanted
                current[lowered] = at
            else:
                potential[lowered] = highest - epsilon
                # arcs before the best one may be admissible as well, if they are nearly as good
                current[lowered] = at if second <= highest - epsilon else first[lowered]
            if lowered == i and current[i] == last[i]:
                stack[height] = i
                return height + 1, relabels
        if excess[i] > 0:
            stack[height] = i
            height += 1
    return height, relabels
