"""Lexicographic levels, however many there are: each is proven, and the last one at prices.

Where it can be told by itself who can be served (`coverage`), that is done first, and what is left
open is solved for the levels below (`reduction`).

All levels that are left are solved in one sum at moderate prices (`prices`). Whether these were
high enough is then proven instead of assumed: a level that is not at its trivial optimum of 0 is
solved once more by itself, with those above it, over all pairs; where the sum did worse on it,
prices are raised. The potentials of the sum prove the last level, those of a level's own problem
prove that level.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_sum
from pairmatch.errors import Finding, InputError
from pairmatch.flow import Engine
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.transport.changes import Within, changed_by, within
from pairmatch.transport.coverage import Coverage, least_missing
from pairmatch.transport.first_plan import better_of, first_plan, guess_of
from pairmatch.transport.guess import fill_started
from pairmatch.transport.loop import Run, run_to_optimality, unsolved_run
from pairmatch.transport.prices import first_prices, prices_of_prefix, raised
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.reduction import Reduction, attains_coverage, reduce_by
from pairmatch.transport.rounding import rounded
from pairmatch.transport.starts import Earlier, Setting, first_candidates
from pairmatch.transport.transportation import (
    TransportationProblem,
    locks_clash,
    transportation_problem,
)
from pairmatch.transport.values import values_above
from pairmatch.tuning import DEFAULT_TUNING, Tuning


class Begun(StrEnum):
    """What a solve began with."""

    COLD = "cold: a solve without an earlier state"
    """Nothing."""

    WARM = "warm: dual values and pairs of an earlier plan"
    """Dual values by person."""

    FAR = "warm: dual values of an earlier plan, whose pairs were too many changes away"
    """Dual values by person; paths from the earlier flow took too long, and an engine took over."""

    MANY = "cold: too many who were served have to be served again"
    """Only pairs that are worth keeping."""

    SHORT = "cold: places are short, and dual values depend on who goes without"
    """Only pairs that are worth keeping."""


@dataclass(frozen=True)
class EarlierDuals:
    """Dual values of an earlier plan by person, metre-equivalents.

    Attributes
    ----------
    u, v
        Shapes ``(C,)`` and ``(R,)``.
    has_cadre, has_recipient
        Shapes ``(C,)`` and ``(R,)``: who was in the earlier plan; the others' values mean nothing.
    """

    u: IntArray
    v: IntArray
    has_cadre: BoolArray
    has_recipient: BoolArray


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
    begun
        What it began with.
    """

    problem: TransportationProblem
    run: Run | None
    proofs: tuple[LevelProof, ...]
    optimal: bool
    soft_locks: bool
    rounds: int
    pairs_priced: int
    begun: Begun


def solve_levels(
    formulation: Formulation,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    tuning: Tuning = DEFAULT_TUNING,
    earlier: EarlierDuals | None = None,
    *,
    apart: BoolArray | None = None,
) -> Outcome:
    """Solve all levels to proven optimality, or until stopped.

    Where only some cadres are told ``apart`` by whose pairs they have, classes may promise to keep
    more pairs than their members can; see `pairmatch.transport.classes.cadre_classes`.

    Locks are made beforehand where they can all be honoured. Should hard rules clash all the
    same, the problem is solved again with locks that may be broken: only then can the least total
    violation weigh a lock against a minimum load.
    """
    task = _Task(formulation, engine, limits, executor, tuning, earlier, apart)
    soft = locks_clash(formulation)
    if soft and formulation.is_restricted:
        raise InputError([Finding("clash_outside", "options", "only")])
    outcome = _solve(replace(task, soft_locks=soft))
    broken = (
        outcome.run is not None
        and outcome.run.solution is not None
        and (outcome.run.solution.violation > 0)
    )
    # what stands outside of a restriction is no rule that may be broken
    breakable = formulation.special_pairs.locked.any() and not formulation.is_restricted
    if outcome.optimal and broken and not soft and breakable:
        weighed = _solve(replace(task, soft_locks=True))
        if weighed.run is None or weighed.run.solution is None:
            # stopped: what keeps all locks is a plan, but not proven to break the fewest rules
            return replace(outcome, optimal=False)
        outcome = weighed
    return outcome


@dataclass(frozen=True)
class _Task:
    """What is to be solved, and how.

    ``soft_locks`` lets locks be broken, and ``reduces`` finds out first who can be served.
    """

    formulation: Formulation
    engine: Engine
    limits: Limits
    executor: Executor
    tuning: Tuning
    earlier: EarlierDuals | None
    apart: BoolArray | None
    soft_locks: bool = False
    reduces: bool = True


class _Solver:
    """Solves one problem over classes, at one vector of prices after the other."""

    def __init__(self, task: _Task, whole: TransportationProblem, reduction: Reduction) -> None:
        self._task, self._whole, self._reduction = task, whole, reduction
        problem = reduction.problem.at(first_prices(reduction.problem))
        limits, executor = task.limits, task.executor
        # boxes are put up while smaller problems are solved, which takes one thread
        boxed = executor.submit(Pricing, problem, executor)
        earlier, self._begun = _by_class(task.earlier, whole, reduction)
        setting = Setting(problem, boxed, task.engine, limits, executor, earlier)
        self._candidates, self._guess = first_candidates(setting)
        self._pricing = boxed.result()
        self._runs: list[Run] = []
        self.problem = problem

    def run_at(self, problem: TransportationProblem) -> Run:
        """Solve at some prices."""
        task = self._task
        self._candidates.weigh(problem)
        near = self._guess
        if problem.metre != self.problem.metre:
            near = near.at_other_prices()
        of_these = self._pricing.at(problem)
        self._runs.append(
            run_to_optimality(
                problem, self._candidates, of_these, task.engine, task.limits, guess=near
            )
        )
        return self._runs[-1]

    def first_run(self) -> Run:
        """Solve at the first prices; where that is stopped early, make a plan of the guess."""
        limits = self._task.limits
        # to set the master problem up takes a while: not where it could not be solved any more
        run = unsolved_run(self.problem) if limits.stop() else self.run_at(self.problem)
        if run.is_priced:
            return run
        limits.enter("first plan")
        self._candidates.weigh(self.problem)
        near = guess_of(run, self._guess)
        plan = first_plan(self.problem, near, self._pricing, limits.late, limits.too_late)
        return better_of(run, plan)

    def outcome(
        self, run: Run | None, proofs: Sequence[LevelProof], *, optimal: bool = False
    ) -> Outcome:
        """Return what came out, with all runs counted."""
        return Outcome(
            self._whole,
            run,
            tuple(proofs),
            optimal=optimal,
            soft_locks=self._task.soft_locks,
            rounds=sum(one.rounds for one in self._runs),
            pairs_priced=sum(one.pairs_priced for one in self._runs),
            begun=self._begun_at_last,
        )

    @property
    def _begun_at_last(self) -> Begun:
        gave_up = any(run.gave_up for run in self._runs)
        return Begun.FAR if gave_up and self._begun is Begun.WARM else self._begun


def _solve(task: _Task) -> Outcome:
    limits = task.limits
    limits.enter("classes")
    began = limits.elapsed()
    whole = transportation_problem(
        task.formulation,
        soft_locks=task.soft_locks,
        apart=task.apart,
        executor=task.executor,
        tuning=task.tuning,
    )
    reduction, coverage = _reduced(task, whole)
    limits.reserve(
        task.formulation.cadre_count + task.formulation.recipient_count,
        limits.seconds.get("formulate", 0.0) + limits.elapsed() - began,
    )
    if limits.passed():
        return Outcome(
            whole,
            None,
            (),
            optimal=False,
            soft_locks=task.soft_locks,
            rounds=0,
            pairs_priced=0,
            begun=Begun.COLD,
        )
    solver = _Solver(task, whole, reduction)
    ladder = _Ladder(reduction, coverage, solver.run_at)
    run = best = solver.first_run()
    while (worse := ladder.first_worse(run)) is not None and worse < len(whole.prices) - 1:
        problem = run.problem.at(raised(run.problem, worse))
        run = unsolved_run(problem) if limits.stop() else solver.run_at(problem)
        best = run if run.is_priced else best
    most = task.formulation.objective.most_changes
    if most is not None and (worse is None or changed_by(run) > most):
        if not reduction.is_whole:
            # who is served may depend on how many pairs may change
            return _solve(replace(task, reduces=False))
        held = Within(None, None) if worse is None else within(run, most, solver.run_at)
        return solver.outcome(held.plan, _proofs_within(held, ladder.restored(task.executor)))
    run = reduction.restored(best if worse is None else run, task.executor)
    proofs = ladder.restored(task.executor)
    if worse is not None:
        return solver.outcome(run, (*proofs, _strict(run, proofs)), optimal=True)
    if run.bound is not None:
        proofs = (*proofs, LevelProof(len(whole.prices) - 1, run))
    return solver.outcome(run, proofs)


def _proofs_within(held: Within, above: tuple[LevelProof, ...]) -> list[LevelProof]:
    """Return what bounds the plans that change few enough pairs, if there is such a plan."""
    if held.plan is None or held.bound is None:
        return []
    last = len(held.bound.problem.prices) - 1
    proofs = [proof for proof in above if proof.level < last - 1]
    return [*proofs, LevelProof(last - 1, held.bound), LevelProof(last, held.bound)]


def _by_class(
    earlier: EarlierDuals | None, whole: TransportationProblem, reduction: Reduction
) -> tuple[Earlier | None, Begun]:
    """Return earlier dual values by class: those of one who has them, as members are alike."""
    if earlier is None:
        return None, Begun.COLD
    if reduction.known and reduction.level > 0:
        return None, Begun.SHORT
    left = reduction.problem
    if exact_sum(left.wanted) - exact_sum(fill_started(left)) > left.tuning.start_most:
        return None, Begun.MANY
    u = whole.curves.marginal(whole.start + 1)
    v = np.zeros(whole.demand.shape[0], dtype=np.int64)
    known = np.zeros(v.shape[0], dtype=np.bool_)
    of_cadre, of_recipient = whole.cadres.of_person, whole.recipients.of_person
    cadre = np.flatnonzero(earlier.has_cadre & (of_cadre >= 0))
    recipient = np.flatnonzero(earlier.has_recipient & (of_recipient >= 0))
    u[of_cadre[cadre]] = earlier.u[cadre]
    v[of_recipient[recipient]] = earlier.v[recipient]
    known[of_recipient[recipient]] = True
    if not reduction.is_whole:
        u = u[reduction.cadre]
        v, known = reduction.carried_over(v, known)
    return Earlier(u, v, known), Begun.WARM


def _reduced(task: _Task, whole: TransportationProblem) -> tuple[Reduction, Coverage | None]:
    """Find out who can be served, where that is easily told, and what is left to be solved."""
    if whole.objective.coverage_levels and not task.soft_locks and task.reduces:
        coverage = least_missing(whole, task.engine, task.limits.stop)
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
                own = self._rounded(run, level, values)
                if own is not None:
                    self._runs[level], self._least[level] = own, values[level]
                    continue
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

    @staticmethod
    def _rounded(run: Run, level: int, values: Sequence[int]) -> Run | None:
        """Return the proof of the level above changed pairs, if rounded dual values give it."""
        is_next = level == len(run.problem.prices) - 2
        return rounded(run, values) if is_next and run.problem.objective.counts_changes else None

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
        is_reduced = definition.corrections or definition.changed is not None
        return value == 0 and not is_reduced and not is_lost


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
