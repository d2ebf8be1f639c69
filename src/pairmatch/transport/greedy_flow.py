"""A flow between classes that is built and improved greedily, and keeps all capacities."""

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray, exact_dot
from pairmatch.formulate.costs import largest_cost
from pairmatch.transport.master import (
    LoadSteps,
    arc_capacities,
    load_steps,
    steps_in_order,
)
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import TransportationProblem

# the price of a class of cadres without a free slot: above every other
_NO_SLOT_M = 1 << 48
# below every cost: of classes of recipients that are not asked about
_NOT_ASKED_M = -(1 << 60)


class GreedyFlow:
    """A flow on known arcs and on ordinary ones; the load of each class fills its steps in order.

    Attributes
    ----------
    known
        Shape of the known arcs: their flow.
    cadre, recipient, amount
        Shape ``(n,)``: the distinct ordinary arcs in use.
    load, wanted
        Shapes ``(I,)`` and ``(J,)``: recipients that each class of cadres has, and cadres that
        each class of recipients still wants.
    """

    def __init__(self, problem: TransportationProblem) -> None:
        self._problem = problem
        steps = load_steps(problem)
        order, self._before = steps_in_order(steps)
        self._steps = LoadSteps(*(getattr(steps, field.name)[order] for field in fields(steps)))
        cadres = problem.limit.shape[0]
        self._first_step = np.searchsorted(self._steps.cadre, np.arange(cadres + 1))
        self.load = np.zeros(cadres, dtype=np.int64)
        self.wanted = problem.wanted.copy()
        self.known = np.zeros(problem.known.cadre.shape[0], dtype=np.int64)
        none = np.zeros(0, dtype=np.int64)
        self.cadre, self.recipient, self.amount = none, none, none

    def fill_known(self, u: IntArray, v: IntArray) -> None:
        """Fill the known arcs that have a negative reduced cost, the most negative first."""
        known = self._problem.known
        reduced = self._problem.known_cost + u[known.cadre] - v[known.recipient]
        order = np.argsort(reduced, kind="stable")
        order = order[reduced[order] < 0]
        self.known[order] = self._taken(
            known.cadre[order], known.recipient[order], known.capacity[order]
        )

    def send(self, cadre: IntArray, recipient: IntArray, amount: IntArray) -> int:
        """Send amounts along distinct arcs, in their order, as far as slots are free."""
        taken = self._taken(
            cadre, recipient, np.minimum(amount, self._capacities(cadre, recipient))
        )
        self._add(cadre, recipient, taken)
        return int(taken.sum())

    def complete(self, pricing: Pricing, partners: int, stop: Callable[[], bool]) -> bool:
        """Send those who are left to the cheapest free slots, the highest priority first.

        Parameters
        ----------
        partners
            How many partners each class of recipients looks at.

        Returns
        -------
        bool
            Whether anybody was sent.
        """
        u = self._next_step()
        dear = largest_cost(self._problem.costs.tables) + int(u[u < _NO_SLOT_M].max(initial=0)) + 1
        v = np.where(self.wanted > 0, dear, _NOT_ASKED_M)
        cadre, recipient, cost = self._best(pricing, u, v, partners, stop)
        order = np.lexsort((cost + u[cadre], -self._problem.priority_rank[recipient]))
        cadre, recipient = cadre[order], recipient[order]
        return self.send(cadre, recipient, self.wanted[recipient]) > 0

    def improve(self, pricing: Pricing, partners: int, stop: Callable[[], bool]) -> bool:
        """Move people from their dearest arc to cadres with free slots, where that is cheaper.

        Parameters
        ----------
        partners
            How many partners each class of recipients looks at.

        Returns
        -------
        bool
            Whether anybody was moved.
        """
        problem, steps = self._problem, self._steps
        own_cost = problem.costs.of_pairs(self.cadre, self.recipient)
        value = own_cost + self._last_step()[self.cadre]
        order = np.lexsort((value, self.recipient))
        dearest = np.full(self.wanted.shape[0], -1, dtype=np.int64)
        dearest[self.recipient[order]] = order
        v = np.append(value, _NOT_ASKED_M)[dearest]
        u = self._next_step()
        cadre, recipient, cost = self._best(pricing, u, v, partners, stop)
        order = np.argsort(cost + u[cadre] - v[recipient], kind="stable")
        cadre, recipient, cost = cadre[order], recipient[order], cost[order]
        moved = _move(
            (steps.unit_cost, steps.capacity, self._before, self._first_step),
            (self.cadre, own_cost, self.amount, dearest),
            (cadre, recipient, cost, self._capacities(cadre, recipient)),
            self.load,
            problem.supply,
        )
        self._add(cadre, recipient, moved)
        return bool(moved.any())

    def nearest_potentials(self, u: IntArray) -> IntArray:
        """Return the potentials nearest to given ones that fit to the loads, shape ``(I,)``.

        In an optimum they lie between what the last recipient of a class added and what the next
        one would add.
        """
        return np.clip(u, self._last_step(), self._next_step())

    def violation(self) -> int:
        """Return broken locks, and recipients short of minimum loads."""
        problem = self._problem
        kept = int(self._on_steps()[self._steps.required == 1].sum())
        return problem.rules - kept - int(self.known[problem.known.lock].sum())

    def value(self) -> int:
        """Return the cost of all at the problem's prices, violations counted from 0."""
        problem = self._problem
        cost = problem.costs.of_pairs(self.cadre, self.recipient)
        for_nothing = min(problem.left_out, int(self.wanted[problem.is_open].sum()))
        return (
            exact_dot(cost, self.amount)
            - problem.missing_at_rank_1 * for_nothing
            + exact_dot(problem.known_cost, self.known)
            + exact_dot(self._steps.unit_cost, self._on_steps())
            + exact_dot(problem.missing, self.wanted)
            + problem.constant
        )

    def _best(
        self,
        pricing: Pricing,
        u: IntArray,
        v: IntArray,
        partners: int,
        stop: Callable[[], bool],
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Return the pairs with the most negative reduced costs that may take somebody more."""
        none = np.zeros(0, dtype=np.int64)
        found = [(none, none, none), *pricing.best(u, v, partners, stop)]
        cadre, recipient, cost = (np.concatenate(part) for part in zip(*found, strict=True))
        new = ~np.isin((cadre << 32) | recipient, self._arcs_of_several())
        return cadre[new], recipient[new], cost[new]

    def _capacities(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        problem = self._problem
        sizes = problem.cadres.size, problem.recipients.size
        return arc_capacities(cadre, recipient, *sizes, problem.demand, problem.wanted)

    def _arcs_of_several(self) -> IntArray:
        """Return the arcs in use of recipients who want several cadres, and different ones."""
        several = self._problem.demand[self.recipient] > 1
        arcs: IntArray = (self.cadre[several] << 32) | self.recipient[several]
        return arcs

    def _taken(self, cadre: IntArray, recipient: IntArray, wish: IntArray) -> IntArray:
        return _take(cadre, recipient, wish, self.load, self._problem.supply, self.wanted)

    def _add(self, cadre: IntArray, recipient: IntArray, amount: IntArray) -> None:
        """Add amounts to arcs, each of which may be in use already, and drop those without any."""
        used, new = np.flatnonzero(self.amount), np.flatnonzero(amount)
        arc = np.concatenate(
            [
                (self.cadre[used] << 32) | self.recipient[used],
                (cadre[new] << 32) | recipient[new],
            ]
        )
        added = np.concatenate([self.amount[used], amount[new]])
        distinct, at = np.unique(arc, return_inverse=True)
        self.amount = np.zeros(distinct.shape[0], dtype=np.int64)
        np.add.at(self.amount, at.reshape(-1), added)
        self.cadre, self.recipient = distinct >> 32, distinct & ((1 << 32) - 1)

    def _open(self) -> BoolArray:
        steps = self._steps
        is_open: BoolArray = self._before + steps.capacity > self.load[steps.cadre]
        return is_open

    def _next_step(self) -> IntArray:
        """Return what the next recipient of each class of cadres adds, shape ``(I,)``."""
        steps, is_open = self._steps, self._open()
        u = np.full(self.load.shape[0], _NO_SLOT_M, dtype=np.int64)
        np.minimum.at(u, steps.cadre[is_open], steps.unit_cost[is_open])
        return u

    def _last_step(self) -> IntArray:
        """Return what the last recipient of each class of cadres added, 0 where there is none."""
        steps = self._steps
        in_use = self._before < self.load[steps.cadre]
        last = np.full(self.load.shape[0], np.iinfo(np.int64).min)
        np.maximum.at(last, steps.cadre[in_use], steps.unit_cost[in_use])
        return np.where(self.load > 0, last, 0)

    def _on_steps(self) -> IntArray:
        steps = self._steps
        on_steps: IntArray = np.clip(self.load[steps.cadre] - self._before, 0, steps.capacity)
        return on_steps


@kernel
def _take(
    cadre: IntArray,
    recipient: IntArray,
    wish: IntArray,
    load: IntArray,
    supply: IntArray,
    wanted: IntArray,
) -> IntArray:
    """Return how much goes along each arc, in turn; loads and wants are kept up to date."""
    taken = np.zeros(cadre.shape[0], dtype=np.int64)
    for k in range(cadre.shape[0]):
        i = cadre[k]
        j = recipient[k]
        amount = min(wish[k], supply[i] - load[i], wanted[j])
        taken[k] = amount
        load[i] += amount
        wanted[j] -= amount
    return taken


@kernel
def _move(
    steps: tuple[IntArray, IntArray, IntArray, IntArray],
    own: tuple[IntArray, IntArray, IntArray, IntArray],
    new: tuple[IntArray, IntArray, IntArray, IntArray],
    load: IntArray,
    supply: IntArray,
) -> IntArray:
    """Return how much moves to each new arc, one person after the other while that is cheaper.

    Parameters
    ----------
    steps
        Unit costs, capacities, capacities before, and the first step of each class of cadres.
    own
        Cadres, costs and amounts of the arcs in use, and the dearest of each class of recipients.
    new
        Cadres, recipients, costs and capacities of the arcs that people may move to.
    """
    unit_cost, capacity, before, first = steps
    own_cadre, own_cost, own_amount, dearest = own
    cadre, recipient, cost, most = new
    moved = np.zeros(cadre.shape[0], dtype=np.int64)
    for k in range(cadre.shape[0]):
        i = cadre[k]
        arc = dearest[recipient[k]]
        at = own_cadre[arc]
        while i != at and own_amount[arc] > 0 and load[i] < supply[i] and moved[k] < most[k]:
            saved = own_cost[arc] - cost[k]
            for step in range(first[at], first[at + 1]):
                if before[step] < load[at] <= before[step] + capacity[step]:
                    saved += unit_cost[step]
            for step in range(first[i], first[i + 1]):
                if before[step] <= load[i] < before[step] + capacity[step]:
                    saved -= unit_cost[step]
            if saved <= 0:
                break
            own_amount[arc] -= 1
            load[at] -= 1
            load[i] += 1
            moved[k] += 1
    return moved
