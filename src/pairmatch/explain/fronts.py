"""The two halves of a search, and how far each has come; see `pairmatch.explain.search`."""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel
from pairmatch.arrays import IntArray
from pairmatch.explain.reach import Reach
from pairmatch.heaps import push, replace_top

FAR = 1 << 60
"""Further than any path."""

# what an entry of a heap says: an expander, a group of targets, or one target is reached
EXPANDER, GROUP, TARGET = 0, 1, 2
KIND_BITS = 60
PERSON_BITS = 30
PERSON = (1 << PERSON_BITS) - 1

NOBODY = PERSON
"""In place of a person."""

# numbers of a front
HEAP, ROOT, ROOT_ROLE, ROOT_FROM, OVERFLOW, PRICED = 0, 1, 2, 3, 4, 5


class Half(NamedTuple):
    """The network from one end; ``E`` expanders and ``T`` targets, as people.

    Attributes
    ----------
    reach
        Ordinary pairs, by group.
    expander_group, target_group
        Shapes ``(E,)`` and ``(T,)``.
    member_begin, member
        Targets, group by group.
    made_begin, made, made_weight
        For each target, the expanders that it leads to, and the lengths.
    apart_begin, apart
        For each expander, the targets that it is paired with, or may be at a cost of its own.
    single_begin, single, single_weight
        For each expander, those of them that it leads to, and the lengths.
    expander_root, target_root
        Shapes ``(E,)`` and ``(T,)``: the length between each person and the root, `FAR` for none.
    expander_level, target_level, expander_group_level, target_group_level
        Two people lead to each other only where these are equal: otherwise a level above changes.
    lone_expander, lone_target
        People who are on levels of their own, and so stand for nobody else of their groups;
        `NOBODY` for none.
    """

    reach: Reach
    expander_group: IntArray
    target_group: IntArray
    member_begin: IntArray
    member: IntArray
    made_begin: IntArray
    made: IntArray
    made_weight: IntArray
    apart_begin: IntArray
    apart: IntArray
    single_begin: IntArray
    single: IntArray
    single_weight: IntArray
    expander_root: IntArray
    target_root: IntArray
    expander_level: IntArray
    target_level: IntArray
    expander_group_level: IntArray
    target_group_level: IntArray
    lone_expander: int
    lone_target: int


class Front(NamedTuple):
    """How far a half has come.

    Attributes
    ----------
    expander, target
        Shapes ``(E,)`` and ``(T,)``: distances of settled people, `FAR` for all others.
    expander_from, target_from
        Same shapes: whom they were reached from.
    first
        Shape (groups of expanders,): the first settled one, or `NOBODY`.
    left
        Shape (groups of targets,): how many are not settled.
    best, is_whole
        Same shape: the least distance that is known of a group, and 1 if it holds for all of it.
    key, item
        A heap of what is reached but not settled.
    number
        Numbers that change: entries of the heap, distance of the root and whom it was reached from,
        whether the search failed (no room, or duals that do not prove the plan), and pairs priced.
    stack
        Workspace.
    """

    expander: IntArray
    target: IntArray
    expander_from: IntArray
    target_from: IntArray
    first: IntArray
    left: IntArray
    best: IntArray
    is_whole: IntArray
    key: IntArray
    item: IntArray
    number: IntArray
    stack: IntArray


@inner_kernel
def push_entry(front: Front, key: int, kind: int, expander: int, target: int) -> None:
    """Put somebody who is reached onto the heap, as far as there is room."""
    count = front.number[HEAP]
    if count == front.key.shape[0]:
        front.number[OVERFLOW] = 1
        return
    item = (kind << KIND_BITS) | (expander << PERSON_BITS) | target
    push(front.key, front.item, count, key, item)
    front.number[HEAP] = count + 1


@inner_kernel
def pop(front: Front) -> int:
    """Take the nearest entry off the heap and return what it says."""
    item = front.item[0]
    last = front.number[HEAP] - 1
    front.number[HEAP] = last
    if last > 0:
        replace_top(front.key, front.item, 0, last, front.key[last], front.item[last], 1)
    return int(item)


@inner_kernel
def nearest(front: Front) -> int:
    """Return how far it is to the nearest entry, `FAR` if there is none."""
    return int(front.key[0]) if front.number[HEAP] > 0 else FAR


@inner_kernel
def beyond(other: Front) -> int:
    """Return how far it is at least from whoever the other half has not settled to its end."""
    return min(nearest(other), int(other.number[ROOT]))


def front(half: Half, room: int) -> Front:
    """Return a front that has not begun, with room for so many entries of its heap."""
    number = np.zeros(6, dtype=np.int64)
    number[ROOT] = FAR
    sizes = np.diff(half.member_begin)
    expanders, targets = half.expander_group.shape[0], half.target_group.shape[0]
    return Front(
        expander=np.full(expanders, FAR, dtype=np.int64),
        target=np.full(targets, FAR, dtype=np.int64),
        expander_from=np.empty(expanders, dtype=np.int64),
        target_from=np.empty(targets, dtype=np.int64),
        first=np.full(half.expander_group_level.shape[0], NOBODY, dtype=np.int64),
        left=sizes,
        best=np.full(sizes.shape[0], FAR, dtype=np.int64),
        is_whole=np.zeros(sizes.shape[0], dtype=np.int64),
        key=np.empty(room, dtype=np.int64),
        item=np.empty(room, dtype=np.int64),
        number=number,
        stack=np.empty(half.reach.tree.first.shape[0] + 1, dtype=np.int64),
    )
