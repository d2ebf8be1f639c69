"""A problem's formulation is made once, by whoever asks first, and goes with no copy."""

import copy
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from threading import Barrier

import numpy as np
import pytest

from pairmatch import CertificateError, InputError, Policy, Problem, solve
from pairmatch.formulate import formulation as module
from pairmatch.formulate.formulation import Formulation, formulate
from tests.agreement.random_problems import drawn_problem
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
    for one, other in zip(again.costs(*_ids(again)), problem.costs(*_ids(problem)), strict=True):
        assert np.array_equal(one, other)


def _ids(problem: Problem) -> tuple[list[str], list[str]]:
    return (
        problem.cadres["cadre_id"].to_pylist(),
        problem.recipients["recipient_id"].to_pylist(),
    )


def _arrays(value: object) -> Iterator[object]:
    """Yield all arrays and numbers of a formulation."""
    if isinstance(value, np.ndarray):
        yield value.tolist()
    elif isinstance(value, tuple | Mapping):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _arrays(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _arrays(getattr(value, part.name))
    else:
        yield value


def test_under_another_policy_a_problem_is_one_made_with_that_policy() -> None:
    changed = 0
    for seed in range(16_200, 16_260):
        problem, policy = drawn_problem(seed), drawn_problem(seed + 1000).policy
        # asked before and after, so that what is kept is used or made anew
        if seed % 2:
            problem.costs(*_ids(problem))
        try:
            other = problem.with_policy(policy)
        except InputError:
            continue
        changed += policy != problem.policy
        fresh = Problem.from_tables(**problem.tables(), policy=policy)
        for one, two in zip(other.costs(*_ids(other)), fresh.costs(*_ids(fresh)), strict=True):
            assert np.array_equal(one, two)
        assert list(_arrays(other.formulation)) == list(_arrays(fresh.formulation))
        assert other.load_cost(_ids(other)[0]).tolist() == fresh.load_cost(_ids(fresh)[0]).tolist()
        back = other.with_policy(problem.policy)
        assert list(_arrays(back.formulation)) == list(_arrays(problem.formulation))
    assert changed > 20


def test_another_policy_makes_nothing_again_that_follows_from_the_tables() -> None:
    problem = _problem()
    before = problem.formulation
    ranks = tuple(reversed(problem.policy.ranks))
    after = problem.with_policy(Policy(ranks=ranks)).formulation
    for one, other in ((before, after), (before.special_pairs, after.special_pairs)):
        for name in ("demand", "min_load", "cadre_point_idx", "cadre", "adjustment_m", "locked"):
            assert getattr(other, name, None) is getattr(one, name, None)
    for side, again in zip(before.costs[:2], after.costs[:2], strict=True):
        # all but the last column, the rank or the category
        assert all(other is one for one, other in zip(side[:-1], again[:-1], strict=True))
    assert after.costs.cadres.rank.tolist() == [
        len(ranks) - 1 - rank for rank in before.costs.cadres.rank.tolist()
    ]


def test_an_engine_that_overwrites_what_it_was_handed_is_found_out() -> None:
    problem = drawn_problem(16_200)
    right = solve(problem)
    problem.formulation.costs.recipients.point[:] += 30_000.0
    with pytest.raises(CertificateError):
        solve(problem).verify()
    # a right plan holds whatever the engine has done to its own arrays
    assert right.verify().objective == right.objective
