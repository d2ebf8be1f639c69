"""Solve, price, add, repeat: until the bound over all pairs meets the solution."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.flow import Engine
from pairmatch.limits import Limits
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.guess import Guess
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import LoadSteps, Master, MasterSolution
from pairmatch.transport.pricing import Priced, Pricing
from pairmatch.transport.repricing import Repricing
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.transport.values import standing

# where few classes still have negative pairs, the simplex method looks for partners among many
_MOST_PER_RECIPIENT = 400
# where places are scarce that goes on: by as many times what is left to gain for each recipient, or
# as many metres
_LATE_GAPS = 8
_LATE_MARGIN_M = 100


@dataclass(frozen=True)
class Run:
    """How far the loop came at one set of prices.

    Attributes
    ----------
    problem
        The problem at these prices.
    solution
        The last solution over candidate arcs, None if stopped before one.
    solution_cadre, solution_recipient
        The candidate arcs of that solution.
    bound, u, v
        The best lower bound over all pairs and its potentials; None if none is known.
    optimal
        The bound meets the solution.
    is_priced
        At least one pass over all pairs came to its end.
    rounds, pairs_priced
        Solves of the master problem, and class pairs priced one by one.
    open_price
        That of the bound, where some have to be left out.
    gave_up
        Whether an earlier plan was too far away to go on from.
    """

    problem: TransportationProblem
    solution: MasterSolution | None
    solution_cadre: IntArray
    solution_recipient: IntArray
    bound: int | None
    u: IntArray
    v: IntArray
    optimal: bool
    is_priced: bool
    rounds: int
    pairs_priced: int
    open_price: int | None = None
    gave_up: bool = False

    @property
    def standing(self) -> tuple[int, ...] | None:
        """What makes a solution better than another; None without one."""
        if self.solution is None:
            return None
        return standing(self.problem, self.solution, self.solution_cadre, self.solution_recipient)


def unsolved_run(problem: TransportationProblem) -> Run:
    """Return a run that was stopped before it began."""
    none = np.zeros(0, dtype=np.int64)
    return Run(
        problem,
        None,
        none,
        none,
        None,
        none,
        none,
        optimal=False,
        is_priced=False,
        rounds=0,
        pairs_priced=0,
    )


def run_to_optimality(
    problem: TransportationProblem,
    candidates: Candidates,
    pricing: Pricing,
    engine: Engine,
    limits: Limits,
    *,
    guess: Guess | None = None,
    per_recipient: int | None = None,
) -> Run:
    """Generate columns until the bound meets the solution, or until stopped.

    Parameters
    ----------
    guess
        Where to begin; all of its arcs must be among the candidates.
    per_recipient
        How many pairs each class of recipients proposes in a round while most of them do; None
        for as many as suit people.
    """
    limits.enter("solve", 0)
    master = Master(problem, candidates, engine, guess, pricing)
    solution: MasterSolution | None = None
    arcs = (candidates.cadre, candidates.recipient)
    tuning, usual = problem.tuning, per_recipient
    if usual is None:
        usual = tuning.proposals_if_scarce if problem.is_scarce else tuning.proposals
    last = None if guess is None else guess.listed
    search = _Search(problem, master.steps, candidates, Repricing(pricing, last), limits, usual)
    optimal = False
    roughly = problem.weighs_all
    rounds = 0
    if guess is not None and guess.potentials is not None and problem.weighs_all:
        search.take_bound(guess.potentials.u, guess.potentials.v, 0, guess.open_price)
    while not limits.stop():
        limits.enter("solve", 0)
        newer = master.solve(limits.stop, roughly=roughly)
        rounds += 1
        if newer is None:
            break
        is_stopped = not newer.optimal and limits.stop()
        newer_arcs = (candidates.cadre, candidates.recipient)
        # one that was stopped may leave more people out than the solution before it
        if (
            not is_stopped
            or solution is None
            or standing(problem, newer, *newer_arcs) < standing(problem, solution, *arcs)
        ):
            solution, arcs = newer, newer_arcs
        if is_stopped:
            break
        if last is not None and not master.gave_up:
            # few potentials have moved, and not by much
            search.margin = last.margin
        limits.enter("price", pricing.chunks)
        added = search.add_candidates(newer)
        limits.log_round(rounds, newer.value, search.bound, len(candidates), added)
        optimal = search.bound == newer.value
        if optimal or search.bound is None or (added == 0 and newer.optimal):
            break
        roughly = problem.weighs_all and added > tuning.rough_above * len(candidates)
    return Run(
        problem,
        solution,
        *arcs,
        search.bound,
        search.u,
        search.v,
        optimal,
        search.is_priced,
        rounds,
        search.pairs_priced,
        search.open_price,
        master.gave_up,
    )


class _Search:
    """Prices all pairs at the potentials of solutions, proposes arcs and keeps the best bound."""

    def __init__(
        self,
        problem: TransportationProblem,
        steps: LoadSteps,
        candidates: Candidates,
        pricing: Repricing,
        limits: Limits,
        per_recipient: int,
    ) -> None:
        self._problem, self._steps = problem, steps
        self._candidates, self._limits = candidates, limits
        self._pricing, self._chunks = pricing, pricing.chunks
        self.margin = problem.tuning.margin_m * problem.metre
        self._usual = self._per_recipient = per_recipient
        none = np.zeros(0, dtype=np.int64)
        self.bound: int | None = None
        self.open_price: int | None = None
        self.u, self.v = none, none
        self.is_priced = False
        self.pairs_priced = 0

    def add_candidates(self, solution: MasterSolution) -> int:
        """Improve the bound and, unless it meets the solution, add arcs; return how many.

        Classes of recipients without a negative pair propose none. No arc is added if stopped.
        """
        while True:
            priced = self._price(solution)
            if priced is None or self.bound == solution.value:
                return 0
            new = priced.least[priced.recipient] < 0
            added = self._candidates.add(priced.cadre[new], priced.recipient[new], priced.cost[new])
            if added > 0 or not solution.optimal:
                self._per_recipient = self._proposed_next(int(np.count_nonzero(priced.least)))
                return added
            # all that were proposed are full arcs, whose reduced cost is negative at the optimum
            self._look_further(solution.value)

    def _price(self, solution: MasterSolution) -> Priced | None:
        limits, chunks = self._limits, self._chunks
        early = self._problem.weighs_all and self._per_recipient == self._usual
        margin = self.margin if early else self._late_margin(solution.value)
        # potentials that will change anyway: the best pairs will do, and are found much faster
        only_best = early and not solution.optimal
        priced = self._pricing.price(
            solution.u,
            solution.v,
            self._per_recipient,
            margin=margin,
            only_best=only_best,
            stop=limits.stop,
            done=lambda finished: limits.report(finished, chunks),
        )
        if priced is None:
            return None
        self.is_priced = True
        self.pairs_priced += priced.evaluated
        # a recipient's potential may as well be lowered until none of its pairs is negative: that
        # bound is far better as long as many are, and no better in the end
        self.take_bound(solution.u, solution.v + priced.least, 0, solution.open_price)
        if not only_best:
            self.take_bound(solution.u, solution.v, priced.total, solution.open_price)
        return priced

    def take_bound(
        self, u: IntArray, v: IntArray, priced_total: int, open_price: int | None
    ) -> None:
        """Keep the bound of some potentials if it is the best so far."""
        bound = lower_bound(self._problem, self._steps, u, v, priced_total, open_price)
        if self.bound is None or bound > self.bound:
            self.bound, self.u, self.v, self.open_price = bound, u, v, open_price
            self._limits.bound = bound

    def _late_margin(self, value: int) -> int:
        """Return by how much potentials may move from now on, 0 where that is soon over."""
        if not (self._problem.weighs_all and self._problem.is_scarce) or self.bound is None:
            return 0
        wanted = max(1, int(self._problem.wanted.sum()))
        most = _LATE_MARGIN_M * self._problem.metre
        return min(most, _LATE_GAPS * (value - self.bound) // wanted)

    def _look_further(self, value: int) -> None:
        if self._per_recipient >= self._problem.limit.shape[0]:
            raise RuntimeError(
                f"no pair is left to add, yet the bound {self.bound} is below the value {value}"
            )
        self._per_recipient *= 4

    def _proposed_next(self, negative: int) -> int:
        """Return how many pairs each class may propose, given how many had negative ones."""
        shared_out = self._usual * int(self._problem.demand.shape[0]) // (2 * negative + 1)
        return min(max(shared_out, self._usual), _MOST_PER_RECIPIENT)
