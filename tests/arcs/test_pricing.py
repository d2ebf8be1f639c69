"""Pricing against a dense evaluation of every pair of classes."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.agreement.random_problems import random_problem

from pairmatch import InputError, Problem
from pairmatch.arcs import Pricing, Quota
from pairmatch.arcs import pricing as pricing_module
from pairmatch.formulate.persons import persons
from pairmatch.formulate.transportation import TransportationProblem, transportation_problem


def _problems(count: int) -> list[TransportationProblem]:
    found: list[TransportationProblem] = []
    seed = 0
    while len(found) < count:
        seed += 1
        try:
            problem = Problem.from_tables(**random_problem(seed, largest=25))
        except InputError:
            continue
        found.append(transportation_problem(persons(problem), soft_locks=False))
    return found


@pytest.mark.parametrize("with_cost", [True, False])
def test_totals_and_proposals_agree_with_a_dense_evaluation(with_cost: bool) -> None:
    rng = np.random.default_rng(5)
    checked = 0
    for problem in _problems(60):
        cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
        if not cadres or not recipients:
            continue
        top = 200_000 if with_cost else 3
        u = rng.integers(0, top, cadres)
        v = rng.integers(0, 2 * top, recipients)
        cost = problem.costs.block(np.arange(cadres), np.arange(recipients))
        reduced = np.where(cost >= 0, cost * with_cost + u[:, None] - v[None, :], 0)
        reduced[problem.closed_cadre, problem.closed_recipient] = 0
        negative = np.minimum(0, reduced)
        everything = Quota(np.full(cadres, recipients, dtype=np.int64), cadres)
        with ThreadPoolExecutor(2) as pool:
            priced = Pricing(problem, pool).price(u, v, everything, with_cost=with_cost)
            few = Pricing(problem, pool).price(
                u, v, Quota(np.ones(cadres, dtype=np.int64), 1), with_cost=with_cost
            )
        assert priced is not None
        assert few is not None
        people = problem.cadres.size[:, None] * problem.recipients.size[None, :]
        assert priced.total == int((negative * people).sum()) == few.total
        i, j = np.nonzero(negative)
        assert sorted(zip(i, j, strict=True)) == list(
            zip(priced.cadre, priced.recipient, strict=True)
        )
        best = np.zeros_like(negative)
        best[few.cadre, few.recipient] = 1
        for row in np.flatnonzero(negative.any(axis=1)):
            assert negative[row][best[row] == 1].min() == negative[row].min()
        for column in np.flatnonzero(negative.any(axis=0)):
            chosen = negative[:, column][best[:, column] == 1]
            assert chosen.min() == negative[:, column].min()
        checked += 1
    assert checked > 40


def test_chunks_and_threads_do_not_change_what_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = max(_problems(40), key=lambda found: found.demand.shape[0] * found.limit.shape[0])
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    quota = Quota(np.full(u.shape[0], 2, dtype=np.int64), 2)
    proposals = []
    for chunk_pairs, threads in ((1 << 24, 1), (8, 1), (8, 3)):
        monkeypatch.setattr(pricing_module, "_CHUNK_PAIRS", chunk_pairs)
        with ThreadPoolExecutor(threads) as pool:
            for only_best in (False, True):
                priced = Pricing(problem, pool).price(u, v, quota, only_best=only_best)
                assert priced is not None
                proposals.append((priced.cadre.tolist(), priced.recipient.tolist()))
    # within a chunk ties may fall differently, so only runs with the same chunks are compared
    assert proposals[0] == proposals[1]
    assert proposals[2] == proposals[3] == proposals[4] == proposals[5]


def test_a_stop_ends_pricing_without_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = max(_problems(10), key=lambda found: found.demand.shape[0])
    monkeypatch.setattr(pricing_module, "_CHUNK_PAIRS", 1)
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    with ThreadPoolExecutor(1) as pool:
        pricing = Pricing(problem, pool)
        assert pricing.chunks > 1
        quota = Quota(np.ones(u.shape[0], dtype=np.int64), 1)
        assert pricing.price(u, v, quota, stop=lambda: True) is None
