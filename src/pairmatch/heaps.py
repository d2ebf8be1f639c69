"""Heaps in a part of an array, for kernels."""

from pairmatch._kernels import inner_kernel
from pairmatch.arrays import IntArray


@inner_kernel
def replace_top(
    key: IntArray, item: IntArray, begin: int, end: int, new_key: int, new_item: int, sign: int
) -> None:
    """Replace the top of the heap ``[begin, end)`` by an entry that belongs further down.

    With ``sign`` 1 the smallest key is on top and the new one is no smaller; with -1 the largest
    is, and the new one is no larger. O(log(end - begin)).
    """
    size = end - begin
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and sign * key[begin + child + 1] < sign * key[begin + child]:
            child += 1
        if sign * key[begin + child] >= sign * new_key:
            break
        key[begin + hole] = key[begin + child]
        item[begin + hole] = item[begin + child]
        hole = child
    key[begin + hole] = new_key
    item[begin + hole] = new_item


@inner_kernel
def push(key: IntArray, item: IntArray, end: int, new_key: int, new_item: int) -> None:
    """Add an entry to the heap ``[0, end)`` with its smallest key on top. O(log end)."""
    hole = end
    while hole > 0:
        parent = (hole - 1) // 2
        if key[parent] <= new_key:
            break
        key[hole] = key[parent]
        item[hole] = item[parent]
        hole = parent
    key[hole] = new_key
    item[hole] = new_item


@inner_kernel
def pop(key: IntArray, item: IntArray, end: int) -> None:
    """Take the smallest entry off the heap ``[0, end)``. O(log end)."""
    last = end - 1
    if last > 0:
        replace_top(key, item, 0, last, key[last], item[last], 1)
