"""Every single pivot leaves a basis that is one."""

from collections import Counter

import numpy as np
import pytest
from tests.flow.networks import check, random_network
from tests.flow.tree_checks import check_flow, check_tree, is_strongly_feasible, room_for

from pairmatch._kernels import callable_from_python
from pairmatch.flow import FlowNetwork, SimplexSession
from pairmatch.flow.pivoting import (
    DEGENERATE,
    FLOW_MOVED,
    NO_PIVOT,
)
from pairmatch.flow.pivoting import (
    enter as inner_enter,
)
from pairmatch.flow.pivoting import (
    list_candidates as inner_list_candidates,
)
from pairmatch.flow.pivoting import (
    list_worst_of_block as inner_list_worst_of_block,
)
from pairmatch.flow.pivoting import (
    worst_to_end as inner_worst_to_end,
)
from pairmatch.flow.pricing_rule import BLOCKS, LISTS
from pairmatch.flow.simplex_arcs import RUN, Bundles

# only kernels call them
enter = callable_from_python(inner_enter)
list_candidates = callable_from_python(inner_list_candidates)
worst_to_end = callable_from_python(inner_worst_to_end)
list_worst_of_block = callable_from_python(inner_list_worst_of_block)

pytestmark = pytest.mark.usefixtures("every_rule")

MOST_PASSES = 500


def supply_above(network: FlowNetwork) -> np.ndarray:
    """Return supplies once all lower bounds are sent."""
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail, network.lower())
    np.add.at(supply, network.head, network.lower())
    return supply


def cold(network: FlowNetwork) -> SimplexSession:
    """Return a session that is about to make its first pivot."""
    session = SimplexSession(network)
    session._prepare(lambda: False, lambda _: None)
    return session


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_trees_stay_whole_and_strongly_feasible_whatever_enters(first: int) -> None:
    outcomes: Counter[int] = Counter()
    for seed in range(first, first + 50):
        rng = np.random.default_rng([seed, 3])
        network = random_network(rng, most_nodes=14)
        session = cold(network)
        arcs, tree = session._arcs, session._tree
        check_tree(arcs, tree)
        assert is_strongly_feasible(arcs, tree)
        supply = supply_above(network)
        entered = np.arange(network.nodes, network.nodes + network.arcs)
        for _ in range(MOST_PASSES):
            passed: Counter[int] = Counter()
            for arc in rng.permutation(entered):
                cost = sum(int(c) * int(f) for c, f in zip(arcs.unit_cost, arcs.flow, strict=True))
                outcome, _ = enter(arcs, tree, arc)
                passed[outcome] += 1
                check_tree(arcs, tree)
                check_flow(arcs, supply)
                assert is_strongly_feasible(arcs, tree)
                newer = sum(int(c) * int(f) for c, f in zip(arcs.unit_cost, arcs.flow, strict=True))
                assert (newer < cost) == (outcome == FLOW_MOVED)
            outcomes += passed
            if passed[NO_PIVOT] == network.arcs:
                break
        assert passed[NO_PIVOT] == network.arcs
    assert min(outcomes[kind] for kind in (NO_PIVOT, DEGENERATE, FLOW_MOVED)) > 50


@pytest.mark.parametrize("every_rule", [LISTS], indirect=True)
def test_candidates_are_the_worst_of_their_bundles() -> None:
    found = 0
    for seed in range(100):
        network = random_network(np.random.default_rng([seed, 4]), most_nodes=30)
        session = cold(network)
        arcs, tree = session._arcs, session._tree
        count = session._first.shape[0]
        listed = room_for(RUN + count)
        bundles = Bundles(session._first, session._last, 1 % max(1, -(-count // RUN)), 0)
        length, _, visited = list_candidates(arcs, tree, bundles, 0, listed)
        assert visited == count
        potential = tree.potential.copy()
        for arc in range(network.nodes):
            sign = -1 if arcs.tail[arc] else 1
            potential[arc + 1] = sign * arcs.unit_cost[arc]
        value = arcs.state * (arcs.unit_cost + potential[arcs.tail] - potential[arcs.head])
        worst = {
            int(value[first:last].min())
            for first, last in zip(session._first, session._last, strict=True)
        }
        in_list = value[listed.arc[:length]]
        assert listed.value[:length].tolist() == in_list.tolist()
        assert set(in_list.tolist()) == {least for least in worst if least < 0}
        assert length == sum(
            value[first:last].min() < 0
            for first, last in zip(session._first, session._last, strict=True)
        )
        if length:
            worst_to_end(listed, length)
            assert value[listed.arc[length - 1]] == in_list.min()
            # nobody got lost on the way
            assert sorted(value[listed.arc[:length]]) == sorted(in_list)
            assert listed.value[:length].tolist() == value[listed.arc[:length]].tolist()
        found += length
    assert found > 200


@pytest.mark.parametrize("every_rule", [BLOCKS], indirect=True)
@pytest.mark.parametrize("block", [1, 3, 1000])
def test_a_candidate_is_the_worst_of_the_next_block_that_has_one(block: int) -> None:
    found = passed = 0
    for seed in range(100):
        network = random_network(np.random.default_rng([seed, 4]), most_nodes=30)
        session = cold(network)
        arcs, tree, count = session._arcs, session._tree, network.arcs
        bundles = Bundles(session._first, session._last, 0, block)
        listed = room_for(1)
        reduced = arcs.unit_cost + tree.potential[arcs.tail] - tree.potential[arcs.head]
        value = (arcs.state * reduced)[network.nodes :]
        at = seed % max(1, count)
        length, after, visited = list_worst_of_block(arcs, tree, bundles, at, listed)
        looked_at = (at + np.arange(visited)) % max(1, count)
        if length:
            # earlier blocks held nobody
            last = looked_at[-((visited - 1) % block + 1) :] if at + visited <= count else None
            assert listed.value[0] == value[looked_at].min() < 0
            assert listed.arc[0] == network.nodes + looked_at[value[looked_at].argmin()]
            assert last is None or (value[np.setdiff1d(looked_at, last)] >= 0).all()
            assert after == (at + visited) % count
        else:
            assert visited == count
            assert not (value < 0).any()
            passed += 1
        found += length
    assert found > 50
    assert passed > 0


@pytest.mark.parametrize("every_rule", [LISTS], indirect=True)
def test_the_worst_enters_and_what_is_in_order_by_then_does_not() -> None:
    network = FlowNetwork([0, 0, 0, 1], [1, 1, 1, 0], [5, 5, 5, 5], [3, 1, 2, 9], [4, -4])
    session = cold(network)
    arcs, tree = session._arcs, session._tree
    bundles = Bundles(session._first, session._last, 0, 0)
    listed = room_for(RUN + 2)
    assert list_candidates(arcs, tree, bundles, 0, listed)[0] == 1
    cheapest = listed.arc[0]
    assert arcs.unit_cost[cheapest] == 1
    assert enter(arcs, tree, cheapest)[0] == FLOW_MOVED
    check_tree(arcs, tree)
    # the cheapest arc took everything: none of the others helps any more
    others = [arc for arc in session._place[:3] if arc != cheapest]
    assert all(enter(arcs, tree, arc) == (NO_PIVOT, 0) for arc in others)


def test_a_full_solve_is_a_result_of_such_pivots() -> None:
    for seed in range(100):
        network = random_network(np.random.default_rng([seed, 5]), most_nodes=20)
        session = SimplexSession(network)
        check(network, session.solve())
        check_tree(session._arcs, session._tree)
        check_flow(session._arcs, supply_above(network))
        assert is_strongly_feasible(session._arcs, session._tree)
