from concurrent.futures import ThreadPoolExecutor

import numpy as np
from tests.transport.class_problems import class_problems, dense_costs

from pairmatch.transport.pricing import Pricing
from pairmatch.transport.seeds import seed_arcs

_SEEDS = 8


def test_seeds_are_the_best_partners_of_every_class_at_the_guessed_potentials() -> None:
    rng = np.random.default_rng(14)
    full = short = 0
    with ThreadPoolExecutor(2) as pool:
        for problem in class_problems(40, largest=40):
            # rewards may make a guess negative, shortages may make it huge
            u = rng.integers(-100_000, 10**9, problem.limit.shape) * (rng.random() < 0.7)
            pricing = Pricing(problem, pool)
            finished: list[int] = []
            seeds = seed_arcs(problem, pricing, u, _SEEDS, lambda: False, finished.append)
            assert seeds is not None
            assert finished[-1] == pricing.chunks
            cadre, recipient = seeds.cadre, seeds.recipient
            cost = dense_costs(problem)
            arcs = list(zip(cadre.tolist(), recipient.tolist(), strict=True))
            assert len(arcs) == len(set(arcs))
            value = cost + u[:, None]
            for j in range(cost.shape[1]):
                eligible = np.flatnonzero(cost[:, j] >= 0)
                best = np.sort(value[eligible, j])[:_SEEDS]
                if best.shape[0]:
                    assert seeds.value[j] == best[0]
                else:
                    assert seeds.value[j] > cost.max()
                chosen = cadre[recipient == j]
                assert (cost[chosen, j] >= 0).all()
                assert np.sort(value[chosen, j]).tolist() == best.tolist()
                full += chosen.shape[0] == _SEEDS
                short += chosen.shape[0] < _SEEDS
            assert seed_arcs(problem, pricing, u, _SEEDS, lambda: False, lambda _: None) is not None
    assert min(full, short) > 100


def test_a_stop_leaves_no_seeds() -> None:
    problem = max(class_problems(30, largest=120), key=lambda found: found.demand.shape[0])
    with ThreadPoolExecutor(1) as pool:
        pricing = Pricing(problem, pool)
        u = np.zeros(problem.limit.shape, dtype=np.int64)
        seeds = seed_arcs(problem, pricing, u, _SEEDS, lambda: True, lambda _: None)
    # with one chunk it is done before it is asked
    assert (seeds is None) == (pricing.chunks > 1)
