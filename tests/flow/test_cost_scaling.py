"""Cost scaling: stops, cuts from either side, large numbers, and what it refuses."""

import itertools

import numpy as np
import pytest
from tests.flow.networks import check, random_network

from pairmatch.flow import (
    CostScalingSession,
    FlowNetwork,
    FlowRangeError,
    FlowResult,
    FlowStatus,
    SimplexSession,
    engine_named,
)
from pairmatch.flow.cost_scaling import fits


def _transport(sources: int, sinks: int, partners: int, seed: int = 4) -> FlowNetwork:
    """Draw a feasible transportation problem with capacities that matter."""
    rng = np.random.default_rng([seed, sources, sinks])
    wanted = rng.integers(1, 4, sinks)
    partner = np.stack([rng.permutation(sources)[:partners] for _ in range(sinks)])
    served_by = partner[np.arange(sinks), rng.integers(0, partners, sinks)]
    supply = np.zeros(sources, dtype=np.int64)
    np.add.at(supply, served_by, wanted)
    return FlowNetwork(
        partner.ravel(),
        sources + np.repeat(np.arange(sinks), partners),
        np.full(partner.size, 3),
        rng.integers(0, 50_000, partner.size),
        np.concatenate([supply, -wanted]),
    )


def _cost(network: FlowNetwork) -> int:
    return engine_named("ortools").open(network).solve(lambda: False).cost


def _stopped_after(session: CostScalingSession, questions: int) -> FlowResult:
    asked = itertools.count()
    return session.solve(lambda: next(asked) >= questions)


def test_a_solve_that_was_stopped_says_what_it_has_and_can_be_continued() -> None:
    network = _transport(800, 6000, 12)
    best = _cost(network)
    seen = set()
    for questions in range(12):
        session = CostScalingSession(network)
        result = _stopped_after(session, questions)
        seen.add(result.status)
        if result.status is not FlowStatus.STOPPED:
            check(network, result)
        again = session.solve()
        check(network, again)
        assert again.cost == best
    assert {FlowStatus.STOPPED, FlowStatus.FEASIBLE} <= seen


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("sources", "sinks"), [(40, 300), (300, 40)])
def test_a_shortage_gets_a_cut_whichever_side_sends(sources: int, sinks: int, turned: bool) -> None:
    whole = _transport(sources, sinks, 6)
    capacity = whole.capacity.copy()
    # a recipient whose partners may give one less than it asks for, all together
    last = np.flatnonzero(whole.head == whole.nodes - 1)
    capacity[last] = 0
    capacity[last[0]] = -int(whole.supply[-1]) - 1
    network = FlowNetwork(whole.tail, whole.head, capacity, whole.unit_cost, whole.supply)
    if turned:
        network = FlowNetwork(
            network.head,
            network.tail,
            network.capacity,
            network.unit_cost,
            -network.supply,
            network.lower_bound,
        )
    result = CostScalingSession(network).solve()
    assert result.status is FlowStatus.INFEASIBLE
    check(network, result)


def test_nodes_that_lead_only_to_each_other_end_with_a_cut() -> None:
    network = FlowNetwork([0, 1, 2], [1, 0, 3], [9, 9, 9], [1, 1, 1], [2, 0, 0, -2])
    result = CostScalingSession(network).solve()
    assert result.status is FlowStatus.INFEASIBLE
    check(network, result)


def test_a_long_path_is_not_walked_node_by_node() -> None:
    arcs = 5000
    supply = np.zeros(arcs + 1, dtype=np.int64)
    supply[[0, -1]] = [1, -1]
    one = np.ones(arcs, dtype=np.int64)
    network = FlowNetwork(np.arange(arcs), np.arange(1, arcs + 1), one, 7 * one, supply)
    session = CostScalingSession(network)
    assert session.solve().cost == 7 * arcs
    # 60 million without potentials lowered by distance
    assert session.stats.relabels < 100 * arcs


def test_the_stats_are_those_of_the_last_solve() -> None:
    network = _transport(80, 600, 12)
    session = CostScalingSession(network)
    assert (session.stats.phases, session.stats.relabels) == (0, 0)
    session.solve()
    first = session.stats
    assert first.phases > 1
    assert first.relabels >= 80
    session.solve()
    assert session.stats == first


def test_large_amounts_and_costs_are_kept_in_64_bits() -> None:
    rng = np.random.default_rng(6)
    for factor, dear in ((1, 1 << 33), (1 << 40, 1), (1 << 40, 1 << 33)):
        small = random_network(rng, 30)
        network = FlowNetwork(
            small.tail,
            small.head,
            small.capacity * factor,
            small.unit_cost * dear,
            small.supply * factor,
            small.lower() * factor,
        )
        assert fits(network)
        result = CostScalingSession(network).solve()
        check(network, result)
        assert result.cost == _cost(small) * factor * dear


def test_what_cannot_be_scaled_is_left_to_the_simplex_method() -> None:
    network = FlowNetwork([0], [1], [4], [1 << 57], [3, -3])
    assert not fits(network)
    assert isinstance(engine_named("scaling").open(network), SimplexSession)
    with pytest.raises(FlowRangeError, match="engine simplex takes them"):
        CostScalingSession(network)


def test_changes_that_are_refused_change_nothing() -> None:
    session = CostScalingSession(FlowNetwork([0], [1], [4], [1], [3, -3]))
    one = np.array([0])
    refused = [
        (one, one + 7, one + 1, one),
        (one - 1, one, one + 1, one),
        (one, one + 1, one - 1, one),
        (one, one + 1, one + (1 << 62), one),
        (one, one + 1, one + 1, one + (1 << 57)),
    ]
    for arcs in refused:
        with pytest.raises(FlowRangeError):
            session.add_arcs(*arcs)
    for arc, unit_cost in ((one + 1, one), (one, one + (1 << 57)), (np.array([0, 0]), one)):
        with pytest.raises(FlowRangeError):
            session.set_unit_cost(arc, unit_cost)
    assert session.solve().cost == 3
