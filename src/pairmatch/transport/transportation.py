"""The transportation problem over classes, with the way back to people."""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_dot
from pairmatch.errors import CostRangeError
from pairmatch.formulate.costs import COST_BITS, CostTables, PairCosts, combined, largest_cost
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.load import LoadCurves
from pairmatch.formulate.objective import Objective
from pairmatch.threads import IN_TURN
from pairmatch.transport.classes import (
    Classes,
    PairRoles,
    Remaining,
    cadre_classes,
    pair_roles,
    recipient_classes,
)
from pairmatch.tuning import DEFAULT_TUNING, Tuning

# a share of the places
_SCARCE = 0.7


@dataclass(frozen=True)
class ClassPairs:
    """Arcs between two classes that are known beforehand, shape ``(n,)`` each.

    ``correction_m`` is added to what the attributes of the pair cost, ``capacity`` is the number of
    pairs of people behind an arc, ``started`` marks pairs of the start of a re-solve, and ``lock``
    arcs that stand for a lock which may be broken at the price of a violation.
    """

    cadre: IntArray
    recipient: IntArray
    correction_m: IntArray
    capacity: IntArray
    started: BoolArray
    lock: BoolArray

    @classmethod
    def none(cls) -> "ClassPairs":
        """Return no arc."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty, empty, *(2 * [empty.astype(np.bool_)]))


@dataclass(frozen=True)
class TransportationProblem:
    """``I`` classes of cadres, ``J`` classes of recipients, with all levels in one sum.

    Attributes
    ----------
    objective, prices
        The levels, and what a unit of each costs in the sum; see `at`.
    costs
        Costs between classes in the sum.
    cadres, recipients
        The classes, with the class of each person.
    start, limit, floor
        Shape ``(I,)``, recipients a member: fixed before solving, may still come, must still come.
    curves
        The load curves, whatever they cost in the sum; a member's first new recipient is number
        ``start + 1`` on its class's.
    demand
        Shape ``(J,)``: cadres a member still wants.
    priority_rank
        Shape ``(J,)``: 1 for the lowest priority in use, rising by 1; all 1 if coverage is priced.
    left_out, is_open
        How many recipients go without a cadre for nothing, as somebody has to; and, of shape
        ``(J,)``, among which classes these may be. 0 and all, unless it is known beforehand.
    known
        Keep-arcs and single pairs. A class pair may have one next to its ordinary arc.
    keep_pair, keep_arc
        Keep pairs as positions among the special pairs, and the ``known`` arc of each.
    closed_cadre, closed_recipient
        Class pairs without an ordinary arc, sorted: single and blocked pairs.
    roles
        What became of each special pair.
    start_pairs
        Pairs of the start of a re-solve that are not fixed; 0 without a start.
    lost_locks
        Breakable locks that no plan can keep: not eligible, or without any capacity.
    refined
        Whether members of a class can keep whatever pairs the class can. Otherwise that is known
        only once it has been tried.
    tuning
        Numbers that change how long it takes to solve.
    """

    objective: Objective
    prices: tuple[int, ...]
    costs: PairCosts
    cadres: Classes
    recipients: Classes
    start: IntArray
    limit: IntArray
    floor: IntArray
    curves: LoadCurves
    demand: IntArray
    priority_rank: IntArray
    left_out: int
    is_open: BoolArray
    known: ClassPairs
    keep_pair: IntArray
    keep_arc: IntArray
    closed_cadre: IntArray
    closed_recipient: IntArray
    roles: PairRoles
    start_pairs: int
    lost_locks: int
    refined: bool = True
    tuning: Tuning = DEFAULT_TUNING

    def at(self, prices: tuple[int, ...]) -> "TransportationProblem":
        """Return the same problem at other prices of the levels.

        Raises
        ------
        CostRangeError
            If the sum of one class's reduced costs over all cadres could reach 2**62.
        """
        if prices == self.prices:
            return self
        check_prices(self, prices)
        costs = self.costs.under(self.objective.pair_tables(prices))
        return replace(self, prices=prices, costs=costs)

    @property
    def weighs_all(self) -> bool:
        """Whether every level counts that pairs cost something on, and not only the first few."""
        return self.prices[self.objective.last_of_pairs] > 0

    @property
    def metre(self) -> int:
        """What a metre costs in the sum, or 1 where metres do not count."""
        return max(1, self.costs.tables.metre)

    @property
    def violation(self) -> int:
        """What a broken hard rule costs in the sum."""
        return self.objective.violation(self.prices)

    @property
    def missing(self) -> IntArray:
        """What a missing cadre costs in the sum, shape ``(J,)``."""
        return self.objective.missing(self.prices, self.priority_rank)

    @property
    def missing_at_rank_1(self) -> int:
        """What a cadre costs in the sum that a recipient of the lowest rank is missing."""
        return int(self.objective.missing(self.prices, np.ones(1, dtype=np.int64))[0])

    @property
    def load(self) -> LoadCurves:
        """What loads cost in the sum."""
        return self.curves.times(self.objective.load(self.prices))

    @cached_property
    def known_cost(self) -> IntArray:
        """Return the unit costs of the known arcs in the sum, rewards for locks included."""
        known, base = self.known, self.known_base
        added = known.correction_m * self.objective.correction(self.prices)
        added = added - self.objective.changed(self.prices) * known.started
        return base + added - self.violation * known.lock

    @cached_property
    def known_base(self) -> IntArray:
        """What the attributes of the known arcs' classes cost in the sum."""
        return self.costs.of_pairs(self.known.cadre, self.known.recipient)

    @property
    def constant(self) -> int:
        """What is part of every plan's value: all hard rules broken, and all pairs changed."""
        changed = self.objective.changed(self.prices)
        return self.violation * self.rules + changed * self.start_pairs

    @property
    def key_tables(self) -> CostTables:
        """The cost tables by which pricing orders pairs.

        Where not all levels count, the last one decides between pairs of equal reduced cost: the
        sum is shifted left by `key_shift` bits, and the last level is added, below 2**40.
        """
        if self.weighs_all:
            return self.costs.tables
        last = self.objective.pair_tables(self.objective.units[self.objective.last_of_pairs])
        return combined([(1 << COST_BITS, self.costs.tables), (1, last)])

    @property
    def key_shift(self) -> int:
        """How many bits keys of pricing are shifted left."""
        return 0 if self.weighs_all else COST_BITS

    @property
    def supply(self) -> IntArray:
        """Recipients that each class of cadres may still take, shape ``(I,)``."""
        return self.cadres.size * self.limit

    @property
    def rules(self) -> int:
        """Number of hard rules: places of minimum loads, and locks that may be broken."""
        return exact_dot(self.cadres.size, self.floor) + int(self.known.lock.sum())

    @property
    def keep_arcs(self) -> int:
        """Number of keep-arcs, which are the first of the known arcs."""
        return int(self.keep_arc.max(initial=-1)) + 1

    @property
    def is_scarce(self) -> bool:
        """Whether nearly all places are needed, so that potentials differ by far more."""
        return int(self.wanted.sum()) > _SCARCE * int(self.supply.sum())

    @property
    def wanted(self) -> IntArray:
        """Cadres that each class of recipients still wants, shape ``(J,)``."""
        return self.recipients.size * self.demand


def check_prices(problem: TransportationProblem, prices: tuple[int, ...]) -> None:
    """Prove that pricing cannot overflow at some prices of the levels.

    Raises
    ------
    CostRangeError
        If the sum of one class's reduced costs over all cadres could reach 2**62.
    """
    objective = problem.objective
    people = int(problem.cadres.size.sum()) * int(problem.recipients.size.max(initial=1))
    ranked = max(0, int(problem.priority_rank.max(initial=0)))
    of_missing = sum(
        price * int(objective.missing(unit, np.array([ranked]))[0])
        for price, unit in zip(prices, objective.units, strict=True)
    )
    of_violation = objective.violation(prices)
    # v never exceeds the price of a missing recipient, u is never below a reward
    largest = int(np.abs(problem.known.correction_m).max(initial=0))
    lowest = of_missing + of_violation + objective.correction(prices) * largest
    lowest += objective.changed(prices)
    of_pairs = sum(
        price * largest_cost(objective.tables[level.pairs])
        for price, level in zip(prices, objective.levels, strict=True)
        if level.pairs is not None
    )
    shift = 0 if prices[objective.last_of_pairs] else COST_BITS
    if (lowest + of_pairs) << shift >= 1 << 61 or people * lowest >= 1 << 62:
        said = {"missing": of_missing, "violation": of_violation, "pairs": people}
        raise CostRangeError("high_prices", said)


def locks_clash(formulation: Formulation) -> bool:
    """Tell whether the locks alone cannot all be honoured."""
    pairs = formulation.special_pairs
    cadre = np.bincount(pairs.cadre[pairs.locked], minlength=formulation.cadre_count)
    recipient = np.bincount(pairs.recipient[pairs.locked], minlength=formulation.recipient_count)
    return bool(
        (pairs.locked & ~pairs.eligible).any()
        or (cadre > formulation.capacity).any()
        or (recipient > formulation.demand).any()
    )


def transportation_problem(
    formulation: Formulation,
    *,
    soft_locks: bool,
    apart: BoolArray | None = None,
    executor: Executor = IN_TURN,
    tuning: Tuning = DEFAULT_TUNING,
) -> TransportationProblem:
    """Group people into classes and collect the arcs that are known beforehand.

    Parameters
    ----------
    soft_locks
        Treat locks as rules that may be broken at the price of a violation, instead of making
        their pairs beforehand. Needed where hard rules clash.
    apart
        Shape ``(C,)``: cadres with several pairs that are told apart by whose these are, and not
        only by their number; by default all.
    executor
        Groups both sides side by side, where that matters.
    tuning
        Goes with the problem, to all that solves it.
    """
    roles, remaining = pair_roles(formulation, soft_locks=soft_locks)
    of_recipients = executor.submit(recipient_classes, formulation, roles, remaining)
    cadres = cadre_classes(formulation, roles, remaining, of_recipients.result, apart=apart)
    recipients = of_recipients.result()
    known, keep_pair, keep_arc = _known_arcs(formulation, roles, cadres, recipients)
    closed = roles.single | roles.blocked
    closed_cadre = cadres.of_person[formulation.special_pairs.cadre[closed]]
    closed_recipient = recipients.of_person[formulation.special_pairs.recipient[closed]]
    order = np.lexsort((closed_recipient, closed_cadre))
    priority = formulation.priority[recipients.representative]
    objective = formulation.objective
    if objective.ranks_priorities:
        rank = np.searchsorted(np.unique(formulation.priority), priority) + 1
    else:
        rank = np.ones(priority.shape[0], dtype=np.int64)
    only_last = objective.units[objective.last_of_pairs]
    costs = formulation.costs.take(cadres.representative, recipients.representative)
    return TransportationProblem(
        objective=objective,
        prices=only_last,
        costs=costs.under(objective.pair_tables(only_last)),
        cadres=cadres,
        recipients=recipients,
        start=remaining.start[cadres.representative],
        limit=remaining.limit[cadres.representative],
        floor=remaining.floor[cadres.representative],
        curves=formulation.load.take(cadres.representative),
        demand=remaining.demand[recipients.representative],
        priority_rank=rank,
        left_out=0,
        is_open=np.ones(rank.shape[0], dtype=np.bool_),
        known=known,
        keep_pair=keep_pair,
        keep_arc=keep_arc,
        closed_cadre=closed_cadre[order],
        closed_recipient=closed_recipient[order],
        roles=roles,
        start_pairs=objective.start_pairs
        - int((roles.fixed & formulation.special_pairs.started).sum()),
        lost_locks=(int(formulation.special_pairs.locked.sum()) if soft_locks else 0)
        - int(known.lock.sum()),
        refined=apart is None,
        tuning=tuning,
    )


def _known_arcs(
    formulation: Formulation, roles: PairRoles, cadres: Classes, recipients: Classes
) -> tuple[ClassPairs, IntArray, IntArray]:
    pairs = formulation.special_pairs
    cadre = cadres.of_person[pairs.cadre]
    recipient = recipients.of_person[pairs.recipient]
    keep_pair = np.flatnonzero(roles.keep)
    single = np.flatnonzero(roles.single)
    if keep_pair.shape[0]:
        kinds = [cadre[keep_pair], recipient[keep_pair]]
        if pairs.started.any():
            kinds += [pairs.saving_m[keep_pair], pairs.started[keep_pair].astype(np.int64)]
        first, keep_arc, size = group_rows(*pack_columns(*kinds))
    else:
        first = keep_arc = size = np.zeros(0, dtype=np.int64)
    behind = np.concatenate([keep_pair[first], single])
    known = ClassPairs(
        cadre=cadre[behind],
        recipient=recipient[behind],
        correction_m=pairs.correction_m[behind],
        started=pairs.started[behind],
        capacity=np.concatenate([size, np.ones(single.shape[0], dtype=np.int64)]),
        lock=roles.soft[behind],
    )
    return known, keep_pair, keep_arc


__all__ = [
    "ClassPairs",
    "Remaining",
    "TransportationProblem",
    "locks_clash",
    "transportation_problem",
]
