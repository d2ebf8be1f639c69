"""Everybody near one person, or near the root: a search from one end alone."""

from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import IntArray
from pairmatch.explain.fronts import (
    EXPANDER,
    FAR,
    HEAP,
    KIND_BITS,
    NOBODY,
    OVERFLOW,
    PERSON,
    PERSON_BITS,
    PRICED,
    ROOT,
    TARGET,
    Front,
    Half,
    nearest,
    pop,
    push_entry,
)
from pairmatch.explain.search import advance, settle_expander, settle_target

# an entry of a heap that says that the root leads on to the next one of a list
_ROOT_LIST = 3


class Onward(NamedTuple):
    """Where the root leads to: lengths by person, and people by them, the nearest first.

    Shapes ``(E,)`` and ``(T,)``, for expanders and targets.
    """

    expander: IntArray
    target: IntArray
    expander_order: IntArray
    target_order: IntArray


def onward(expander: IntArray, target: IntArray) -> Onward:
    """Return where the root leads to; `FAR` for whoever it does not lead to."""
    orders = (np.argsort(length, kind="stable") for length in (expander, target))
    return Onward(expander, target, *orders)


@inner_kernel
def _push_next(front: Front, lengths: IntArray, order: IntArray, which: int, at: int) -> None:
    """Reach the next person of a list from the root."""
    if at < order.shape[0] and lengths[order[at]] < FAR:
        reached = front.number[ROOT] + lengths[order[at]]
        push_entry(front, reached, _ROOT_LIST, which, at)


@inner_kernel
def _lead_on(
    half: Half, front: Front, other: Front, meeting: IntArray, further: Onward, item: int, key: int
) -> int:
    """Settle the person of a list that the root leads to; return an expander, or `NOBODY`."""
    at = item & PERSON
    if (item >> PERSON_BITS) & PERSON == 0:
        person = further.expander_order[at]
        _push_next(front, further.expander, further.expander_order, 0, at + 1)
        if front.expander[person] == FAR:
            settle_expander(half, front, other, meeting, 1, person, NOBODY, key)
            return int(person)
    else:
        person = further.target_order[at]
        _push_next(front, further.target, further.target_order, 1, at + 1)
        if front.target[person] == FAR:
            settle_target(half, front, other, meeting, 1, person, NOBODY, key)
    return NOBODY


@inner_kernel
def _insert(best: IntArray, who: IntArray, found: int, price: int, person: int) -> int:
    """Insert a price into a sorted list that holds so many; return how many it holds then."""
    place = found
    if found == best.shape[0]:
        if found == 0 or price >= best[found - 1]:
            return found
        place = found - 1
    while place > 0 and best[place - 1] > price:
        if place < best.shape[0]:
            best[place], who[place] = best[place - 1], who[place - 1]
        place -= 1
    best[place], who[place] = price, person
    return min(found + 1, int(best.shape[0]))


@kernel
def spread(
    half: Half,
    front: Front,
    other: Front,
    further: Onward,
    begin: int,
    own: IntArray,
    many: int,
    limit: int,
    most: int,
) -> tuple[bool, IntArray, IntArray]:
    """Settle people from one target, or from the root, until those of the least price are known.

    Parameters
    ----------
    half, front
        The network from that end, and a front that has not begun.
    other
        A front that nobody works on.
    further
        Where the root leads to.
    begin
        A target, or `NOBODY` for the root.
    own
        Shape ``(E,)``: what is added to the distance of an expander to give its price; `FAR` for
        those who have none.
    many
        How many prices are wanted.
    limit
        Only distances below that count.
    most
        Pairs of groups that may be priced.

    Returns
    -------
    is_done, price, who
        False if there was not enough room, or too many pairs to be priced; and the least prices,
        the lowest first, with their expanders.
    """
    meeting = np.array([limit, NOBODY, NOBODY, 0, NOBODY], dtype=np.int64)
    # the other half stands everywhere at its own end
    other.number[HEAP] = 1
    other.key[0] = 0
    best, who = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)
    found = int(np.int64(0))
    is_open = begin != NOBODY
    if is_open:
        push_entry(front, 0, TARGET, NOBODY, begin)
    else:
        front.number[ROOT] = 0
        _push_next(front, further.expander, further.expander_order, 0, 0)
        _push_next(front, further.target, further.target_order, 1, 0)
    while front.number[PRICED] <= most and front.number[OVERFLOW] == 0:
        key = nearest(front)
        if is_open and front.number[ROOT] <= key and front.number[ROOT] < meeting[0]:
            is_open = False
            _push_next(front, further.expander, further.expander_order, 0, 0)
            _push_next(front, further.target, further.target_order, 1, 0)
            continue
        if key >= meeting[0]:
            return True, best[:found], who[:found]
        item = front.item[0]
        expander = NOBODY
        if item >> KIND_BITS == _ROOT_LIST:
            pop(front)
            expander = _lead_on(half, front, other, meeting, further, item, key)
        else:
            if item >> KIND_BITS == EXPANDER:
                reached = (item >> PERSON_BITS) & PERSON
                if front.expander[reached] == FAR:
                    expander = reached
            advance(half, front, other, meeting, 1)
        if expander != NOBODY and own[expander] < FAR:
            found = _insert(best, who, found, key + own[expander], expander)
            if found == many:
                meeting[0] = min(limit, best[many - 1])
    return False, best[:found], who[:found]
