"""What every engine's session can do: arcs may come and unit costs change between solves."""

import numpy as np
import pytest
from tests.flow.networks import check, random_arcs, random_network

from pairmatch.flow import ENGINES, FlowNetwork, FlowStatus, Session, engine_named

pytestmark = pytest.mark.usefixtures("every_rule")


def _grow(rng: np.random.Generator, network: FlowNetwork, session: Session) -> FlowNetwork:
    """Change a session, and return the network that it must have become."""
    tail, head, capacity, unit_cost = random_arcs(rng, network.nodes, int(rng.integers(1, 6)))
    session.add_arcs(tail, head, capacity, unit_cost)
    cost = np.concatenate([network.unit_cost, unit_cost])
    changed = rng.choice(cost.shape[0], min(3, cost.shape[0]), replace=False)
    cost[changed] = rng.integers(-9, 19, changed.shape[0])
    session.set_unit_cost(changed, cost[changed])
    # any basis may be suggested to any engine
    session.start_at(np.full(network.nodes, -1), np.zeros(cost.shape[0], dtype=np.bool_))
    return FlowNetwork(
        np.concatenate([network.tail, tail]),
        np.concatenate([network.head, head]),
        np.concatenate([network.capacity, capacity]),
        cost,
        network.supply,
        np.concatenate([network.lower(), np.zeros(tail.shape[0], dtype=np.int64)]),
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("most_nodes", [9, 60])
def test_grown_sessions_equal_solves_from_scratch(engine: str, most_nodes: int) -> None:
    seen = set()
    for seed in range(100):
        rng = np.random.default_rng([seed, 13])
        network = random_network(rng, most_nodes)
        session = engine_named(engine).open(network)
        for _ in range(4):
            if rng.random() < 0.7:
                result = session.solve(lambda: False)
                check(network, result)
            network = _grow(rng, network, session)
        result = session.solve(lambda: False)
        check(network, result)
        expected = engine_named("simplex").open(network).solve(lambda: False)
        assert (result.status, result.cost) == (expected.status, expected.cost), f"seed {seed}"
        seen.add(result.status)
    assert seen == {FlowStatus.OPTIMAL, FlowStatus.INFEASIBLE}
