import numpy as np
from tests.flow.networks import random_network

from pairmatch.flow import FlowNetwork
from pairmatch.flow.residual import source_side


def test_reached_is_what_supply_left_over_reaches_step_by_step() -> None:
    reached_some = 0
    for seed in range(200):
        rng = np.random.default_rng([seed, 11])
        network = random_network(rng, most_nodes=12)
        lower = network.lower()
        room = network.capacity - lower
        flow = lower + (rng.random(network.arcs) * (room + 1)).astype(np.int64)
        left = network.supply.copy()
        np.subtract.at(left, network.tail, flow)
        np.add.at(left, network.head, flow)
        expected = left > 0
        for _ in range(network.nodes):
            for arc in range(network.arcs):
                tail, head = network.tail[arc], network.head[arc]
                if expected[tail] and flow[arc] < network.capacity[arc]:
                    expected[head] = True
                if expected[head] and flow[arc] > lower[arc]:
                    expected[tail] = True
        assert source_side(network, flow).tolist() == expected.tolist()
        reached_some += 0 < expected.sum() < network.nodes
    assert reached_some > 40


def test_nothing_is_reached_where_nothing_is_left() -> None:
    network = FlowNetwork([0], [1], [4], [1], [3, -3])
    assert source_side(network, np.array([3])).tolist() == [False, False]
    assert source_side(network, np.array([2])).tolist() == [True, True]
