"""Certificates made up to prove too much: scaled prices, foreign prices, sums that wrap around.

Every figure of these plans is counted right; only the proof is false.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from tests.agreement.cases import CadreCase, Case, RecipientCase

from pairmatch import CertificateError, Plan, Status, solve
from pairmatch.diagnosis.diagnosis import Diagnosis
from pairmatch.proof import BoundTerms, Level, Scope
from pairmatch.proof.bound import bound_terms
from pairmatch.proof.certificate import LevelCertificate


def _claimed(
    plan: Plan,
    case: Case,
    level: str,
    prices: tuple[int, ...],
    duals: tuple[list[int], list[int]],
    status: Status,
) -> Plan:
    """Return the plan with a level proven by these duals, its bound evaluated as a check would."""
    problem = case.problem()
    u, v = (np.array(values, dtype=np.int64) for values in duals)
    terms = bound_terms(problem.formulation, prices, u, v, locks_may_break=True)
    certificate = plan.certificate
    entries = [entry for entry in certificate.levels if entry.level != level]
    tables = []
    for table, values in (
        (certificate.cadre_duals, u),
        (certificate.recipient_duals, v),
    ):
        kept = table.drop_columns([level]) if level in table.column_names else table
        # the level comes first among the proofs, and among their columns
        tables.append(kept.add_column(1, level, pa.array(values)))
    levels = tuple(Level(name, value, value, 0) for name, value, _, _ in plan.levels)
    return replace(
        plan,
        problem=problem,
        status=status,
        levels=levels,
        certificate=replace(
            certificate,
            lower_bound=levels[-1].bound,
            gap=0,
            relative_gap=0.0,
            scope=Scope.ALL_PAIRS,
            locks_may_break=True,
            levels=(LevelCertificate(level, prices, BoundTerms(*terms)), *entries),
            cadre_duals=tables[0],
            recipient_duals=tables[1],
        ),
    )


# one place for three, and a plan that does not even use it
SHORT = Case((CadreCase(capacity=1),), (RecipientCase(),) * 3)


def _nobody_served(case: Case) -> Plan:
    """Return a right count of the empty plan, with the true proof of its cost, which is least."""
    empty = replace(case, cadres=tuple(replace(one, capacity=0) for one in case.cadres))
    plan = solve(empty.problem(), threads=1)
    assert plan.pairs.num_rows == 0
    problem = case.problem()
    loads = plan.loads.set_column(
        plan.loads.column_names.index("capacity"), "capacity", pa.array(problem.capacity())
    )
    certificate = replace(
        plan.certificate,
        levels=(),
        cadre_duals=plan.certificate.cadre_duals.select(["cadre_id"]),
        recipient_duals=plan.certificate.recipient_duals.select(["recipient_id"]),
    )
    return replace(plan, problem=problem, loads=loads, certificate=certificate)


def test_the_price_of_the_missing_in_its_own_level_cannot_be_scaled() -> None:
    # the least missing is 2; at a price of 2 the bound reads 4, and the plan leaves out 3
    forged = _claimed(
        _nobody_served(SHORT),
        SHORT,
        "missing",
        (0, 2, 0),
        ([2], [2] * 3),
        Status.OPTIMAL,
    )
    with pytest.raises(CertificateError):
        forged.verify()


def test_honest_duals_prove_no_more_than_the_least_missing() -> None:
    honest = _claimed(
        _nobody_served(SHORT),
        SHORT,
        "missing",
        (0, 1, 0),
        ([1], [1] * 3),
        Status.OPTIMAL,
    )
    with pytest.raises(CertificateError, match="level missing: the duals prove"):
        honest.verify()


def test_sums_that_wrap_around_prove_nothing() -> None:
    # sixteen places at a dual of 2**60 weigh 2**64, which 64 bits take for nothing at all
    case = Case((CadreCase(capacity=16),), (RecipientCase(),))
    forged = _claimed(
        _nobody_served(case), case, "missing", (0, 1, 0), ([1 << 60], [1 << 60]),
        Status.OPTIMAL,
    )  # fmt: skip
    with pytest.raises(CertificateError):
        forged.verify()


# two locks on the one place of a cadre far away: one must be broken, and breaking both is cheaper
CLASH = Case(
    (CadreCase(place=2, capacity=1), CadreCase(capacity=2)),
    (RecipientCase(),) * 2,
    locks=((0, 0), (1, 0)),
)
# the same with one place too few, and a recipient who lives beside the cadre far away
CLASH_AND_SHORT = Case(
    (CadreCase(place=2, capacity=1), CadreCase(capacity=1)),
    (RecipientCase(), RecipientCase(), RecipientCase(place=2)),
    locks=((0, 0), (1, 0)),
)


def _both_locks_broken(case: Case) -> Plan:
    """Return the best plan without locks, whose proofs hold with them where breaking is free."""
    plan = solve(replace(case, locks=()).problem(), threads=1)
    assert "c0" not in [
        row["cadre_id"] for row in plan.pairs.to_pylist() if row["recipient_id"] in ("r0", "r1")
    ]
    free = tuple(entry._replace(prices=(0, *entry.prices[1:])) for entry in plan.certificate.levels)
    return replace(
        plan,
        levels=(Level("violation", 2, 2, 0), *plan.levels),
        diagnosis=Diagnosis(
            plan.diagnosis.shortages if plan.diagnosis else (), (), (("r0", "c0"), ("r1", "c0"))
        ),
        certificate=replace(plan.certificate, levels=free),
    )


def test_the_price_of_a_violation_in_its_own_level_cannot_be_scaled() -> None:
    # the fewest breaches are 1; at a price of 2 the bound reads 2, as many as the plan has
    forged = _claimed(
        _both_locks_broken(CLASH), CLASH, "violation", (2, 0, 0), ([2, 0], [0, 0]),
        Status.INFEASIBLE,
    )  # fmt: skip
    with pytest.raises(CertificateError):
        forged.verify()


def test_honest_duals_prove_no_more_than_the_fewest_breaches() -> None:
    honest = _claimed(
        _both_locks_broken(CLASH), CLASH, "violation", (1, 0, 0), ([1, 0], [0, 0]),
        Status.INFEASIBLE,
    )  # fmt: skip
    with pytest.raises(CertificateError) as caught:
        honest.verify()
    # nothing else is wrong with the plan, so that the forged proofs are all that others turn on
    assert str(caught.value).splitlines()[1:] == [
        "- level violation: the duals prove 1, not the bound 2",
        "- the status is INFEASIBLE, but no clash of hard rules is proven",
    ]


def test_the_missing_do_not_count_as_violations() -> None:
    # one violation and one missing at the least: in one sum they would pass for two violations
    forged = _claimed(
        _both_locks_broken(CLASH_AND_SHORT), CLASH_AND_SHORT, "violation", (1, 1, 0),
        ([2, 1], [1, 1, 1]), Status.INFEASIBLE,
    )  # fmt: skip
    with pytest.raises(CertificateError):
        forged.verify()


@pytest.mark.parametrize("price", [-1, 1 << 62, (1 << 63) - 1, 1 << 63, -(1 << 63), 10**30])
@pytest.mark.parametrize("of", [0, 1])
@pytest.mark.parametrize("level", ["violation", "cost"])
def test_prices_below_0_or_beyond_64_bits_prove_nothing(price: int, of: int, level: str) -> None:
    plan = solve(CLASH.problem(), threads=1)
    assert plan.verify().proven
    entries = tuple(
        entry._replace(prices=(*entry.prices[:of], price, *entry.prices[of + 1 :]))
        if entry.level == level
        else entry
        for entry in plan.certificate.levels
    )
    forged = replace(plan, certificate=replace(plan.certificate, levels=entries))
    with pytest.raises(CertificateError):
        forged.verify()
