"""Classes of interchangeable people.

Averaging an optimal solution over the permutations of interchangeable people keeps it optimal,
and the constraints are totally unimodular, so the optimum over classes equals the optimum over
formulation :cite:p:`schrijver2003combinatorial`.

Current pairs do not break this up. They become arcs of their own between two classes, with the
number of such pairs as capacity. That is exact while no cadre and no recipient has several of
them; cadres with several are told apart by the classes of their current recipients, recipients
with several stand alone. People in any other special pair stand alone as well.

Classes are numbered along a curve on which neighbours follow each other. What the solver does is
nearly always about neighbours, and is quicker where they are near each other in memory as well,
whatever the order of the tables.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, FloatArray, IntArray
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.points import morton


@dataclass(frozen=True)
class Classes:
    """Classes on one side.

    ``representative`` and ``size`` have shape (classes,); ``of_person`` has one entry a person,
    -1 for people who are not part of the problem (nothing left to give or to receive). Classes are
    in Morton order, those at one point in the order of their first people.
    """

    representative: IntArray
    of_person: IntArray
    size: IntArray


@dataclass(frozen=True)
class Remaining:
    """What fixed locks leave: capacity from ``start`` on, and demand.

    ``start``, ``limit`` and ``floor`` have shape ``(C,)``: recipients already fixed, recipients
    that may still come, and how many of those must. ``demand`` has shape ``(R,)``.
    """

    start: IntArray
    limit: IntArray
    floor: IntArray
    demand: IntArray


@dataclass(frozen=True)
class PairRoles:
    """What the solver makes of each special pair, shape ``(E,)`` each, bool.

    ``fixed`` pairs are made before solving, ``keep`` pairs become arcs between classes,
    ``single`` pairs become arcs between two people who stand alone, ``blocked`` pairs must not be
    made (again). ``soft`` marks the single pairs that are locks which may have to be broken.
    """

    fixed: BoolArray
    keep: BoolArray
    single: BoolArray
    blocked: BoolArray
    soft: BoolArray


def pair_roles(formulation: Formulation, *, soft_locks: bool) -> tuple[PairRoles, Remaining]:
    """Sort the special pairs by what is to be done with them."""
    pairs = formulation.special_pairs
    eligible = pairs.eligible
    lockable = pairs.locked & eligible
    fixed = lockable & (not soft_locks)
    soft = lockable & soft_locks
    start = np.bincount(pairs.cadre[fixed], minlength=formulation.cadre_count)
    taken = np.bincount(pairs.recipient[fixed], minlength=formulation.recipient_count)
    remaining = Remaining(
        start=start,
        limit=formulation.capacity - start,
        floor=np.maximum(formulation.min_load - start, 0),
        demand=formulation.demand - taken,
    )
    open_pair = (remaining.limit[pairs.cadre] > 0) & (remaining.demand[pairs.recipient] > 0)
    usable = eligible & open_pair & ~fixed
    plain = usable & (pairs.current | pairs.started) & (pairs.adjustment_m == 0) & ~soft
    worth = (pairs.saving_m > 0) | pairs.started
    keep = plain & (formulation.demand[pairs.recipient] == 1) & worth
    idle = plain & ~worth
    single = usable & ~keep & ~idle
    blocked = open_pair & (pairs.base_m >= 0) & (fixed | ~eligible)
    return PairRoles(fixed, keep, single, blocked, soft), remaining


def recipient_classes(formulation: Formulation, roles: PairRoles, remaining: Remaining) -> Classes:
    """Group recipients by point, table costs, demand and priority."""
    side = formulation.costs.recipients
    alone = _alone(formulation.special_pairs.recipient, roles, formulation.recipient_count)
    several = np.bincount(
        formulation.special_pairs.recipient[roles.keep], minlength=formulation.recipient_count
    )
    alone |= several > 1
    columns = (
        formulation.recipient_point_idx,
        side.zone,
        _equal_columns(_eligibility(formulation), side.category, formulation.costs.cadres.rank),
        remaining.demand,
        formulation.priority,
    )
    return _classes(columns, remaining.demand > 0, alone, side.point)


def cadre_classes(
    formulation: Formulation,
    roles: PairRoles,
    remaining: Remaining,
    recipients: Callable[[], Classes],
    *,
    apart: BoolArray | None = None,
) -> Classes:
    """Group cadres by point, table costs, what they may and must still take, and current pairs.

    The classes of ``recipients`` are asked for only where somebody has several current pairs. Only
    the number of these counts but for cadres ``apart``, shape ``(C,)``, if that is given: pairs of
    the start are many. Members of a class may then stand for pairs that no single one of them
    can keep together, which going back to people shows.
    """
    side = formulation.costs.cadres
    alone = _alone(formulation.special_pairs.cadre, roles, formulation.cadre_count)
    columns = (
        formulation.cadre_point_idx,
        side.sponsor_set,
        _equal_columns(
            [table.T for table in _eligibility(formulation)],
            side.rank,
            formulation.costs.recipients.category,
        ),
        formulation.load.kind,
        remaining.start,
        remaining.limit,
        remaining.floor,
        _current_key(formulation, roles, recipients, apart),
        *([] if apart is None else [_count_key(formulation, roles)]),
    )
    return _classes(columns, remaining.limit > 0, alone, side.point)


def _classes(
    columns: tuple[IntArray, ...], present: BoolArray, alone: BoolArray, point: FloatArray
) -> Classes:
    people = np.flatnonzero(present)
    if alone.any():
        columns = (*columns, np.where(alone, np.arange(1, alone.shape[0] + 1), 0))
    if people.shape[0] < present.shape[0]:
        columns = tuple(column[people] for column in columns)
    first, group, size = group_rows(*pack_columns(*columns))
    representative = people[first]
    order = np.argsort(morton(point[:, representative]), kind="stable")
    number = np.empty(order.shape[0], dtype=np.int64)
    number[order] = np.arange(order.shape[0])
    of_person = np.full(present.shape[0], -1, dtype=np.int64)
    of_person[people] = number[group]
    return Classes(representative[order], of_person, size[order])


def _alone(person: IntArray, roles: PairRoles, count: int) -> BoolArray:
    alone = np.zeros(count, dtype=np.bool_)
    alone[person[roles.single | roles.blocked]] = True
    return alone


def _eligibility(formulation: Formulation) -> list[IntArray]:
    """Return the tables of ranks and categories that the levels name."""
    objective = formulation.objective
    named = {level.pairs for level in objective.levels if level.pairs is not None}
    return [tables.eligibility_m for name, tables in objective.tables.items() if name in named]


def _equal_columns(tables: list[IntArray], column: IntArray, rows_in_use: IntArray) -> IntArray:
    """Return a number for each column of some tables: the same where the rows in use are equal."""
    rows = np.flatnonzero(np.bincount(rows_in_use))
    if rows.shape[0] == 0 or not tables:
        return np.zeros(column.shape[0], dtype=np.int64)
    used = np.concatenate([table[rows] for table in tables])
    _, number = np.unique(used, axis=1, return_inverse=True)
    equal: IntArray = number.astype(np.int64).reshape(-1)[column]
    return equal


def _count_key(formulation: Formulation, roles: PairRoles) -> IntArray:
    """Tell cadres apart by how many pairs they have of the start, and how many current ones."""
    pairs, count = formulation.special_pairs, formulation.cadre_count
    started = np.bincount(pairs.cadre[roles.keep & pairs.started], minlength=count)
    current = np.bincount(pairs.cadre[roles.keep & (pairs.saving_m > 0)], minlength=count)
    return started * (int(current.max(initial=0)) + 1) + current


def _current_key(
    formulation: Formulation,
    roles: PairRoles,
    recipients: Callable[[], Classes],
    only: BoolArray | None = None,
) -> IntArray:
    """Tell cadres with several current pairs apart by the multiset of their recipients' classes.

    All of them, or those that are given.
    """
    key = np.zeros(formulation.cadre_count, dtype=np.int64)
    cadre = formulation.special_pairs.cadre[roles.keep]
    count = np.bincount(cadre, minlength=formulation.cadre_count)
    several = count[cadre] > 1
    if only is not None:
        several &= only[cadre]
    if not several.any():
        return key
    target = recipients().of_person[formulation.special_pairs.recipient[roles.keep]]
    cadre, target = cadre[several], target[several]
    order = np.lexsort((target, cadre))
    cadre, target = cadre[order], target[order]
    people, start = np.unique(cadre, return_index=True)
    nth = np.arange(cadre.shape[0]) - np.repeat(start, count[people])
    widest = int(count.max(initial=0))
    multiset = np.full((people.shape[0], widest), -1, dtype=np.int64)
    multiset[np.repeat(np.arange(people.shape[0]), count[people]), nth] = target
    _, group, _ = group_rows(*pack_columns(*multiset.T))
    key[people] = group + 1
    return key
