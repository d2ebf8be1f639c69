"""A shortest path through all pairs, from both ends.

The residual network of a plan: an ordinary pair that is not made leads from its cadre to its
recipient, a pair that is made leads back, and the root leads to whoever may take one more and from
whoever may give one up. Reduced costs are nonnegative, since the plan is optimal, so Dijkstra's
method applies; it goes forwards from the one end and backwards from the other until they meet
:cite:p:`pohl1971bidirectional`.

Both halves are the same, with the sides exchanged: *expanders* (cadres forwards, recipients
backwards) have pairs with nearly all *targets*, which are listed by boxes; a target leads to the
few expanders that it is paired with. Of a group of expanders only the first one lists pairs: the
others reach nobody at less, except those whom the first one may not be paired with in an ordinary
way.
"""

import math

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import IntArray
from pairmatch.explain.fronts import (
    EXPANDER,
    FAR,
    GROUP,
    KIND_BITS,
    NOBODY,
    OVERFLOW,
    PERSON,
    PERSON_BITS,
    PRICED,
    ROOT,
    ROOT_FROM,
    ROOT_ROLE,
    TARGET,
    Front,
    Half,
    beyond,
    nearest,
    pop,
    push_entry,
)
from pairmatch.explain.reach import Reach
from pairmatch.formulate.costs import pair_cost, with_detour_m

# numbers of a meeting: length, and the two ends, each as a role (0 expander, 1 target) and a person
_LENGTH, _AHEAD_ROLE, _AHEAD, _BACK_ROLE, _BACK = 0, 1, 2, 3, 4
_OVER_ROOT = 2


@inner_kernel
def _is_apart(half: Half, expander: int, target: int) -> bool:
    for k in range(half.apart_begin[expander], half.apart_begin[expander + 1]):
        if half.apart[k] == target:
            return True
    return False


@inner_kernel
def _has_apart_in(half: Half, expander: int, group: int) -> bool:
    for k in range(half.apart_begin[expander], half.apart_begin[expander + 1]):
        if half.target_group[half.apart[k]] == group:
            return True
    return False


@inner_kernel
def _meet(
    meeting: IntArray, length: int, role: int, person: int, other_role: int, other: int, sign: int
) -> None:
    """Note a path, if it is the shortest so far; ``sign`` is 1 of the half that goes forwards."""
    if length < meeting[_LENGTH]:
        meeting[_LENGTH] = length
        if sign > 0:
            meeting[_AHEAD_ROLE], meeting[_AHEAD] = role, person
            meeting[_BACK_ROLE], meeting[_BACK] = other_role, other
        else:
            meeting[_AHEAD_ROLE], meeting[_AHEAD] = other_role, other
            meeting[_BACK_ROLE], meeting[_BACK] = role, person


@inner_kernel
def _reach_root(front: Front, length: int, role: int, person: int) -> None:
    if length < front.number[ROOT]:
        front.number[ROOT] = length
        front.number[ROOT_ROLE] = role
        front.number[ROOT_FROM] = person


@inner_kernel
def settle_target(
    half: Half,
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    target: int,
    source: int,
    key: int,
) -> None:
    """Settle a target, and reach the expanders that it leads to."""
    front.target[target] = key
    front.target_from[target] = source
    front.left[half.target_group[target]] -= 1
    _reach_root(front, key + half.target_root[target], 1, target)
    further = beyond(other)
    for k in range(half.made_begin[target], half.made_begin[target + 1]):
        expander = half.made[k]
        if half.expander_level[expander] != half.target_level[target]:
            continue
        reached = key + half.made_weight[k]
        # expanders of this half are targets of the other
        _meet(meeting, reached + other.target[expander], 1, target, 1, expander, sign)
        if front.expander[expander] == FAR and reached + further < meeting[_LENGTH]:
            push_entry(front, reached, EXPANDER, expander, target)


@inner_kernel
def _reach_target(
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    expander: int,
    target: int,
    reached: int,
) -> None:
    """Reach one target from an expander."""
    _meet(meeting, reached + other.expander[target], 0, expander, 0, target, sign)
    if front.target[target] == FAR and reached + beyond(other) < meeting[_LENGTH]:
        push_entry(front, reached, TARGET, expander, target)


@inner_kernel
def _reach_ordinary(
    half: Half,
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    expander: int,
    target: int,
    key: int,
) -> None:
    """Reach one target by an ordinary pair, if there is one."""
    if half.target_level[target] != half.expander_level[expander]:
        return
    if _is_apart(half, expander, target):
        return
    reach, group = half.reach, half.expander_group[expander]
    place = reach.place[half.target_group[target]]
    cost = pair_cost(reach.expanders, group, reach.targets, place, reach.tables)
    if cost >= 0:
        reached = key + cost + reach.u[group] - reach.v[place]
        _reach_target(front, other, meeting, sign, expander, target, reached)


@inner_kernel
def _doubt(half: Half, front: Front, expander: int, group: int) -> None:
    """Fail if a pair has a negative reduced cost that is not made, but may be."""
    for k in range(half.member_begin[group], half.member_begin[group + 1]):
        if not _is_apart(half, expander, half.member[k]):
            front.number[OVERFLOW] = 1


@inner_kernel
def _reach_group(
    half: Half,
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    expander: int,
    group: int,
    reached: int,
) -> None:
    """Reach a group of targets from an expander."""
    if reached < front.expander[expander]:
        _doubt(half, front, expander, group)
        return
    first = other.first[group]
    if first != NOBODY and reached + other.expander[first] < meeting[_LENGTH]:
        if not _is_apart(half, expander, first):
            length = reached + other.expander[first]
            _meet(meeting, length, 0, expander, 0, first, sign)
        else:
            for k in range(half.member_begin[group], half.member_begin[group + 1]):
                target = half.member[k]
                length = reached + other.expander[target]
                if length >= meeting[_LENGTH] or target == half.lone_target:
                    continue
                if not _is_apart(half, expander, target):
                    _meet(meeting, length, 0, expander, 0, target, sign)
    if front.left[group] == 0 or reached + beyond(other) >= meeting[_LENGTH]:
        return
    if front.is_whole[group] == 1 and front.best[group] <= reached:
        return
    if reached < front.best[group]:
        front.best[group] = reached
        front.is_whole[group] = 0 if _has_apart_in(half, expander, group) else 1
    push_entry(front, reached, GROUP, expander, group)


@inner_kernel
def _line_to_box_m(reach: Reach, one: int, box: int) -> float:
    square = 0.0
    for axis in range(3):
        at = reach.expanders.point[axis, one]
        gap = max(reach.tree.low[axis, box] - at, at - reach.tree.high[axis, box])
        if gap > 0:
            square += gap * gap
    return math.sqrt(square)


@inner_kernel
def _price_box(
    half: Half,
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    expander: int,
    key: int,
    box: int,
) -> None:
    """Reach the groups of a lowest box, one by one."""
    reach = half.reach
    one = half.expander_group[expander]
    level = half.expander_level[expander]
    begin, end = reach.tree.first[box], reach.tree.last[box]
    front.number[PRICED] += end - begin
    for place in range(begin, end):
        group = reach.order[place]
        if half.target_group_level[group] != level:
            continue
        cost = pair_cost(reach.expanders, one, reach.targets, place, reach.tables)
        reached = key + cost + reach.u[one] - reach.v[place]
        if cost >= 0 and reached < meeting[_LENGTH]:
            _reach_group(half, front, other, meeting, sign, expander, group, reached)


@inner_kernel
def _expand(
    half: Half, front: Front, other: Front, meeting: IntArray, sign: int, expander: int, key: int
) -> None:
    """Reach all groups of targets that are near enough to lead to a shorter path."""
    reach = half.reach
    tree, tables = reach.tree, reach.tables
    one = half.expander_group[expander]
    area, own, stack = reach.area[one], reach.u[one], front.stack
    for kind in range(tree.root.shape[0]):
        apart, together = reach.apart[reach.kind[one], kind], reach.together[reach.kind[one], kind]
        if apart < 0:
            continue
        stack[0] = tree.root[kind]
        length = 1
        while length > 0:
            length -= 1
            box = stack[length]
            share = tree.least_area[box] <= area <= tree.most_area[box]
            bound = key + own - reach.most_v[box] + (together if share else apart)
            if bound >= meeting[_LENGTH]:
                continue
            line = with_detour_m(_line_to_box_m(reach, one, box), tables)
            if bound + tables.metre * line >= meeting[_LENGTH]:
                continue
            if tables.max_m >= 0 and line > tables.max_m:
                continue
            if box >= tree.leaves:
                for inner in range(tree.first[box], tree.last[box]):
                    stack[length] = inner
                    length += 1
                continue
            _price_box(half, front, other, meeting, sign, expander, key, box)


@inner_kernel
def settle_expander(
    half: Half,
    front: Front,
    other: Front,
    meeting: IntArray,
    sign: int,
    expander: int,
    source: int,
    key: int,
) -> None:
    """Settle an expander, and reach the targets that it leads to."""
    front.expander[expander] = key
    front.expander_from[expander] = source
    _reach_root(front, key + half.expander_root[expander], 0, expander)
    first = front.first[half.expander_group[expander]]
    level = half.expander_level[expander]
    if expander == half.lone_expander:
        _expand(half, front, other, meeting, sign, expander, key)
    elif first == NOBODY:
        front.first[half.expander_group[expander]] = expander
        _expand(half, front, other, meeting, sign, expander, key)
    else:
        for k in range(half.apart_begin[first], half.apart_begin[first + 1]):
            _reach_ordinary(half, front, other, meeting, sign, expander, half.apart[k], key)
    if half.lone_target != NOBODY:
        _reach_ordinary(half, front, other, meeting, sign, expander, half.lone_target, key)
    for k in range(half.single_begin[expander], half.single_begin[expander + 1]):
        target = half.single[k]
        if half.target_level[target] == level:
            reached = key + half.single_weight[k]
            _reach_target(front, other, meeting, sign, expander, target, reached)


@inner_kernel
def advance(half: Half, front: Front, other: Front, meeting: IntArray, sign: int) -> None:
    """Settle whoever is nearest."""
    key = front.key[0]
    item = pop(front)
    kind = item >> KIND_BITS
    expander, target = (item >> PERSON_BITS) & PERSON, item & PERSON
    if kind == EXPANDER:
        if front.expander[expander] == FAR:
            settle_expander(half, front, other, meeting, sign, expander, target, key)
    elif kind == TARGET:
        if front.target[target] == FAR:
            settle_target(half, front, other, meeting, sign, target, expander, key)
    elif front.left[target] > 0:
        for k in range(half.member_begin[target], half.member_begin[target + 1]):
            one = half.member[k]
            if front.target[one] != FAR or one == half.lone_target:
                continue
            if not _is_apart(half, expander, one):
                settle_target(half, front, other, meeting, sign, one, expander, key)


@inner_kernel
def _search(
    ahead: Half, back: Half, fore: Front, rear: Front, meeting: IntArray, most: int
) -> bool:
    """Advance both halves until no path can be shorter than what they found; False if stopped."""
    while fore.number[PRICED] + rear.number[PRICED] <= most:
        if fore.number[OVERFLOW] + rear.number[OVERFLOW] > 0:
            return False
        near, far = nearest(fore), nearest(rear)
        root_ahead, root_back = fore.number[ROOT], rear.number[ROOT]
        if root_ahead + root_back < meeting[_LENGTH]:
            meeting[_LENGTH] = root_ahead + root_back
            meeting[_AHEAD_ROLE] = _OVER_ROOT
        if min(root_ahead, near) + min(root_back, far) >= meeting[_LENGTH]:
            return True
        # where one half knows its way to the root, the other is to find its own
        goes_ahead = near <= far
        if root_ahead <= near and root_back > far:
            goes_ahead = False
        elif root_back <= far and root_ahead > near:
            goes_ahead = True
        if goes_ahead:
            advance(ahead, fore, rear, meeting, 1)
        else:
            advance(back, rear, fore, meeting, -1)
    return False


@inner_kernel
def _trace(front: Front, role: int, person: int, path: IntArray, at: int, step: int) -> int:
    """Write who is on the way back to where a half began: expanders as they are, targets below 0.

    Returns where the next one would be written.
    """
    while person != NOBODY:
        path[at] = person if role == 0 else -2 - person
        person = front.expander_from[person] if role == 0 else front.target_from[person]
        role = 1 - role
        at += step
    return at


@kernel
def shortest_path(
    ahead: Half,
    back: Half,
    fore: Front,
    rear: Front,
    begins: tuple[int, int],
    ends: tuple[int, int],
    limit: int,
    most: int,
) -> tuple[int, IntArray]:
    """Return the shortest path from one person to another.

    Parameters
    ----------
    ahead, back
        The network from either end.
    fore, rear
        What `front` returns of each.
    begins, ends
        A role in its half (0 expander, 1 target), and a person.
    limit
        Only paths that are shorter count.
    most
        Pairs of groups that may be priced.

    Returns
    -------
    length
        `FAR` if no path is shorter than the limit; -1 if there was not enough room, or too many
        pairs to be priced.
    path
        Who is on it: cadres as they are, recipients as -2 less their position, the root as -1.
    """
    meeting = np.array([limit, NOBODY, NOBODY, 0, NOBODY], dtype=np.int64)
    none = np.empty(0, dtype=np.int64)
    # both begin before either goes on: what one has not reached yet is no nearer than its heap says
    for half, (role, person) in ((fore, begins), (rear, ends)):
        if role == 0:
            push_entry(half, 0, EXPANDER, person, NOBODY)
        else:
            push_entry(half, 0, TARGET, NOBODY, person)
    advance(back, rear, fore, meeting, -1)
    advance(ahead, fore, rear, meeting, 1)
    is_done = _search(ahead, back, fore, rear, meeting, most)
    if not is_done:
        return -1, none
    if meeting[_AHEAD_ROLE] == NOBODY:
        return FAR, none
    people = 2 * (fore.expander.shape[0] + fore.target.shape[0])
    path = np.empty(2 * people + 1, dtype=np.int64)
    middle = people
    if meeting[_AHEAD_ROLE] == _OVER_ROOT:
        path[people] = -1
        middle += 1
        head = _trace(fore, fore.number[ROOT_ROLE], fore.number[ROOT_FROM], path, people - 1, -1)
        tail = _trace(rear, rear.number[ROOT_ROLE], rear.number[ROOT_FROM], path, middle, 1)
    else:
        head = _trace(fore, meeting[_AHEAD_ROLE], meeting[_AHEAD], path, people - 1, -1)
        tail = _trace(rear, meeting[_BACK_ROLE], meeting[_BACK], path, middle, 1)
    # backwards, recipients are expanders
    for k in range(middle, tail):
        path[k] = -2 - path[k]
    return int(meeting[_LENGTH]), path[head + 1 : tail].copy()
