"""The candidate arcs and the guess that a solve begins with."""

from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np

from pairmatch.flow import Engine
from pairmatch.limits import Limits
from pairmatch.transport.auction import auction, is_of_people
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.coarse import guess_from_below
from pairmatch.transport.master import Prices
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.seeds import seed_arcs
from pairmatch.transport.start import Guess, Potentials
from pairmatch.transport.transportation import TransportationProblem

# with twice as many, the first solve takes more than later rounds save
_SEEDS = 6
# after an auction the partners that matter are nearly as good as the best one
_WITHIN_M = 3000
_PER_RECIPIENT = 30
# should there be a limit, so much of the time that is left is for coarse problems: where an auction
# follows, and where not
_SHARE_BEFORE_AUCTION = 0.65
_SHARE = 0.95


def first_candidates(
    problem: TransportationProblem,
    prices: Prices,
    boxed: Future[Pricing],
    engine: Engine,
    limits: Limits,
    executor: Executor,
) -> tuple[Candidates, Guess]:
    """Choose arcs by the potentials of a coarse problem, and of an auction where that pays.

    With a time limit each step has a share of it, so that a plan can be made of what there is.

    Parameters
    ----------
    boxed
        The problem's pricing, which may still be on its way.

    Returns
    -------
    Candidates, Guess
        The guess's partners are among the candidates. If stopped, either may be empty.
    """
    limits.enter("coarse")
    of_people = is_of_people(problem)
    part = limits.share(_SHARE_BEFORE_AUCTION if of_people else _SHARE)
    guess = guess_from_below(problem, prices, engine, part, executor)
    candidates = Candidates(problem, guess.cadre, guess.recipient)
    pricing = boxed.result()

    def done(chunks: int) -> None:
        limits.report(chunks, pricing.chunks)

    if of_people:
        limits.enter("auction")
        held = auction(problem, prices, pricing, guess.u, limits.stop, open_price=guess.open_price)
        # those of both guesses: the auction is closer, but too dear where few are in need
        candidates.add(held.cadre, held.recipient, held.cost)
        guess = replace(held.guess(problem), open_price=guess.open_price)
        candidates.add(guess.cadre, guess.recipient)
        limits.enter("seed", pricing.chunks)
        near = pricing.price(
            guess.u,
            held.v + _WITHIN_M,
            _PER_RECIPIENT,
            only_best=True,
            stop=limits.stop,
            done=done,
        )
        if near is not None:
            candidates.add(near.cadre, near.recipient, near.cost)
        return candidates, guess
    limits.enter("seed", pricing.chunks)
    # where there is no auction these give the first bound, and take little time
    seeds = seed_arcs(problem, pricing, guess.u, _SEEDS, limits.late, done)
    if seeds is not None:
        candidates.add(seeds.cadre, seeds.recipient, seeds.cost)
        v = np.minimum(seeds.value, prices.of_missing(problem))
        guess = replace(guess, potentials=Potentials(guess.u, v))
    return candidates, guess
