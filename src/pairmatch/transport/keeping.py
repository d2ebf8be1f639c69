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
from pairmatch.transport.transportation import TransportationProblem


def kept_by_count(problem: TransportationProblem, owner: IntArray, flow: IntArray) -> IntArray:
    """Choose which pairs stand behind the flow on each keep-arc; who has given up least gives next.

    Parameters
    ----------
    owner
        Shape of ``problem.keep_pair``: the cadre of each pair.
    flow
        Flow on the keep-arcs.

    Returns
    -------
    IntArray
        Positions among the special pairs, rising.
    """
    first, order = counting_sort(problem.keep_arc, flow.shape[0])
    stays = _give_up(first, order, owner, flow, problem.cadres.of_person.shape[0])
    kept: IntArray = problem.keep_pair[stays]
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
