"""What a solve returns that was stopped before there was any plan."""

import numpy as np
import pyarrow as pa

from pairmatch.diagnosis.reasons import columns_of_reasons
from pairmatch.formulate.columns import integers
from pairmatch.formulate.costs import TERMS
from pairmatch.limits import Limits
from pairmatch.model.levels import values_of_nobody, with_changes
from pairmatch.model.policy import metres
from pairmatch.model.reasons import REASONS
from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.plan.plan import Plan, Stats
from pairmatch.plan.timed import timed
from pairmatch.problem import Problem
from pairmatch.proof.certificate import Certificate, Scope, levels_with_gaps


def unsolved_plan(
    problem: Problem, limits: Limits, engine: str, start: Start | None = None
) -> Plan:
    """Return a plan without a pair, of which nothing may be used.

    It takes the tables alone: no kernel has to run, and none has to be compiled.
    """
    limits.enter("plan")
    demand = integers(problem.recipients, "demand")
    min_load = integers(problem.cadres, "min_load")
    policy = problem.policy
    missing = sum(demand.tolist())
    violation = sum(min_load.tolist()) + problem.locks.num_rows
    terms = dict.fromkeys((*TERMS, "adjustment", "continuity", "load", "coverage"), 0)
    if policy.coverage.mode != "first":
        terms["coverage"] = missing * metres(policy.coverage.price_km)
    objective, changed = policy.objective, 0
    if start is not None:
        objective = with_changes(objective, priced=start.change_m > 0)
        changed = start.pairs.num_rows
        if start.change_m:
            terms["changes"] = changed * start.change_m
    cost = sum(terms.values())
    values = values_of_nobody(objective, violation, missing, cost, changed)
    levels = levels_with_gaps(values, {})
    recipient_id = problem.recipients.column("recipient_id")
    cadre_id = problem.cadres.column("cadre_id")
    wanting = np.flatnonzero(demand)
    none = pa.array([], pa.int64())
    plan = Plan(
        problem=problem,
        status=Status.UNSOLVED,
        objective=cost,
        objective_terms=terms,
        levels=levels,
        pairs=pa.table(
            {
                "recipient_id": pa.array([], pa.string()),
                "cadre_id": pa.array([], pa.string()),
                "cost_m": none,
                "distance_m": none,
                "kept": pa.array([], pa.bool_()),
            }
        ),
        unmatched=pa.table(
            {
                "recipient_id": recipient_id.take(pa.array(wanting)),
                "missing": demand[wanting],
                **columns_of_reasons(np.full(wanting.shape[0], REASONS.index("stopped"))),
            }
        ),
        loads=pa.table(
            {
                "cadre_id": cadre_id,
                "load": np.zeros(problem.cadres.num_rows, dtype=np.int64),
                "capacity": problem.capacity(),
                "min_load": min_load,
            }
        ),
        certificate=Certificate.of_levels(
            levels,
            scope=Scope.CANDIDATE_ARCS,
            locks_may_break=False,
            entries=(),
            cadre_duals=pa.table({"cadre_id": cadre_id}),
            recipient_duals=pa.table({"recipient_id": recipient_id}),
        ),
        diagnosis=None,
        by_exception=0,
        stats=Stats(
            engine=engine,
            cadre_classes=0,
            recipient_classes=0,
            arcs=0,
            rounds=0,
            pairs_priced=0,
            start="cold: a solve without an earlier state",
        ),
        start=start,
    )
    return timed(plan, limits)
