"""What is refused before anything is solved."""

import pickle
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from pairmatch.flow import FlowNetwork, FlowRangeError, FlowResult, SimplexSession
from pairmatch.flow.network import exact_cost

GOOD: dict[str, Any] = {
    "tail": [0, 1],
    "head": [1, 2],
    "capacity": [4, 4],
    "unit_cost": [1, -1],
    "supply": [2, 0, -2],
    "lower_bound": [0, 1],
}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tail": [0]}, "head has shape"),
        ({"head": [1, 2, 0]}, "head has shape"),
        ({"capacity": [4]}, "capacity has shape"),
        ({"unit_cost": [1, 1, 1]}, "unit_cost has shape"),
        ({"lower_bound": [0]}, "lower_bound has shape"),
        ({"tail": [[0, 1]]}, "tail has 2 dimensions"),
        ({"supply": 3}, "supply has 0 dimensions"),
        ({"tail": [-1, 1]}, "tail names node -1"),
        ({"head": [1, 3]}, "head names node 1 or 3; the nodes are 0 to 2"),
        ({"supply": []}, "tail names node"),
        ({"capacity": [4, -1]}, "a capacity is -1"),
        ({"lower_bound": [0, -2]}, "a lower bound is -2"),
        ({"lower_bound": [0, 5]}, "arc 1 has lower bound 5 and capacity 4"),
        ({"unit_cost": [1.0, 2.0]}, "unit_cost holds float64"),
        ({"unit_cost": [True, False]}, "unit_cost holds bool"),
        ({"supply": ["2", "0", "-2"]}, "supply holds"),
        ({"supply": [float("nan"), 0, 0]}, "supply holds float64"),
        ({"capacity": np.array([4, 1 << 63], dtype=np.uint64)}, "2\\*\\*62 or more"),
        ({"capacity": [4, 1 << 64]}, "capacity holds object"),
        ({"unit_cost": [1, 1 << 60]}, "unit costs up to 1152921504606846976"),
        ({"unit_cost": [1, -(1 << 63)]}, "unit costs up to 9223372036854775808"),
        ({"capacity": [4, 1 << 61]}, "capacities or supplies could overflow"),
        ({"supply": [1 << 61, 0, -(1 << 61)]}, "capacities or supplies could overflow"),
        ({"supply": [0, 0, -(1 << 63)]}, "capacities or supplies could overflow"),
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(FlowRangeError, match=message):
        FlowNetwork(**{**GOOD, **changed})


def test_what_fits_is_taken_whatever_kind_of_integers_it_is() -> None:
    for kind in (np.int8, np.uint8, np.int32, np.uint64):
        network = FlowNetwork(**{**GOOD, "capacity": np.array([4, 4], dtype=kind)})
        assert network.capacity.dtype == np.int64
        assert network.capacity.tolist() == [4, 4]


def test_the_range_of_unit_costs_ends_where_it_says() -> None:
    # (dearest + 1) * (nodes + 1) stays below 2**60
    last = ((1 << 60) - 1) // 4 - 1
    assert FlowNetwork(**{**GOOD, "unit_cost": [0, -last]}).unit_cost.min() == -last
    with pytest.raises(FlowRangeError, match="unit costs"):
        FlowNetwork(**{**GOOD, "unit_cost": [0, last + 1]})


def test_costs_are_added_up_beyond_64_bits() -> None:
    rng = np.random.default_rng(6)
    for most in (10, 1 << 31, 1 << 40):
        flow = rng.integers(0, most, 500)
        cost = rng.integers(-(1 << 59), 1 << 59, 500)
        expected = sum(int(c) * int(f) for c, f in zip(cost, flow, strict=True))
        assert exact_cost(cost, flow) == expected
    assert exact_cost(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) == 0
    top = np.array([(1 << 59) - 1] * 3)
    most_units = np.full(3, (1 << 31) - 1)
    assert exact_cost(top, most_units) == 3 * ((1 << 59) - 1) * ((1 << 31) - 1)
    assert exact_cost(-top, most_units) == -3 * ((1 << 59) - 1) * ((1 << 31) - 1)


@pytest.mark.parametrize("seed", range(40))
def test_networkx_finds_the_same_cost_on_the_same_network(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes, arcs = 6, 20
    lower = rng.integers(0, 2, size=arcs)
    flow = lower + rng.integers(0, 3, size=arcs)
    tail, head = rng.integers(0, nodes, size=arcs), rng.integers(0, nodes, size=arcs)
    supply = np.bincount(tail, flow, nodes) - np.bincount(head, flow, nodes)
    network = FlowNetwork(
        tail,
        head,
        flow + rng.integers(0, 3, size=arcs),
        rng.integers(0, 9, size=arcs),
        supply.astype(np.int64),
        lower,
    )
    graph = network.to_networkx()
    assert graph.number_of_edges() == arcs
    cost = nx.min_cost_flow_cost(graph) + graph.graph["offset"]
    assert SimplexSession(network).solve().cost == cost


def test_a_network_checks_itself_when_it_is_made() -> None:
    network = FlowNetwork([0], [1], [4], [1], [3, -3])
    assert network.tail.dtype == np.int64
    for changed in ({"capacity": [-1]}, {"head": [2]}, {"supply": [1.5, -1.5]}):
        with pytest.raises(FlowRangeError):
            replace(network, **changed)


def test_an_unchecked_network_is_taken_as_it_is() -> None:
    one = np.array([1])
    network = FlowNetwork.unchecked(one, one, one, one, one)
    assert network.head is one
    assert network.lower_bound is None


@pytest.mark.parametrize(("arcs", "said"), [(1, "1 arc"), (100_000, "100,000 arcs")])
def test_networks_and_results_are_shown_in_a_line(arcs: int, said: str) -> None:
    ends = np.zeros(arcs, dtype=np.int64)
    network = FlowNetwork(ends, ends + 1, ends + 4, ends + 1, [3, -3], ends)
    assert repr(network) == f"<FlowNetwork: 2 nodes, {said}, with lower bounds>"
    assert repr(SimplexSession(network).solve()) == (
        f"<FlowResult OPTIMAL: cost 3, 2 nodes, {said}>"
    )
    unbalanced = FlowResult.unbalanced(-2, 2, arcs)
    assert repr(unbalanced) == f"<FlowResult UNBALANCED: imbalance -2, 2 nodes, {said}>"


def test_networks_and_results_pickle() -> None:
    network = FlowNetwork([0], [1], [4], [1], [3, -3], [1])
    back = pickle.loads(pickle.dumps(network))  # noqa: S301  # pickled on the line itself
    assert [array.tolist() for array in vars(back).values()] == [[0], [1], [4], [1], [3, -3], [1]]
    result = SimplexSession(back).solve()
    again = pickle.loads(pickle.dumps(result))  # noqa: S301  # the same
    assert again.cost == result.cost == 3
