"""The certificate of an outcome: duals of classes become duals of people."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch.arrays import IntArray, exact_sum
from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.bound import BoundTerms, LevelPrices, cadres_term, recipients_term
from pairmatch.proof.certificate import (
    Certificate,
    Level,
    LevelCertificate,
    Scope,
    levels_with_gaps,
)
from pairmatch.transport.levels import LevelProof, Outcome
from pairmatch.transport.loop import Run
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class Counted:
    """The values of a plan's levels, as its pairs say."""

    violation: int
    missing: int
    weighted_missing: int
    objective: int


@dataclass(frozen=True)
class ProofOfPeople:
    """A level's proof from classes, spread over people.

    ``u`` and ``v`` have shapes ``(C,)`` and ``(R,)``, ``total`` is the bound on all that the
    level's prices weigh.
    """

    proof: LevelProof
    u: IntArray
    v: IntArray
    entry: LevelCertificate
    total: int


def proofs_of_people(formulation: Formulation, outcome: Outcome) -> list[ProofOfPeople]:
    """Spread all proofs of an outcome over people; needs nothing of the plan."""
    proofs = outcome.proofs
    partial = outcome.run
    if not outcome.optimal and partial is not None and partial.bound is not None:
        proofs = (*proofs, LevelProof("cost", partial))
    spread: list[ProofOfPeople] = []
    for proof in proofs:
        u, v = _duals_of_people(formulation, outcome.problem, proof.run)
        spread.append(ProofOfPeople(proof, u, v, *_entry(formulation, outcome, proof, u, v)))
    return spread


def certify(
    formulation: Formulation,
    outcome: Outcome,
    counted: Counted,
    proofs: list[ProofOfPeople],
    cadre_id: pa.Array,
    recipient_id: pa.Array,
) -> tuple[tuple[Level, ...], Certificate]:
    """Return the levels with their bounds, and the certificate that proves them."""
    if counted.violation and formulation.special_pairs.locked.any() and not outcome.soft_locks:
        # bounds for plans that keep all locks say nothing of those with fewer violations
        proofs = []
    cadre_duals, recipient_duals = {"cadre_id": cadre_id}, {"recipient_id": recipient_id}
    bounds: dict[str, int] = {}
    for one in proofs:
        name = one.proof.name
        cadre_duals[name], recipient_duals[name] = pa.array(one.u), pa.array(one.v)
        bounds[name] = one.total - _levels_above(one.proof, counted)
    levels = _levels(formulation, counted, bounds)
    certificate = Certificate.of_levels(
        levels,
        scope=Scope.ALL_PAIRS if "cost" in bounds or levels[-1].gap == 0 else Scope.CANDIDATE_ARCS,
        locks_may_break=outcome.soft_locks,
        entries=tuple(one.entry for one in proofs),
        cadre_duals=pa.table(cadre_duals),
        recipient_duals=pa.table(recipient_duals),
    )
    return levels, certificate


def _levels_above(proof: LevelProof, counted: Counted) -> int:
    prices = proof.run.prices
    above = 0 if proof.name == "violation" else prices.violation * counted.violation
    return above + (prices.missing * counted.weighted_missing if proof.name == "cost" else 0)


def _levels(
    formulation: Formulation, counted: Counted, bounds: dict[str, int]
) -> tuple[Level, ...]:
    values: dict[str, int] = {}
    known: dict[str, int] = {}
    if counted.violation:
        values["violation"] = counted.violation
        known["violation"] = max(0, bounds.get("violation", 0))
    if formulation.coverage_first:
        tight = counted.missing == 0 or bounds.get("missing", -1) >= counted.weighted_missing
        values["missing"] = counted.missing
        known["missing"] = counted.missing if tight else 0
    pairs = formulation.special_pairs
    trivial = exact_sum(np.minimum(0, pairs.cost_m)[pairs.eligible])
    values["cost"] = counted.objective
    known["cost"] = max(bounds.get("cost", trivial), trivial)
    return levels_with_gaps(values, known)


def _duals_of_people(
    formulation: Formulation, problem: TransportationProblem, run: Run
) -> tuple[IntArray, IntArray]:
    """Spread the duals of classes over their members.

    People without a class have nothing left to give or to receive. Their duals cancel out of the
    bound, so they are set out of every pair's way.
    """
    reach = int(np.abs(formulation.special_pairs.cost_m).max(initial=0)) + run.prices.violation + 1
    high = max(0, int(run.v.max(initial=0))) + reach
    low = min(0, int(run.u.min(initial=0))) - reach
    return (
        np.append(run.u, high)[problem.cadres.of_person],
        np.append(run.v, low)[problem.recipients.of_person],
    )


def _entry(
    formulation: Formulation, outcome: Outcome, proof: LevelProof, u: IntArray, v: IntArray
) -> tuple[LevelCertificate, int]:
    run = proof.run
    prices = LevelPrices(
        run.prices.violation,
        run.prices.missing if formulation.coverage_first else 0,
        int(run.prices.with_cost),
    )
    problem = outcome.problem
    fixed = problem.roles.fixed
    started = np.bincount(formulation.special_pairs.cadre[fixed], minlength=formulation.cadre_count)
    total = run.bound if run.bound is not None else 0
    if run.prices.with_cost:
        total += exact_sum(formulation.special_pairs.cost_m[fixed])
        total += exact_sum(formulation.load.total(started))
    total += run.prices.violation * problem.lost_locks
    recipients = recipients_term(formulation, prices, v)
    cadres = cadres_term(formulation, prices, u, locks_may_break=outcome.soft_locks)
    terms = BoundTerms(recipients, cadres, total - recipients - cadres)
    return LevelCertificate(proof.name, prices, terms), total
