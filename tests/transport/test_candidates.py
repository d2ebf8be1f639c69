import numpy as np
from tests.transport.class_problems import class_problems

from pairmatch.transport.candidates import Candidates


def test_arcs_are_distinct_stay_in_their_order_and_have_their_costs() -> None:
    rng = np.random.default_rng(16)
    for problem in class_problems(30):
        cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
        none = np.zeros(0, dtype=np.int64)
        candidates = Candidates(problem, none, none)
        assert len(candidates) == 0
        expected: list[tuple[int, int]] = []
        for _ in range(6):
            keys = rng.choice(cadres * recipients, rng.integers(0, cadres * recipients + 1), False)
            cadre, recipient = keys // recipients, keys % recipients
            arcs = list(zip(cadre.tolist(), recipient.tolist(), strict=True))
            new = [arc for arc in arcs if arc not in set(expected)]
            assert candidates.add(cadre, recipient) == len(new)
            expected += new
            # already there: nothing is new
            assert candidates.add(cadre, recipient) == 0
        found = zip(candidates.cadre.tolist(), candidates.recipient.tolist(), strict=True)
        assert list(found) == expected
        assert len(candidates) == len(expected)
        cost = problem.costs.block(np.arange(cadres), np.arange(recipients))
        assert candidates.cost.tolist() == [int(cost[arc]) for arc in expected]


def test_arcs_given_at_the_start_count_as_there() -> None:
    problem = max(class_problems(10), key=lambda found: found.demand.shape[0])
    cadre, recipient = np.array([0, 0]), np.array([1, 0])
    candidates = Candidates(problem, cadre, recipient)
    assert candidates.add(np.array([0, 0]), np.array([0, 2])) == 1
    assert candidates.recipient.tolist() == [1, 0, 2]
