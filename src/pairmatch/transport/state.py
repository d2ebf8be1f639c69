"""What a solve has come to, by person: pairs, the duals that prove them, and candidates.

Class numbers change with any ban, positions of people do not: whatever is to be carried over to a
later problem is kept by person.
"""

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_sum
from pairmatch.flow import Engine
from pairmatch.flow.arc_store import places_of_nonzero
from pairmatch.formulate.costs import largest_cost
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.transport.disaggregate import ClassFlow, disaggregate
from pairmatch.transport.levels import EarlierDuals, LevelProof, Outcome, solve_levels
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.tuning import DEFAULT_TUNING, Tuning


@dataclass(frozen=True)
class Proof:
    """Duals that prove a bound on one level, given that those above it are kept.

    Attributes
    ----------
    level
        Its position in the objective.
    prices
        One for each level of the objective.
    u, v
        Shapes ``(C,)`` and ``(R,)``: the duals of cadres and recipients.
    bound
        No plan has less in the sum of the levels at these prices, over all pairs.
    """

    level: int
    prices: tuple[int, ...]
    u: IntArray
    v: IntArray
    bound: int


@dataclass(frozen=True)
class SolveState:
    """Pairs and proofs by person, with what a further solve may begin from.

    Attributes
    ----------
    cadre, recipient
        Shape ``(P,)``: positions of the pairs, sorted by recipient, then cadre.
    proofs
        One for each level that duals prove, most important first.
    locks_may_break
        Whether locks were rules that may be broken; else the bounds hold for plans that keep them.
    problem
        The classes, with the class of each person.
    candidate_cadre, candidate_recipient
        Shape ``(A,)``: the candidate arcs at the end, as classes of ``problem``.
    rounds, pairs_priced
        Solves of the master problem, and class pairs priced one by one.
    begun
        What it began with.
    """

    cadre: IntArray
    recipient: IntArray
    proofs: tuple[Proof, ...]
    locks_may_break: bool
    problem: TransportationProblem
    candidate_cadre: IntArray
    candidate_recipient: IntArray
    rounds: int
    pairs_priced: int
    begun: str


def solve_people(
    formulation: Formulation,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    tuning: Tuning = DEFAULT_TUNING,
    earlier: EarlierDuals | None = None,
) -> SolveState | None:
    """Solve all levels to proven optimality, or until stopped, and go back from classes to people.

    Returns
    -------
    SolveState or None
        None if stopped before there was any plan.
    """
    apart = None
    if formulation.objective.counts_changes:
        # pairs of a start are many: whose they are is asked only where their number is not enough
        apart = np.zeros(formulation.cadre_count, dtype=np.bool_)
    while True:
        outcome = solve_levels(formulation, engine, limits, executor, tuning, earlier, apart=apart)
        found = _state(formulation, outcome, limits, executor)
        if found is None or isinstance(found, SolveState):
            return found
        # should the same ones be named again, everybody is told apart
        apart = None if apart is None or (apart | ~found).all() else apart | found


def _state(
    formulation: Formulation, outcome: Outcome, limits: Limits, executor: Executor
) -> SolveState | BoolArray | None:
    """Go back to people; None without a plan.

    Where members of classes cannot keep what these can, return the cadres to be told apart.
    """
    run = outcome.run
    if run is None or run.solution is None:
        return None
    limits.enter("plan")
    proofs = executor.submit(_proofs, formulation, outcome)
    used = places_of_nonzero(run.solution.arc_flow)
    arcs = run.solution_cadre[used], run.solution_recipient[used]
    flow = ClassFlow(*arcs, run.solution.arc_flow[used])
    pairs = disaggregate(formulation, outcome.problem, run.solution.known_flow, flow, executor)
    if not isinstance(pairs, tuple):
        return pairs
    return SolveState(
        *pairs,
        proofs=proofs.result(),
        locks_may_break=outcome.soft_locks,
        problem=outcome.problem,
        candidate_cadre=run.solution_cadre,
        candidate_recipient=run.solution_recipient,
        rounds=outcome.rounds,
        pairs_priced=outcome.pairs_priced,
        begun=str(outcome.begun),
    )


def _proofs(formulation: Formulation, outcome: Outcome) -> tuple[Proof, ...]:
    return tuple(_proof(formulation, outcome, proof) for proof in outcome.proofs)


def _proof(formulation: Formulation, outcome: Outcome, proof: LevelProof) -> Proof:
    """Spread the duals of classes over their members, and add what was fixed beforehand.

    People without a class have nothing left to give or to receive. Their duals cancel out of the
    bound, so they are set out of every pair's way.
    """
    run, problem, objective = proof.run, outcome.problem, formulation.objective
    pairs, prices = formulation.special_pairs, proof.run.problem.prices
    costs = formulation.named_costs(objective.pair_tables(prices))
    added = int(np.abs(pairs.weighed(objective, prices)).max(initial=0))
    reach = largest_cost(costs.tables) + added + run.problem.violation + 1
    high = max(0, int(run.v.max(initial=0))) + reach
    low = min(0, int(run.u.min(initial=0))) - reach
    fixed = problem.roles.fixed
    cadre, recipient = pairs.cadre[fixed], pairs.recipient[fixed]
    started = np.bincount(cadre, minlength=formulation.cadre_count)
    bound = run.bound if run.bound is not None else 0
    bound += exact_sum(costs.of_pairs(cadre, recipient))
    bound += exact_sum(pairs.correction_m[fixed]) * objective.correction(prices)
    bound += exact_sum(formulation.load.times(objective.load(prices)).total(started))
    bound += objective.violation(prices) * problem.lost_locks
    return Proof(
        proof.level,
        prices,
        np.append(run.u, high)[problem.cadres.of_person],
        np.append(run.v, low)[problem.recipients.of_person],
        bound,
    )
