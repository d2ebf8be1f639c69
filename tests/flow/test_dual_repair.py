from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from tests.flow.networks import random_network
from tests.flow.sessions import set_bounds, set_supply, solve_and_check
from tests.flow.tree_checks import check_flow, check_tree

from pairmatch.flow import FlowNetwork, FlowStatus, SimplexSession
from pairmatch.flow.dual_repair import repair
from pairmatch.flow.pricing_rule import PricingRule
from pairmatch.flow.simplex_arcs import Bundles

pytestmark = pytest.mark.usefixtures("every_rule")

NOT_REPAIRED = "warm: from the last basis, which dual pivots did not repair"


def two_ways() -> SimplexSession:
    """Return a solved network: 2 of 3 go the cheap way, 1 the dear one."""
    session = SimplexSession(FlowNetwork([0, 0], [1, 1], [2, 3], [1, 5], [3, -3]))
    assert session.solve().cost == 7
    return session


def with_bounds_changed(count: int, series: int) -> Iterator[tuple[int, SimplexSession]]:
    """Return solved networks some of whose bounds have changed since, with their seeds."""
    for seed in range(count):
        rng = np.random.default_rng([seed, series])
        session = SimplexSession(random_network(rng, most_nodes=14))
        if session.solve().status is FlowStatus.OPTIMAL and session.arcs:
            set_bounds(rng, session)
            yield seed, session


def test_a_full_arc_leaves_the_tree_and_the_next_cheapest_way_is_taken() -> None:
    session = SimplexSession(FlowNetwork([0, 0, 0], [1, 1, 1], [9, 4, 9], [1, 5, 7], [3, -3]))
    session.solve()
    session.set_bounds(np.array([0]), np.array([0]), np.array([2]))
    result = session.solve()
    assert result.flow.tolist() == [2, 1, 0]
    assert (session.stats.dual_pivots, session.stats.pivots) == (1, 0)
    # the arc that came in cannot take all of it, so it leaves again
    session.set_bounds(np.array([0, 1]), np.array([0, 0]), np.array([0, 2]))
    result = session.solve()
    assert result.flow.tolist() == [0, 2, 1]
    assert result.cost == 17
    assert session.stats.pivots == 0
    assert session.stats.dual_pivots >= 1
    assert session.stats.start == "warm: from the last basis"


def test_a_lower_bound_and_a_supply_are_repaired_as_well() -> None:
    session = two_ways()
    session.set_bounds(np.array([1]), np.array([2]), np.array([3]))
    assert session.solve().flow.tolist() == [1, 2]
    session.set_supply(np.array([0, 1]), np.array([5, -5]))
    assert session.solve().flow.tolist() == [2, 3]
    assert session.stats.pivots == 0


@pytest.mark.parametrize("first", range(0, 600, 200))
def test_what_is_repaired_equals_a_solve_from_scratch(first: int) -> None:
    seen = Counter[str]()
    for seed in range(first, first + 200):
        rng = np.random.default_rng([seed, 12])
        session = SimplexSession(random_network(rng, most_nodes=(6, 12, 30)[seed % 3]))
        if session.solve().status is not FlowStatus.OPTIMAL or not session.arcs:
            continue
        for _ in range(4):
            (set_bounds, set_supply)[int(rng.integers(2))](rng, session)
            result = solve_and_check(session, f"seed {seed}")
            stats = session.stats
            if stats.start == NOT_REPAIRED:
                seen[f"not repaired, {result.status.name}"] += 1
            elif stats.dual_pivots:
                seen["repaired"] += 1
                assert stats.pivots == 0
                assert result.status is FlowStatus.OPTIMAL
            if result.status is not FlowStatus.OPTIMAL:
                break
    assert seen["repaired"] > 30
    assert seen["not repaired, INFEASIBLE"] > 30


def test_a_repair_leaves_every_arc_in_order_and_every_bound_kept() -> None:
    pivots = 0
    for _, session in with_bounds_changed(200, 13):
        session.learn_incidence()
        arcs, tree = session._arcs, session._tree
        bundles = Bundles(session._first, session._last, 1, 0)
        excess = session._excess
        found = repair(arcs, tree, bundles, session._incidence, excess, budget=10**6)
        assert not excess.any()
        check_tree(arcs, tree)
        pivots += found.pivots
        if not found.done:
            continue
        network = session.network()
        supply = network.supply.copy()
        np.subtract.at(supply, network.tail, network.lower())
        np.add.at(supply, network.head, network.lower())
        check_flow(arcs, supply)
        assert not arcs.flow[: session.nodes].any()
        assert session.solve().status is FlowStatus.OPTIMAL
        assert session.stats.pivots == 0
    assert pivots > 50


def test_out_of_budget_primal_pivots_go_on_and_the_stats_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pairmatch.flow.network_simplex._REPAIR_BUDGET", 0)
    session = two_ways()
    session.set_bounds(np.array([1]), np.array([2]), np.array([3]))
    assert session.solve().flow.tolist() == [1, 2]
    assert session.stats.start == NOT_REPAIRED
    assert session.stats.dual_pivots == 0
    # that was said of one solve only
    session.solve()
    assert session.stats.start == "warm: from the last basis"


def test_a_repair_goes_on_where_it_left_off_to_look_at_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = several = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    monkeypatch.setattr("pairmatch.flow.network_simplex._REPAIR_BUDGET", 1000)
    monkeypatch.setattr("pairmatch.flow.network_simplex._LOOKS_AT_ONCE", 1)
    for _, session in with_bounds_changed(300, 14):
        asked = 0
        result = session.solve(count)
        assert result.cost == SimplexSession(session.network()).solve().cost
        if session.stats.dual_pivots and session.stats.start != NOT_REPAIRED:
            # one pivot, or a look that finds every bound kept, between two questions
            assert asked == session.stats.dual_pivots
            several += asked > 1
    assert several > 5


def test_a_repair_that_is_stopped_is_made_good_by_primal_pivots(
    every_rule: PricingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pairmatch.flow.network_simplex._LOOKS_AT_ONCE", 1)
    # so that primal pivots are stopped as well, instead of ending within their first look
    rule = replace(every_rule, at_once=1)
    monkeypatch.setattr("pairmatch.flow.network_simplex.pricing_rule", lambda *_: rule)
    stopped = Counter[FlowStatus]()
    for seed, session in with_bounds_changed(300, 15):
        result = session.solve(lambda: True)
        best = SimplexSession(session.network()).solve()
        if result.status is FlowStatus.OPTIMAL:
            assert result.cost == best.cost
        elif result.status is FlowStatus.FEASIBLE:
            assert result.cost >= best.cost
        elif result.status is FlowStatus.INFEASIBLE:
            assert best.status is FlowStatus.INFEASIBLE
        if session.stats.dual_pivots and session.stats.start == NOT_REPAIRED:
            stopped[result.status] += 1
        assert solve_and_check(session, f"seed {seed}").cost == best.cost
    assert stopped[FlowStatus.STOPPED] > 5
