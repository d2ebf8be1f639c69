"""Load curves by kind of cadre, against the integer program and the verifier's own bound."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem

from pairmatch import Problem
from pairmatch.flow import engine_named
from pairmatch.formulate.load import LoadCurves
from pairmatch.limits import Limits
from pairmatch.proof.bound import bound_terms
from pairmatch.transport import solve_people

CURVES = np.array([[0, 15_000, 45_000], [7_000, 7_000, 7_000], [0, 0, 90_000]])


def _load_cost(problem: Problem, curves: LoadCurves) -> np.ndarray:
    capacity = problem.capacity()
    nth = np.arange(1, int(capacity.max(initial=0)) + 1)
    steps = curves.marginal_m[curves.kind][:, np.minimum(nth, curves.steps) - 1]
    return np.where(nth <= capacity[:, None], steps, -1)


def test_each_kind_of_cadre_has_its_own_curve() -> None:
    kinds = 0
    with ThreadPoolExecutor(1) as pool:
        for seed in range(93_000, 93_080):
            problem = drawn_problem(seed)
            kind = np.random.default_rng(seed).integers(0, 3, problem.cadres.num_rows)
            curves = LoadCurves(CURVES, kind)
            formulation = replace(problem.formulation, load=curves)
            state = solve_people(formulation, engine_named("simplex"), Limits(), pool)
            assert state is not None
            optimum = solve_by_integer_program(problem, load_cost=_load_cost(problem, curves))
            last = state.proofs[-1]
            prices = last.prices
            ranked = sum(
                rank * missing for rank, missing in enumerate(reversed(optimum.missing), start=1)
            )
            values: tuple[int, ...] = (optimum.violation, ranked, optimum.cost)
            if not formulation.coverage_first:
                values = (optimum.violation, optimum.cost)
            # the bound over all pairs meets the integer program's optimum, level by level
            expected = sum(price * value for price, value in zip(prices, values, strict=True))
            assert last.bound == expected
            terms = bound_terms(
                formulation, prices, last.u, last.v, locks_may_break=state.locks_may_break
            )
            assert terms.total == expected
            kinds += np.unique(kind).shape[0] > 1
    assert kinds > 40
