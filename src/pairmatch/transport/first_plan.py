"""A plan from a guess, for a solve that is stopped before the master problem has one.

The pairs of the guess are made as far as slots are free, known arcs before them where they are
worth it. Whoever is left is sent to the cheapest cadres with free slots, and then people move to
cadres with free slots that are cheaper for them. The plan keeps all capacities and locks that were
made beforehand; it is no optimum, and nothing is claimed of it but what the
bound of the guess's potentials says.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pairmatch.transport.greedy_flow import GreedyFlow
from pairmatch.transport.guess import Guess, Potentials
from pairmatch.transport.loop import Run
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import MasterSolution, load_steps
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.seeds import seed_arcs
from pairmatch.transport.transportation import TransportationProblem

# how many partners those who are left look at: in each further pass twice as many as before,
# so that neighbours do not all look at the same ones
_FEWEST_PARTNERS = 8
_MOST_PARTNERS = 512
_PARTNERS_TO_MOVE_TO = 4
# a further pass is made after one that took such a share off the cost
_WORTH_A_PASS = 0.005
# a share of the bound
_CLOSE = 0.05


def first_plan(
    problem: TransportationProblem,
    guess: Guess,
    pricing: Pricing,
    late: Callable[[], bool],
    too_late: Callable[[], bool],
) -> Run | None:
    """Return a plan near a guess, with the bound of the guess's potentials.

    Parameters
    ----------
    guess
        Pairs of classes, which may exceed the free slots.
    late
        Asked between chunks of pricing; True leaves the flow and the bound as they are.
    too_late
        The same; True leaves out whoever has not been sent yet.

    Returns
    -------
    Run or None
        None if nobody could be sent.

    Notes
    -----
    Time: a pass of pricing over the pairs of those who are left, repeated as long as that sends
    anybody, one over the pairs that are cheaper than those made, and one for a bound.
    """
    flow = GreedyFlow(problem)
    potentials = guess.potentials
    otherwise = problem.missing
    if potentials is not None:
        otherwise = np.minimum(otherwise, potentials.v)
    flow.fill_known(guess.u, otherwise)
    flow.send(guess.cadre, guess.recipient, guess.amount)
    partners = _FEWEST_PARTNERS
    while flow.wanted.any() and not too_late() and flow.complete(pricing, partners, too_late):
        partners = min(2 * partners, _MOST_PARTNERS)
    if not flow.amount.shape[0] and not flow.known.any():
        return None
    _improve(flow, pricing, late)
    bound, potentials = _best_bound(problem, guess, flow, pricing, late)
    solution = MasterSolution(
        known_flow=flow.known,
        arc_flow=flow.amount,
        missing=flow.wanted,
        u=potentials.u,
        v=potentials.v,
        value=flow.value(),
        violation=flow.violation(),
        optimal=False,
    )
    return Run(
        problem,
        solution,
        flow.cadre,
        flow.recipient,
        bound,
        potentials.u,
        potentials.v,
        optimal=False,
        is_priced=False,
        rounds=0,
        pairs_priced=0,
    )


def _improve(flow: GreedyFlow, pricing: Pricing, late: Callable[[], bool]) -> None:
    """Move people as long as a pass pays: after an auction that is one."""
    value = flow.value()
    while not late() and flow.improve(pricing, _PARTNERS_TO_MOVE_TO, late):
        before, value = value, flow.value()
        if before - value < _WORTH_A_PASS * abs(before):
            break


def _best_bound(
    problem: TransportationProblem,
    guess: Guess,
    flow: GreedyFlow,
    pricing: Pricing,
    late: Callable[[], bool],
) -> tuple[int | None, Potentials]:
    """Return the better bound of two: the guess's, and that of potentials that fit to the flow.

    The second takes a pass over all pairs, and is not tried where the first is close.
    """
    steps = load_steps(problem)

    def bound_of(potentials: Potentials) -> int:
        return lower_bound(problem, steps, potentials.u, potentials.v, 0)

    bound, best = None, guess.potentials
    if best is not None:
        bound = bound_of(best)
        if flow.value() - bound <= _CLOSE * abs(bound):
            return bound, best
    u = flow.nearest_potentials(guess.u)
    seeds = seed_arcs(problem, pricing, u, 1, late, lambda _: None)
    if seeds is not None:
        fitting = Potentials(u, np.minimum(seeds.value, problem.missing))
        bound_of_fitting = bound_of(fitting)
        if bound is None or bound_of_fitting > bound:
            return bound_of_fitting, fitting
    return bound, best or Potentials(guess.u, np.zeros_like(problem.demand))


def guess_of(run: Run, guess: Guess) -> Guess:
    """Return the pairs of a run's solution as a guess, or the guess that it began with.

    A solution that was stopped early may leave out who can be served.
    """
    if run.solution is None:
        return guess
    used = np.flatnonzero(run.solution.arc_flow)
    return replace(
        guess,
        cadre=run.solution_cadre[used],
        recipient=run.solution_recipient[used],
        amount=run.solution.arc_flow[used],
    )


def better_of(run: Run, other: Run | None) -> Run:
    """Return a run with the better solution of two at the same prices, and the better bound.

    Prices are moderate, and so they do not tell which of two solutions that are not optimal is
    better: levels are compared in their order.
    """
    if other is None or other.solution is None:
        return run
    if run.standing is None or (other.standing is not None and other.standing < run.standing):
        run = replace(
            run,
            solution=other.solution,
            solution_cadre=other.solution_cadre,
            solution_recipient=other.solution_recipient,
        )
    if other.bound is not None and (run.bound is None or other.bound > run.bound):
        run = replace(run, bound=other.bound, u=other.u, v=other.v, open_price=other.open_price)
    return run
