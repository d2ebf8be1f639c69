"""Solve, price, add, repeat: until the bound over all pairs meets the solution."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arcs import Pricing
from pairmatch.column_generation.candidates import Candidates
from pairmatch.column_generation.limits import Limits
from pairmatch.column_generation.master import Master, MasterSolution, Prices, lower_bound
from pairmatch.column_generation.start import Guess
from pairmatch.flow import Engine
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.transportation import TransportationProblem

_PER_RECIPIENT = 30
# pairs that are dearer than their potentials by less are proposed as well: potentials move by
# about as much from round to round, and each round that is saved is a solve of the master problem
_MARGIN_M = 3000


@dataclass(frozen=True)
class Run:
    """How far the loop came at one set of prices.

    Attributes
    ----------
    prices
        The prices of the levels.
    solution
        The last solution over candidate arcs, None if stopped before one.
    solution_cadre, solution_recipient
        The candidate arcs of that solution.
    bound, u, v
        The best lower bound over all pairs and its potentials; None before the first full pass.
    optimal
        The bound meets the solution.
    rounds, pairs_priced
        Solves of the master problem, and class pairs priced one by one.
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
    *,
    guess: Guess | None = None,
    good_enough: float = 0.0,
) -> Run:
    """Generate columns at given prices until the bound meets the solution, or until stopped.

    Parameters
    ----------
    guess
        Where to begin; all of its arcs must be among the candidates.
    good_enough
        Stop early where the gap is at most this share of the value.
    """
    per_recipient = _PER_RECIPIENT
    limits.enter("solve", 0)
    master = Master(problem, prices, candidates, engine, guess)
    solution: MasterSolution | None = None
    best: tuple[int, IntArray, IntArray] | None = None
    optimal = False
    rounds = pairs = arcs = 0
    while not limits.stop():
        limits.enter("solve", 0)
        newer = master.solve(limits.stop)
        rounds += 1
        if newer is not None:
            solution, arcs = newer, len(candidates)
        if newer is None or not newer.optimal:
            break
        limits.enter("price", pricing.chunks)
        added = 0
        while not optimal and added == 0:
            priced = pricing.price(
                newer.u,
                newer.v,
                per_recipient,
                margin=_MARGIN_M * prices.with_cost,
                with_cost=prices.with_cost,
                stop=limits.stop,
                done=lambda n: limits.report(n, pricing.chunks),
            )
            if priced is None:
                break
            pairs += priced.evaluated
            bound = lower_bound(problem, prices, newer.u, newer.v, priced.total)
            if best is None or bound > best[0]:
                best = (bound, newer.u, newer.v)
                limits.bound = bound
            optimal = bound == newer.value
            added = 0 if optimal else candidates.add(priced.cadre, priced.recipient)
            if not optimal and added == 0:
                # all that were proposed are full arcs, whose reduced cost is rightly negative:
                # look further
                per_recipient = _more(per_recipient, problem, bound, newer.value)
        if optimal or added == 0 or newer.value - bound <= good_enough * abs(newer.value):
            break
    none = np.zeros(0, dtype=np.int64)
    bound_value, u, v = best if best is not None else (None, none, none)
    return Run(
        prices,
        solution,
        candidates.cadre[:arcs],
        candidates.recipient[:arcs],
        bound_value,
        u,
        v,
        optimal,
        rounds,
        pairs,
    )


def _more(per_recipient: int, problem: TransportationProblem, bound: int, value: int) -> int:
    if per_recipient >= problem.limit.shape[0]:
        raise RuntimeError(
            f"no pair is left to be added, yet the bound {bound} is below the value {value}"
        )
    return per_recipient * 4
