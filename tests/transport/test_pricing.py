"""Pricing against a dense evaluation of every pair of classes."""

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, dense_costs, skipping_townships
from tests.transport.every_pair import summed

import pairmatch as pm
from pairmatch.formulate.costs import COST_BITS
from pairmatch.transport.pricing import Priced, Pricing
from pairmatch.transport.transportation import TransportationProblem, transportation_problem
from pairmatch.tuning import Tuning

Table = np.ndarray[Any, np.dtype[np.int64]]
KINDS = ("closed", "beyond max_km", "forbidden by sponsorship", "inherited", "several people")


def _potentials(
    rng: np.random.Generator, problem: TransportationProblem, top: int
) -> tuple[Table, Table]:
    """Draw potentials: some far below every cost, some far above."""
    u = rng.integers(-top // 4, top, problem.limit.shape)
    v = rng.integers(-top // 4, 2 * top, problem.demand.shape)
    return u, v


def _keys(cost: Table, u: Table, v: Table, *, margin: int, with_cost: bool) -> tuple[Table, Table]:
    """Return what pairs are ranked by, 0 where there is none, and their negative reduced costs."""
    shift = 0 if with_cost else COST_BITS
    reduced = cost * with_cost + u[:, None] - v[None, :]
    key = cost + ((u[:, None] - v[None, :]) << shift) - margin
    return np.where(cost >= 0, np.minimum(key, 0), 0), np.where(
        cost >= 0, np.minimum(reduced, 0), 0
    )


def _check_proposals(priced: Priced, keys: Table, most: int) -> None:
    """Each recipient proposes its best pairs: ``most`` of them, and no worse ones."""
    arcs = list(zip(priced.cadre.tolist(), priced.recipient.tolist(), strict=True))
    assert len(arcs) == len(set(arcs))
    # those of one class of recipients stand side by side
    changes = np.count_nonzero(np.diff(priced.recipient))
    assert changes + bool(arcs) == np.unique(priced.recipient).shape[0]
    proposed: dict[int, list[int]] = {}
    for i, j in arcs:
        proposed.setdefault(j, []).append(int(keys[i, j]))
    for j in range(keys.shape[1]):
        negative = sorted(key for key in keys[:, j].tolist() if key < 0)
        assert sorted(proposed.get(j, [])) == negative[:most]


def _kinds(problem: TransportationProblem) -> set[str]:
    tables = problem.costs.tables
    found = {
        "closed": problem.closed_cadre.shape[0] > 0,
        "beyond max_km": tables.max_m >= 0,
        "forbidden by sponsorship": bool((tables.outside_m < 0).any()),
        "inherited": tables.inherited_m > 0 and bool(problem.costs.recipients.inherited.any()),
        "several people": bool((problem.cadres.size > 1).any()),
    }
    return {name for name, there in found.items() if there}


@pytest.mark.parametrize(("leaf", "fan", "chunk"), [(16, 8, 32), (2, 2, 1), (1, 2, 3), (3, 2, 32)])
@pytest.mark.parametrize("with_cost", [True, False])
def test_totals_and_proposals_agree_with_a_dense_evaluation(
    with_cost: bool, leaf: int, fan: int, chunk: int
) -> None:
    tuning = Tuning(leaf=leaf, fan=fan, least_chunk=chunk)
    rng = np.random.default_rng([5, leaf, with_cost])
    seen: Counter[str] = Counter()
    skipped = 0
    with ThreadPoolExecutor(2) as pool:
        for plain in class_problems(40, 30_000 + 100 * leaf, largest=40, tuning=tuning):
            problem = skipping_townships(plain, rng)
            cost = dense_costs(problem)
            pricing = Pricing(problem if with_cost else summed(problem, "violation"), pool)
            top = int(rng.choice([50_000, 300_000])) if with_cost else 3
            u, v = _potentials(rng, problem, top)
            people = problem.cadres.size[:, None] * problem.recipients.size[None, :]
            for margin in (0, 20_000) if with_cost else (0,):
                keys, negative = _keys(cost, u, v, margin=margin, with_cost=with_cost)
                for most in (1, 3, cost.shape[0]):
                    priced = pricing.price(u, v, most, margin=margin)
                    assert priced is not None
                    assert priced.total == int((negative * people).sum())
                    assert priced.evaluated <= cost.size
                    _check_proposals(priced, keys, most)
                    assert (priced.cost == with_cost * cost[priced.cadre, priced.recipient]).all()
                    assert (priced.least == negative.min(axis=0, initial=0)).all()
                    best = pricing.price(u, v, most, margin=margin, only_best=True)
                    assert best is not None
                    assert best.evaluated <= cost.size
                    _check_proposals(best, keys, most)
                    assert (best.cost == with_cost * cost[best.cadre, best.recipient]).all()
                    assert (best.least == negative.min(axis=0, initial=0)).all()
                    skipped += cost.size - best.evaluated
                seen["negative"] += int((negative < 0).sum())
                seen["within the margin"] += int(((keys < 0) & (negative == 0)).sum())
            seen.update(_kinds(problem))
    assert min(seen[kind] for kind in (*KINDS, "negative")) > 3
    assert (seen["within the margin"] > 0) == with_cost
    assert skipped > 0


def test_nothing_is_looked_at_where_no_pair_can_be_negative(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ThreadPoolExecutor(1) as pool:
        for problem in class_problems(20):
            u = np.zeros(problem.limit.shape, dtype=np.int64)
            priced = Pricing(problem, pool).price(u, np.zeros_like(problem.demand), 3)
            assert priced is not None
            assert (priced.total, priced.evaluated, priced.cadre.shape[0]) == (0, 0, 0)


@pytest.mark.parametrize("with_cost", [True, False])
def test_totals_beyond_64_bits_are_exact(with_cost: bool) -> None:
    problem = max(class_problems(20), key=lambda found: found.demand.shape[0])
    # classes as large as ranges allow: the sum of one's reduced costs stays just below 2**62
    top = 1 << (26 if with_cost else 20)
    huge = ((1 << 62) - 1) // (int(problem.cadres.size.sum()) * top)
    size = np.full(problem.demand.shape, huge)
    problem = replace(problem, recipients=replace(problem.recipients, size=size))
    u = np.zeros(problem.limit.shape, dtype=np.int64)
    v = np.full(problem.demand.shape, top)
    cost = dense_costs(problem)
    _, negative = _keys(cost, u, v, margin=0, with_cost=with_cost)
    expected = sum(
        int(negative[i, j]) * int(problem.cadres.size[i]) * huge
        for i, j in np.ndindex(negative.shape)
    )
    with ThreadPoolExecutor(1) as pool:
        own = problem if with_cost else summed(problem, "violation")
        priced = Pricing(own, pool).price(u, v, 1)
    assert priced is not None
    assert priced.total == expected < -(1 << 63)


def test_chunks_and_threads_do_not_change_what_is_proposed() -> None:
    problem = max(
        class_problems(40), key=lambda found: found.demand.shape[0] * found.limit.shape[0]
    )
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    proposals = []
    for leaves, threads in ((32, 1), (1, 1), (1, 3)):
        tuned = replace(problem, tuning=Tuning(leaf=2, least_chunk=leaves))
        with ThreadPoolExecutor(threads) as pool:
            priced = Pricing(tuned, pool).price(u, v, 2)
        assert priced is not None
        proposals.append((priced.cadre.tolist(), priced.recipient.tolist(), priced.total))
    assert len(proposals[0][0]) > 1
    assert proposals[0] == proposals[1] == proposals[2]


def _of_several_chunks() -> tuple[TransportationProblem, Table, Table]:
    """Return a problem and potentials at which all pairs are wanted; chunks are short."""
    problems = class_problems(10, tuning=Tuning(leaf=2, least_chunk=1))
    problem = max(problems, key=lambda found: found.demand.shape[0])
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    return problem, u, np.full(problem.demand.shape[0], 400_000, dtype=np.int64)


def test_a_stop_ends_pricing_without_a_result() -> None:
    problem, u, v = _of_several_chunks()
    with ThreadPoolExecutor(1) as pool:
        pricing = Pricing(problem, pool)
        assert pricing.chunks > 1
        assert pricing.price(u, v, 1, stop=lambda: True) is None
        finished: list[int] = []
        assert pricing.price(u, v, 1, stop=lambda: False, done=finished.append) is not None
        assert finished == list(range(1, pricing.chunks + 1))


def test_the_best_come_chunk_by_chunk_until_a_stop() -> None:
    problem, u, v = _of_several_chunks()
    with ThreadPoolExecutor(2) as pool:
        pricing = Pricing(problem, pool)
        assert pricing.chunks > 1
        priced = pricing.price(u, v, 2, only_best=True)
        assert priced is not None
        parts = list(pricing.best(u, v, 2, lambda: False))
        assert len(parts) == pricing.chunks
        for whole, pieces in zip(
            (priced.cadre, priced.recipient, priced.cost), zip(*parts, strict=True), strict=True
        ):
            np.testing.assert_array_equal(whole, np.concatenate(pieces))
        assert len(list(pricing.best(u, v, 2, lambda: True))) == 1


def test_nobody_in_need_has_no_best_partners() -> None:
    nobody = pm.Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        recipients={"recipient_id": [], "category": [], "area": []},
    )
    none = np.zeros(0, dtype=np.int64)
    with ThreadPoolExecutor(1) as pool:
        problem = transportation_problem(nobody.formulation, soft_locks=False)
        pricing = Pricing(problem, pool)
        u = np.zeros(problem.limit.shape[0], dtype=np.int64)
        assert list(pricing.best(u, none, 2, lambda: False)) == []


def test_a_pass_leaves_no_more_than_a_few_chunks_in_flight() -> None:
    class Watching(ThreadPoolExecutor):
        submitted = 0

        def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
            self.submitted += 1
            return super().submit(*args, **kwargs)

    problems = class_problems(30, largest=60, tuning=Tuning(leaf=1, least_chunk=1))
    problem = max(problems, key=lambda found: found.demand.shape[0])
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    with Watching(2) as pool:
        pricing = Pricing(problem, pool)
        assert pricing.chunks > 12
        assert pricing.price(u, v, 1, stop=lambda: True) is None
        assert pool.submitted <= 8


@pytest.mark.parametrize("bits", [49, 51, 56, 58])
def test_potentials_beyond_floating_point_hide_no_pair(bits: int) -> None:
    rng = np.random.default_rng(bits)
    negative = 0
    with ThreadPoolExecutor(1) as pool:
        for problem in class_problems(30, first=33_000, largest=60):
            cost = dense_costs(problem)
            # the differences are a few metres, of numbers that floating point rounds by more
            u = (1 << bits) + rng.integers(-40_000, 3, problem.limit.shape)
            v = (1 << bits) + rng.integers(0, 40_000, problem.demand.shape)
            priced = Pricing(problem, pool).price(u, v, 5)
            assert priced is not None
            keys, reduced = _keys(cost, u, v, margin=0, with_cost=True)
            assert priced.least.tolist() == reduced.min(axis=0).tolist()
            _check_proposals(priced, keys, 5)
            negative += int(np.count_nonzero(reduced))
    assert negative > 300
