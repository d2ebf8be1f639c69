import numpy as np
import pytest

from pairmatch.arrays import IntArray
from pairmatch.flow import FlowNetwork, FlowStatus
from pairmatch.flow.network_simplex import NetworkSimplexEngine
from pairmatch.flow.reoptimise import ReoptimisingSession


def _network(rng: np.random.Generator) -> FlowNetwork:
    nodes, arcs = 12, 50
    tail = rng.integers(0, nodes, arcs)
    head = (tail + rng.integers(1, nodes, arcs)) % nodes
    supply = np.zeros(nodes, dtype=np.int64)
    for _ in range(6):
        one, other = rng.choice(nodes, 2, replace=False)
        supply[one] += 1
        supply[other] -= 1
    # a way round through every node, so that all can be sent
    tail = np.append(tail, np.arange(nodes))
    head = np.append(head, (np.arange(nodes) + 1) % nodes)
    capacity = np.append(rng.integers(0, 4, arcs), np.full(nodes, 20))
    cost = np.append(rng.integers(-5, 20, arcs), np.full(nodes, 100))
    return FlowNetwork(tail, head, capacity, cost, supply)


def _optimum(network: FlowNetwork) -> tuple[int, IntArray, IntArray]:
    result = NetworkSimplexEngine().open(network).solve()
    assert result.status is FlowStatus.OPTIMAL
    return result.cost, result.flow, result.potential


def _changed(network: FlowNetwork, rng: np.random.Generator) -> FlowNetwork:
    cost, capacity, supply = (
        network.unit_cost.copy(),
        network.capacity.copy(),
        network.supply.copy(),
    )
    some = rng.integers(0, network.arcs - network.nodes, 3)
    cost[some] = rng.integers(-5, 20, 3)
    more = rng.integers(0, network.arcs - network.nodes, 2)
    capacity[more] = rng.integers(0, 4, 2)
    supply[rng.integers(network.nodes)] += 1
    supply[rng.integers(network.nodes)] -= 1
    return FlowNetwork(network.tail, network.head, capacity, cost, supply)


def _session(network: FlowNetwork, flow: IntArray, potential: IntArray) -> ReoptimisingSession:
    within = np.minimum(flow, network.capacity)
    return ReoptimisingSession(network, within, potential, NetworkSimplexEngine().open, 1000)


@pytest.mark.parametrize("seed", range(40))
def test_a_network_that_has_changed_a_little_is_solved_from_the_flow_before(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = _network(rng)
    _, flow, potential = _optimum(before)
    after = _changed(before, rng)
    session = _session(after, flow, potential)
    result = session.solve(lambda: False)
    assert result.status is FlowStatus.OPTIMAL
    assert result.cost == _optimum(after)[0]
    reduced = after.unit_cost + result.potential[after.tail] - result.potential[after.head]
    assert not ((reduced < 0) & (result.flow < after.capacity)).any()
    assert not ((reduced > 0) & (result.flow > 0)).any()


def test_nothing_moves_where_nothing_has_changed() -> None:
    network = _network(np.random.default_rng(1))
    cost, flow, potential = _optimum(network)
    session = _session(network, flow, potential)
    result = session.solve(lambda: False)
    assert result.cost == cost
    assert np.array_equal(result.flow, flow)
    assert np.array_equal(result.potential, potential)
    assert not session.gave_up


@pytest.mark.parametrize("seed", range(20))
def test_arcs_that_come_later_are_taken_up(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = _network(rng)
    _, flow, potential = _optimum(network)
    session = _session(network, flow, potential)
    session.solve(lambda: False)
    tail, head = np.array([0, 3]), np.array([7, 1])
    session.add_arcs(tail, head, np.array([2, 2]), np.array([-3, 1]))
    result = session.solve(lambda: False)
    grown = network.with_arcs(tail, head, np.array([2, 2]), np.array([-3, 1]))
    assert result.cost == _optimum(grown)[0]


def test_another_engine_takes_over_where_the_budget_is_spent() -> None:
    rng = np.random.default_rng(5)
    before = _network(rng)
    nothing, potential = np.zeros(before.arcs, dtype=np.int64), _optimum(before)[2]
    after = _changed(before, rng)
    session = ReoptimisingSession(after, nothing, potential, NetworkSimplexEngine().open, 0)
    assert session.solve(lambda: False).cost == _optimum(after)[0]
    assert session.gave_up
    session.add_arcs(np.array([0]), np.array([1]), np.array([1]), np.array([1000]))
    assert session.solve(lambda: False).cost == _optimum(after)[0]


def test_what_cannot_be_sent_is_infeasible() -> None:
    network = FlowNetwork([0], [1], [1], [1], [2, -2])
    session = _session(network, np.zeros(1, dtype=np.int64), np.zeros(2, dtype=np.int64))
    assert session.solve(lambda: False).status is FlowStatus.INFEASIBLE
