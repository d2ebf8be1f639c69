import numpy as np
import pytest
from tests.flow.networks import random_network

from pairmatch.flow import FlowNetwork, FlowRangeError, FlowStatus, SimplexSession, reduced_costs
from pairmatch.flow.potentials import shortest_potentials

pytestmark = pytest.mark.usefixtures("every_rule")


def test_a_reduced_cost_is_the_cost_plus_the_tails_potential_less_the_heads() -> None:
    network = FlowNetwork([0, 1], [1, 0], [4, 4], [5, -2], [3, -3])
    assert reduced_costs(network, np.array([10, 4])).tolist() == [11, -8]
    with pytest.raises(FlowRangeError, match=r"potential has shape \(3,\)"):
        reduced_costs(network, np.array([1, 2, 3]))


def test_recovered_potentials_are_the_largest_below_their_start() -> None:
    optimal = 0
    for seed in range(150):
        rng = np.random.default_rng([seed, 12])
        network = random_network(rng)
        result = SimplexSession(network).solve()
        if result.status is not FlowStatus.OPTIMAL:
            continue
        optimal += 1
        start = rng.integers(-20, 20, network.nodes)
        potential = shortest_potentials(network, result.flow, start)
        reduced = reduced_costs(network, potential)
        assert (reduced[result.flow < network.capacity] >= 0).all()
        assert (reduced[result.flow > network.lower()] <= 0).all()
        assert (potential <= start).all()
        # each either stands at its start or is held down by an arc
        held = potential == start
        tight = (reduced == 0) & (result.flow < network.capacity)
        held[network.head[tight]] = True
        tight = (reduced == 0) & (result.flow > network.lower())
        held[network.tail[tight]] = True
        assert held.all()
    assert optimal > 80


def test_a_flow_that_is_not_optimal_has_no_potentials() -> None:
    network = FlowNetwork([0, 0], [1, 1], [4, 4], [1, 9], [3, -3])
    with pytest.raises(FlowRangeError, match="negative cycle"):
        shortest_potentials(network, np.array([0, 3]), np.zeros(2, dtype=np.int64))
