from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from pairmatch import OptionError, Plan, Problem, Progress, Status, solve
from pairmatch.synth import Geometry, generate_province
from tests.agreement.cases import AREAS, CadreCase, Case, RecipientCase, standing
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.random_problems import drawn_problem
from tests.proof.base_plans import CASES
from tests.stop_at import StopAt

ROOMY = CASES["roomy"]


def _bound(plan: Plan) -> int:
    """Return the bound on the cost of a plan that is one."""
    bound = plan.levels[-1].bound
    assert bound is not None
    return bound


def _honest(plan: Plan, best: Plan) -> None:
    """Whatever stopped it: every figure holds, and no bound passes what is best."""
    figures = plan.verify()
    if plan.status is Status.UNSOLVED:
        assert plan.pairs.num_rows == 0
        assert all((level.bound, level.gap) == (None, None) for level in plan.levels)
        assert (plan.certificate.gap, plan.certificate.relative_gap) == (None, None)
        return
    for found, level in zip(figures.levels, plan.levels, strict=True):
        assert found.bound is not None
        assert level.bound is not None
        assert level.bound <= min(found.bound, level.value)
    above = [level.value == level.bound for level in plan.levels[:-1]]
    assert (plan.certificate.gap is not None) == all(above)
    if plan.status in (Status.OPTIMAL, Status.INFEASIBLE):
        assert standing(plan) == standing(best)
        assert plan.certificate.gap == 0
        return
    assert standing(plan) >= standing(best)
    # the last bound is on the cost of plans that are as good as this one on the levels above
    if standing(plan)[:-1] == standing(best)[:-1]:
        assert _bound(plan) <= best.objective
    assert plan.certificate.scope in ("ALL_PAIRS", "CANDIDATE_ARCS")


@pytest.mark.parametrize("name", [*CASES, 17_000, 17_001, 17_002, 17_003, 17_004, 17_005])
def test_a_solve_cancelled_at_any_moment_is_honest(name: str | int) -> None:
    problem = drawn_problem(name) if isinstance(name, int) else CASES[name].problem()
    best = solve(problem, threads=1)
    statuses = set()
    for questions in range(200):
        plan = solve(problem, threads=1, cancel=StopAt(questions))
        _honest(plan, best)
        statuses.add(plan.status)
        if plan.status is best.status:
            break
    assert statuses <= {Status.UNSOLVED, Status.CANCELLED, best.status}
    assert {Status.UNSOLVED, best.status} <= statuses


@pytest.mark.parametrize("seconds", [1e-9, 1e-3, 3e-3, 1e-2])
def test_a_time_limit_gives_an_honest_plan(seconds: float) -> None:
    for seed in range(17_100, 17_110):
        problem = drawn_problem(seed, largest=40)
        plan = solve(problem, threads=1, time_limit=seconds)
        assert plan.status is not Status.CANCELLED
        _honest(plan, solve(problem, threads=1))


def test_a_generous_limit_changes_nothing() -> None:
    plan = solve(ROOMY.problem(), time_limit=600, cancel=StopAt(10**9))
    assert plan.pairs.equals(solve(ROOMY.problem()).pairs)
    assert plan.status is Status.OPTIMAL


def test_every_wrong_option_is_refused_at_once_and_before_anything_runs() -> None:
    seen: list[Progress] = []
    with pytest.raises(OptionError) as caught:
        solve(
            "plan.parquet",  # type: ignore[arg-type]  # wrong on purpose
            engine="oracle",
            time_limit=float("nan"),
            threads=True,
            cancel=seen,  # type: ignore[arg-type]  # the same
            executor=ProcessPoolExecutor(1),
        )
    columns = [finding.column for finding in caught.value.findings]
    assert columns == ["problem", "engine", "time_limit", "threads", "cancel", "executor"]
    with pytest.raises(OptionError, match="progress: a list, not callable"):
        solve(ROOMY.problem(), progress=seen)  # type: ignore[arg-type]  # the same
    assert not seen


def test_progress_names_phases_and_its_clock_runs_forward() -> None:
    # the first one of a process has a phase of its own
    solve(ROOMY.problem(), threads=1)
    seen: list[Progress] = []
    plan = solve(ROOMY.problem(), progress=seen.append, threads=1)
    phases = [report.phase for report in seen]
    in_order = ["formulate", "classes", "coarse", "auction", "seed", "solve", "price", "plan"]
    assert list(dict.fromkeys(phases)) == in_order
    assert all(a.seconds <= b.seconds for a, b in pairwise(seen))
    assert all(0 <= report.done <= report.total or report.total == 0 for report in seen)
    assert set(plan.stats.seconds) == set(phases)
    assert seen[-1].bound is not None


def test_what_progress_raises_comes_through() -> None:
    class MyOwnError(Exception):
        pass

    def refuse(progress: Progress) -> None:
        raise MyOwnError

    with pytest.raises(MyOwnError):
        solve(ROOMY.problem(), progress=refuse)


def test_an_executor_of_the_callers_is_used_and_left_open() -> None:
    class Counting(ThreadPoolExecutor):
        submitted = 0

        def submit(self, *args: Any, **kwargs: Any) -> Any:
            self.submitted += 1
            return super().submit(*args, **kwargs)

    with Counting(2) as pool:
        plan = solve(ROOMY.problem(), executor=pool)
        assert pool.submitted > 0
        assert pool.submit(int, "7").result() == 7
    assert plan.pairs.equals(solve(ROOMY.problem(), threads=1).pairs)


def test_several_solves_may_run_at_once() -> None:
    problems = [drawn_problem(seed, largest=20) for seed in range(17_200, 17_212)]
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda problem: solve(problem, threads=2), problems))
    for problem, plan in zip(problems, plans, strict=True):
        alone = solve(problem, threads=1)
        assert plan.pairs.equals(alone.pairs)
        assert plan.levels == alone.levels


def _with_people(cadres: int, recipients: int, **policy: Any) -> Problem:
    return Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n}" for n in range(cadres)],
            "unit_id": ["u"] * cadres,
            "rank": ["staff"] * cadres,
            "area": ["A"] * cadres,
        },
        recipients={
            "recipient_id": [f"r{n}" for n in range(recipients)],
            "category": ["severely_disabled"] * recipients,
            "area": ["A"] * recipients,
        },
        areas=AREAS,
        policy=policy,
    )


@pytest.mark.parametrize(("cadres", "recipients"), [(0, 0), (0, 3), (3, 0)])
def test_a_side_without_anybody_is_solved_and_proven(cadres: int, recipients: int) -> None:
    plan = solve(_with_people(cadres, recipients))
    assert plan.status is Status.OPTIMAL
    assert plan.pairs.num_rows == 0
    assert plan.missing == recipients
    assert plan.verify().proven
    assert set(plan.unmatched.column("reason").to_pylist()) <= {"no_eligible_cadre"}


def test_nobody_with_a_place_to_give_is_solved_and_proven() -> None:
    plan = solve(_with_people(3, 2, load={"default_capacity": 0}))
    assert plan.status is Status.OPTIMAL
    assert plan.missing == 2
    assert plan.verify().proven
    assert plan.diagnosis is not None


def test_a_demand_of_thousands_is_a_shortage_and_no_crash() -> None:
    case = Case((CadreCase(capacity=1_000_000),), (RecipientCase(demand=10_000),))
    plan = solve(case.problem())
    assert (plan.status, plan.pairs.num_rows, plan.missing) == (Status.OPTIMAL, 1, 9_999)
    assert plan.verify().proven


def test_the_dearest_numbers_are_solved_or_refused_before_solving() -> None:
    levels = ("village", "township", "county", "prefecture", "province", "above")
    problem = _with_people(
        4,
        4,
        locality=dict.fromkeys(levels, 100_000),
        load={"default_capacity": 1_000_000, "marginal_km": [100_000]},
        distance={"detour": 10, "inherited_km": 100_000},
    )
    plan = solve(problem)
    assert plan.objective == 4 * 2 * 100_000_000
    assert plan.verify().proven


@pytest.mark.parametrize("kilometres", [-100_000, -3_000, 3_000, 100_000])
def test_large_adjustments_may_meet_a_shortage(kilometres: int) -> None:
    # within what the tables allow, so that neither may keep the missing from being counted
    case = Case(
        (CadreCase(capacity=1),), (RecipientCase(),) * 2, adjustments=(((0, 0), kilometres),)
    )
    problem = case.problem()
    plan = solve(problem)
    optimum = solve_by_integer_program(problem)
    assert standing(plan) == (0, 1, optimum.cost)
    assert plan.verify().proven


def test_a_large_continuity_may_meet_a_shortage() -> None:
    case = Case(
        (CadreCase(capacity=1),), (RecipientCase(),) * 2, current=((1, 0),), keep_km=100_000
    )
    plan = solve(case.problem())
    # they live beside each other, where the area's point is the county's
    assert standing(plan) == (0, 1, 10_000 - 100_000_000)
    assert plan.pairs.column("kept").to_pylist() == [True]


def test_a_bound_for_plans_that_keep_all_locks_is_not_claimed_where_one_is_broken() -> None:
    problem = drawn_problem(17103, largest=40)
    best = solve(problem, threads=1)
    for questions in range(12):
        plan = solve(problem, threads=1, cancel=StopAt(questions))
        plan.verify()
        levels = {level.name: level for level in plan.levels}
        same = [
            level.value
            for level in best.levels[:-1]
            if level.name in levels and levels[level.name].value == level.value
        ]
        if len(same) == len(best.levels) - 1 == len(levels) - 1:
            assert _bound(plan) <= best.objective


@pytest.mark.parametrize("geometry", ["codes", "household", "point"])
def test_what_is_proven_is_optimal_wherever_a_province_is_cancelled(geometry: Geometry) -> None:
    # at its 16th look this one was cancelled with all gaps at 0
    province = generate_province(0.0003, 46, geometry)
    problem = Problem.from_tables(
        cadres=province.cadres,
        recipients=province.recipients,
        units=province.units,
        areas=province.areas,
    )
    statuses = []
    for questions in range(60):
        plan = solve(problem, cancel=StopAt(questions))
        plan.verify()
        proven = plan.certificate.gap == 0
        assert proven is (plan.status is Status.OPTIMAL)
        statuses.append(plan.status)
    assert statuses[0] is Status.UNSOLVED
    assert statuses[-1] is Status.OPTIMAL
