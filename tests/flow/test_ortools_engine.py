import numpy as np
import pytest
from tests.flow.networks import check, random_arcs, random_network

from pairmatch.flow import FlowNetwork, FlowRangeError, FlowStatus, engine_named, min_cost_flow


def test_edited_sessions_equal_solves_from_scratch() -> None:
    for seed in range(120):
        rng = np.random.default_rng([seed, 13])
        network = random_network(rng)
        session = engine_named("ortools").open(network)
        tail, head, capacity, unit_cost = random_arcs(rng, network.nodes, 4)
        session.add_arcs(tail, head, capacity, unit_cost)
        cost = np.concatenate([network.unit_cost, unit_cost])
        changed = rng.choice(cost.shape[0], 2, replace=False)
        cost[changed] = rng.integers(-9, 9, 2)
        session.set_unit_cost(changed, cost[changed])
        # a basis means nothing to it
        session.start_at(np.full(network.nodes, -1), np.zeros(cost.shape[0], dtype=np.bool_))
        now = FlowNetwork.checked(
            np.concatenate([network.tail, tail]),
            np.concatenate([network.head, head]),
            np.concatenate([network.capacity, capacity]),
            cost,
            network.supply,
            np.concatenate([network.lower(), np.zeros(4, dtype=np.int64)]),
        )
        result = session.solve(lambda: False)
        check(now, result, has_cut=False)
        expected = min_cost_flow(
            now.tail,
            now.head,
            now.capacity,
            now.unit_cost,
            now.supply,
            lower_bound=now.lower_bound,
            engine="simplex",
        )
        assert (result.status, result.cost) == (expected.status, expected.cost), f"seed {seed}"


def test_a_stop_is_honoured_before_it_begins() -> None:
    session = engine_named("ortools").open(FlowNetwork.checked([0], [1], [4], [1], [3, -3]))
    result = session.solve(lambda: True)
    assert result.status is FlowStatus.STOPPED
    assert not result.flow.any()
    assert session.solve(lambda: False).cost == 3


def test_changes_beyond_the_ranges_are_refused() -> None:
    session = engine_named("ortools").open(FlowNetwork.checked([0], [1], [4], [1], [3, -3]))
    one = np.array([0])
    with pytest.raises(FlowRangeError, match="unit costs"):
        session.set_unit_cost(one, np.array([1 << 60]))
    with pytest.raises(FlowRangeError, match="overflow"):
        session.add_arcs(one, one + 1, np.array([1 << 62]), one)
