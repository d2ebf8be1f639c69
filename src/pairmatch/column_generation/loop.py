"""Solve, price, add, repeat: until the bound over all pairs meets the solution."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arcs import Pricing, Quota
from pairmatch.column_generation.limits import Limits
from pairmatch.column_generation.master import MasterSolution, Prices, lower_bound, solve_master
from pairmatch.flow import Engine
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.transportation import TransportationProblem

_PER_RECIPIENT = 4
_PER_CADRE = 16


@dataclass
class Candidates:
    """The candidate arcs so far, distinct, sorted by cadre class and recipient class."""

    cadre: IntArray
    recipient: IntArray
    cost: IntArray

    @classmethod
    def of(
        cls, problem: TransportationProblem, cadre: IntArray, recipient: IntArray
    ) -> "Candidates":
        """Collect distinct arcs with their costs."""
        return cls(cadre, recipient, problem.costs.of_pairs(cadre, recipient))

    def add(self, problem: TransportationProblem, cadre: IntArray, recipient: IntArray) -> int:
        """Add those arcs that are new, and return how many there were."""
        mine = (self.cadre << 32) | self.recipient
        theirs = (cadre << 32) | recipient
        new = np.setdiff1d(theirs, mine, assume_unique=True)
        if new.shape[0] == 0:
            return 0
        fresh = Candidates.of(problem, new >> 32, new & ((1 << 32) - 1))
        order = np.argsort(np.concatenate([mine, new]), kind="stable")
        self.cadre = np.concatenate([self.cadre, fresh.cadre])[order]
        self.recipient = np.concatenate([self.recipient, fresh.recipient])[order]
        self.cost = np.concatenate([self.cost, fresh.cost])[order]
        return int(new.shape[0])

    def __len__(self) -> int:
        """Return the number of arcs."""
        return int(self.cadre.shape[0])


@dataclass(frozen=True)
class Run:
    """How far the loop came at one set of prices.

    Attributes
    ----------
    prices
        The prices of the levels.
    solution
        The last optimal solution over candidate arcs, None if stopped before one.
    solution_cadre, solution_recipient
        The candidate arcs of that solution.
    bound, u, v
        The best lower bound over all pairs and its potentials; None before the first full pass.
    optimal
        The bound meets the solution.
    rounds, pairs_priced
        Solves of the master problem, and class pairs visited.
    """

    prices: Prices
    solution: MasterSolution | None
    solution_cadre: IntArray
    solution_recipient: IntArray
    bound: int | None
    u: IntArray
    v: IntArray
    optimal: bool
    rounds: int
    pairs_priced: int


def run_to_optimality(
    problem: TransportationProblem,
    prices: Prices,
    candidates: Candidates,
    pricing: Pricing,
    engine: Engine,
    limits: Limits,
) -> Run:
    """Generate columns at given prices until the bound meets the solution, or until stopped."""
    quota = Quota(np.full(problem.limit.shape[0], _PER_CADRE, dtype=np.int64), _PER_RECIPIENT)
    solution: MasterSolution | None = None
    cadre, recipient = candidates.cadre, candidates.recipient
    best: tuple[int, IntArray, IntArray] | None = None
    optimal = False
    rounds = pairs = 0
    while not limits.stop():
        limits.enter("solve", 0)
        cadre, recipient = candidates.cadre, candidates.recipient
        solution = solve_master(problem, prices, cadre, recipient, candidates.cost, engine)
        rounds += 1
        limits.enter("price", pricing.chunks)
        added = 0
        while not optimal and added == 0:
            priced = pricing.price(
                solution.u,
                solution.v,
                quota,
                with_cost=prices.with_cost,
                stop=limits.stop,
                done=lambda n: limits.report(n, pricing.chunks),
            )
            if priced is None:
                break
            pairs += priced.pairs
            bound = lower_bound(problem, prices, solution.u, solution.v, priced.total)
            if best is None or bound > best[0]:
                best = (bound, solution.u, solution.v)
                limits.bound = bound
            optimal = bound == solution.value
            added = 0 if optimal else candidates.add(problem, priced.cadre, priced.recipient)
            if not optimal and added == 0:
                # every place of the quota went to full arcs, whose reduced cost is rightly
                # negative: look further
                quota = _wider(quota, problem, bound, solution.value)
        if optimal:
            break
    none = np.zeros(0, dtype=np.int64)
    bound_value, u, v = best if best is not None else (None, none, none)
    return Run(prices, solution, cadre, recipient, bound_value, u, v, optimal, rounds, pairs)


def _wider(quota: Quota, problem: TransportationProblem, bound: int, value: int) -> Quota:
    if quota.per_recipient >= max(problem.limit.shape[0], problem.demand.shape[0]):
        raise RuntimeError(
            f"no pair is left to be added, yet the bound {bound} is below the value {value}"
        )
    return Quota(quota.per_cadre * 4, quota.per_recipient * 4)
