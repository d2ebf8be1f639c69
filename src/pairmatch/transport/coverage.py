"""Who can be served at all, whatever it costs: the level above the metres, solved by itself.

Without costs, cadres who may help the same people are interchangeable, wherever they live, and so
are recipients whom the same cadres may help. That leaves a few *kinds*, and one small flow over
all pairs of kinds. Recipients of a kind who want one cadre each even share a node, whatever their
priority: those with the lowest go without first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow import Engine, FlowNetwork, FlowStatus
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class Coverage:
    """The least that can go without, and potentials that prove it.

    Attributes
    ----------
    weighted_missing
        Cadres missing, each times the rank of its priority.
    u, v
        Shapes ``(I,)`` and ``(J,)``: potentials at the rank of each priority as the price of a
        missing cadre, and one more for a rule. No pair has a negative reduced cost.
    """

    weighted_missing: int
    u: IntArray
    v: IntArray


def least_missing(
    problem: TransportationProblem, engine: Engine, stop: Callable[[], bool]
) -> Coverage | None:
    """Find out who can be served, in lexicographic order of priorities.

    Returns
    -------
    Coverage or None
        None if there are too many kinds for that, hard rules clash, a pair of recipient and cadre
        is wanted more than once, or it was stopped.

    Notes
    -----
    Time: grouping the classes, and a flow over the pairs of kinds.
    """
    cadre_kind, recipient_kind = _kinds_of_cadres(problem), _kinds_of_recipients(problem)
    cadre_kinds = int(cadre_kind.max(initial=-1)) + 1
    recipient_kinds = int(recipient_kind.max(initial=-1)) + 1
    if cadre_kinds * recipient_kinds > problem.tuning.kinds:
        return None
    highest = int(problem.priority_rank.max(initial=1))
    step = _steps(problem, cadre_kind, highest)
    missing = _missing(problem, recipient_kind)
    pair = _pairs(problem, cadre_kind, recipient_kind)
    wanted = _sums(recipient_kind, problem.wanted)
    root = np.zeros(1, dtype=np.int64)
    network = FlowNetwork.unchecked(
        tail=np.concatenate([step.tail, missing.tail, 1 + pair.tail]),
        head=np.concatenate(
            [1 + step.head, 1 + cadre_kinds + missing.head, 1 + cadre_kinds + pair.head]
        ),
        capacity=np.concatenate([step.capacity, missing.capacity, pair.capacity]),
        unit_cost=np.concatenate([step.unit_cost, missing.unit_cost, pair.unit_cost]),
        supply=np.concatenate(
            [root + wanted.sum(), np.zeros(cadre_kinds, dtype=np.int64), -wanted]
        ),
    )
    result = engine.open(network).solve(stop)
    if result.status is not FlowStatus.OPTIMAL:
        return None
    ends = np.cumsum([step.tail.shape[0], missing.tail.shape[0]])
    step_flow, missing_flow, _ = np.split(result.flow, ends)
    if (step_flow < step.capacity)[step.unit_cost < 0].any():
        return None
    u, v = np.split(result.potential[1:] - result.potential[0], [cadre_kinds])
    # those whom nobody may help are out of everybody's reach
    helped = np.bincount(pair.head, minlength=recipient_kinds) > 0
    u = np.clip(u, -highest - 1, highest)
    v = np.where(helped, np.clip(v, -highest - 1, highest), highest + 1)
    if (u[pair.tail] < v[pair.head]).any():
        return None
    weighted = int((missing_flow * missing.unit_cost).sum())
    return Coverage(weighted, u[cadre_kind], v[recipient_kind])


class _Arcs(NamedTuple):
    """Arcs between kinds, or from the root to kinds, shape ``(n,)`` each."""

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray


def _kinds_of_cadres(problem: TransportationProblem) -> IntArray:
    """Return the kind of each class of cadres, shape ``(I,)``."""
    side, tables = problem.costs.cadres, problem.costs.tables
    alone = _alone(problem, problem.known.cadre, problem.closed_cadre, problem.limit.shape[0])
    columns = [
        _patterns(tables.eligibility_m)[side.rank],
        _patterns(tables.outside_m)[side.sponsor_set],
        alone,
    ]
    if int(problem.demand.max(initial=1)) > 1:
        # different cadres are wanted: how many there are with how many places matters
        columns += [problem.limit, problem.floor]
    return group_rows(*pack_columns(*columns))[1]


def _kinds_of_recipients(problem: TransportationProblem) -> IntArray:
    """Return the kind of each class of recipients, shape ``(J,)``."""
    side, tables = problem.costs.recipients, problem.costs.tables
    alone = _alone(
        problem, problem.known.recipient, problem.closed_recipient, problem.demand.shape[0]
    )
    columns = (
        _patterns(tables.eligibility_m.T)[side.category],
        _patterns(tables.outside_m.T)[side.zone],
        alone,
        problem.demand,
        np.where(problem.demand > 1, problem.priority_rank, 0),
    )
    return group_rows(*pack_columns(*columns))[1]


def _patterns(table: IntArray) -> IntArray:
    """Return a number for each row of a table: one number where the same entries are eligible."""
    eligible = table >= 0
    if eligible.all():
        return np.zeros(table.shape[0], dtype=np.int64)
    _, number = np.unique(np.packbits(eligible, axis=1), axis=0, return_inverse=True)
    return number.astype(np.int64).reshape(-1)


def _alone(
    problem: TransportationProblem, known: IntArray, closed: IntArray, count: int
) -> IntArray:
    """Return 0 for classes that are as eligible as their attributes say, else a number each."""
    if problem.costs.tables.max_m >= 0:
        # who is near enough is an affair of each two places
        return np.arange(1, count + 1)
    number = np.zeros(count, dtype=np.int64)
    for some in (known[problem.keep_arcs :], closed):
        number[some] = some + 1
    return number


def _steps(problem: TransportationProblem, kind: IntArray, highest: int) -> _Arcs:
    """Return arcs from the root to kinds of cadres, those of minimum loads rewarded."""
    required = _sums(kind, problem.cadres.size * problem.floor)
    free = _sums(kind, problem.supply) - required
    head = np.arange(required.shape[0])
    there = required > 0
    return _Arcs(
        np.zeros(int(there.sum()) + head.shape[0], dtype=np.int64),
        np.concatenate([head[there], head]),
        np.concatenate([required[there], free]),
        np.concatenate([np.full(int(there.sum()), -highest - 1), np.zeros_like(head)]),
    )


def _missing(problem: TransportationProblem, kind: IntArray) -> _Arcs:
    """Return arcs from the root to kinds of recipients, one for each of their priorities."""
    first, group, _ = group_rows(*pack_columns(kind, problem.priority_rank))
    head, rank = kind[first], problem.priority_rank[first]
    highest = np.zeros(int(kind.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(highest, head, rank)
    # the dearest arc of a kind is never full, so that it bounds the potential
    capacity = _sums(group, problem.wanted) + (rank == highest[head])
    return _Arcs(np.zeros_like(head), head, capacity, rank)


def _pairs(problem: TransportationProblem, cadre_kind: IntArray, recipient_kind: IntArray) -> _Arcs:
    """Return arcs between kinds, and between people in pairs with an arc of their own."""
    some_cadres, some_recipients = _one_of_each(cadre_kind), _one_of_each(recipient_kind)
    eligible: BoolArray = problem.costs.block(some_cadres, some_recipients) >= 0
    closed = problem.closed_cadre, problem.closed_recipient
    eligible[cadre_kind[closed[0]], recipient_kind[closed[1]]] = False
    single = slice(problem.keep_arcs, None)
    known = problem.known.cadre[single], problem.known.recipient[single]
    eligible[cadre_kind[known[0]], recipient_kind[known[1]]] = True
    tail, head = np.nonzero(eligible)
    # members of both kinds, which bounds the pairs of people where several cadres are wanted
    pairs = _sums(cadre_kind, problem.cadres.size)[tail]
    pairs *= _sums(recipient_kind, problem.recipients.size)[head]
    wants_one = problem.demand[some_recipients][head] == 1
    wanted = _sums(recipient_kind, problem.wanted)[head] + 1
    return _Arcs(tail, head, np.where(wants_one, wanted, pairs), np.zeros_like(tail))


def _one_of_each(kind: IntArray) -> IntArray:
    return group_rows(kind)[0]


def _sums(kind: IntArray, values: IntArray) -> IntArray:
    """Add up values by kind; exact, as there are far fewer than 2**53 people."""
    return np.bincount(kind, weights=values).astype(np.int64)
