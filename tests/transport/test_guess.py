import numpy as np
from tests.transport.class_problems import class_problems
from tests.transport.every_pair import some_pairs

from pairmatch.transport.guess import assign_greedily


def test_nobody_gets_more_than_there_is_and_everybody_the_best_that_has_room() -> None:
    rng = np.random.default_rng(17)
    assigned = left = filled = passed_over = 0
    for problem in class_problems(80):
        arcs = some_pairs(problem, rng, 0.7)
        value = rng.permutation(len(arcs)).astype(np.int64)
        known = problem.known
        known_value = rng.integers(-5, 5, known.cadre.shape)
        greedy = assign_greedily(problem, arcs.cadre, arcs.recipient, value, known_value)
        # the same by hand: known arcs from the most negative on, whole or not at all
        supply, wanted = problem.supply.tolist(), problem.wanted.tolist()
        for arc in np.argsort(known_value, kind="stable").tolist():
            i, j = int(known.cadre[arc]), int(known.recipient[arc])
            units = int(known.capacity[arc])
            fits = known_value[arc] < 0 and units <= min(supply[i], wanted[j])
            assert greedy.known_full[arc] == fits
            if fits:
                supply[i] -= units
                wanted[j] -= units
                filled += 1
        for j in range(len(wanted)):
            best = -1
            for arc in sorted(np.flatnonzero(arcs.recipient == j).tolist(), key=value.__getitem__):
                if supply[int(arcs.cadre[arc])] >= wanted[j]:
                    best = arc
                    break
                passed_over += 1
            assert greedy.arc[j] == best
            if best >= 0:
                supply[int(arcs.cadre[best])] -= wanted[j]
                assigned += 1
            else:
                left += 1
        assert greedy.load.tolist() == (problem.supply - supply).tolist()
        assert (greedy.load <= problem.supply).all()
    assert min(assigned, left, filled, passed_over) > 20
