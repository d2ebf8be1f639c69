"""Random networks of every kind, and what must hold of a result, counted again here."""

import networkx as nx
import numpy as np

from pairmatch.flow import FlowNetwork, FlowResult, FlowStatus

Arcs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def random_arcs(rng: np.random.Generator, nodes: int, count: int) -> Arcs:
    """Draw arcs: parallel ones, self-loops, no capacity and negative costs among them."""
    return (
        rng.integers(0, nodes, count),
        rng.integers(0, nodes, count),
        rng.integers(0, 8, count) * (rng.random(count) < 0.9),
        rng.integers(-10, 20, count),
    )


def random_network(rng: np.random.Generator, most_nodes: int = 9) -> FlowNetwork:
    """Draw a network: feasible ones most of the time, else with any supplies that add up to 0."""
    nodes = int(rng.integers(1, most_nodes))
    count = int(rng.integers(0, 3 * most_nodes))
    tail, head, capacity, unit_cost = random_arcs(rng, nodes, count)
    # two parts without an arc between them, or nodes that no arc leaves
    if rng.random() < 0.2:
        head = head - head % 2 + tail % 2
        head = np.where(head < nodes, head, tail)
    elif rng.random() < 0.3:
        tail = np.minimum(tail, nodes // 2)
    lower = np.zeros(count, dtype=np.int64)
    if rng.random() < 0.4:
        lower = np.minimum(capacity, rng.integers(0, 3, count))
    supply = np.zeros(nodes, dtype=np.int64)
    if rng.random() < 0.7:
        flow = lower + (rng.random(count) * (capacity - lower + 1)).astype(np.int64)
        np.add.at(supply, tail, flow)
        np.subtract.at(supply, head, flow)
    else:
        supply = rng.integers(-3, 4, nodes)
        supply[0] -= supply.sum()
    return FlowNetwork(tail, head, capacity, unit_cost, supply, lower)


def check(network: FlowNetwork, result: FlowResult) -> None:
    """Check what a result claims: flow, cost and optimality conditions, or the cut."""
    if result.status is FlowStatus.OPTIMAL:
        check_flow(network, result)
        potential = result.potential
        reduced = network.unit_cost + potential[network.tail] - potential[network.head]
        assert (reduced[result.flow < network.capacity] >= 0).all()
        assert (reduced[result.flow > network.lower()] <= 0).all()
    elif result.status is FlowStatus.FEASIBLE:
        check_flow(network, result)
    else:
        assert not result.flow.any()
        assert result.cost == 0
    assert result.imbalance == network.supply.sum()
    assert (result.status is FlowStatus.UNBALANCED) == (result.imbalance != 0)
    if result.status is FlowStatus.INFEASIBLE:
        check_cut(network, result)
    else:
        assert result.cut is None
        assert result.undeliverable == 0


def check_flow(network: FlowNetwork, result: FlowResult) -> None:
    flow = result.flow
    assert (network.lower() <= flow).all()
    assert (flow <= network.capacity).all()
    left = network.supply.copy()
    np.subtract.at(left, network.tail, flow)
    np.add.at(left, network.head, flow)
    assert not left.any()
    pairs = zip(network.unit_cost.tolist(), flow.tolist(), strict=True)
    assert result.cost == sum(cost * amount for cost, amount in pairs)


def check_cut(network: FlowNetwork, result: FlowResult) -> None:
    inside = result.cut
    assert inside is not None
    assert inside.shape == (network.nodes,)
    leaves = inside[network.tail] & ~inside[network.head]
    enters = ~inside[network.tail] & inside[network.head]
    may_leave = int(network.capacity[leaves].sum()) - int(network.lower()[enters].sum())
    assert result.undeliverable == int(network.supply[inside].sum()) - may_leave > 0


def undeliverable_by_networkx(network: FlowNetwork) -> int:
    """Return how much supply no flow can send, by a maximum flow."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    source, sink = -1, -2
    graph.add_nodes_from((source, sink))
    lower = network.lower()
    left = network.supply.copy()
    np.subtract.at(left, network.tail, lower)
    np.add.at(left, network.head, lower)
    room = network.capacity - lower
    ends = zip(network.tail.tolist(), network.head.tolist(), room.tolist(), strict=True)
    arcs = [(tail, head, capacity) for tail, head, capacity in ends if tail != head]
    arcs += [(source, node, amount) for node, amount in enumerate(left.tolist()) if amount > 0]
    arcs += [(node, sink, -amount) for node, amount in enumerate(left.tolist()) if amount < 0]
    for tail, head, capacity in arcs:
        before = graph.get_edge_data(tail, head, {"capacity": 0})["capacity"]
        graph.add_edge(tail, head, capacity=before + capacity)
    return int(left[left > 0].sum()) - int(nx.maximum_flow_value(graph, source, sink))


def cost_by_networkx(network: FlowNetwork) -> int | None:
    """Return the least cost, None where infeasible; the network must have nodes."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    lower = network.lower()
    demand = -network.supply
    np.add.at(demand, network.tail, lower)
    np.subtract.at(demand, network.head, lower)
    graph.add_nodes_from((node, {"demand": int(demand[node])}) for node in range(network.nodes))
    for arc in range(network.arcs):
        graph.add_edge(
            int(network.tail[arc]),
            int(network.head[arc]),
            capacity=int(network.capacity[arc] - lower[arc]),
            weight=int(network.unit_cost[arc]),
        )
    try:
        above, _ = nx.network_simplex(graph)
    except nx.NetworkXUnfeasible:
        return None
    return int(above) + int((network.unit_cost * lower).sum())
