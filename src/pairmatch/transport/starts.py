"""What a solve begins with: starts, each of which goes on from the guess of the one before it.

An earlier plan's dual values are a guess by themselves, and its pairs are known arcs that are worth
keeping; nothing else is needed then.

A start adds candidate arcs and returns a guess. Any guess is safe; a good one saves rounds and
pivots. Coarse problems come first; then an auction where most classes are of one person, and the
best partners of every class elsewhere. Should there be a limit, each has a share of the time, so
that a plan can be made of what there is.
"""

from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow import Engine
from pairmatch.formulate.costs import largest_cost
from pairmatch.limits import Limits
from pairmatch.transport.auction import auction, is_of_people
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.coarse import guess_from_below
from pairmatch.transport.guess import Guess, Potentials, fill_started
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.repricing import listed
from pairmatch.transport.seeds import seed_arcs
from pairmatch.transport.transportation import TransportationProblem

# of the time that is left, for coarse problems: where an auction follows, and where not
_SHARE_BEFORE_AUCTION = 0.65
_SHARE = 0.95


@dataclass(frozen=True)
class Setting:
    """What a start works with; the problem's pricing may still be being made."""

    problem: TransportationProblem
    pricing: Future[Pricing]
    engine: Engine
    limits: Limits
    executor: Executor
    earlier: "Earlier | None" = None


@dataclass(frozen=True)
class Earlier:
    """The dual values of an earlier plan, by class, metre-equivalents.

    Attributes
    ----------
    u, v
        Shapes ``(I,)`` and ``(J,)``.
    known
        Shape ``(J,)``: classes of recipients of whom somebody was in the earlier plan.
    """

    u: IntArray
    v: IntArray
    known: BoolArray


class Start(Protocol):
    """One way to begin."""

    def __call__(self, setting: Setting, candidates: Candidates, guess: Guess) -> Guess:
        """Add candidate arcs, and return a guess; its partners are among the candidates.

        If stopped, nothing is added, and the guess may be the one that was given.
        """


def first_candidates(setting: Setting) -> tuple[Candidates, Guess]:
    """Return the candidates and the guess that the starts of a problem come to."""
    problem = setting.problem
    guess = Guess.of_loads(problem)
    candidates = Candidates(problem, guess.cadre, guess.recipient)
    for start in starts_of(problem) if setting.earlier is None else (from_earlier_plan,):
        guess = start(setting, candidates, guess)
    return candidates, guess


def starts_of(problem: TransportationProblem) -> tuple[Start, ...]:
    """Return the starts that suit a problem, in their order."""
    return from_coarse_problems, from_auction if is_of_people(problem) else from_best_partners


def from_earlier_plan(setting: Setting, candidates: Candidates, guess: Guess) -> Guess:
    """Add what is nearly as good as the best at the dual values of an earlier plan."""
    problem, earlier = setting.problem, setting.earlier
    if earlier is None:
        return guess
    limits, tuning, metre = setting.limits, problem.tuning, problem.metre
    u = earlier.u * metre
    pricing = setting.pricing.result()
    limits.enter("seed", pricing.chunks)
    # whoever is new looks for the best partners, however dear
    dear = largest_cost(problem.costs.tables) + int(u.max(initial=0)) + 1
    v = np.where(earlier.known, np.minimum(earlier.v * metre, problem.missing), dear)
    margin = tuning.start_m * metre
    near = pricing.price(
        u,
        v,
        tuning.start_proposals,
        margin=margin,
        stop=limits.late,
        done=lambda chunks: limits.report(chunks, pricing.chunks),
    )
    if near is None:
        return replace(guess, u=u)
    candidates.add(near.cadre, near.recipient, near.cost)
    bound = np.minimum(v + near.least, problem.missing)
    return replace(
        guess,
        u=u,
        potentials=Potentials(u, bound),
        earlier=(fill_started(problem), np.where(earlier.known, v, bound)),
        listed=listed(u, v, margin, tuning.start_proposals, near),
    )


def from_coarse_problems(setting: Setting, candidates: Candidates, guess: Guess) -> Guess:
    """Guess potentials and partners by problems with a fraction of the classes."""
    problem, limits = setting.problem, setting.limits
    limits.enter("coarse")
    part = limits.share(_SHARE_BEFORE_AUCTION if is_of_people(problem) else _SHARE)
    guess = guess_from_below(problem, setting.engine, part, setting.executor)
    candidates.add(guess.cadre, guess.recipient)
    return guess


def from_auction(setting: Setting, candidates: Candidates, guess: Guess) -> Guess:
    """Let recipients bid from the guessed potentials on, and add what is nearly as good."""
    problem, limits, tuning = setting.problem, setting.limits, setting.problem.tuning
    pricing = setting.pricing.result()
    limits.enter("auction")
    held = auction(problem, pricing, guess.u, limits.stop, open_price=guess.open_price)
    # those of both guesses: the auction is closer, but too dear where few are in need
    candidates.add(held.cadre, held.recipient, held.cost)
    guess = replace(held.guess(problem), open_price=guess.open_price)
    candidates.add(guess.cadre, guess.recipient)
    limits.enter("seed", pricing.chunks)
    near = pricing.price(
        guess.u,
        held.v + tuning.near_m * problem.metre,
        tuning.near_proposals,
        only_best=True,
        stop=limits.stop,
        done=lambda chunks: limits.report(chunks, pricing.chunks),
    )
    if near is not None:
        candidates.add(near.cadre, near.recipient, near.cost)
    return guess


def from_best_partners(setting: Setting, candidates: Candidates, guess: Guess) -> Guess:
    """Add the best partners of every class at the guessed potentials, which give a bound."""
    problem, limits = setting.problem, setting.limits
    pricing = setting.pricing.result()
    limits.enter("seed", pricing.chunks)
    seeds = seed_arcs(
        problem,
        pricing,
        guess.u,
        problem.tuning.seeds,
        limits.late,
        lambda chunks: limits.report(chunks, pricing.chunks),
    )
    if seeds is None:
        return guess
    candidates.add(seeds.cadre, seeds.recipient, seeds.cost)
    v = np.minimum(seeds.value, problem.missing)
    return replace(guess, potentials=Potentials(guess.u, v))
