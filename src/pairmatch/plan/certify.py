"""The certificate of a plan, from the state of its solve."""

import pyarrow as pa

from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.bound import BoundTerms, cadres_term, recipients_term
from pairmatch.proof.certificate import Certificate, Level, LevelCertificate, Scope
from pairmatch.proof.levels import Counted, bound_of_level, level_values, reported_levels
from pairmatch.transport.state import SolveState


def entries_of(formulation: Formulation, state: SolveState) -> tuple[LevelCertificate, ...]:
    """Return the entry of each proof, which needs nothing of the plan."""
    levels, entries = formulation.objective.levels, []
    for proof in state.proofs:
        recipients = recipients_term(formulation, proof.prices, proof.v)
        cadres = cadres_term(
            formulation, proof.prices, proof.u, locks_may_break=state.locks_may_break
        )
        terms = BoundTerms(recipients, cadres, proof.bound - recipients - cadres)
        entries.append(LevelCertificate(levels[proof.level].name, proof.prices, terms))
    return tuple(entries)


def certify(
    formulation: Formulation,
    state: SolveState,
    entries: tuple[LevelCertificate, ...],
    counted: Counted,
    cadre_id: pa.Array,
    recipient_id: pa.Array,
) -> tuple[tuple[Level, ...], Certificate]:
    """Return the levels with their bounds, and the certificate that proves them."""
    keeps_locks = formulation.special_pairs.locked.any() and not state.locks_may_break
    # bounds for plans that keep all locks say nothing of those with fewer violations
    if counted.violation and keeps_locks:
        entries = ()
    proofs = state.proofs[: len(entries)]
    names = [level.name for level in formulation.objective.levels]
    values = level_values(formulation, counted)
    cadre_duals, recipient_duals = {"cadre_id": cadre_id}, {"recipient_id": recipient_id}
    for proof in proofs:
        name = names[proof.level]
        cadre_duals[name], recipient_duals[name] = pa.array(proof.u), pa.array(proof.v)
    bounds = {
        proof.level: bound_of_level(
            proof.bound, proof.level, proof.prices, values, formulation.objective.most_changes
        )
        for proof in proofs
    }
    levels = reported_levels(
        formulation, counted, values, bounds, locks_may_break=state.locks_may_break
    )
    is_over_all = len(names) - 1 in bounds or levels[-1].gap == 0
    certificate = Certificate.of_levels(
        levels,
        scope=Scope.ALL_PAIRS if is_over_all else Scope.CANDIDATE_ARCS,
        locks_may_break=state.locks_may_break,
        entries=entries,
        cadre_duals=pa.table(cadre_duals),
        recipient_duals=pa.table(recipient_duals),
    )
    return levels, certificate
