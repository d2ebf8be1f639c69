"""What is left once it is known who can be served, against the whole problem over every pair."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, dense_costs
from tests.transport.every_pair import every_pair, some_pairs, value_of

from pairmatch.flow import engine_named
from pairmatch.limits import Limits
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.coverage import least_missing
from pairmatch.transport.loop import Run, run_to_optimality
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import Master, load_steps
from pairmatch.transport.prices import first_prices
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.reduction import Reduction, attains_coverage, reduce_by
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.tuning import DEFAULT_TUNING, Tuning

ENGINE = engine_named("simplex")
POOL = ThreadPoolExecutor(1)


class _StopAfter:
    def __init__(self, questions: int) -> None:
        self._left = questions

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


def _reductions(count: int, first: int, tuning: Tuning = DEFAULT_TUNING) -> Iterator[Reduction]:
    """Return reductions that leave less than the whole problem."""
    for problem in class_problems(count, first, tuning=tuning):
        if problem.known.lock.any() or not problem.objective.coverage_first:
            continue
        coverage = least_missing(problem, ENGINE, lambda: False)
        reduction = None if coverage is None else reduce_by(coverage, problem)
        if reduction is not None and not reduction.is_whole:
            yield reduction


def _ran(reduction: Reduction, cancel: _StopAfter | None = None) -> Run:
    problem = reduction.problem.at(first_prices(reduction.problem))
    return run_to_optimality(
        problem,
        some_pairs(problem, np.random.default_rng(3), 0.2),
        Pricing(problem, POOL),
        ENGINE,
        Limits(None, cancel, None),
    )


def _bound(problem: TransportationProblem, run: Run) -> int:
    """Return the bound of a run's potentials, with every pair priced one by one."""
    cost = dense_costs(problem)
    people = problem.cadres.size[:, None] * problem.recipients.size[None, :]
    negative = np.minimum(cost + run.u[:, None] - run.v[None, :], 0)
    total = int((np.where(cost >= 0, negative, 0) * people).sum())
    return lower_bound(problem, load_steps(problem), run.u, run.v, total)


@pytest.mark.parametrize("share", [0.0, 0.5, 1e9], ids=("changed", "as they are", "never"))
def test_the_optimum_of_what_is_left_is_that_of_the_whole(
    share: float,
) -> None:
    seen: Counter[str] = Counter()
    for reduction in _reductions(200, 43_000, Tuning(changed_above=share)):
        whole = reduction.whole
        ran = _ran(reduction)
        assert ran.optimal
        assert ran.solution is not None
        assert attains_coverage(reduction.problem, ran.solution)
        run = reduction.restored(ran, POOL)
        assert run.solution is not None
        arcs = Candidates(whole, run.solution_cadre, run.solution_recipient)
        assert len(arcs) == run.solution_cadre.shape[0]
        whole = run.problem
        assert run.solution.value == value_of(whole, arcs, run.solution)
        found = np.bincount(run.solution_recipient, run.solution.arc_flow, whole.demand.shape[0])
        np.add.at(found, whole.known.recipient, run.solution.known_flow)
        assert (found + run.solution.missing == whole.wanted).all()
        # over every pair, at the price that the potentials have come to and at a far larger one
        for times in (1, 1000):
            *above, last = whole.prices
            dearer = whole.at((*(price * times for price in above), last))
            master = Master(dearer, every_pair(dearer), ENGINE, None)
            optimum = master.solve(lambda: False)
            assert optimum is not None
            assert optimum.value == value_of(dearer, arcs, run.solution)
        assert run.bound == _bound(whole, run) == run.solution.value
        seen["short"] += reduction.level > 0
        seen["enough"] += reduction.level == 0
        seen["priorities"] += int(whole.priority_rank.max()) > 1
        _, count = np.unique(reduction.merged[reduction.merged >= 0], return_counts=True)
        seen["merged"] += bool((count > 1).any())
        seen["kept"] += bool(run.solution.known_flow.any())
        seen["without"] += bool((reduction.merged < 0).any())
        seen["changed"] += reduction.changed
    expected = {"changed": share < 1e9}
    assert min(count for name, count in seen.items() if expected.get(name, True)) > 1
    assert (seen["changed"] > 0) == expected["changed"]


def test_wherever_it_is_stopped_the_restored_bound_is_one() -> None:
    seen: Counter[str] = Counter()
    for reduction in _reductions(40, 44_000):
        whole = reduction.whole
        for questions in (0, 1, 2, 3, 4, 6, 9, 20):
            run = reduction.restored(_ran(reduction, _StopAfter(questions)), POOL)
            if run.solution is not None:
                arcs = Candidates(whole, run.solution_cadre, run.solution_recipient)
                assert run.solution.value == value_of(run.problem, arcs, run.solution)
                assert (run.solution.missing >= 0).all()
            if run.bound is not None:
                assert run.bound == _bound(run.problem, run)
                master = Master(run.problem, every_pair(run.problem), ENGINE, None)
                optimum = master.solve(lambda: False)
                assert optimum is not None
                assert run.bound <= optimum.value
            seen[f"{run.solution is not None} {run.bound is not None} {run.optimal}"] += 1
    assert {"False False False", "True True False", "True True True"} <= set(seen)
