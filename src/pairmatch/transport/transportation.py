"""The transportation problem over classes, with the way back to people."""

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_dot
from pairmatch.formulate.costs import PairCosts
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows
from pairmatch.formulate.load import LoadCurve
from pairmatch.threads import IN_TURN
from pairmatch.transport.classes import (
    Classes,
    PairRoles,
    Remaining,
    cadre_classes,
    pair_roles,
    recipient_classes,
)

# a share of the places
_SCARCE = 0.7


@dataclass(frozen=True)
class ClassPairs:
    """Arcs between two classes that are known beforehand, shape ``(n,)`` each.

    ``cost_m`` is the unit cost, ``capacity`` the number of pairs of people behind an arc, and
    ``lock`` marks arcs that stand for a lock which may be broken at the price of a violation.
    """

    cadre: IntArray
    recipient: IntArray
    cost_m: IntArray
    capacity: IntArray
    lock: BoolArray


@dataclass(frozen=True)
class TransportationProblem:
    """``I`` classes of cadres, ``J`` classes of recipients.

    Attributes
    ----------
    costs
        Costs between classes.
    cadres, recipients
        The classes, with the class of each person.
    start, limit, floor
        Shape ``(I,)``, recipients a member: fixed before solving, may still come, must still come.
    load
        The load curve; a member's first new recipient is number ``start + 1`` on it.
    demand
        Shape ``(J,)``: cadres a member still wants.
    rank
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
    lost_locks
        Breakable locks that no plan can keep: not eligible, or without any capacity.
    """

    costs: PairCosts
    cadres: Classes
    recipients: Classes
    start: IntArray
    limit: IntArray
    floor: IntArray
    load: LoadCurve
    demand: IntArray
    rank: IntArray
    left_out: int
    is_open: BoolArray
    known: ClassPairs
    keep_pair: IntArray
    keep_arc: IntArray
    closed_cadre: IntArray
    closed_recipient: IntArray
    roles: PairRoles
    lost_locks: int
    coverage_first: bool
    price_m: int

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
    formulation: Formulation, *, soft_locks: bool, executor: Executor = IN_TURN
) -> TransportationProblem:
    """Group people into classes and collect the arcs that are known beforehand.

    Parameters
    ----------
    soft_locks
        Treat locks as rules that may be broken at the price of a violation, instead of making
        their pairs beforehand. Needed where hard rules clash.
    executor
        Groups both sides side by side, where that matters.
    """
    roles, remaining = pair_roles(formulation, soft_locks=soft_locks)
    of_recipients = executor.submit(recipient_classes, formulation, roles, remaining)
    cadres = cadre_classes(formulation, roles, remaining, of_recipients.result)
    recipients = of_recipients.result()
    known, keep_pair, keep_arc = _known_arcs(formulation, roles, cadres, recipients)
    closed = roles.single | roles.blocked
    closed_cadre = cadres.of_person[formulation.special_pairs.cadre[closed]]
    closed_recipient = recipients.of_person[formulation.special_pairs.recipient[closed]]
    order = np.lexsort((closed_recipient, closed_cadre))
    priority = formulation.priority[recipients.representative]
    if formulation.coverage_first:
        rank = np.searchsorted(np.unique(formulation.priority), priority) + 1
    else:
        rank = np.ones(priority.shape[0], dtype=np.int64)
    return TransportationProblem(
        costs=formulation.costs.take(cadres.representative, recipients.representative),
        cadres=cadres,
        recipients=recipients,
        start=remaining.start[cadres.representative],
        limit=remaining.limit[cadres.representative],
        floor=remaining.floor[cadres.representative],
        load=formulation.load,
        demand=remaining.demand[recipients.representative],
        rank=rank,
        left_out=0,
        is_open=np.ones(rank.shape[0], dtype=np.bool_),
        known=known,
        keep_pair=keep_pair,
        keep_arc=keep_arc,
        closed_cadre=closed_cadre[order],
        closed_recipient=closed_recipient[order],
        roles=roles,
        lost_locks=(int(formulation.special_pairs.locked.sum()) if soft_locks else 0)
        - int(known.lock.sum()),
        coverage_first=formulation.coverage_first,
        price_m=formulation.price_m,
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
        first, keep_arc, size = group_rows(cadre[keep_pair], recipient[keep_pair])
    else:
        first = keep_arc = size = np.zeros(0, dtype=np.int64)
    behind = np.concatenate([keep_pair[first], single])
    known = ClassPairs(
        cadre=cadre[behind],
        recipient=recipient[behind],
        cost_m=pairs.cost_m[behind],
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
