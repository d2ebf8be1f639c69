"""Lexicographic levels, however many there are: each is proven, and the last one at prices.

Where it can be told by itself who can be served (`coverage`), that is done first, and what is left
open is solved for the levels below (`reduction`).

All levels that are left are solved in one sum at moderate prices (`prices`). Whether these were
high enough is then proven instead of assumed: a level that is not at its trivial optimum of 0 is
solved once more by itself, with those above it, over all pairs; where the sum did worse on it,
prices are raised. The potentials of the sum prove the last level, those of a level's own problem
prove that level.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from pairmatch.flow import Engine
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.transport.coverage import Coverage, least_missing
from pairmatch.transport.first_plan import better_of, first_plan, guess_of
from pairmatch.transport.loop import Run, run_to_optimality, unsolved_run
from pairmatch.transport.prices import first_prices, prices_of_prefix, raised
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.reduction import Reduction, attains_coverage, reduce_by
from pairmatch.transport.starts import Setting, first_candidates
from pairmatch.transport.transportation import (
    TransportationProblem,
    locks_clash,
    transportation_problem,
)
from pairmatch.transport.values import values_above
from pairmatch.tuning import DEFAULT_TUNING, Tuning


@dataclass(frozen=True)
class LevelProof:
    """Potentials that prove a bound on one level, given that the levels above are kept.

    ``level`` is the position of the level in the objective, and ``run.problem.prices`` weigh it and
    those above it.
    """

    level: int
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
        One for each level that was proven by potentials, most important first.
    optimal
        Every level is proven.
    soft_locks
        Locks were treated as rules that may be broken.
    rounds, pairs_priced
        Over all runs.
    """

    problem: TransportationProblem
    run: Run | None
    proofs: tuple[LevelProof, ...]
    optimal: bool
    soft_locks: bool
    rounds: int
    pairs_priced: int


def solve_levels(
    formulation: Formulation,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    tuning: Tuning = DEFAULT_TUNING,
) -> Outcome:
    """Solve all levels to proven optimality, or until stopped.

    Locks are made beforehand where they can all be honoured. Should hard rules clash all the
    same, the problem is solved again with locks that may be broken: only then can the least total
    violation weigh a lock against a minimum load.
    """
    soft = locks_clash(formulation)
    outcome = _solve(formulation, engine, limits, executor, tuning, soft_locks=soft)
    broken = (
        outcome.run is not None
        and outcome.run.solution is not None
        and (outcome.run.solution.violation > 0)
    )
    if outcome.optimal and broken and not soft and formulation.special_pairs.locked.any():
        weighed = _solve(formulation, engine, limits, executor, tuning, soft_locks=True)
        if weighed.run is None or weighed.run.solution is None:
            # stopped: what keeps all locks is a plan, but not proven to break the fewest rules
            return replace(outcome, optimal=False)
        outcome = weighed
    return outcome


def _solve(
    formulation: Formulation,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    tuning: Tuning,
    *,
    soft_locks: bool,
) -> Outcome:
    limits.enter("classes")
    began = limits.elapsed()
    whole = transportation_problem(
        formulation, soft_locks=soft_locks, executor=executor, tuning=tuning
    )
    reduction, coverage = _reduced(whole, engine, limits, soft_locks=soft_locks)
    limits.reserve(
        formulation.cadre_count + formulation.recipient_count,
        limits.seconds.get("formulate", 0.0) + limits.elapsed() - began,
    )
    if limits.passed():
        return Outcome(
            whole,
            None,
            (),
            optimal=False,
            soft_locks=soft_locks,
            rounds=0,
            pairs_priced=0,
        )
    problem = reduction.problem.at(first_prices(reduction.problem))
    # boxes are put up while smaller problems are solved, which takes one thread
    boxed = executor.submit(Pricing, problem, executor)
    candidates, guess = first_candidates(Setting(problem, boxed, engine, limits, executor))
    pricing = boxed.result()
    runs: list[Run] = []

    def run_at(weighed: TransportationProblem) -> Run:
        candidates.weigh(weighed)
        of_these = pricing.at(weighed)
        runs.append(run_to_optimality(weighed, candidates, of_these, engine, limits, guess=guess))
        return runs[-1]

    ladder = _Ladder(reduction, coverage, run_at)
    best: Run | None = None
    while True:
        # to set the master problem up takes a while: not where it could not be solved any more
        run = unsolved_run(problem) if limits.stop() else run_at(problem)
        if best is None and not run.is_priced:
            limits.enter("first plan")
            candidates.weigh(problem)
            near = guess_of(run, guess)
            plan = first_plan(problem, near, pricing, limits.late, limits.too_late)
            run = better_of(run, plan)
        if best is None or run.is_priced:
            best = run
        worse = ladder.first_worse(run)
        is_last = worse is not None and worse == len(problem.prices) - 1
        if worse is None or is_last:
            run = reduction.restored(run if is_last else best, executor)
            proofs = ladder.restored(executor)
            if is_last:
                proofs = (*proofs, _strict(run, proofs))
            elif run.bound is not None:
                proofs = (*proofs, LevelProof(len(problem.prices) - 1, run))
            return Outcome(
                whole,
                run,
                proofs,
                optimal=is_last,
                soft_locks=soft_locks,
                rounds=sum(one.rounds for one in runs),
                pairs_priced=sum(one.pairs_priced for one in runs),
            )
        problem = problem.at(raised(problem, worse))


def _reduced(
    whole: TransportationProblem, engine: Engine, limits: Limits, *, soft_locks: bool
) -> tuple[Reduction, Coverage | None]:
    """Find out who can be served, where that is easily told, and what is left to be solved."""
    if whole.objective.coverage_levels and not soft_locks:
        coverage = least_missing(whole, engine, limits.stop)
        reduction = None if coverage is None else reduce_by(coverage, whole)
        if coverage is not None and reduction is not None:
            return reduction, coverage
    return Reduction.unknown(whole), None


class _Ladder:
    """What is proven of the levels above the last one, and the proofs."""

    def __init__(
        self,
        reduction: Reduction,
        coverage: Coverage | None,
        run_at: Callable[[TransportationProblem], Run],
    ) -> None:
        self._reduction, self._coverage, self._run_at = reduction, coverage, run_at
        self._least: dict[int, int] = {}
        self._runs: dict[int, Run] = {}

    def first_worse(self, run: Run) -> int | None:
        """Return the first level on which a run does worse than can be done.

        Returns
        -------
        int or None
            The last level if there is none above it: the run is optimal on every level. None if
            stopped before that is known.
        """
        problem, solution = run.problem, run.solution
        if not run.optimal or solution is None:
            return None
        known = len(problem.objective.coverage_levels) if self._reduction.known else 0
        if known and not attains_coverage(problem, solution):
            return known - 1
        values = self._values(run)
        for level in range(known, len(values)):
            if level not in self._least and not self._is_trivial(problem, level, values[level]):
                own = self._proven(problem, level)
                if own is None:
                    return None
                self._runs[level], self._least[level] = own, self._values(own)[level]
            if values[level] > self._least.setdefault(level, 0):
                return level
        return len(values)

    def restored(self, executor: Executor) -> tuple[LevelProof, ...]:
        """Return the proofs over the whole problem, most important first."""
        proofs = [
            LevelProof(level, self._reduction.restored(run, executor))
            for level, run in sorted(self._runs.items())
        ]
        if self._coverage is not None and self._coverage.weighted_missing:
            proofs.insert(0, _proof_of(self._coverage, self._reduction.whole))
        return tuple(proofs)

    def _proven(self, problem: TransportationProblem, level: int) -> Run | None:
        """Solve a level by itself, with those above it that are proven; None if stopped."""
        own = problem.at(prices_of_prefix(problem, level))
        while True:
            run = self._run_at(own)
            if not run.optimal or run.solution is None:
                return None
            values = self._values(run)
            worse = [k for k, least in self._least.items() if k < level and values[k] > least]
            if not worse:
                return run
            own = own.at(raised(own, min(worse)))

    @staticmethod
    def _values(run: Run) -> tuple[int, ...]:
        if run.solution is None:
            return ()
        arcs = run.solution_cadre, run.solution_recipient
        return values_above(run.problem, run.solution, *arcs)

    @staticmethod
    def _is_trivial(problem: TransportationProblem, level: int, value: int) -> bool:
        """Tell whether no plan can have less on a level, whatever it is like."""
        definition = problem.objective.levels[level]
        is_lost = bool(definition.violation) and problem.lost_locks > 0
        return value == 0 and not definition.corrections and not is_lost


def _proof_of(coverage: Coverage, whole: TransportationProblem) -> LevelProof:
    """Return the proof of who can be served, which took no run."""
    level = len(whole.objective.coverage_levels) - 1
    run = replace(
        unsolved_run(whole.at(prices_of_prefix(whole, level))),
        bound=coverage.weighted_missing,
        u=coverage.u,
        # no more than to leave one out: a part of the demand may have been locked beforehand
        v=np.minimum(coverage.v, whole.priority_rank),
        optimal=True,
        is_priced=True,
    )
    return LevelProof(level, run)


def _strict(run: Run, proofs: tuple[LevelProof, ...]) -> LevelProof:
    """Return the proof of the last level, at prices that are strictly high enough.

    At a price that is just high enough, plans that are worse on a level above cost as little. An
    optimal plan is optimal on each level's own problem as well; so are its potentials, and both add
    up: what costs as little in the sum of all these problems is optimal on each of them.
    """
    objective, last = run.problem.objective, len(run.problem.prices) - 1
    parts = {proof.level: proof.run for proof in proofs}
    # a level at its trivial optimum is proven at potentials of 0
    prices = [
        parts[level].problem.prices if level in parts else objective.units[level]
        for level in range(last)
    ]
    summed = tuple(map(sum, zip(run.problem.prices, *prices, strict=True)))
    strict = replace(
        run,
        problem=run.problem.at(summed),
        u=run.u + sum(part.u for part in parts.values()),
        v=run.v + sum(part.v for part in parts.values()),
        bound=(run.bound or 0) + sum(part.bound or 0 for part in parts.values()),
    )
    return LevelProof(last, strict)
