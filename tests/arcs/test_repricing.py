"""Pricing what changed finds what pricing everything does."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.arcs.problems import class_problems

from pairmatch.arcs import Priced, Pricing
from pairmatch.arcs import repricing as repricing_module
from pairmatch.arcs.repricing import Repricing


def _found(priced: Priced | None) -> tuple[object, ...]:
    assert priced is not None
    arcs = sorted(
        zip(priced.recipient.tolist(), priced.cadre.tolist(), priced.cost.tolist(), strict=True)
    )
    return arcs, priced.least.tolist(), priced.total


def test_a_pass_over_what_changed_equals_one_over_all_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repricing_module, "_FEW", 1.0)
    rng = np.random.default_rng(40)
    parts: list[int] = []
    negative = 0
    with ThreadPoolExecutor(2) as pool:
        for problem in class_problems(40, largest=40):
            pricing = Pricing(problem, pool)
            again = Repricing(pricing)
            u = rng.integers(0, 60_000, problem.limit.shape)
            v = rng.integers(0, 60_000, problem.demand.shape)
            for _ in range(6):
                per_recipient = int(rng.integers(1, 40))
                expected = pricing.price(u, v, per_recipient)
                assert _found(again.price(u, v, per_recipient)) == _found(expected)
                negative += len(expected.cadre) if expected else 0
                if (changed := again._changed(u, v)) is not None:
                    parts.append(int(changed[1].sum()))
                u, v = u.copy(), v.copy()
                some = rng.random(u.shape) < 0.3
                u[some] += rng.integers(-30_000, 30_000, np.count_nonzero(some))
                some = rng.random(v.shape) < 0.3
                v[some] += rng.integers(-30_000, 30_000, np.count_nonzero(some))
    assert negative > 1000
    assert len(parts) > 100


def test_passes_that_propose_more_or_fewer_pairs_are_remembered_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repricing_module, "_FEW", 1.0)
    rng = np.random.default_rng(41)
    with ThreadPoolExecutor(2) as pool:
        for problem in class_problems(20, largest=40):
            pricing = Pricing(problem, pool)
            u = rng.integers(0, 60_000, problem.limit.shape)
            v = rng.integers(0, 60_000, problem.demand.shape)
            for how in ({"margin": 5_000}, {"sample": 3}, {"with_cost": False}):
                again = Repricing(pricing)
                first = again.price(u, v, 5, **how)
                assert _found(first) == _found(pricing.price(u, v, 5, **how))
                assert _found(again.price(u - 900, v + 900, 9)) == _found(
                    pricing.price(u - 900, v + 900, 9)
                )


def test_only_few_changes_are_priced_apart() -> None:
    problem = max(class_problems(30, largest=80), key=lambda found: found.demand.shape[0])
    with ThreadPoolExecutor(1) as pool:
        again = Repricing(Pricing(problem, pool))
        u = np.full(problem.limit.shape, 10**6)
        v = np.zeros(problem.demand.shape, dtype=np.int64)
        assert again._changed(u, v) is None
        first = again.price(u, v, 3)
        assert first is not None
        assert again._changed(u, v + 1) is None
        assert again._changed(u - 1, v) is None
        one = np.zeros_like(v)
        one[0] = 1
        changed = again._changed(u, one)
        assert changed is not None
        assert [int(part.sum()) for part in changed] == [0, 1]


def test_a_stop_forgets_nothing() -> None:
    problem = max(class_problems(30, largest=120), key=lambda found: found.demand.shape[0])
    with ThreadPoolExecutor(1) as pool:
        pricing = Pricing(problem, pool)
        again = Repricing(pricing)
        u = np.zeros(problem.limit.shape, dtype=np.int64)
        v = np.full(problem.demand.shape, 30_000)
        assert again.price(u, v, 3) is not None
        stopped = again.price(u - 500, v, 3, stop=lambda: True)
        # with one chunk it is done before it is asked
        assert (stopped is None) == (pricing.chunks > 1)
        assert _found(again.price(u - 900, v, 3)) == _found(pricing.price(u - 900, v, 3))
