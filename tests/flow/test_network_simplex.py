"""Sessions: whatever happens between two solves, the next one equals one from scratch."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.flow.drawn_networks import networks
from tests.flow.networks import check, random_network
from tests.flow.sessions import EDITS, live, random_forest
from tests.flow.tree_checks import check_tree

from pairmatch.flow import (
    FlowNetwork,
    FlowRangeError,
    FlowStatus,
    SimplexSession,
    min_cost_flow,
    network_simplex,
)
from pairmatch.flow.pivoting import Progress, pivot_repeatedly
from pairmatch.flow.pricing_rule import PricingRule
from pairmatch.flow.spanning_tree import ARC

pytestmark = pytest.mark.usefixtures("every_rule")


def _cold_cost(network: FlowNetwork) -> tuple[FlowStatus, int]:
    result = min_cost_flow(
        network.tail,
        network.head,
        network.capacity,
        network.unit_cost,
        network.supply,
        lower_bound=network.lower_bound,
        engine="ortools",
    )
    return result.status, result.cost


def _large(seed: int = 0) -> FlowNetwork:
    """Return an assignment that takes many looks at the clock."""
    people = 250
    rng = np.random.default_rng(seed)
    return FlowNetwork(
        np.repeat(np.arange(people), people),
        people + np.tile(np.arange(people), people),
        np.ones(people * people, dtype=np.int64),
        rng.integers(0, 10**6, people * people),
        np.repeat([1, -1], people),
    )


def _after(questions: int) -> Callable[[], bool]:
    """Return a stop that lets a number of questions pass."""
    left = iter(range(questions))
    return lambda: next(left, None) is None


def _basis(session: SimplexSession) -> tuple[np.ndarray, np.ndarray]:
    """Return a session's basis in the form that `start_at` takes."""
    arc_at = np.full(session._arcs.tail.shape[0], -1, dtype=np.int64)
    arc_at[session._place] = np.arange(session.arcs)
    return arc_at[session._tree.node[1:, ARC]], session._arcs.state[session._place] == -1


@pytest.mark.parametrize("first", range(0, 320, 40))
def test_edited_sessions_equal_solves_from_scratch(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + 40):
        seen += live(seed, edits=12, most_nodes=(5, 9, 14, 30)[seed % 4])
    happened = {edit.__name__ for edit in EDITS}
    happened |= {"OPTIMAL", "INFEASIBLE", "cold: the first solve"}
    happened |= {"warm: from the last basis", "warm: from a given basis"}
    happened |= {"warm: from the last basis, which dual pivots did not repair"}
    assert set(seen) == happened
    assert min(seen.values()) >= 10


_NUMBER = st.integers(0, 9)


@settings(max_examples=200, deadline=None)
@given(networks(), st.lists(st.tuples(st.integers(0, 4), _NUMBER, _NUMBER, _NUMBER), max_size=6))
def test_edits_that_are_drawn_equal_solves_from_scratch(
    network: FlowNetwork, edits: list[tuple[int, int, int, int]]
) -> None:
    session = SimplexSession(network)
    for kind, a, b, c in edits:
        node, other = a % session.nodes, b % session.nodes
        if kind == 0:
            check(session.network(), session.solve())
        elif kind == 1:
            session.add_arcs(*(np.array([value]) for value in (node, other, c, a - b)))
        elif kind == 2 and node != other:
            supply = session.network().supply
            session.set_supply(
                np.array([node, other]), np.array([supply[node] + c, supply[other] - c])
            )
        elif kind == 3 and session.arcs:
            session.set_unit_cost(np.array([a % session.arcs]), np.array([b - c]))
        elif kind == 4 and session.arcs:
            session.set_bounds(np.array([a % session.arcs]), np.array([b]), np.array([b + c]))
    result = session.solve()
    check(session.network(), result)
    check_tree(session._arcs, session._tree)
    assert (result.status, result.cost) == _cold_cost(session.network())


def test_any_forest_will_do_as_a_start() -> None:
    joined = 0
    for seed in range(400):
        rng = np.random.default_rng([seed, 9])
        network = random_network(rng, most_nodes=14)
        session = SimplexSession(network)
        if seed % 3 == 0:
            session.solve()
        tree_arc, at_upper = random_forest(rng, network)
        joined += int((tree_arc >= 0).sum())
        session.start_at(tree_arc, at_upper)
        result = session.solve()
        check(network, result)
        check_tree(session._arcs, session._tree)
        assert session.stats.start == "warm: from a given basis"
        assert (result.status, result.cost) == _cold_cost(network), f"seed {seed}"
    assert joined > 800


def test_an_optimal_basis_needs_no_pivot() -> None:
    network = _large()
    first = SimplexSession(network)
    expected = first.solve()
    again = first.solve()
    assert first.stats.pivots == 0
    assert first.stats.start == "warm: from the last basis"
    assert again.flow.tolist() == expected.flow.tolist()
    second = SimplexSession(network)
    second.start_at(*_basis(first))
    assert second.solve().cost == expected.cost
    assert second.stats.pivots == 0


def test_a_change_takes_a_few_pivots_where_a_cold_start_takes_thousands() -> None:
    session = SimplexSession(_large())
    session.solve()
    cold = session.stats
    assert cold.start == "cold: the first solve"
    assert 0 < cold.degenerate < cold.pivots
    assert cold.pivots > 500
    session.set_unit_cost(np.array([7]), np.array([0]))
    session.add_arcs(np.array([3]), np.array([300]), np.array([1]), np.array([-5]))
    session.set_bounds(np.array([11]), np.array([1]), np.array([1]))
    result = session.solve()
    assert session.stats.start == "warm: from the last basis"
    assert session.stats.pivots < cold.pivots / 10
    assert result.flow[11] == 1
    assert (result.status, result.cost) == _cold_cost(session.network())


def test_a_solve_that_is_stopped_says_what_it_has_and_the_next_finishes() -> None:
    network = _large(1)
    expected = SimplexSession(network).solve().cost
    statuses = Counter[FlowStatus]()
    costs = []
    for questions in range(400):
        session = SimplexSession(network)
        stop = _after(questions)
        reported: list[int] = []
        result = session.solve(stop, reported.append)
        statuses[result.status] += 1
        assert reported == sorted(reported)
        assert reported[-1] == session.stats.pivots
        if result.status is not FlowStatus.STOPPED:
            check(network, result)
            costs.append(result.cost)
        finished = session.solve()
        assert (finished.status, finished.cost) == (FlowStatus.OPTIMAL, expected)
        if result.status is FlowStatus.OPTIMAL:
            break
        assert session.stats.start == "warm: from the last basis"
    assert set(statuses) == {FlowStatus.STOPPED, FlowStatus.FEASIBLE, FlowStatus.OPTIMAL}
    # the same pivots in the same order: a later stop never has a worse flow
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == expected


def test_a_stopped_solve_may_be_edited_before_it_goes_on() -> None:
    session = SimplexSession(_large(2))
    assert session.solve(lambda: True).status is FlowStatus.STOPPED
    session.set_unit_cost(np.arange(100), np.arange(100) * -3)
    session.set_bounds(np.array([500, 501]), np.array([0, 1]), np.array([0, 1]))
    session.add_arcs(np.array([1, 2]), np.array([260, 270]), np.array([1, 1]), np.array([-9, -9]))
    result = session.solve()
    check(session.network(), result)
    assert (result.status, result.cost) == _cold_cost(session.network())


def test_supplies_that_do_not_add_up_can_be_put_right() -> None:
    session = SimplexSession(FlowNetwork([0], [1], [9], [2], [3, -3]))
    assert session.solve().cost == 6
    session.set_supply(np.array([0]), np.array([5]))
    assert session.solve().status is FlowStatus.UNBALANCED
    session.set_supply(np.array([1]), np.array([-5]))
    assert session.solve().cost == 10
    session.set_bounds(np.array([0]), np.array([0]), np.array([4]))
    short = session.solve()
    check(session.network(), short)
    assert short.status is FlowStatus.INFEASIBLE
    session.set_bounds(np.array([0]), np.array([2]), np.array([5]))
    assert session.solve().cost == 10


def test_costs_beyond_the_range_are_refused_before_anything_is_solved_with_them() -> None:
    session = SimplexSession(FlowNetwork([0, 0], [1, 1], [9, 9], [2, 5], [3, -3]))
    session.solve()

    def solve_with(unit_cost: int) -> None:
        session.set_unit_cost(np.array([0]), np.array([unit_cost]))
        session.solve()

    for unit_cost in (1 << 59, -(1 << 63)):
        with pytest.raises(FlowRangeError, match="could overflow 64 bits"):
            solve_with(unit_cost)


@pytest.mark.parametrize(
    ("tail", "head", "capacity", "message"),
    [
        ([2], [0], [1], "tail names node"),
        ([0], [-1], [1], "head names node"),
        ([0], [1, 1], [1], "head has shape"),
        ([0], [1], [-1], "a capacity is -1"),
        ([0], [1], [1.5], "capacity holds float64"),
        ([0], [1], [1 << 62], "overflow"),
    ],
)
def test_new_arcs_that_do_not_fit_are_refused_and_change_nothing(
    tail: list[int], head: list[int], capacity: list[float], message: str
) -> None:
    session = SimplexSession(FlowNetwork([0], [1], [9], [2], [3, -3]))
    with pytest.raises(FlowRangeError, match=message):
        session.add_arcs(np.array(tail), np.array(head), np.array(capacity), np.array([1]))
    assert session.arcs == 1
    assert session.solve().cost == 6


def test_a_lower_bound_above_its_capacity_is_refused() -> None:
    session = SimplexSession(FlowNetwork([0], [1], [9], [2], [3, -3]))
    with pytest.raises(FlowRangeError, match="lower bound is above"):
        session.set_bounds(np.array([0]), np.array([5]), np.array([4]))
    assert session.solve().cost == 6


@pytest.mark.parametrize(
    ("tree_arc", "message"),
    [
        ([1, -1, -1], "does not join its node"),
        ([-1, 3, -1], "does not join its node"),
        ([0, 2, -1], "form a cycle"),
    ],
)
def test_what_is_no_forest_is_refused_as_a_basis(tree_arc: list[int], message: str) -> None:
    # arcs 0 -> 1, 1 -> 2, 1 -> 0, and a self-loop at 1
    network = FlowNetwork([0, 1, 1, 1], [1, 2, 0, 1], [5] * 4, [1] * 4, [1, 0, -1])
    session = SimplexSession(network)
    with pytest.raises(FlowRangeError, match=message):
        session.start_at(np.array(tree_arc), np.zeros(4, dtype=np.bool_))


def test_the_network_as_it_stands_has_all_changes_and_leaves_its_origin_alone() -> None:
    network = FlowNetwork([0, 1], [1, 0], [9, 8], [2, 3], [3, -3], [1, 0])
    session = SimplexSession(network)
    session.add_arcs(np.array([1]), np.array([0]), np.array([4]), np.array([7]))
    session.set_unit_cost(np.array([2]), np.array([-1]))
    session.set_bounds(np.array([1]), np.array([2]), np.array([6]))
    session.set_supply(np.array([0, 1]), np.array([1, -1]))
    session.solve()
    now = session.network()
    assert (session.nodes, session.arcs) == (2, 3)
    assert now.tail.tolist() == [0, 1, 1]
    assert now.head.tolist() == [1, 0, 0]
    assert now.capacity.tolist() == [9, 6, 4]
    assert now.lower().tolist() == [1, 2, 0]
    assert now.unit_cost.tolist() == [2, 3, -1]
    assert now.supply.tolist() == [1, -1]
    assert network.capacity.tolist() == [9, 8]
    assert network.unit_cost.tolist() == [2, 3]
    assert network.supply.tolist() == [3, -3]


def _always(rule: PricingRule, few: int) -> Callable[..., PricingRule]:
    return lambda *_: replace(rule, few=few)


def test_a_rough_solve_ends_where_few_arcs_violate_and_the_next_one_goes_on(
    every_rule: PricingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    rough = 0
    for seed in range(12):
        network = _large(seed)
        expected = SimplexSession(network).solve()
        for few in (2, 8):
            monkeypatch.setattr(network_simplex, "pricing_rule", _always(every_rule, few=few))
            session = SimplexSession(network)
            result = session.solve(roughly=True)
            if result.status is FlowStatus.OPTIMAL:
                continue
            rough += 1
            assert result.status is FlowStatus.FEASIBLE
            check(network, result)
            assert result.cost >= expected.cost
            check_tree(session._arcs, session._tree)
            # potentials are those of the basis: exact on all arcs with flow between the bounds
            between = (result.flow > 0) & (result.flow < network.capacity)
            reduced = network.unit_cost + result.potential[network.tail]
            reduced -= result.potential[network.head]
            assert not reduced[between].any()
            # and near the optimal ones: few arcs are out of order
            assert np.count_nonzero((reduced < 0) & (result.flow == 0)) < 0.1 * network.arcs
            finished = session.solve()
            assert (finished.status, finished.cost) == (FlowStatus.OPTIMAL, expected.cost)
            assert session.stats.start == "warm: from the last basis"
    assert rough > 10


def test_a_rough_solve_has_all_supply_sent(
    every_rule: PricingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_simplex, "pricing_rule", _always(every_rule, few=0))
    statuses = Counter[FlowStatus]()
    for seed in range(300):
        network = random_network(np.random.default_rng([seed, 41]), most_nodes=40)
        result = SimplexSession(network).solve(roughly=True)
        expected = SimplexSession(network).solve()
        statuses[result.status] += 1
        # a cut is as exact as ever; where there is a flow, it is one
        assert result.status is not FlowStatus.STOPPED
        assert (result.status is FlowStatus.INFEASIBLE) == (
            expected.status is FlowStatus.INFEASIBLE
        )
        check(network, result)
    assert statuses[FlowStatus.INFEASIBLE] > 20


def test_a_warm_start_that_does_not_end_begins_from_scratch_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = SimplexSession(_large(4))
    session.solve()
    session.set_unit_cost(np.arange(50), np.arange(50))
    calls = 0

    def endless(*args: Any) -> Progress:
        nonlocal calls
        calls += 1
        # as if it went round in circles
        circles = Progress(False, 0, 2_000_000, 2_000_000, visited=9, found=9, searched=0)
        return circles if calls == 1 else pivot_repeatedly(*args)

    monkeypatch.setattr("pairmatch.flow.network_simplex.pivot_repeatedly", endless)
    result = session.solve()
    assert session.stats.start == "cold: the warm start did not come to an end"
    assert (result.status, result.cost) == _cold_cost(session.network())
    check(session.network(), result)


def test_the_same_network_gives_the_same_flow_every_time() -> None:
    flows = {SimplexSession(_large(3)).solve().flow.tobytes() for _ in range(3)}
    assert len(flows) == 1
