"""The independent check of a plan, from the tables alone."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pairmatch.errors import CertificateError, Wrong
from pairmatch.formulate.formulation import Formulation, formulate
from pairmatch.formulate.restart import restarted
from pairmatch.model.status import Status
from pairmatch.problem import Problem
from pairmatch.proof.bound import Prices, bound_terms, largest_dual
from pairmatch.proof.certificate import (
    Level,
    LevelCertificate,
    Scope,
    levels_with_gaps,
    relative_gap,
)
from pairmatch.proof.claim import Claimed
from pairmatch.proof.diagnosis import check_diagnosis
from pairmatch.proof.levels import (
    bound_of_level,
    level_values,
    reported_levels,
    settles_missing,
)
from pairmatch.proof.reasons import check_reasons
from pairmatch.proof.recount import Recount, recount
from pairmatch.proof.shape import check_shape

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figures:
    """What the check found, every number recomputed from the tables.

    ``levels`` holds the values and the bounds that the duals prove; ``proven`` tells whether all
    gaps are 0.
    """

    status: Status
    objective: int
    objective_terms: dict[str, int]
    levels: tuple[Level, ...]
    pairs: int
    missing: int
    proven: bool


def verify(problem: Problem, claim: Claimed) -> Figures:
    """Check a plan against the tables it was made from.

    Pairs, loads, rules and costs are recounted, and the bound is evaluated over all eligible
    pairs from the certificate's duals. Time: one evaluation of the cost of every pair of groups a
    level.

    Raises
    ------
    CertificateError
        Naming everything that does not hold.
    """
    wrong = Wrong()
    formulation = formulate(problem.checked, problem.policy)
    if claim.start is not None:
        formulation = restarted(formulation, problem.checked, claim.start)
    check_shape(claim, [level.name for level in formulation.objective.levels], wrong)
    if wrong:
        raise CertificateError(wrong)
    # a status that was read from somewhere else may be a text that is equal to it
    status = Status(claim.status)
    count = recount(problem, formulation, claim, wrong)
    if count is None:
        raise CertificateError(wrong)
    # where there is no plan, bounds on it say nothing
    is_solved = status is not Status.UNSOLVED
    values = level_values(formulation, count.counted)
    most = formulation.objective.most_changes
    if is_solved and most is not None and values[-1] > most:
        wrong.add("too_many_changes", most=most)
    bounds = _bounds(problem, formulation, claim, count, values, wrong) if is_solved else {}
    levels = reported_levels(
        formulation,
        count.counted,
        values,
        bounds,
        locks_may_break=claim.certificate.locks_may_break,
        is_solved=is_solved,
    )
    _compare_levels(claim, status, levels, wrong)
    proven = all(level.gap == 0 for level in levels)
    _compare_status(formulation, claim, status, count, wrong, proven=proven)
    settled = settles_missing(formulation, levels)
    check_reasons(problem, formulation, claim, count, status, wrong, proven=settled)
    check_diagnosis(problem, formulation, claim, count, status, wrong, proven=settled)
    if wrong:
        raise CertificateError(wrong)
    _log.info(
        "verified: %s, %d pairs, %d cadres missing, %s",
        status,
        count.pairs,
        count.missing,
        "proven" if proven else "not proven to be best",
    )
    return Figures(
        status=status,
        objective=count.objective,
        objective_terms=count.terms,
        levels=levels,
        pairs=count.pairs,
        missing=count.missing,
        proven=proven,
    )


def _bounds(
    problem: Problem,
    formulation: Formulation,
    claim: Claimed,
    count: Recount,
    values: Sequence[int],
    wrong: Wrong,
) -> dict[int, int]:
    """Return a proven bound for each level with duals, given the values of the levels above."""
    names = [level.name for level in formulation.objective.levels]
    keeps_locks = formulation.special_pairs.locked.any() and not claim.certificate.locks_may_break
    # with a violation, bounds for plans that keep all locks say nothing of the best plans
    if count.violation and keeps_locks:
        return {}
    bounds: dict[int, int] = {}
    for entry in claim.certificate.levels:
        total = _level_bound(problem, formulation, claim, entry, wrong)
        if total is not None:
            level = names.index(entry.level)
            bounds[level] = bound_of_level(
                total, level, entry.prices, values, formulation.objective.most_changes
            )
    return bounds


def _level_bound(
    problem: Problem,
    formulation: Formulation,
    claim: Claimed,
    level: LevelCertificate,
    wrong: Wrong,
) -> int | None:
    certificate = claim.certificate
    duals = []
    for table, ids, key in (
        (certificate.cadre_duals, problem.cadres.column("cadre_id"), "cadre_id"),
        (certificate.recipient_duals, problem.recipients.column("recipient_id"), "recipient_id"),
    ):
        if level.level not in table.column_names or not table.column(key).equals(ids):
            wrong.add("duals_of_others", level=level.level, ids=key)
            return None
        duals.append(table.column(level.level).to_numpy().astype(np.int64))
        most = largest_dual(formulation)
        # not by absolute values: the lowest integer of 64 bits has none
        if ((duals[-1] > most) | (duals[-1] < -most)).any():
            wrong.add("large_duals", level=level.level)
            return None
    prices = level.prices
    if not _prices_are_of(formulation, level.level, prices) or max(prices) > largest_dual(
        formulation
    ):
        wrong.add("prices", level=level.level)
        return None
    terms = bound_terms(formulation, prices, *duals, locks_may_break=certificate.locks_may_break)
    for name, said, found in zip(terms._fields, level.terms, terms, strict=True):
        wrong.when(
            said != found, "bound_part", level=level.level, part=name, found=found, said=said
        )
    return terms.total


def _prices_are_of(formulation: Formulation, name: str, prices: Prices) -> bool:
    """Tell whether a level is weighed with 1, and only levels above it are weighed as well.

    A price of a level below would add to the bound what is not taken off again: but for that of
    changed pairs, where it is known how many there may be. A level's own price is divided by then.
    """
    names = [level.name for level in formulation.objective.levels]
    if len(prices) != len(names) or not all(type(price) is int and price >= 0 for price in prices):
        return False
    level = names.index(name)
    own, below = prices[level], prices[level + 1 :]
    if formulation.objective.most_changes is None:
        return own == 1 and not any(below)
    return own > 0 and not any(below[:-1])


def _compare_levels(claim: Claimed, status: Status, levels: Sequence[Level], wrong: Wrong) -> None:
    names = [level.name for level in levels]
    if [level.name for level in claim.levels] != names:
        wrong.add("level_names", names=tuple(names))
        return
    for said, found in zip(claim.levels, levels, strict=True):
        wrong.when(
            said.value != found.value,
            "level_value",
            level=found.name,
            found=found.value,
            said=said.value,
        )
        if said.bound is not None and found.bound is not None and said.bound > found.bound:
            wrong.add("level_bound", level=found.name, found=found.bound, said=said.bound)
        wrong.when(
            (said.bound is None) != (status is Status.UNSOLVED),
            "level_without_bound",
            level=found.name,
        )
    expected = levels_with_gaps(
        {level.name: level.value for level in claim.levels},
        {level.name: level.bound for level in claim.levels if level.bound is not None},
    )
    for said, right in zip(claim.levels, expected, strict=True):
        wrong.when(
            said.gap != right.gap or (said.gap is not None and said.gap < 0),
            "level_gap",
            level=right.name,
        )
    last = expected[-1]
    certificate = claim.certificate
    lower_bound = None if last.gap is None else last.bound
    wrong.when(
        (certificate.lower_bound, certificate.gap) != (lower_bound, last.gap), "certificate_gap"
    )
    wrong.when(certificate.relative_gap != relative_gap(last), "relative_gap")


def _compare_status(
    formulation: Formulation,
    claim: Claimed,
    status: Status,
    count: Recount,
    wrong: Wrong,
    *,
    proven: bool,
) -> None:
    complete = all(level.gap == 0 for level in claim.levels)
    proven &= complete and claim.certificate.scope == Scope.ALL_PAIRS
    wrong.when(status is Status.OPTIMAL and not proven, "not_optimal")
    wrong.when(status is Status.OPTIMAL and count.violation, "broken_rules", count=count.violation)
    if status is Status.INFEASIBLE:
        weighed = claim.certificate.locks_may_break or not formulation.special_pairs.locked.any()
        wrong.when(not (proven and count.violation and weighed), "not_infeasible")
    wrong.when(
        status in (Status.FEASIBLE, Status.CANCELLED) and proven, "complete", status=str(status)
    )
    wrong.when(
        status is Status.UNSOLVED and (count.pairs or claim.certificate.levels), "not_unsolved"
    )
