"""The order of arcs: those with the same head side by side, or neighbours far apart."""

import math

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.flow.network import IntArray

# a node with more arcs than that gets several bundles: pricing one should stay short
_LONGEST = 64


def bundle(head: IntArray, nodes: int) -> tuple[IntArray, IntArray, IntArray]:
    """Sort arcs by head and cut them into bundles.

    Returns
    -------
    order, first, last
        The arcs by head, shape ``(A,)``, those of one head in their old order; and for each bundle
        its first place in that order and the place after its last.
    """
    return by_head(head, nodes), *_cut(head, nodes, _LONGEST)


def mixed(arcs: int) -> tuple[IntArray, IntArray, IntArray]:
    """Put arcs that were neighbours far apart, each in a bundle of its own; as `bundle` does."""
    step = max(1, math.isqrt(arcs))
    order = np.arange(-(-arcs // step) * step).reshape(-1, step).T.ravel()
    place = np.arange(arcs)
    return order[order < arcs], place, place + 1


@kernel
def _cut(head: IntArray, nodes: int, longest: int) -> tuple[IntArray, IntArray]:
    """Return where the bundles begin and end among arcs that are sorted by head."""
    count = np.zeros(nodes, dtype=np.int64)
    for arc in range(head.shape[0]):
        count[head[arc]] += 1
    bundles = 0
    for node in range(nodes):
        bundles += (count[node] + longest - 1) // longest
    first = np.empty(bundles, dtype=np.int64)
    last = np.empty(bundles, dtype=np.int64)
    bundle = 0
    end = 0
    for node in range(nodes):
        begin = end
        end += count[node]
        while begin < end:
            first[bundle] = begin
            begin = min(begin + longest, end)
            last[bundle] = begin
            bundle += 1
    return first, last


@kernel
def by_head(head: IntArray, nodes: int) -> IntArray:
    """Sort arcs by head, by counting; stable."""
    place = np.zeros(nodes + 1, dtype=np.int64)
    for arc in range(head.shape[0]):
        place[head[arc] + 1] += 1
    for node in range(nodes):
        place[node + 1] += place[node]
    order = np.empty(head.shape[0], dtype=np.int64)
    for arc in range(head.shape[0]):
        order[place[head[arc]]] = arc
        place[head[arc]] += 1
    return order
