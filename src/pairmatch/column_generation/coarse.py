"""Potentials from smaller problems: where cadres are scarce, before the first arc is chosen.

The cheapest partners of everybody make a bad start: cadres near many recipients are proposed to
all of them, and those who get none have huge potentials. The potentials of a problem with a
fraction of the classes already know where cadres are scarce; that problem gets its own start from
a still smaller one, and so on down.
"""

from concurrent.futures import Executor
from dataclasses import replace

import numpy as np

from pairmatch.arcs import CoarseProblem, Pricing, coarsen, seed_arcs
from pairmatch.column_generation.auction import is_of_people
from pairmatch.column_generation.candidates import Candidates
from pairmatch.column_generation.limits import Limits
from pairmatch.column_generation.loop import run_to_optimality
from pairmatch.column_generation.master import Prices
from pairmatch.column_generation.start import Guess
from pairmatch.flow import Engine
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.transportation import TransportationProblem

_SMALL = 4_000
# where places are scarce smaller problems pay as well
_SMALL_IF_SCARCE = 400
_SEEDS = 8
# a cluster of recipients wants several of the classes that cadres stay apart in: that many times
# those that there are for each
_SEEDS_OF_SHARE = 5
# and so does each round propose more of them than for people
_PER_RECIPIENT = 40
_CLEARLY_FEWER = 0.7
# classes of recipients for each of cadres: with more, cadres are few enough to stay apart
_FOR_EACH_CADRE = 4
# a share of the cost: what is left to gain on a smaller problem is not worth more
_GOOD_ENOUGH = 0.0005


def guess_from_below(
    problem: TransportationProblem,
    prices: Prices,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    *,
    both: bool | None = None,
) -> Guess:
    """Guess potentials and partners; any guess is safe, a good one saves rounds and pivots.

    ``both`` is whether cadres are merged as recipients are, by default if most classes of both are
    of one person.
    """
    if both is None:
        both = (
            is_of_people(problem)
            and _FOR_EACH_CADRE * problem.limit.shape[0] > problem.demand.shape[0]
        )
    small = min(_SMALL, _SMALL_IF_SCARCE) if problem.is_scarce else _SMALL
    if problem.demand.shape[0] <= small or limits.stop():
        return _without_partners(problem.load.marginal(problem.start + 1))
    coarse = coarsen(problem, both=both)
    if coarse.problem.demand.shape[0] > _CLEARLY_FEWER * problem.demand.shape[0]:
        # nearly everybody is in a group of one's own: nothing is gained further down
        return _without_partners(problem.load.marginal(problem.start + 1))
    below = guess_from_below(coarse.problem, prices, engine, limits, executor, both=both)
    return _refined(problem, coarse, below, prices, engine, limits, executor)


def _refined(
    problem: TransportationProblem,
    coarse: CoarseProblem,
    below: Guess,
    prices: Prices,
    engine: Engine,
    limits: Limits,
    executor: Executor,
) -> Guess:
    """Solve a coarse problem from a guess at it, and turn its solution into a guess at a problem.

    There are no partners in it if that was stopped.
    """
    pricing = Pricing(coarse.problem, executor)
    share = coarse.problem.limit.shape[0] // max(1, coarse.problem.demand.shape[0])
    per_recipient = max(_SEEDS, _SEEDS_OF_SHARE * share)
    seeds = seed_arcs(coarse.problem, pricing, below.u, per_recipient, limits.stop, lambda _: None)
    if seeds is None:
        return _without_partners(below.u[coarse.cadre])
    candidates = Candidates(coarse.problem, seeds.cadre, seeds.recipient, seeds.cost)
    candidates.add(below.cadre, below.recipient)
    run = run_to_optimality(
        coarse.problem,
        prices,
        candidates,
        pricing,
        engine,
        limits,
        guess=below,
        per_recipient=_PER_RECIPIENT,
        good_enough=_GOOD_ENOUGH,
    )
    if run.solution is None:
        return _without_partners(below.u[coarse.cadre])
    # potentials of a solution that was not priced, or of a rough one, are near enough
    u, v = (run.solution.u, run.solution.v) if run.bound is None else (run.u, run.v)
    if coarse.problem.limit.shape[0] < problem.limit.shape[0]:
        u = _interpolated(problem, coarse, v, limits, executor)
    used = np.flatnonzero(run.solution.arc_flow)
    cover = coarse.refined(
        problem,
        run.solution_cadre[used],
        run.solution_recipient[used],
        run.solution.arc_flow[used],
    )
    pair = (cover[0] << 32) | cover[1]
    closed = (problem.closed_cadre << 32) | problem.closed_recipient
    usable = (problem.costs.of_pairs(*cover[:2]) >= 0) & ~np.isin(pair, closed)
    cadre, recipient, amount = (part[usable] for part in cover)
    return Guess(u, cadre, recipient, amount, open_price=run.open_price)


def _interpolated(
    problem: TransportationProblem,
    coarse: CoarseProblem,
    v: IntArray,
    limits: Limits,
    executor: Executor,
) -> IntArray:
    r"""Return potentials of classes of cadres from those of clusters of recipients, ``v``.

    They are the least at which no class of cadres is too cheap for any cluster,
    :math:`u_i = \max_J (v_J - c_{iJ})`, and no less than a place costs, unless it has to be taken.
    The potential of a cluster of cadres would be the same for all of it, and wrong for most: where
    places are short, potentials rise by a metre with every metre towards those left without.
    """
    clusters = coarse.problem
    every = np.arange(problem.limit.shape[0])
    # sides changed: each class of cadres looks for the cluster that it serves best
    changed = replace(
        clusters,
        costs=problem.costs.take(every, clusters.recipients.representative).transposed(),
        cadres=clusters.recipients,
        recipients=problem.cadres,
        demand=problem.limit,
        limit=clusters.demand,
    )
    least = problem.load.marginal(problem.start + 1)
    best = seed_arcs(changed, Pricing(changed, executor), -v, 1, limits.stop, lambda _: None)
    if best is None:
        return least
    # a place that has to be taken may be worth less than nothing
    return np.where(problem.floor > 0, -best.value, np.maximum(least, -best.value))


def _without_partners(u: IntArray) -> Guess:
    none = np.zeros(0, dtype=np.int64)
    return Guess(u, none, none, none)
