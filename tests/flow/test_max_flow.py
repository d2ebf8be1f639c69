"""Flow and cut prove each other, and networkx finds the same value."""

import networkx as nx
import numpy as np
import pytest
from tests.flow.networks import random_arcs

from pairmatch.flow import FlowRangeError, max_flow


@pytest.mark.parametrize("first", range(0, 600, 200))
def test_flow_and_cut_meet_at_the_value_of_networkx(first: int) -> None:
    flowing = 0
    for seed in range(first, first + 200):
        rng = np.random.default_rng([seed, 22])
        nodes = int(rng.integers(2, 10))
        tail, head, capacity, _ = random_arcs(rng, nodes, int(rng.integers(0, 30)))
        source, sink = rng.permutation(nodes)[:2].tolist()
        result = max_flow(tail, head, capacity, nodes, source, sink)
        assert (result.flow >= 0).all()
        assert (result.flow <= capacity).all()
        net = np.zeros(nodes, dtype=np.int64)
        np.add.at(net, tail, result.flow)
        np.subtract.at(net, head, result.flow)
        expected = np.zeros(nodes, dtype=np.int64)
        expected[source], expected[sink] = result.value, -result.value
        assert net.tolist() == expected.tolist()
        assert result.cut[source]
        assert not result.cut[sink]
        crosses = result.cut[tail] & ~result.cut[head]
        assert int(capacity[crosses].sum()) == result.value
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(nodes))
        for t, h, room in zip(tail.tolist(), head.tolist(), capacity.tolist(), strict=True):
            before = graph.get_edge_data(t, h, {"capacity": 0})["capacity"]
            graph.add_edge(t, h, capacity=before + room)
        assert result.value == nx.maximum_flow_value(graph, source, sink)
        flowing += result.value > 0
    assert flowing > 80


@pytest.mark.parametrize(
    ("source", "sink", "message"),
    [
        (0, 0, "both node 0"),
        (-1, 1, "the source is -1; the nodes are 0 to 1"),
        (0, 2, "the sink is 2"),
    ],
)
def test_ends_must_be_two_nodes_of_the_network(source: int, sink: int, message: str) -> None:
    with pytest.raises(FlowRangeError, match=message):
        max_flow([0], [1], [3], 2, source, sink)


def test_what_does_not_fit_is_refused() -> None:
    for arrays in (([0], [2], [3]), ([0], [1, 1], [3]), ([0], [1], [-3]), ([0], [1], [1 << 62])):
        with pytest.raises(FlowRangeError):
            max_flow(*arrays, 2, 0, 1)
    with pytest.raises(FlowRangeError, match="float64"):
        max_flow([0], [1], [0.5], 2, 0, 1)
    with pytest.raises(FlowRangeError, match="dimensions"):
        max_flow([[0]], [[1]], [[3]], 2, 0, 1)


def test_without_arcs_nothing_flows() -> None:
    result = max_flow([], [], [], 3, 2, 0)
    assert (result.value, result.flow.shape) == (0, (0,))
    assert result.cut.tolist() == [False, False, True]
