"""Lexicographic levels: violations, then people without a cadre, then metres.

Where it can be told by itself who can be served (`coverage`), that is done first, and what is left
open is solved for the metres alone (`reduction`).

Otherwise all levels are solved in one sum at moderate prices, because huge prices make huge
potentials and huge potentials make pricing useless. Whether the prices were high enough is then
proven instead of assumed: a level that is not at its trivial optimum of 0 is solved once more by
itself, over all pairs, and where the sum did worse on it, the prices are raised. The potentials of
the sum prove the metres, those of the level's own problem prove the level.

Among priorities the prices are 1, 2, 3, ...: what can be served is a generalised polymatroid
:cite:p:`frank1988generalized`, on which any rising weights lead to the lexicographic optimum.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from pairmatch.errors import CostRangeError
from pairmatch.flow import Engine
from pairmatch.formulate.costs import COST_BITS, LONGEST_CHORD_M, largest_cost
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.transport.coverage import Coverage, least_missing
from pairmatch.transport.first_candidates import first_candidates
from pairmatch.transport.first_plan import better_of, first_plan, guess_of
from pairmatch.transport.loop import Run, run_to_optimality, unsolved_run
from pairmatch.transport.master import Prices
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.reduction import Reduction, attains_coverage, reduce_by
from pairmatch.transport.transportation import (
    TransportationProblem,
    locks_clash,
    transportation_problem,
)

_RAISE = 64


@dataclass(frozen=True)
class LevelProof:
    """Potentials that prove a bound on one level, given that the levels above are kept.

    ``run.prices`` weigh the levels; ``name`` is violation, missing or cost.
    """

    name: str
    run: Run


@dataclass(frozen=True)
class Outcome:
    """What the loop hands on.

    Attributes
    ----------
    problem
        The problem over classes that was solved last.
    run
        The last run of all levels in one sum; None if stopped before.
    proofs
        One for each level that was proven by itself, most important first.
    optimal
        Every level is proven.
    stopped
        Stopped by limit or cancel.
    soft_locks
        Locks were treated as rules that may be broken.
    rounds, pairs_priced
        Over all runs.
    """

    problem: TransportationProblem
    run: Run | None
    proofs: tuple[LevelProof, ...]
    optimal: bool
    stopped: bool
    soft_locks: bool
    rounds: int
    pairs_priced: int


def solve_levels(
    formulation: Formulation, engine: Engine, limits: Limits, executor: Executor
) -> Outcome:
    """Solve all levels to proven optimality, or until stopped.

    Locks are made beforehand where they can all be honoured. Should hard rules clash all the
    same, the problem is solved again with locks that may be broken: only then can the least total
    violation weigh a lock against a minimum load.
    """
    soft = locks_clash(formulation)
    outcome = _solve(formulation, engine, limits, executor, soft_locks=soft)
    broken = (
        outcome.run is not None
        and outcome.run.solution is not None
        and (outcome.run.solution.violation > 0)
    )
    if outcome.optimal and broken and not soft and formulation.special_pairs.locked.any():
        weighed = _solve(formulation, engine, limits, executor, soft_locks=True)
        if weighed.run is None or weighed.run.solution is None:
            # stopped: what keeps all locks is a plan, but not proven to break the fewest rules
            return replace(outcome, optimal=False, stopped=True)
        outcome = weighed
    return outcome


def _solve(
    formulation: Formulation,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    *,
    soft_locks: bool,
) -> Outcome:
    limits.enter("classes")
    began = limits.elapsed()
    whole = transportation_problem(formulation, soft_locks=soft_locks, executor=executor)
    reduction, above = _reduced(whole, engine, limits, soft_locks=soft_locks)
    problem = reduction.problem
    ranks = int(problem.rank.max(initial=1))
    price = first_price(problem)
    stopped = Outcome(
        whole,
        None,
        (),
        optimal=False,
        stopped=True,
        soft_locks=soft_locks,
        rounds=0,
        pairs_priced=0,
    )
    limits.reserve(
        formulation.cadre_count + formulation.recipient_count,
        limits.seconds.get("formulate", 0.0) + limits.elapsed() - began,
    )
    if limits.passed():
        return stopped
    first = Prices((ranks + 1) * price, price, with_cost=True)
    check_prices(problem, first)
    # boxes are put up while smaller problems are solved, which takes one thread
    boxed = executor.submit(Pricing, problem, executor)
    candidates, guess = first_candidates(problem, first, boxed, engine, limits, executor)
    pricing = boxed.result()
    best: Run | None = None
    rounds = pairs = 0

    def run_at(prices: Prices) -> Run:
        nonlocal rounds, pairs
        check_prices(problem, prices)
        run = run_to_optimality(problem, prices, candidates, pricing, engine, limits, guess=guess)
        rounds += run.rounds
        pairs += run.pairs_priced
        return run

    def ended(run: Run, proofs: tuple[LevelProof, ...], *, optimal: bool) -> Outcome:
        run = reduction.restored(run, executor)
        check_prices(whole, run.prices)
        if optimal:
            proofs = (*proofs, LevelProof("cost", run))
        return Outcome(
            whole,
            run,
            proofs,
            optimal=optimal,
            stopped=not optimal,
            soft_locks=soft_locks,
            rounds=rounds,
            pairs_priced=pairs,
        )

    while True:
        prices = Prices((ranks + 1) * price, price, with_cost=True)
        # to set the master problem up takes a while: not where it could not be solved any more
        run = unsolved_run(prices) if limits.stop() else run_at(prices)
        if best is None and not run.is_priced:
            limits.enter("first plan")
            near = guess_of(run, guess)
            plan = first_plan(problem, prices, near, pricing, limits.late, limits.too_late)
            run = better_of(problem, run, plan)
        if best is None or run.is_priced:
            best = run
        enough = _is_enough(reduction, run, above, run_at)
        if enough is None:
            return ended(best, tuple(above.values()), optimal=False)
        if enough:
            return ended(run, tuple(above.values()), optimal=True)
        price *= _RAISE


def _reduced(
    whole: TransportationProblem, engine: Engine, limits: Limits, *, soft_locks: bool
) -> tuple[Reduction, dict[str, LevelProof]]:
    """Find out who can be served, where that is easily told, and what is left to be solved."""
    if whole.coverage_first and not soft_locks:
        coverage = least_missing(whole, engine, limits.stop)
        reduction = None if coverage is None else reduce_by(coverage, whole)
        if coverage is not None and reduction is not None:
            return reduction, _proof_of(coverage, whole)
    return Reduction.unknown(whole), {}


def _proof_of(coverage: Coverage, whole: TransportationProblem) -> dict[str, LevelProof]:
    if coverage.weighted_missing == 0:
        return {}
    none = np.zeros(0, dtype=np.int64)
    run = Run(
        prices=Prices(int(whole.rank.max()) + 1, 1, with_cost=False),
        solution=None,
        solution_cadre=none,
        solution_recipient=none,
        bound=coverage.weighted_missing,
        u=coverage.u,
        # no more than to leave one out: a part of the demand may have been locked beforehand
        v=np.minimum(coverage.v, whole.rank),
        optimal=True,
        is_priced=True,
        rounds=0,
        pairs_priced=0,
    )
    return {"missing": LevelProof("missing", run)}


def _is_enough(
    reduction: Reduction,
    run: Run,
    above: dict[str, LevelProof],
    run_at: Callable[[Prices], Run],
) -> bool | None:
    """Return whether a run is optimal on every level, or None if stopped before that is known."""
    if not run.optimal or run.solution is None:
        return None
    problem = reduction.problem
    if reduction.known:
        return attains_coverage(problem, run.solution)
    return _levels_above(problem, run, int(problem.rank.max(initial=1)), above, run_at)


def _levels_above(
    problem: TransportationProblem,
    run: Run,
    ranks: int,
    above: dict[str, LevelProof],
    run_at: Callable[[Prices], Run],
) -> bool | None:
    """Prove the levels above the metres, once, and compare the run with them.

    Returns whether the run is optimal on every level, or None if stopped.
    """
    if run.solution is None:
        return None
    enough = True
    if run.solution.violation + problem.lost_locks > 0:
        if "violation" not in above:
            own = run_at(Prices(1, 0, with_cost=False))
            if not own.optimal:
                return None
            above["violation"] = LevelProof("violation", own)
        enough &= run.solution.violation == above["violation"].run.bound
    if problem.coverage_first and run.solution.missing.any():
        if "missing" not in above:
            # a rule that is kept never costs more than serving one recipient less
            own = run_at(Prices(ranks + 1, 1, with_cost=False))
            if not own.optimal or own.solution is None:
                return None
            above["missing"] = LevelProof("missing", own)
        own_solution = above["missing"].run.solution
        if own_solution is None:
            return None
        least = int((problem.rank * own_solution.missing).sum())
        enough &= int((problem.rank * run.solution.missing).sum()) == least
        enough &= run.solution.violation == own_solution.violation
    return enough


def first_price(problem: TransportationProblem) -> int:
    """Return a price of a missing recipient above the cost of any single pair."""
    tables = problem.costs.tables
    points = np.concatenate([problem.costs.cadres.point, problem.costs.recipients.point], axis=1)
    if points.shape[1] == 0:
        return 1
    spread = points.max(axis=1) - points.min(axis=1)
    chord = min(LONGEST_CHORD_M, int(np.ceil(np.sqrt((spread**2).sum()))) + 1)
    distance = chord * tables.detour_numerator // tables.detour_denominator + 1
    table_costs = largest_cost(tables) - (
        LONGEST_CHORD_M * tables.detour_numerator // tables.detour_denominator
        if tables.max_m < 0
        else 0
    )
    corrections = int(np.abs(problem.known.cost_m).max(initial=0))
    return 4 * (distance + table_costs + corrections + int(problem.load.marginal_m[-1]) + 1)


def check_prices(problem: TransportationProblem, prices: Prices) -> None:
    """Prove that pricing cannot overflow at these prices.

    Raises
    ------
    CostRangeError
        If the sum of one class's reduced costs over all cadres could reach 2**62.
    """
    people = int(problem.cadres.size.sum()) * int(problem.recipients.size.max(initial=1))
    of_missing = int(prices.of_missing(problem).max(initial=0))
    # v never exceeds the price of a missing recipient, u is never below a reward
    reward = prices.violation
    if prices.with_cost:
        reward += int(np.abs(problem.known.cost_m).max(initial=0))
    lowest = of_missing + reward
    shift = 0 if prices.with_cost else COST_BITS
    if lowest << shift >= 1 << 61 or people * lowest >= 1 << 62:
        said = {"missing": of_missing, "violation": prices.violation, "pairs": people}
        raise CostRangeError("high_prices", said)
