"""Arcs with the same head, side by side."""

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
    order = by_head(head, nodes)
    sorted_head = head[order]
    starts = np.ones(head.shape[0], dtype=np.bool_)
    starts[1:] = sorted_head[1:] != sorted_head[:-1]
    run = np.flatnonzero(starts)
    length = np.diff(np.append(run, head.shape[0]))
    parts = -(-length // _LONGEST)
    nth = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
    first = np.repeat(run, parts) + nth * _LONGEST
    last = np.minimum(first + _LONGEST, np.repeat(run + length, parts))
    return order, first.astype(np.int64), last.astype(np.int64)


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
