"""Sorting by small whole numbers, by counting: classes, nodes, positions of people."""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray


@kernel
def counting_sort(key: IntArray, keys: int) -> tuple[IntArray, IntArray]:
    """Sort by a key from 0 to ``keys - 1``; stable.

    Returns
    -------
    first, order
        Shapes ``(keys + 1,)`` and ``(n,)``: where each key begins, and the positions in order.

    Notes
    -----
    O(n + keys). `pairmatch.flow.incidence` and `pairmatch.flow.residual_lists` count for
    themselves: they sort by two keys at once, and what stands in no array.
    """
    first = np.zeros(keys + 1, dtype=np.int64)
    for i in range(key.shape[0]):
        first[key[i] + 1] += 1
    for k in range(keys):
        first[k + 1] += first[k]
    place = first[:-1].copy()
    order = np.empty(key.shape[0], dtype=np.int64)
    for i in range(key.shape[0]):
        order[place[key[i]]] = i
        place[key[i]] += 1
    return first, order
