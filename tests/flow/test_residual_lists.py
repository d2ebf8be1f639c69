"""Lists of the residual network hold what they must, and give flows back as they are."""

import numpy as np
from tests.flow.networks import random_network

from pairmatch.flow import FlowNetwork
from pairmatch.flow.residual_lists import (
    Arcs,
    Lists,
    conditions_hold,
    list_arcs,
    refill,
    room_for_lists,
    take_flows,
    without_flow,
)

EVERYTHING = 1 << 60
SEEDS = range(80)


def _drawn(seed: int) -> tuple[FlowNetwork, Arcs, np.ndarray, np.ndarray]:
    """Draw arcs without loops, with flow on them, potentials, and what each node has left."""
    rng = np.random.default_rng([seed, 21])
    network = random_network(rng, 12)
    proper = network.tail != network.head
    arcs = without_flow(
        network.tail[proper],
        network.head[proper],
        network.capacity[proper],
        network.unit_cost[proper],
        network.nodes + 1,
    )
    arcs.flow[:] = rng.integers(0, arcs.capacity + 1)
    potential = rng.integers(-15, 15, network.nodes) * arcs.scale
    return network, arcs, potential, _excess(network, arcs)


def _excess(network: FlowNetwork, arcs: Arcs) -> np.ndarray:
    excess = network.supply.copy()
    np.subtract.at(excess, arcs.tail, arcs.flow)
    np.add.at(excess, arcs.head, arcs.flow)
    return excess


def _reduced(arcs: Arcs, potential: np.ndarray) -> np.ndarray:
    reduced: np.ndarray = arcs.cost * arcs.scale + potential[arcs.tail] - potential[arcs.head]
    return reduced


def _check_lists(lists: Lists, count: int, nodes: int) -> None:
    """Check that the arcs stand in two lists each, and the two know of each other."""
    first, opposite = lists.first, lists.entry.opposite
    assert first[0] == 0
    assert first[nodes] == 2 * count
    owner = np.repeat(np.arange(nodes), np.diff(first))
    every = np.arange(2 * count)
    assert (opposite[opposite[every]] == every).all()
    assert (lists.entry.node[every] == owner[opposite[every]]).all()
    assert (lists.entry.cost[every] == -lists.entry.cost[opposite[every]]).all()


def test_an_arc_is_full_or_empty_as_its_reduced_cost_says() -> None:
    for seed in SEEDS:
        network, arcs, potential, excess = _drawn(seed)
        before = arcs.flow.copy()
        lists = room_for_lists(network.nodes, arcs)
        count = list_arcs(arcs, potential, excess, EVERYTHING, lists)
        assert count == arcs.tail.shape[0]
        _check_lists(lists, count, network.nodes)
        reduced = _reduced(arcs, potential)
        wanted = np.where(reduced < 0, arcs.capacity, np.where(reduced > 0, 0, before))
        assert (arcs.flow == wanted).all()
        assert (excess == _excess(network, arcs)).all()
        assert (lists.entry.residual[lists.entering[:count]] == arcs.flow).all()
        entering = lists.entering[:count]
        assert (
            lists.entry.residual[lists.entry.opposite[entering]] == arcs.capacity - arcs.flow
        ).all()


def test_only_arcs_far_beyond_that_need_no_change_are_left_out() -> None:
    left_out = 0
    for seed in SEEDS:
        network, arcs, potential, excess = _drawn(seed)
        beyond = 8 * arcs.scale
        reduced, before = _reduced(arcs, potential), arcs.flow.copy()
        lists = room_for_lists(network.nodes, arcs)
        count = list_arcs(arcs, potential, excess, beyond, lists)
        far = ((reduced > beyond) & (before == 0)) | (
            (reduced < -beyond) & (before == arcs.capacity)
        )
        assert lists.arc[:count].tolist() == np.flatnonzero(~far).tolist()
        _check_lists(lists, count, network.nodes)
        left_out += int(far.sum())
    assert left_out > 100


def test_refilled_lists_equal_lists_made_anew() -> None:
    for seed in SEEDS:
        network, arcs, potential, excess = _drawn(seed)
        lists = room_for_lists(network.nodes, arcs)
        count = list_arcs(arcs, potential, excess, EVERYTHING, lists)
        later = potential + np.random.default_rng(seed).integers(-9, 9, potential.shape)
        refill(lists, arcs.scale, later, excess)
        take_flows(lists, count, arcs.flow)
        assert (excess == _excess(network, arcs)).all()
        again = room_for_lists(network.nodes, arcs)
        flow = arcs.flow.copy()
        list_arcs(arcs, later, excess, EVERYTHING, again)
        assert (arcs.flow == flow).all()
        assert (lists.first == again.first).all()
        assert (lists.entry == again.entry).all()


def test_the_conditions_hold_only_without_an_arc_that_breaks_them() -> None:
    seen = []
    for seed in SEEDS:
        network, arcs, potential, excess = _drawn(seed)
        for _ in range(2):
            reduced = _reduced(arcs, potential)
            wrong = ((reduced < 0) & (arcs.flow < arcs.capacity)) | (
                (reduced > 0) & (arcs.flow > 0)
            )
            assert conditions_hold(arcs, potential) == (not wrong.any())
            seen.append(bool(wrong.any()))
            list_arcs(arcs, potential, excess, EVERYTHING, room_for_lists(network.nodes, arcs))
    assert sum(seen) > len(SEEDS) // 2
