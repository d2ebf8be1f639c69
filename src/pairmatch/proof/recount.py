"""Count everything in a plan again: who serves whom, at what cost, within which rules."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray, exact_sum
from pairmatch.errors import Wrong
from pairmatch.formulate.columns import integers
from pairmatch.formulate.costs import TERMS
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.formulation import Formulation
from pairmatch.problem import Problem
from pairmatch.proof.claim import Claimed
from pairmatch.proof.levels import Counted
from pairmatch.tables.positions import positions


@dataclass(frozen=True)
class Recount:
    """What a plan really is, recomputed from the tables.

    Attributes
    ----------
    cadre, recipient
        Shape ``(P,)``: positions of the pairs.
    load, below_min_load
        Shape ``(C,)``: recipients of each cadre, and how many its minimum load lacks.
    missing_of
        Shape ``(R,)``: cadres that each recipient lacks.
    broken_locks
        Positions among the special pairs.
    by_exception
        Pairs that an eligibility rule merely allows.
    missing, objective, terms
        The plan's figures.
    kept
        Pairs of the start that the plan has.
    """

    cadre: IntArray
    recipient: IntArray
    load: IntArray
    below_min_load: IntArray
    missing_of: IntArray
    broken_locks: IntArray
    by_exception: int
    missing: int
    objective: int
    terms: dict[str, int]
    kept: int

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return int(self.cadre.shape[0])

    @property
    def violation(self) -> int:
        """Broken locks, and recipients short of minimum loads."""
        return int(self.broken_locks.shape[0]) + exact_sum(self.below_min_load)

    @property
    def counted(self) -> Counted:
        """What the plan amounts to."""
        return Counted(
            self.violation,
            self.missing_of,
            self.cadre,
            self.recipient,
            self.objective,
            self.kept,
        )


def recount(
    problem: Problem, formulation: Formulation, claim: Claimed, wrong: Wrong
) -> Recount | None:
    """Recount a plan, adding what does not hold to ``wrong``; None if it cannot be counted."""
    cadre = positions(claim.pairs.column("cadre_id"), problem.cadres.column("cadre_id"))
    recipient = positions(
        claim.pairs.column("recipient_id"), problem.recipients.column("recipient_id")
    )
    if (cadre < 0).any() or (recipient < 0).any():
        wrong.add("unknown_pair")
        return None
    if np.unique((cadre << 32) | recipient).shape[0] != cadre.shape[0]:
        wrong.add("pair_twice")
    elif (np.diff((recipient << 32) | cadre) < 0).any():
        wrong.add("pairs_order")
    at = formulation.special_pairs.find(cadre, recipient)
    base = formulation.costs.of_pairs(cadre, recipient)
    eligible = np.where(at >= 0, _at(formulation.special_pairs.eligible, at), base != INELIGIBLE)
    if not eligible.all():
        wrong.add("not_eligible", count=int((~eligible.astype(bool)).sum()))
        return None
    terms = _pair_terms(formulation, claim, cadre, recipient, at, wrong)
    load = np.bincount(cadre, minlength=formulation.cadre_count)
    served = np.bincount(recipient, minlength=formulation.recipient_count)
    full = int((load > formulation.capacity).sum())
    wrong.when(full, "over_capacity", count=full)
    wrong.when((served > formulation.demand).any(), "over_demand")
    missing_of = np.maximum(formulation.demand - served, 0)
    _compare_unmatched(problem, claim, missing_of, wrong)
    _compare_loads(problem, claim, load, wrong)
    terms["load"] = exact_sum(formulation.load.total(load))
    missing = exact_sum(missing_of)
    terms["coverage"] = missing * formulation.objective.missing_price_m
    kept = int(_at(formulation.special_pairs.started, at).sum())
    if formulation.objective.change_m:
        changed = formulation.objective.start_pairs - kept
        terms["changes"] = changed * formulation.objective.change_m
    wrong.when(claim.objective_terms != terms, "terms")
    objective = sum(terms.values())
    wrong.when(claim.objective != objective, "objective", found=objective, said=claim.objective)
    locks = np.flatnonzero(formulation.special_pairs.locked)
    made = np.isin(locks, at[at >= 0])
    short = np.maximum(formulation.min_load - load, 0)
    by_exception = int(formulation.merely_allowed(cadre, recipient).sum())
    wrong.when(
        claim.by_exception != by_exception,
        "by_exception",
        count=by_exception,
        said=claim.by_exception,
    )
    return Recount(
        cadre=cadre,
        recipient=recipient,
        load=load.astype(np.int64),
        below_min_load=short,
        missing_of=missing_of,
        broken_locks=locks[~made],
        by_exception=by_exception,
        missing=missing,
        objective=objective,
        terms=terms,
        kept=kept,
    )


def _at(values: BoolArray | IntArray, at: IntArray) -> IntArray:
    """Return values by position, 0 where the position is -1."""
    padded = np.append(values.astype(np.int64), 0)
    return padded[at]


def _pair_terms(
    formulation: Formulation,
    claim: Claimed,
    cadre: IntArray,
    recipient: IntArray,
    at: IntArray,
    wrong: Wrong,
) -> dict[str, int]:
    rows = formulation.named_costs().terms_of_pairs(cadre, recipient)
    adjustment = _at(formulation.special_pairs.adjustment_m, at)
    saving = _at(formulation.special_pairs.saving_m, at)
    kept = _at(formulation.special_pairs.current, at) == 1
    cost = rows.sum(axis=0) + adjustment - saving
    wrong.when(not np.array_equal(integers(claim.pairs, "cost_m"), cost), "pair_cost")
    wrong.when(not np.array_equal(integers(claim.pairs, "distance_m"), rows[0]), "pair_distance")
    wrong.when(not np.array_equal(claim.pairs.column("kept").to_numpy(), kept), "pair_kept")
    terms = {name: exact_sum(row) for name, row in zip(TERMS, rows, strict=True)}
    terms["adjustment"] = exact_sum(adjustment)
    terms["continuity"] = -exact_sum(saving)
    return terms


def _compare_unmatched(
    problem: Problem, claim: Claimed, missing_of: IntArray, wrong: Wrong
) -> None:
    """Nobody is lost: everyone short of cadres is listed once, with a reason, and nobody else."""
    short = np.flatnonzero(missing_of)
    ids = problem.recipients.column("recipient_id").take(pa.array(short)).to_pylist()
    listed = claim.unmatched
    if listed.column("recipient_id").to_pylist() != ids:
        wrong.add("unmatched")
        return
    where = positions(listed.column("recipient_id"), problem.recipients.column("recipient_id"))
    wrong.when(
        not np.array_equal(integers(listed, "missing"), missing_of[where]), "unmatched_missing"
    )


def _compare_loads(problem: Problem, claim: Claimed, load: IntArray, wrong: Wrong) -> None:
    loads = claim.loads
    expected = {
        "load": load,
        "capacity": problem.capacity(),
        "min_load": integers(problem.cadres, "min_load"),
    }
    where = positions(loads.column("cadre_id"), problem.cadres.column("cadre_id"))
    if not np.array_equal(where, np.arange(problem.cadres.num_rows)):
        wrong.add("loads")
        return
    for name, values in expected.items():
        wrong.when(not np.array_equal(integers(loads, name), values), "loads_column", column=name)
