import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from pairmatch import Problem, Status, solve
from pairmatch.limits import Limits, Progress
from tests.agreement.random_problems import random_problem
from tests.stop_at import StopAt


def _problem() -> Problem:
    return Problem.from_tables(**random_problem(11))


def test_wherever_a_solve_is_cancelled_its_plan_and_bound_hold() -> None:
    problem = _problem()
    best = solve(problem, threads=1)
    assert best.status == Status.OPTIMAL
    statuses = []
    for questions in range(40):
        plan = solve(problem, threads=1, cancel=StopAt(questions))
        statuses.append(plan.status)
        plan.verify()
        assert plan.pairs.num_rows + plan.missing == int(
            sum(problem.recipients.column("demand").to_pylist())
        )
        if plan.status == Status.CANCELLED:
            bound = plan.levels[-1].bound
            assert bound is not None
            assert bound <= best.objective or plan.missing > best.missing
            assert set(plan.unmatched.column("reason").to_pylist()) <= {
                "stopped",
                "no_eligible_cadre",
                "out_of_reach",
                "banned",
            }
    assert statuses[0] == Status.UNSOLVED
    assert statuses[-1] == Status.OPTIMAL


def test_a_time_limit_in_the_past_gives_an_honest_plan_at_once() -> None:
    plan = solve(_problem(), time_limit=1e-9)
    assert plan.status == Status.UNSOLVED
    assert plan.pairs.num_rows == 0
    plan.verify()


def test_progress_goes_through_the_phases_in_order() -> None:
    seen: list[Progress] = []
    solve(_problem(), progress=seen.append)
    phases = list(dict.fromkeys(report.phase for report in seen))
    assert phases[:6] == ["formulate", "classes", "coarse", "auction", "seed", "solve"]
    assert phases[-1] == "plan"
    assert all(a.seconds <= b.seconds for a, b in pairwise(seen))


def test_a_callers_executor_is_used_and_left_open() -> None:
    with ThreadPoolExecutor(1) as pool:
        plan = solve(_problem(), executor=pool)
        assert plan.status == Status.OPTIMAL
        assert pool.submit(int, "3").result() == 3


def test_solves_may_run_at_the_same_time() -> None:
    problems = [Problem.from_tables(**random_problem(seed)) for seed in (11, 12, 15)]
    alone = [solve(problem).pairs for problem in problems]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda problem: solve(problem).pairs, problems))
    assert all(a.equals(b) for a, b in zip(alone, together, strict=True))


def test_an_event_set_from_another_thread_is_seen() -> None:
    cancel = threading.Event()
    limits = Limits(None, cancel, None)
    assert not limits.stop()
    threading.Thread(target=cancel.set).start()
    for _ in range(1000):
        if limits.stop():
            break
        time.sleep(0.01)
    assert limits.stop()
    assert limits.cancelled()


def _limits(limit: float | None, passed: float, cancel: threading.Event | None = None) -> Limits:
    return Limits(limit, cancel, None, time.perf_counter() - passed)


def test_time_for_making_the_plan_is_taken_off_a_limit_but_never_more_than_half_of_it() -> None:
    limits = _limits(1000, 940)
    limits.reserve(10, 0.001)
    assert not limits.stop()
    # two hundred seconds for that number of people, and a grace of 130
    limits.reserve(2_000_000_000, 0.0)
    assert limits.stop()
    assert not limits.late()
    far_too_many = _limits(1000, 400)
    far_too_many.reserve(10**13, 0.0)
    assert not far_too_many.stop()
    assert _limits(1000, 501).stop() is False
    far_too_many.started -= 200
    assert far_too_many.stop()


def test_a_share_ends_before_the_limit_and_not_without_one() -> None:
    limits = _limits(1000, 500)
    share = limits.share(0.2)
    assert share.time_limit == pytest.approx(600, abs=50)
    assert not share.stop()
    assert not limits.stop()
    assert _limits(None, 500).share(0.2).time_limit is None


def test_what_makes_a_plan_of_what_there_is_has_a_grace() -> None:
    assert not _limits(None, 10**6).late()
    after = _limits(1000, 1050)
    assert after.stop()
    assert not after.late()
    later = _limits(1000, 1200)
    assert later.late()
    assert not later.too_late()
    assert _limits(1000, 1400).too_late()


def test_the_grace_after_a_cancel_grows_with_the_time_until_then() -> None:
    cancel = threading.Event()
    limits = _limits(None, 1000, cancel)
    assert not limits.late()
    cancel.set()
    assert limits.stop()
    assert not limits.late()
    limits.started -= 500
    assert limits.late()
