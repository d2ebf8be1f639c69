"""An outcome of the solver becomes a plan."""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np
import pyarrow as pa

from pairmatch.arrays import IntArray, exact_sum
from pairmatch.diagnosis.diagnosis import diagnose
from pairmatch.diagnosis.pairing import Pairing, pairing
from pairmatch.diagnosis.reach import Crowds
from pairmatch.diagnosis.reasons import unmatched_reasons
from pairmatch.flow.arc_store import places_of_nonzero
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.model.status import Status
from pairmatch.plan.certify import Counted, certify, proofs_of_people
from pairmatch.plan.disaggregate import ClassFlow, disaggregate
from pairmatch.plan.plan import Plan, Stats
from pairmatch.plan.priced_pairs import price_pairs
from pairmatch.plan.timed import timed
from pairmatch.plan.unsolved import unsolved_plan
from pairmatch.problem import Problem
from pairmatch.proof.bound import priority_rank
from pairmatch.proof.certificate import Level
from pairmatch.transport.levels import Outcome
from pairmatch.transport.loop import Run
from pairmatch.transport.master import MasterSolution
from pairmatch.transport.transportation import TransportationProblem


def build_plan(
    problem: Problem,
    formulation: Formulation,
    outcome: Outcome,
    limits: Limits,
    engine: str,
    executor: Executor,
    before_explaining: Callable[[], None] = lambda: None,
) -> Plan:
    """Turn flows between classes into a plan for people, with its certificate.

    ``before_explaining`` is called where somebody goes without, and it is to be told why.
    """
    run = outcome.run
    if run is None or run.solution is None:
        return unsolved_plan(problem, limits, engine)
    limits.enter("plan")
    proofs = executor.submit(proofs_of_people, formulation, outcome)
    cadre, recipient = _pairs_of_people(formulation, outcome.problem, run, run.solution, executor)
    at = formulation.special_pairs.find(cadre, recipient)
    who = pairing(formulation, cadre, recipient, at)
    with_whom = executor.submit(problem.cadres.column("cadre_id").take, pa.array(cadre))
    priced = price_pairs(formulation, cadre, recipient, at, executor)
    pairs = pa.table(
        {
            "recipient_id": problem.recipients.column("recipient_id").take(pa.array(recipient)),
            "cadre_id": with_whom.result(),
            "cost_m": priced.cost_m,
            "distance_m": priced.distance_m,
            "kept": priced.kept,
        }
    )
    terms = priced.terms
    terms["load"] = exact_sum(formulation.load.total(who.load))
    terms["coverage"] = (
        0 if formulation.coverage_first else exact_sum(who.missing) * formulation.price_m
    )
    short = exact_sum(np.maximum(formulation.min_load - who.load, 0))
    counted = Counted(
        violation=int((formulation.special_pairs.locked & ~who.made).sum()) + short,
        missing=exact_sum(who.missing),
        weighted_missing=exact_sum(who.missing * priority_rank(formulation.priority))
        if formulation.coverage_first and who.missing.any()
        else 0,
        objective=sum(terms.values()),
    )
    cadre_id = problem.cadres.column("cadre_id")
    recipient_id = problem.recipients.column("recipient_id")
    levels, certificate = certify(
        formulation, outcome, counted, proofs.result(), cadre_id, recipient_id
    )
    status = _status(formulation, outcome, limits, counted, levels)
    # with coverage first, whoever goes without does so on the level of the missing
    settled = next(level for level in levels if level.name in ("missing", "cost")).gap == 0
    if counted.missing:
        before_explaining()
        limits.enter("plan")
    crowds = Crowds(formulation.costs)
    plan = Plan(
        problem=problem,
        status=status,
        objective=counted.objective,
        objective_terms=terms,
        levels=levels,
        pairs=pairs,
        unmatched=_unmatched(problem, formulation, who, crowds, settled=settled),
        loads=pa.table(
            {
                "cadre_id": cadre_id,
                "load": who.load,
                "capacity": formulation.capacity,
                "min_load": formulation.min_load,
            }
        ),
        certificate=certificate,
        diagnosis=diagnose(problem, formulation, who, crowds, fewest_missing=settled),
        by_exception=int(formulation.merely_allowed(cadre, recipient).sum()),
        stats=_stats(outcome, engine),
    )
    return timed(plan, limits)


def _pairs_of_people(
    formulation: Formulation,
    classes: TransportationProblem,
    run: Run,
    solution: MasterSolution,
    executor: Executor,
) -> tuple[IntArray, IntArray]:
    used = places_of_nonzero(solution.arc_flow)
    flow = ClassFlow(
        run.solution_cadre[used], run.solution_recipient[used], solution.arc_flow[used]
    )
    return disaggregate(formulation, classes, solution.known_flow, flow, executor)


def _unmatched(
    problem: Problem, formulation: Formulation, pairs: Pairing, crowds: Crowds, *, settled: bool
) -> pa.Table:
    short = np.flatnonzero(pairs.missing)
    return pa.table(
        {
            "recipient_id": problem.recipients.column("recipient_id").take(pa.array(short)),
            "missing": pairs.missing[short],
            **unmatched_reasons(formulation, pairs, crowds, settled=settled),
        }
    )


def _status(
    formulation: Formulation,
    outcome: Outcome,
    limits: Limits,
    counted: Counted,
    levels: tuple[Level, ...],
) -> Status:
    """Tell how the solve ended: what is proven is optimal, stopped or not."""
    if all(level.gap == 0 for level in levels):
        if not counted.violation:
            return Status.OPTIMAL
        # bounds for plans that keep all locks do not prove that rules clash
        if outcome.soft_locks or not formulation.special_pairs.locked.any():
            return Status.INFEASIBLE
    return Status.CANCELLED if limits.cancelled() else Status.FEASIBLE


def _stats(outcome: Outcome, engine: str) -> Stats:
    return Stats(
        engine=engine,
        cadre_classes=int(outcome.problem.cadres.size.shape[0]),
        recipient_classes=int(outcome.problem.recipients.size.shape[0]),
        arcs=0 if outcome.run is None else int(outcome.run.solution_cadre.shape[0]),
        rounds=outcome.rounds,
        pairs_priced=outcome.pairs_priced,
        start="cold: a solve without an earlier state",
    )
