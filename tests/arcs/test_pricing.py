"""Pricing against a dense evaluation of every pair of classes."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.agreement.random_problems import random_problem

from pairmatch import InputError, Problem
from pairmatch.arcs import Pricing
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
        u = rng.integers(0, top, size=(cadres,))
        v = rng.integers(0, 2 * top, size=(recipients,))
        cost = problem.costs.block(np.arange(cadres), np.arange(recipients))
        reduced = np.where(cost >= 0, cost * with_cost + u[:, None] - v[None, :], 0)
        reduced[problem.closed_cadre, problem.closed_recipient] = 0
        negative = np.minimum(0, reduced)
        with ThreadPoolExecutor(2) as pool:
            priced = Pricing(problem, pool).price(u, v, cadres, with_cost=with_cost)
            few = Pricing(problem, pool).price(u, v, 1, with_cost=with_cost)
            best_only = Pricing(problem, pool).price(u, v, 1, with_cost=with_cost, only_best=True)
        assert priced is not None
        assert few is not None
        assert best_only is not None
        people = problem.cadres.size[:, None] * problem.recipients.size[None, :]
        assert priced.total == int((negative * people).sum()) == few.total
        i, j = np.nonzero(negative)
        assert sorted(zip(i, j, strict=True)) == list(
            zip(priced.cadre, priced.recipient, strict=True)
        )
        for proposed in (few, best_only):
            wanting = np.flatnonzero(negative.any(axis=0))
            assert sorted(proposed.recipient) == wanting.tolist()
            chosen = negative[proposed.cadre, proposed.recipient]
            assert chosen.tolist() == negative[:, proposed.recipient].min(axis=0).tolist()
        checked += 1
    assert checked > 40


def test_chunks_and_threads_do_not_change_what_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = max(_problems(40), key=lambda found: found.demand.shape[0] * found.limit.shape[0])
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    proposals = []
    for leaves, threads in ((32, 1), (1, 1), (1, 3)):
        monkeypatch.setattr(pricing_module, "_LEAVES_OF_CHUNK", leaves)
        with ThreadPoolExecutor(threads) as pool:
            priced = Pricing(problem, pool).price(u, v, 2)
        assert priced is not None
        proposals.append((priced.cadre.tolist(), priced.recipient.tolist(), priced.total))
    assert len(proposals[0][0]) > 1
    assert proposals[0] == proposals[1] == proposals[2]


def test_a_stop_ends_pricing_without_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = max(_problems(10), key=lambda found: found.demand.shape[0])
    monkeypatch.setattr(pricing_module, "_LEAVES_OF_CHUNK", 1)
    u = np.zeros(problem.limit.shape[0], dtype=np.int64)
    v = np.full(problem.demand.shape[0], 400_000, dtype=np.int64)
    with ThreadPoolExecutor(1) as pool:
        pricing = Pricing(problem, pool)
        assert pricing.chunks > 1
        assert pricing.price(u, v, 1, stop=lambda: True) is None
        assert pricing.price(u, v, 1, stop=lambda: False) is not None
