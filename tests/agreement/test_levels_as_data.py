"""A further level, defined here and nowhere else, is solved, proven and verified."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem

from pairmatch import CertificateError, Plan, Policy, Problem, solve
from pairmatch.model.levels import ObjectiveLevel, PairTable

FEW = ObjectiveLevel("pairs by exception", pairs=PairTable.EXCEPTIONS)


class FewExceptions(Policy):
    """As few pairs as can be that a rule merely allows, before their cost."""

    @property
    def objective(self) -> tuple[ObjectiveLevel, ...]:
        """The levels of the objective, most important first."""
        *above, cost = super().objective
        return *above, FEW, cost


class FewExceptionsFirst(Policy):
    """As few pairs as can be that a rule merely allows, even if people are missing."""

    @property
    def objective(self) -> tuple[ObjectiveLevel, ...]:
        """The levels of the objective, most important first."""
        violation, *below = super().objective
        return violation, FEW, *below


def _under(problem: Problem, kind: type[Policy]) -> Problem:
    return problem.with_policy(kind.model_construct(**dict(problem.policy)))


def _by_exception(problem: Problem) -> np.ndarray:
    formulation = problem.formulation
    rank, category = formulation.costs.cadres.rank, formulation.costs.recipients.category
    return formulation.by_exception[rank[:, None], category[None, :]]


def _levels(plan: Plan) -> dict[str, int]:
    return {level.name: level.value for level in plan.levels}


def test_a_level_defined_in_one_place_is_that_of_the_integer_program() -> None:
    seen: Counter[str] = Counter()
    for seed in range(91_000, 91_120):
        problem = _under(drawn_problem(seed), FewExceptions)
        plan = solve(problem, threads=1)
        optimum = solve_by_integer_program(problem, counted=_by_exception(problem))
        found = _levels(plan)
        assert found[FEW.name] == optimum.counted == plan.by_exception
        assert found["cost"] == optimum.cost
        assert found.get("violation", 0) == optimum.violation
        assert found.get("missing", sum(optimum.missing)) == sum(optimum.missing)
        assert all(level.gap == 0 for level in plan.levels)
        assert plan.verify().proven
        plain = solve(drawn_problem(seed), threads=1)
        seen["fewer"] += plain.by_exception > plan.by_exception
        seen["some"] += plan.by_exception > 0
        seen["broken rules"] += optimum.violation > 0
        seen["missing"] += sum(optimum.missing) > 0
        seen["proven by itself"] += FEW.name in [one.level for one in plan.certificate.levels]
    assert len(seen) == 5
    assert min(seen.values()) > 0


def test_it_may_stand_above_the_missing() -> None:
    fewer_served = 0
    for seed in range(92_000, 92_040):
        problem = _under(drawn_problem(seed), FewExceptionsFirst)
        plan = solve(problem, threads=1)
        assert plan.verify().proven
        found = _levels(plan)
        assert found[FEW.name] == plan.by_exception
        usual = solve(_under(problem, FewExceptions), threads=1)
        assert found.get("violation", 0) == _levels(usual).get("violation", 0)
        assert plan.by_exception <= usual.by_exception
        fewer_served += plan.missing > usual.missing
    assert fewer_served > 3


def test_a_plan_with_it_does_not_pass_for_one_without() -> None:
    problem = drawn_problem(91_001)
    plan = solve(_under(problem, FewExceptions), threads=1)
    with pytest.raises(CertificateError, match="level"):
        replace(plan, problem=problem).verify()
