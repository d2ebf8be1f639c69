"""A guess at a solution, and an assignment near it from which a basis is made."""

from dataclasses import dataclass, replace

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.transport.repricing import Listed
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class Potentials:
    """Potentials at which no ordinary pair has a negative reduced cost, so that they give a bound.

    ``u`` has shape ``(I,)``, ``v`` has shape ``(J,)``. No ``v`` is above the price of leaving a
    recipient out: the bound is the same then, and a lock that was made beforehand would take more
    off it than its recipient brings in.
    """

    u: IntArray
    v: IntArray


@dataclass(frozen=True)
class Guess:
    """What a smaller problem says of a larger one; it saves time and decides nothing.

    Attributes
    ----------
    u
        Shape ``(I,)``: potentials of the cadres' classes.
    cadre, recipient, amount
        Shape ``(n,)``: distinct pairs of classes, and people that may be sent along each, so that
        as many as possible are served.
    potentials
        Potentials that give a bound; None where none are known.
    open_price
        What a missing recipient costs where some have to be left out; None if not known.
    earlier
        A flow on the known arcs, shape ``(known,)``, and potentials of recipients, shape ``(J,)``,
        of an earlier plan; None without one.
    listed
        What a pass over all pairs at these potentials found; None without one.
    """

    u: IntArray
    cadre: IntArray
    recipient: IntArray
    amount: IntArray
    potentials: Potentials | None = None
    open_price: int | None = None
    earlier: tuple[IntArray, IntArray] | None = None
    listed: Listed | None = None

    @classmethod
    def without_partners(cls, u: IntArray) -> "Guess":
        """Return a guess of potentials alone."""
        none = np.zeros(0, dtype=np.int64)
        return cls(u, none, none, none)

    def at_other_prices(self) -> "Guess":
        """Return what holds at other prices as well."""
        return replace(self, potentials=None, earlier=None, listed=None)

    @classmethod
    def of_loads(cls, problem: TransportationProblem) -> "Guess":
        """Return the potentials that the load curves alone suggest."""
        return cls.without_partners(problem.load.marginal(problem.start + 1))


def fill_started(problem: TransportationProblem) -> IntArray:
    """Return a flow on the known arcs that keeps all pairs of the start, as far as that goes.

    Returns
    -------
    IntArray
        Shape ``(known,)``.
    """
    known = problem.known
    return _filled(
        known.cadre,
        known.recipient,
        np.where(known.started, known.capacity, 0),
        problem.supply.copy(),
        problem.wanted.copy(),
    )


@kernel
def _filled(
    cadre: IntArray, recipient: IntArray, capacity: IntArray, supply: IntArray, wanted: IntArray
) -> IntArray:
    flow = np.zeros(cadre.shape[0], dtype=np.int64)
    for k in range(flow.shape[0]):
        flow[k] = min(capacity[k], supply[cadre[k]], wanted[recipient[k]])
        supply[cadre[k]] -= flow[k]
        wanted[recipient[k]] -= flow[k]
    return flow


@dataclass(frozen=True)
class Greedy:
    """An assignment in which each class of recipients is served along one candidate arc.

    Attributes
    ----------
    known_full
        Shape of the known arcs: those that carry all they can, beside the assignment.
    arc
        Shape ``(J,)``: the candidate arc of each class of recipients, -1 where no slot was free.
    load
        Shape ``(I,)``: recipients that each class of cadres gets in all.
    """

    known_full: BoolArray
    arc: IntArray
    load: IntArray


def assign_greedily(
    problem: TransportationProblem,
    cadre: IntArray,
    recipient: IntArray,
    value: IntArray,
    known_value: IntArray,
) -> Greedy:
    """Fill known arcs, then send each class of recipients along its best arc that has a free slot.

    Parameters
    ----------
    cadre, recipient, value
        Shape ``(A,)``: candidate arcs, and what they are ranked by, the smallest first.
    known_value
        Shape of the known arcs. Those below 0 are filled first, the smallest first.
    """
    known = problem.known
    known_order = np.argsort(known_value, kind="stable")
    first, order = counting_sort(recipient, problem.demand.shape[0])
    return Greedy(
        *_assign(
            known.cadre[known_order],
            known.recipient[known_order],
            np.where(known_value < 0, known.capacity, 0)[known_order],
            known_order,
            order,
            first,
            cadre,
            value,
            problem.supply.copy(),
            problem.wanted.copy(),
        )
    )


@kernel
def _assign(
    known_cadre: IntArray,
    known_recipient: IntArray,
    known_capacity: IntArray,
    known_order: IntArray,
    order: IntArray,
    first: IntArray,
    cadre: IntArray,
    value: IntArray,
    supply: IntArray,
    wanted: IntArray,
) -> tuple[BoolArray, IntArray, IntArray]:
    full = np.zeros(known_cadre.shape[0], dtype=np.bool_)
    load = np.zeros(supply.shape[0], dtype=np.int64)
    for k in range(known_cadre.shape[0]):
        i = known_cadre[k]
        j = known_recipient[k]
        amount = known_capacity[k]
        if 0 < amount <= supply[i] and amount <= wanted[j]:
            full[known_order[k]] = True
            supply[i] -= amount
            wanted[j] -= amount
            load[i] += amount
    arc = np.full(wanted.shape[0], -1, dtype=np.int64)
    for j in range(wanted.shape[0]):
        best = -1
        for k in range(first[j], first[j + 1]):
            a = order[k]
            if supply[cadre[a]] >= wanted[j] and (best < 0 or value[a] < value[best]):
                best = a
        if best >= 0:
            arc[j] = best
            supply[cadre[best]] -= wanted[j]
            load[cadre[best]] += wanted[j]
    return full, arc, load
