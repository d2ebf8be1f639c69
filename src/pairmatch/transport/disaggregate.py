"""From flows between classes back to people.

Loads of a class's members differ by at most one, as the convex load curve wants it, and so do the
cadres that members of a class of recipients get. Within the block of two classes no pair may
occur twice. Dealing units out in turns does all of this at once: unit t of a block goes to row
``t mod m`` and to column ``(s + t + t // lcm(m, n)) mod n``. The shift by one after every
``lcm(m, n)`` units makes all ``m * n`` of them distinct (the sums are as even as they can be, so
that :cite:t:`gale1957theorem` grants a solution), and ``s`` lets the turn of the columns go on
where the block before ended.

Classes are taken by their numbers and their members in the order of their ids, so the result
depends on the tables and on nothing else.
"""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.formulate.formulation import Formulation
from pairmatch.threads import IN_TURN
from pairmatch.transport.classes import Classes
from pairmatch.transport.keeping import kept_by_count, places_to_fill
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class ClassFlow:
    """Flow between classes, shape ``(n,)`` each, without zeros."""

    cadre: IntArray
    recipient: IntArray
    amount: IntArray


def disaggregate(
    formulation: Formulation,
    problem: TransportationProblem,
    known_flow: IntArray,
    flow: ClassFlow,
    executor: Executor = IN_TURN,
) -> tuple[IntArray, IntArray] | BoolArray:
    """Return the pairs of people, as positions, sorted by recipient, then cadre.

    Where members of classes, which are told apart by the number of their pairs alone, cannot keep
    what the class can, return these cadres instead, shape ``(C,)``. Fixed locks come first, then
    pairs that are kept and single pairs, then all others.
    """
    pairs = formulation.special_pairs
    fixed = np.flatnonzero(problem.roles.fixed)
    keep_arcs = problem.keep_arcs
    single = np.flatnonzero(problem.roles.single)[known_flow[keep_arcs:] > 0]
    if problem.refined:
        kept = _kept(formulation, problem, known_flow[:keep_arcs], keep_arcs)
    else:
        owner, load = pairs.cadre[problem.keep_pair], _loads(problem, flow, known_flow)
        kept, short = kept_by_count(problem, owner, known_flow[:keep_arcs], load)
        if short.any():
            return _members(problem, short)
    by_hand = np.concatenate([kept, single])
    cadre_used = np.bincount(pairs.cadre[by_hand], minlength=formulation.cadre_count)
    recipient_used = np.bincount(pairs.recipient[by_hand], minlength=formulation.recipient_count)
    rows = _rows(problem, flow, known_flow, cadre_used)
    if rows is None:
        return _members(problem, _changed(problem, flow, known_flow))
    cadre, recipient = _deal(problem, flow, rows, recipient_used, executor)
    cadre = np.concatenate([pairs.cadre[fixed], pairs.cadre[by_hand], cadre])
    recipient = np.concatenate([pairs.recipient[fixed], pairs.recipient[by_hand], recipient])
    if (problem.demand > 1).any() or by_hand.shape[0] or fixed.shape[0]:
        _, order = counting_sort(cadre, formulation.cadre_count)
        cadre, recipient = cadre[order], recipient[order]
    # otherwise each recipient stands in one pair at most, and the sort by cadres would be lost
    _, order = counting_sort(recipient, formulation.recipient_count)
    cadre, recipient = cadre[order], recipient[order]
    if not problem.refined and _has_twice(cadre, recipient):
        return _members(problem, _changed(problem, flow, known_flow))
    return cadre, recipient


def _has_twice(cadre: IntArray, recipient: IntArray) -> bool:
    """Tell whether a pair occurs twice among sorted ones."""
    return bool(((np.diff(recipient) == 0) & (np.diff(cadre) == 0)).any())


def _members(problem: TransportationProblem, classes: BoolArray) -> BoolArray:
    """Return the cadres of some classes, shape ``(C,)``."""
    members: BoolArray = np.append(classes, False)[problem.cadres.of_person]
    return members


def _changed(problem: TransportationProblem, flow: ClassFlow, known_flow: IntArray) -> BoolArray:
    """Return the classes of cadres that do not keep all that they have, or get something else."""
    changed = np.zeros(problem.limit.shape[0], dtype=np.bool_)
    changed[flow.cadre] = True
    changed[problem.known.cadre[known_flow < problem.known.capacity]] = True
    return changed


def _loads(problem: TransportationProblem, flow: ClassFlow, known_flow: IntArray) -> IntArray:
    """Return how many recipients each class of cadres gets, shape ``(I,)``."""
    load = np.bincount(flow.cadre, flow.amount, problem.limit.shape[0]).astype(np.int64)
    np.add.at(load, problem.known.cadre, known_flow)
    return load


def _rows(
    problem: TransportationProblem, flow: ClassFlow, known_flow: IntArray, used: IntArray
) -> "Ring | None":
    """Return the members of classes of cadres in the order in which units are dealt to them."""
    if problem.refined:
        return _ring(problem.cadres, used, None)
    load = _loads(problem, flow, known_flow)
    places = places_to_fill(problem, used, load, _changed(problem, flow, known_flow))
    if places is None:
        return None
    member, size = places
    return Ring(member, np.cumsum(size) - size, size)


def _kept(
    formulation: Formulation, problem: TransportationProblem, flow: IntArray, arcs: int
) -> IntArray:
    """Choose which current pairs stand behind the flow on each keep-arc.

    A member of a class with several current pairs each takes its turn: the pairs of an arc are
    ordered by turn, so that the numbers kept by members differ by at most one.
    """
    pair, arc = problem.keep_pair, problem.keep_arc
    if pair.shape[0] == 0:
        return pair
    owner = formulation.special_pairs.cadre[pair]
    counts = np.bincount(owner, minlength=formulation.cadre_count)[owner]
    several = counts > 1
    turn = np.zeros(pair.shape[0], dtype=np.int64)
    if several.any():
        turn[several] = _turns(problem, owner[several], arc[several], flow)
    order = np.lexsort((pair, turn, arc))
    first = np.searchsorted(arc[order], np.arange(arcs))
    nth = np.arange(pair.shape[0]) - first[arc[order]]
    return np.sort(pair[order[nth < flow[arc[order]]]])


def _turns(
    problem: TransportationProblem, owner: IntArray, arc: IntArray, flow: IntArray
) -> IntArray:
    """Order the pairs on each arc round by round, starting with the member whose turn it is.

    All members of such a class have the same number of pairs on each of its arcs. Arcs of a class
    are taken in order, and each starts where the one before ended.
    """
    cadre_class = problem.cadres.of_person[owner]
    size = problem.cadres.size[cadre_class]
    member = _position_in_class(problem.cadres)[owner]
    # the n-th pair of the same member on the same arc belongs to round n
    order = np.lexsort((np.arange(arc.shape[0]), member, arc))
    run = np.ones(arc.shape[0], dtype=np.bool_)
    run[1:] = (arc[order][1:] != arc[order][:-1]) | (member[order][1:] != member[order][:-1])
    start = np.flatnonzero(run)
    round_of = np.empty(arc.shape[0], dtype=np.int64)
    round_of[order] = np.arange(arc.shape[0]) - start[np.cumsum(run) - 1]
    arcs = np.unique(arc)
    arc_class = problem.known.cadre[arcs]
    by_class = np.lexsort((arcs, arc_class))
    before = _exclusive_sums(flow[arcs[by_class]], arc_class[by_class])
    offset = np.zeros(flow.shape[0], dtype=np.int64)
    offset[arcs[by_class]] = before
    return round_of * size + (member - offset[arc]) % size


def _exclusive_sums(values: IntArray, group: IntArray) -> IntArray:
    """Return running sums within runs of equal ``group``, each without its own value."""
    total = np.cumsum(values) - values
    first = np.ones(group.shape[0], dtype=np.bool_)
    first[1:] = group[1:] != group[:-1]
    base = total[first]
    return total - base[np.cumsum(first) - 1] if group.shape[0] else total


def _position_in_class(classes: Classes) -> IntArray:
    """Return the number of each member in its class, from 0; -1 for people without a class."""
    position = np.full(classes.of_person.shape[0], -1, dtype=np.int64)
    present = np.flatnonzero(classes.of_person >= 0)
    first, order = counting_sort(classes.of_person[present], classes.size.shape[0])
    order = present[order]
    position[order] = np.arange(order.shape[0]) - first[classes.of_person[order]]
    return position


class Ring(NamedTuple):
    """The members of each class in the order in which units are dealt to them.

    ``member`` holds persons, class by class from ``first``; ``size`` counts them.
    """

    member: IntArray
    first: IntArray
    size: IntArray


def _ring(classes: Classes, late: IntArray | None, left_out: BoolArray | None) -> Ring:
    """Order members by ``late`` if that is given, then position, leaving some out."""
    inside = classes.of_person >= 0
    if left_out is not None:
        inside &= ~left_out
    people = np.flatnonzero(inside)
    group = classes.of_person[people]
    if late is not None and late.any():
        _, order = counting_sort(late[people], int(late.max()) + 1)
        people, group = people[order], group[order]
    first, order = counting_sort(group, classes.size.shape[0])
    return Ring(people[order], first[:-1], np.diff(first))


def _deal(
    problem: TransportationProblem,
    flow: ClassFlow,
    rows: Ring,
    recipient_used: IntArray,
    executor: Executor,
) -> tuple[IntArray, IntArray]:
    """Deal the flow of every block out to members, in turns on both sides.

    Members who already have a pair more than others come last in the turn. As nobody is ahead by
    more than one, loads end up even.
    """
    if flow.amount.shape[0] == 0:
        return flow.cadre, flow.recipient
    block = np.lexsort((flow.recipient, flow.cadre))
    cadre, recipient, amount = (part[block] for part in (flow.cadre, flow.recipient, flow.amount))
    # on the other side the blocks of a class are taken in the order of the cadres' classes
    other = np.lexsort((cadre, recipient))
    column_start = np.empty(amount.shape[0], dtype=np.int64)
    column_start[other] = _exclusive_sums(amount[other], recipient[other])
    # those who wanted one cadre and have one are out; others with pairs by hand stand alone
    settled = (recipient_used > 0) & (problem.demand[problem.recipients.of_person] == 1)
    of_recipients = executor.submit(_ring, problem.recipients, None, settled)
    columns = of_recipients.result()
    period = np.lcm(rows.size[cadre], np.maximum(columns.size[recipient], 1))
    return _deal_blocks(
        cadre,
        recipient,
        amount,
        period,
        _exclusive_sums(amount, cadre),
        column_start - amount // period,
        rows,
        columns,
    )


@kernel
def _deal_blocks(
    cadre: IntArray,
    recipient: IntArray,
    amount: IntArray,
    period: IntArray,
    row_start: IntArray,
    column_start: IntArray,
    rows: Ring,
    columns: Ring,
) -> tuple[IntArray, IntArray]:
    """Deal the units of each block to rows and columns, from where the block starts on each side.

    Every ``period`` units the columns shift by one.
    """
    units = amount.sum()
    row = np.empty(units, dtype=np.int64)
    column = np.empty(units, dtype=np.int64)
    unit = 0
    for block in range(amount.shape[0]):
        i = cadre[block]
        j = recipient[block]
        at_row = row_start[block] % rows.size[i]
        at_column = column_start[block] % columns.size[j]
        left = period[block]
        for _ in range(amount[block]):
            row[unit] = rows.member[rows.first[i] + at_row]
            column[unit] = columns.member[columns.first[j] + at_column]
            unit += 1
            at_row = at_row + 1 if at_row + 1 < rows.size[i] else 0
            at_column = at_column + 1 if at_column + 1 < columns.size[j] else 0
            left -= 1
            if left == 0:
                left = period[block]
                at_column = at_column + 1 if at_column + 1 < columns.size[j] else 0
    return row, column
