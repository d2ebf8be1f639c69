"""The plan of a solve that is stopped early: the optimum is between its bound and its value."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from tests.agreement.random_problems import drawn_problem
from tests.stop_at import StopAt, never
from tests.transport.class_problems import class_problems
from tests.transport.every_pair import every_pair

from pairmatch import Status, solve
from pairmatch.flow import engine_named
from pairmatch.limits import Limits, Progress
from pairmatch.transport import levels
from pairmatch.transport.auction import auction
from pairmatch.transport.first_plan import better_of, first_plan
from pairmatch.transport.guess import Guess, Potentials
from pairmatch.transport.loop import Run, unsolved_run
from pairmatch.transport.master import Master
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.seeds import seed_arcs
from pairmatch.transport.transportation import TransportationProblem

_NONE = np.zeros(0, dtype=np.int64)


def _at_once() -> bool:
    return True


def _nobody(problem: TransportationProblem) -> Guess:
    return Guess(problem.load.marginal(problem.start + 1), _NONE, _NONE, _NONE)


def _optimum(problem: TransportationProblem) -> int:
    solution = Master(problem, every_pair(problem), engine_named("simplex"), None).solve(never)
    assert solution is not None
    return solution.value


def test_the_optimum_lies_between_the_bound_and_the_value_of_a_first_plan() -> None:
    bounds = 0
    with ThreadPoolExecutor(1) as pool:
        for problem in class_problems(60, first=65_000, largest=30):
            pricing = Pricing(problem, pool)
            guess = _nobody(problem)
            seeds = seed_arcs(problem, pricing, guess.u, 2, never, lambda _: None)
            assert seeds is not None
            held = auction(problem, pricing, guess.u, never).guess(problem)
            optimum = _optimum(problem)
            for start in (
                guess,
                replace(
                    guess,
                    potentials=Potentials(guess.u, np.minimum(seeds.value, problem.missing)),
                ),
                held,
            ):
                run = first_plan(problem, start, pricing, never, never)
                if run is None:
                    assert not problem.supply.any() or optimum > 0
                    continue
                assert run.solution is not None
                assert run.solution.value >= optimum
                assert run.bound is not None
                assert run.bound <= optimum
                bounds += 1
    assert bounds > 120


def test_without_time_a_first_plan_is_the_guess_as_far_as_there_is_room() -> None:
    with ThreadPoolExecutor(1) as pool:
        for problem in class_problems(30, first=66_000, largest=30):
            pricing = Pricing(problem, pool)
            assert (
                first_plan(problem, _nobody(problem), pricing, _at_once, _at_once) is None
                or (problem.known.cadre.shape[0])
            )
            held = auction(problem, pricing, _nobody(problem).u, never).guess(problem)
            run = first_plan(problem, held, pricing, _at_once, _at_once)
            if run is not None and run.solution is not None:
                assert run.solution.arc_flow.sum() <= held.amount.sum()
                assert run.bound is not None


def test_the_better_of_two_has_the_lower_value_and_the_higher_bound() -> None:
    problem = next(class_problems(1, first=67_000, largest=30))
    with ThreadPoolExecutor(1) as pool:
        good = first_plan(problem, _nobody(problem), Pricing(problem, pool), never, never)
    assert good is not None
    assert good.solution is not None
    assert good.bound is not None
    worse: Run = replace(good, solution=replace(good.solution, value=good.solution.value + 1))
    higher = replace(worse, bound=good.bound + 1)
    both = better_of(good, higher)
    assert both.solution is good.solution
    assert both.bound == good.bound + 1
    assert better_of(higher, good) == both
    assert better_of(unsolved_run(problem), good) == replace(good, rounds=0)
    assert better_of(good, None) is good
    # prices are moderate: whoever leaves somebody out more may be cheaper, and is not better
    short = replace(good.solution, missing=good.solution.missing + 1, value=good.solution.value - 9)
    cheaper = replace(good, solution=short)
    assert (better_of(good, cheaper).solution is good.solution) is problem.objective.coverage_first


@pytest.mark.parametrize("phase", ["seed", "auction", "solve", "price"])
def test_a_solve_cancelled_in_any_phase_gives_a_plan_that_holds(
    phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limits, "late", lambda _: False)
    monkeypatch.setattr(Limits, "too_late", lambda _: False)
    seen = 0
    for seed in range(40):
        problem = drawn_problem(68_000 + seed, largest=40)
        reached: list[str] = []

        class Cancel:
            def is_set(self, reached: list[str] = reached) -> bool:
                return phase in reached

        def note(progress: Progress, reached: list[str] = reached) -> None:
            reached.append(progress.phase)

        plan = solve(problem, threads=1, progress=note, cancel=Cancel())
        plan.verify()
        if "first plan" in reached:
            seen += 1
            assert plan.status in (
                Status.CANCELLED,
                Status.OPTIMAL,
                Status.INFEASIBLE,
                Status.UNSOLVED,
            )
            assert (
                (plan.status is Status.UNSOLVED)
                == (plan.certificate.gap is None and not plan.pairs.num_rows)
                or plan.certificate.gap is not None
                or plan.pairs.num_rows
            )
    assert seen > 5 or phase == "price"


def test_a_later_run_that_is_stopped_does_not_lose_the_plan_of_an_earlier_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # prices so low that they have to be raised, and a stop as soon as they have been
    monkeypatch.setattr(levels, "first_prices", lambda problem: (1,) * len(problem.prices))
    kept = 0
    for seed in range(60):
        problem = drawn_problem(69_000 + seed, largest=30)
        plan = solve(problem, threads=1, cancel=StopAt(seed % 30))
        plan.verify()
        kept += plan.status is Status.CANCELLED and plan.pairs.num_rows > 0
    assert kept > 5
