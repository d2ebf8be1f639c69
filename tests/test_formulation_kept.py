"""A problem's formulation is made once, by whoever asks first, and goes with no copy."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import numpy as np
import pytest

from pairmatch import Problem
from pairmatch.formulate import formulation as module
from pairmatch.formulate.formulation import Formulation, formulate
from tests.tables.good import good_tables

THREADS = 8


def _problem() -> Problem:
    return Problem.from_tables(**good_tables())


def test_threads_that_ask_at_once_get_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Formulation] = []

    def counted(*given: object) -> Formulation:
        made.append(formulate(*given))  # type: ignore[arg-type]  # handed on as they came
        return made[-1]

    monkeypatch.setattr(module, "formulate", counted)
    problem, together = _problem(), Barrier(THREADS)

    def ask(_: int) -> Formulation:
        together.wait(60)
        return problem.formulation

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(THREADS)))
    assert len(made) == 1
    assert all(one is made[0] for one in found)
    problem.costs(["c1"], ["r1"])
    assert len(made) == 1


@pytest.mark.parametrize(
    "copied",
    [
        lambda problem: pickle.loads(pickle.dumps(problem)),  # noqa: S301  # pickled on the line itself
        copy.copy,
        copy.deepcopy,
        replace,
        lambda problem: problem.with_policy(problem.policy),
    ],
    ids=["pickle", "copy", "deepcopy", "replace", "with_policy"],
)
def test_a_copy_makes_its_own_and_the_same_one(copied: object) -> None:
    problem = _problem()
    size = len(pickle.dumps(problem))
    kept = problem.formulation
    assert len(pickle.dumps(problem)) == size
    assert callable(copied)
    again = copied(problem)
    assert again.formulation is not kept
    assert again.digest() == problem.digest()
    ids = [problem.cadres["cadre_id"].to_pylist(), problem.recipients["recipient_id"].to_pylist()]
    for one, other in zip(again.costs(*ids), problem.costs(*ids), strict=True):
        assert np.array_equal(one, other)
