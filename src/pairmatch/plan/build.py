"""The state of a solve becomes a plan."""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np
import pyarrow as pa

from pairmatch.arrays import exact_sum
from pairmatch.diagnosis.diagnosis import diagnose
from pairmatch.diagnosis.pairing import Pairing, pairing
from pairmatch.diagnosis.reach import Crowds
from pairmatch.diagnosis.reasons import unmatched_reasons
from pairmatch.formulate.formulation import Formulation
from pairmatch.limits import Limits
from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.plan.certify import certify, entries_of
from pairmatch.plan.plan import Plan, Stats
from pairmatch.plan.priced_pairs import price_pairs
from pairmatch.plan.timed import timed
from pairmatch.plan.unsolved import unsolved_plan
from pairmatch.problem import Problem
from pairmatch.proof.certificate import Level
from pairmatch.proof.levels import Counted, settles_missing
from pairmatch.threads import Once
from pairmatch.transport.state import SolveState


def build_plan(
    problem: Problem,
    formulation: Formulation,
    state: SolveState | None,
    limits: Limits,
    engine: str,
    executor: Executor,
    before_explaining: Callable[[], None] = lambda: None,
    start: Start | None = None,
) -> Plan:
    """Turn the pairs and proofs of a solve into a plan, with its certificate.

    ``state`` is None where it was stopped before there was any. ``before_explaining`` is called
    where somebody goes without, and it is to be told why. ``start`` is that of a re-solve.
    """
    if state is None:
        return unsolved_plan(problem, limits, engine, start)
    entries = executor.submit(entries_of, formulation, state)
    cadre, recipient = state.cadre, state.recipient
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
    terms["coverage"] = exact_sum(who.missing) * formulation.objective.missing_price_m
    stayed = int(np.append(formulation.special_pairs.started, False)[at].sum())
    if formulation.objective.change_m:
        changed = formulation.objective.start_pairs - stayed
        terms["changes"] = changed * formulation.objective.change_m
    short = exact_sum(np.maximum(formulation.min_load - who.load, 0))
    counted = Counted(
        violation=int((formulation.special_pairs.locked & ~who.made).sum()) + short,
        missing_of=who.missing,
        cadre=cadre,
        recipient=recipient,
        objective=sum(terms.values()),
        kept=stayed,
    )
    cadre_id = problem.cadres.column("cadre_id")
    recipient_id = problem.recipients.column("recipient_id")
    levels, certificate = certify(
        formulation, state, entries.result(), counted, cadre_id, recipient_id
    )
    status = _status(formulation, state, limits, counted, levels)
    settled = settles_missing(formulation, levels)
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
        stats=_stats(state, engine),
        start=start,
    )
    plan = timed(plan, limits)
    # known already; a plan that is made of this one by other pairs has to find its own
    object.__setattr__(plan, "_positions", Once.of((cadre, recipient)))
    return plan


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
    state: SolveState,
    limits: Limits,
    counted: Counted,
    levels: tuple[Level, ...],
) -> Status:
    """Tell how the solve ended: what is proven is optimal, stopped or not."""
    if all(level.gap == 0 for level in levels):
        if not counted.violation:
            return Status.OPTIMAL
        # bounds for plans that keep all locks do not prove that rules clash
        if state.locks_may_break or not formulation.special_pairs.locked.any():
            return Status.INFEASIBLE
    return Status.CANCELLED if limits.cancelled() else Status.FEASIBLE


def _stats(state: SolveState, engine: str) -> Stats:
    return Stats(
        engine=engine,
        cadre_classes=int(state.problem.cadres.size.shape[0]),
        recipient_classes=int(state.problem.recipients.size.shape[0]),
        arcs=int(state.candidate_cadre.shape[0]),
        rounds=state.rounds,
        pairs_priced=state.pairs_priced,
        start=state.begun,
    )
