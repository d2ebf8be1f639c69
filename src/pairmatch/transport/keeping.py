"""Which members of a class keep which pairs, where members are told apart by their number alone.

A class of ``m`` cadres with ``c`` pairs each keeps some of each kind, and gets ``L`` recipients in
all: ``L mod m`` members get one more than the others. So nobody may keep more than that, and those
who have to give something up do so first. Where that cannot be done, what the class can keep is
more than its members can.
"""

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.flow import max_flow
from pairmatch.transport.transportation import TransportationProblem


def kept_by_count(
    problem: TransportationProblem, owner: IntArray, flow: IntArray, load: IntArray
) -> tuple[IntArray, BoolArray]:
    """Choose which pairs stand behind the flow on each keep-arc.

    Who has given up least gives next. Where that leaves somebody more than even loads allow, the
    pairs of that class are chosen by a maximum flow, so that they are right if they can be.

    Parameters
    ----------
    owner
        Shape of ``problem.keep_pair``: the cadre of each pair.
    flow
        Flow on the keep-arcs.
    load
        Shape ``(I,)``: recipients that each class gets in all.

    Returns
    -------
    kept, short
        Positions among the special pairs, rising; and, of shape ``(I,)``, the classes whose members
        cannot keep as many.
    """
    first, order = counting_sort(problem.keep_arc, flow.shape[0])
    people = problem.cadres.of_person.shape[0]
    stays = _give_up(first, order, owner, flow, people)
    own = problem.cadres.of_person[owner]
    even, more = load // problem.cadres.size, load % problem.cadres.size
    keeps = np.bincount(owner[stays], minlength=people)
    beyond = keeps > np.append(even, 0)[problem.cadres.of_person]
    one_more = np.bincount(problem.cadres.of_person[beyond], minlength=load.shape[0])
    too_much = one_more > more
    # nobody may have two more
    too_much[own[keeps[owner] > even[own] + 1]] = True
    again = np.flatnonzero(too_much[own])
    short = np.zeros_like(too_much)
    if again.shape[0]:
        stays[again] = _by_flow(problem, owner[again], again, flow, even, more)
        stay = np.bincount(problem.keep_arc[again][stays[again]], minlength=flow.shape[0])
        arcs = problem.keep_arc[again]
        short[own[again[stay[arcs] < flow[arcs]]]] = True
    kept: IntArray = problem.keep_pair[stays]
    return kept, short


def _by_flow(
    problem: TransportationProblem,
    owner: IntArray,
    pair: IntArray,
    flow: IntArray,
    even: IntArray,
    more: IntArray,
) -> BoolArray:
    """Choose pairs of some classes by a maximum flow: arcs to pairs, to members, to their places.

    Parameters
    ----------
    owner, pair
        Shape ``(n,)``: the cadre of each of their pairs, and its position among the keep pairs.
    even, more
        Shape ``(I,)``: what each member gets at least, and how many get one more.
    """
    arcs, arc = np.unique(problem.keep_arc[pair], return_inverse=True)
    members, member = np.unique(owner, return_inverse=True)
    classes, group = np.unique(problem.cadres.of_person[members], return_inverse=True)
    first_member = 1 + arcs.shape[0]
    first_class = first_member + members.shape[0]
    sink = first_class + classes.shape[0]
    one = np.ones(1, dtype=np.int64)
    every = np.arange(members.shape[0])
    columns = (
        (0 * arcs, 1 + np.arange(arcs.shape[0]), flow[arcs]),
        (1 + arc.reshape(-1), first_member + member.reshape(-1), one.repeat(pair.shape[0])),
        (first_member + every, one.repeat(every.shape[0]) * sink, even[classes][group]),
        (first_member + every, first_class + group, one.repeat(every.shape[0])),
        (first_class + np.arange(classes.shape[0]), 0 * classes + sink, more[classes]),
    )
    tail, head, capacity = (np.concatenate(part) for part in zip(*columns, strict=True))
    found = max_flow(tail, head, capacity, sink + 1, 0, sink)
    kept: BoolArray = found.flow[arcs.shape[0] : arcs.shape[0] + pair.shape[0]] > 0
    return kept


@kernel
def _give_up(
    first: IntArray, order: IntArray, owner: IntArray, flow: IntArray, people: int
) -> BoolArray:
    stays = np.ones(owner.shape[0], dtype=np.bool_)
    given = np.zeros(people, dtype=np.int64)
    for arc in range(flow.shape[0]):
        left = first[arc + 1] - first[arc] - flow[arc]
        turn = 0
        while left > 0:
            for k in range(first[arc], first[arc + 1]):
                pair = order[k]
                if left > 0 and stays[pair] and given[owner[pair]] <= turn:
                    stays[pair] = False
                    given[owner[pair]] += 1
                    left -= 1
            turn += 1
    return stays


def places_to_fill(
    problem: TransportationProblem, used: IntArray, load: IntArray, changed: BoolArray
) -> tuple[IntArray, IntArray] | None:
    """Return the places that members of some classes have left, so that loads are even.

    Parameters
    ----------
    used
        Shape of people: pairs that each cadre keeps.
    load
        Shape ``(I,)``: recipients that each class gets in all.
    changed
        Shape ``(I,)``: classes that are looked at; in the others everybody keeps the same number.

    Returns
    -------
    member, size
        Cadres, class by class, in turns: those with most places left first; and how many places
        each class has. None where somebody keeps more than even loads allow.
    """
    classes = problem.cadres
    of_person = classes.of_person
    people = np.flatnonzero(np.append(changed, False)[of_person])
    own = of_person[people]
    order = np.lexsort((people, -used[people], own))
    people, own = people[order], own[order]
    nth = np.arange(people.shape[0]) - np.searchsorted(own, own)
    even, more = load // classes.size, load % classes.size
    left = even[own] + (nth < more[own]) - used[people]
    if (left < 0).any():
        return None
    member, group = np.repeat(people, left), np.repeat(own, left)
    turn = np.arange(member.shape[0]) - np.repeat(np.cumsum(left) - left, left)
    most = np.zeros(load.shape[0], dtype=np.int64)
    np.maximum.at(most, own, left)
    turn += most[group] - np.repeat(left, left)
    in_turns = np.lexsort((member, turn, group))
    return member[in_turns], np.bincount(group, minlength=load.shape[0]).astype(np.int64)
