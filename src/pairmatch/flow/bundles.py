"""The order of arcs: those with the same head side by side, or neighbours far apart."""

import math

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort

# a node with more arcs than that gets several bundles: pricing one should stay short
_LONGEST = 64


def bundle(head: IntArray, nodes: int) -> tuple[IntArray, IntArray, IntArray]:
    """Sort arcs by head and cut them into bundles.

    Returns
    -------
    order, first, last
        The arcs by head, shape ``(A,)``, those of one head in their old order; and for each bundle
        its first position in that order and the position after its last.
    """
    first, order = counting_sort(head, nodes)
    return order, *_cut(first, _LONGEST)


def mixed(arcs: int) -> tuple[IntArray, IntArray, IntArray]:
    """Put arcs that were neighbours far apart, each in a bundle of its own; as `bundle` does."""
    step = max(1, math.isqrt(arcs))
    order = np.arange(-(-arcs // step) * step).reshape(-1, step).T.ravel()
    place = np.arange(arcs)
    return order[order < arcs], place, place + 1


@kernel
def _cut(first_of_node: IntArray, longest: int) -> tuple[IntArray, IntArray]:
    """Return where the bundles begin and end among arcs that are sorted by head."""
    nodes = first_of_node.shape[0] - 1
    bundles = 0
    for node in range(nodes):
        bundles += (first_of_node[node + 1] - first_of_node[node] + longest - 1) // longest
    first = np.empty(bundles, dtype=np.int64)
    last = np.empty(bundles, dtype=np.int64)
    bundle = 0
    for node in range(nodes):
        begin, end = first_of_node[node], first_of_node[node + 1]
        while begin < end:
            first[bundle] = begin
            begin = min(begin + longest, end)
            last[bundle] = begin
            bundle += 1
    return first, last
