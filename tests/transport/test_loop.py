"""From a few arcs to the optimum over all pairs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from tests.transport.class_problems import class_problems
from tests.transport.every_pair import LEVELS, every_pair, some_pairs, summed, value_of

from pairmatch.flow import ENGINES, engine_named
from pairmatch.flow.pricing_rule import LISTS
from pairmatch.limits import Limits
from pairmatch.transport.loop import Run, run_to_optimality
from pairmatch.transport.master import Master, MasterSolution
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.tuning import Tuning


class _StopAfter:
    """A cancel token that lets a number of questions pass."""

    def __init__(self, questions: int) -> None:
        self._left = questions

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


def _optimum(problem: TransportationProblem) -> int:
    master = Master(problem, every_pair(problem), engine_named("ortools"), None)
    solution = master.solve(lambda: False)
    assert solution is not None
    return solution.value


@pytest.fixture
def run() -> Callable[..., Run]:
    pool = ThreadPoolExecutor(1)

    def run_from_some_pairs(
        problem: TransportationProblem,
        engine: str = "simplex",
        cancel: _StopAfter | None = None,
        share: float = 0.1,
    ) -> Run:
        candidates = some_pairs(problem, np.random.default_rng(21), share)
        ran = run_to_optimality(
            problem,
            candidates,
            Pricing(problem, pool),
            engine_named(engine),
            Limits(None, cancel, None),
        )
        if ran.solution is not None:
            assert ran.solution.value == value_of(problem, candidates, ran.solution)
            assert ran.solution_cadre.shape == ran.solution.arc_flow.shape
        return ran

    return run_from_some_pairs


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("per_recipient", "margin"), [(6, 1000), (1, 0)])
def test_bound_and_solution_meet_at_the_optimum_over_all_pairs(
    run: Callable[..., Run],
    engine: str,
    level: str,
    per_recipient: int,
    margin: int,
) -> None:
    tuning = Tuning(proposals=per_recipient, proposals_if_scarce=per_recipient, margin_m=margin)
    several = 0
    for whole in class_problems(25, first=31_000, tuning=tuning):
        problem = summed(whole, level)
        ran = run(problem, engine)
        assert ran.optimal
        assert ran.solution is not None
        assert ran.bound == ran.solution.value == _optimum(problem)
        several += ran.rounds > 1
    assert several > 10 * (level == "sum")


def test_wherever_it_is_stopped_the_bound_is_one_and_the_solution_is_no_better(
    run: Callable[..., Run],
) -> None:
    # several chunks a pass, so that it is asked in the middle of one
    tuning = Tuning(leaf=1, least_chunk=1)
    without = halfway = 0
    for problem in class_problems(12, first=31_200, tuning=tuning):
        best = _optimum(problem)
        for questions in range(80):
            ran = run(problem, cancel=_StopAfter(questions))
            if ran.solution is not None:
                assert ran.solution.value >= best
            if ran.bound is not None:
                assert ran.bound <= best
            if ran.optimal:
                assert ran.bound == best
                break
            without += ran.solution is None
            halfway += ran.solution is not None and ran.bound is None
        assert ran.optimal
    assert min(without, halfway) > 5


def test_without_any_arc_at_the_start_everybody_is_missing_at_first(
    run: Callable[..., Run],
) -> None:
    for problem in class_problems(10, first=31_400):
        ran = run(problem, share=0.0)
        assert ran.optimal
        assert ran.bound == _optimum(problem)


def test_rough_solves_in_between_change_nothing_in_the_end(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    # as rough as can be: a look at one list of candidates, then back to pricing
    rule = replace(LISTS, few=0, at_once=1)
    monkeypatch.setattr("pairmatch.flow.network_simplex.pricing_rule", lambda *_: rule)
    tuning = Tuning(rough_above=0.0, proposals=1, proposals_if_scarce=1)
    asked: list[bool] = []
    exact = Master.solve

    def counted(
        master: Master, stop: Callable[[], bool], *, roughly: bool = False
    ) -> MasterSolution | None:
        solution = exact(master, stop, roughly=roughly)
        assert solution is not None
        asked.append(not solution.optimal)
        return solution

    monkeypatch.setattr(Master, "solve", counted)
    for problem in class_problems(40, first=36_000, largest=60, tuning=tuning):
        asked.append(False)
        ran = run(problem)
        assert ran.optimal
        assert ran.solution is not None
        assert ran.bound == ran.solution.value
        monkeypatch.setattr(Master, "solve", exact)
        assert ran.solution.value == _optimum(problem)
        monkeypatch.setattr(Master, "solve", counted)
    assert sum(asked) > 20
