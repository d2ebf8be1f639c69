"""Potentials lowered by distance keep their promise, and lead all excess to demand."""

from collections import Counter

import numpy as np
import pytest
from tests.flow.listed import all_listed, without_lower_bounds
from tests.flow.networks import random_network

from pairmatch.flow.price_update import lower_by_distance


# with the last three nothing is too far away to be told apart
@pytest.mark.parametrize("epsilon", [1, 7, 160, 400, 1000])
def test_lowered_by_distance_all_excess_has_a_path_to_demand(epsilon: int) -> None:
    seen: Counter[bool] = Counter()
    for seed in range(150):
        network = without_lower_bounds(random_network(np.random.default_rng([seed, 5]), 30))
        arcs, lists, labels = all_listed(network)
        before = labels.potential.copy()
        arrives = lower_by_distance(lists, arcs.scale, labels, epsilon)
        assert (labels.potential <= before).all()
        assert (labels.current == lists.first[:-1]).all()
        tail = np.repeat(np.arange(network.nodes), np.diff(lists.first))
        room = lists.entry.residual[: tail.shape[0]] > 0
        head, cost = lists.entry.node[: tail.shape[0]], lists.entry.cost[: tail.shape[0]]
        reduced = cost * arcs.scale + labels.potential[tail] - labels.potential[head]
        assert (reduced[room] >= -epsilon).all()
        # whoever demand is reached from along admissible arcs, backwards
        reaches = labels.excess < 0
        for _ in range(network.nodes):
            admissible = room & (reduced < 0) & reaches[head]
            reaches[tail[admissible]] = True
        reachable = labels.excess < 0
        for _ in range(network.nodes):
            reachable[tail[room & reachable[head]]] = True
        assert arrives == reachable[labels.excess > 0].all()
        if epsilon >= 160:
            assert (reaches | ~reachable)[labels.excess > 0].all()
        seen[arrives] += 1
    assert min(seen[True], seen[False]) > 20
