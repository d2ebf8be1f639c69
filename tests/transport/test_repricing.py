"""Pricing what changed finds what pricing everything does."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from tests.transport.class_problems import class_problems

from pairmatch.arrays import IntArray
from pairmatch.transport.pricing import Priced, Pricing
from pairmatch.transport.repricing import Repricing
from pairmatch.tuning import Tuning


def _arcs(priced: Priced | None) -> list[tuple[int, int, int]]:
    assert priced is not None
    return sorted(
        zip(priced.recipient.tolist(), priced.cadre.tolist(), priced.cost.tolist(), strict=True)
    )


def _found(priced: Priced | None) -> tuple[object, ...]:
    assert priced is not None
    return _arcs(priced), priced.least.tolist(), priced.total


def _is_no_less(again: Priced | None, whole: Priced | None, u: IntArray, v: IntArray) -> bool:
    """Tell whether a pass finds the same least reduced costs and at least the negative pairs."""
    assert again is not None
    assert whole is not None
    negative = whole.cost + u[whole.cadre] - v[whole.recipient] < 0
    wanted = set(zip(whole.recipient[negative], whole.cadre[negative], strict=True))
    proposed = list(zip(again.recipient, again.cadre, strict=True))
    assert len(proposed) == len(set(proposed))
    return (
        again.least.tolist() == whole.least.tolist()
        and again.total == whole.total
        and wanted <= set(proposed)
    )


# whatever has moved, it is priced apart
ALWAYS_APART = Tuning(repriced_share=1.0)


def test_a_pass_over_what_changed_equals_one_over_all_pairs() -> None:
    rng = np.random.default_rng(40)
    parts: list[int] = []
    listed = 0
    negative = 0
    with ThreadPoolExecutor(2) as pool:
        for problem in class_problems(40, largest=40, tuning=ALWAYS_APART):
            pricing = Pricing(problem, pool)
            again = Repricing(pricing)
            u = rng.integers(0, 60_000, problem.limit.shape)
            v = rng.integers(0, 60_000, problem.demand.shape)
            for _ in range(6):
                per_recipient = int(rng.integers(1, 40))
                margin = int(rng.choice([0, 100, 20_000]))
                expected = pricing.price(u, v, per_recipient, margin=margin)
                last, changed = again._last, again._changed(u, v)
                found = again.price(u, v, per_recipient, margin=margin)
                if last is None or changed is None:
                    assert _found(found) == _found(expected)
                else:
                    assert _is_no_less(found, expected, u, v)
                    parts.append(int(changed[1].sum()))
                    own = again._price_listed(last, u, v, margin, *changed)
                    listed += int(np.count_nonzero(own.least))
                negative += len(expected.cadre) if expected else 0
                u, v = u.copy(), v.copy()
                for side in (u, v):
                    side[:] += rng.integers(-20, 20, side.shape)
                    some = rng.random(side.shape) < 0.3
                    side[some] += rng.integers(-30_000, 30_000, np.count_nonzero(some))
    assert negative > 1000
    assert len(parts) > 100
    assert listed > 100


def test_passes_that_propose_more_or_fewer_pairs_are_remembered_too() -> None:
    rng = np.random.default_rng(41)
    with ThreadPoolExecutor(2) as pool:
        for problem in class_problems(20, largest=40, tuning=ALWAYS_APART):
            pricing = Pricing(problem, pool)
            u = rng.integers(0, 60_000, problem.limit.shape)
            v = rng.integers(0, 60_000, problem.demand.shape)
            for margin, only_best in ((5_000, False), (0, True)):
                again = Repricing(pricing)
                first = again.price(u, v, 5, margin=margin, only_best=only_best)
                plain = pricing.price(u, v, 5, margin=margin, only_best=only_best)
                assert _found(first) == _found(plain)
                assert _is_no_less(
                    again.price(u - 900, v + 900, 9),
                    pricing.price(u - 900, v + 900, 9),
                    u - 900,
                    v + 900,
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
        whole = pricing.price(u - 900, v, 3)
        assert _is_no_less(again.price(u - 900, v, 3), whole, u - 900, v)
