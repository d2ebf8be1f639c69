"""After a pivot, all that is out of order is found near it."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.flow.networks import random_network
from tests.flow.sessions import live
from tests.flow.tree_checks import room_for

from pairmatch._kernels import callable_from_python
from pairmatch.flow import FlowNetwork, FlowStatus, SimplexSession, network_simplex
from pairmatch.flow.incidence import Incidence, incidence_of
from pairmatch.flow.incidence import list_nearby as inner_list_nearby
from pairmatch.flow.pivoting import enter as inner_enter
from pairmatch.flow.pricing_rule import PricingRule
from pairmatch.flow.simplex_arcs import Bundles
from pairmatch.flow.spanning_tree import all_potentials

# only kernels call them
enter = callable_from_python(inner_enter)
list_nearby = callable_from_python(inner_list_nearby)

pytestmark = pytest.mark.usefixtures("every_rule")


def _bundles(session: SimplexSession) -> Bundles:
    return Bundles(session._first, session._last, 1, 0)


def _incidence(session: SimplexSession) -> Incidence:
    return incidence_of(session._arcs, _bundles(session), session.nodes + 1)


def _between_sides(rng: np.random.Generator) -> FlowNetwork:
    """Draw a transportation problem: nodes that no arc leaves are implicit."""
    sources, sinks = int(rng.integers(2, 8)), int(rng.integers(5, 30))
    tail, head = np.divmod(np.arange(sources * sinks), sinks)
    kept = rng.random(tail.shape[0]) < 0.7
    supply = np.zeros(sources + sinks, dtype=np.int64)
    flow = rng.integers(0, 3, tail.shape[0]) * kept
    np.add.at(supply, tail, flow)
    np.subtract.at(supply, sources + head, flow)
    count = np.count_nonzero(kept)
    return FlowNetwork(
        tail[kept], sources + head[kept], np.full(count, 4), rng.integers(0, 90, count), supply
    )


def test_every_arc_stands_with_its_tail_and_every_bundle_with_its_head() -> None:
    for seed in range(60):
        session = SimplexSession(random_network(np.random.default_rng([seed, 31]), 20))
        incidence, arcs = _incidence(session), session._arcs
        nodes = session.nodes
        real = np.arange(nodes, nodes + session.arcs)
        for node in range(nodes + 1):
            first, last = incidence.first_leaving[node : node + 2]
            assert sorted(incidence.leaving[first:last]) == real[arcs.tail[real] == node].tolist()
            first, last = incidence.first_bundle[node : node + 2]
            heads = arcs.head[session._first]
            assert incidence.bundle[first:last].tolist() == np.flatnonzero(heads == node).tolist()


def _value(session: SimplexSession) -> np.ndarray:
    """Return how far arcs violate, where negative."""
    arcs = session._arcs
    potential = all_potentials(session._tree, arcs.unit_cost)
    value: np.ndarray = arcs.state * (
        arcs.unit_cost + potential[arcs.tail] - potential[arcs.head].astype(np.int64)
    )
    value[: session.nodes] = 0
    return value


@pytest.mark.parametrize("between_sides", [False, True])
def test_what_a_pivot_puts_out_of_order_is_listed(between_sides: bool) -> None:
    seen = 0
    for seed in range(400):
        rng = np.random.default_rng([seed, 32])
        network = _between_sides(rng) if between_sides else random_network(rng, 20)
        session = SimplexSession(network)
        if session.solve().status is not FlowStatus.OPTIMAL or network.arcs == 0:
            continue
        arcs, tree = session._arcs, session._tree
        outside = np.flatnonzero(arcs.state[session.nodes :]) + session.nodes
        if outside.shape[0] == 0:
            continue
        # one arc gets out of order, and nothing else is
        arc = int(rng.choice(outside))
        arcs.unit_cost[arc] -= int(arcs.state[arc]) * 60
        if _value(session)[arc] >= 0:
            continue
        _, moved = enter(arcs, tree, arc)
        listed = room_for(2000)
        length = list_nearby(
            arcs, tree, _bundles(session), _incidence(session), arc, moved, listed, 0
        )
        value = _value(session)
        found = set(listed.arc[:length].tolist())
        assert all(value[k] < 0 for k in found)
        assert value[listed.arc[:length]].tolist() == listed.value[:length].tolist()
        first, last = session._first, session._last
        bundle = np.zeros(value.shape[0], dtype=np.int64)
        for k in range(first.shape[0]):
            bundle[first[k] : last[k]] = k
        for broken in np.flatnonzero(value < 0):
            # or one that is at least as bad, with the same head or the same tail
            assert any(
                value[k] <= value[broken]
                and (bundle[k] == bundle[broken] or arcs.tail[k] == arcs.tail[broken])
                for k in found
            )
            seen += 1
    assert seen > 100


def test_a_list_that_is_full_takes_no_more() -> None:
    network = _between_sides(np.random.default_rng(5))
    session = SimplexSession(network)
    session._prepare(lambda: False, lambda _: None)
    arcs, tree = session._arcs, session._tree
    # everything pays, and the first one to enter changes nothing about that
    arcs.unit_cost[session.nodes :] -= 10**5
    arc = session.nodes
    _, moved = enter(arcs, tree, arc)
    everything = room_for(2000)
    known = (arcs, tree, _bundles(session), _incidence(session), arc, moved)
    length = list_nearby(*known, everything, 0)
    assert length > 1
    listed = room_for(1)
    assert list_nearby(*known, listed, 0) == 1
    assert listed.arc[0] == everything.arc[0]
    assert list_nearby(*known, listed, 1) == 1


def test_sessions_that_look_near_every_pivot_equal_solves_from_scratch(
    every_rule: PricingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_simplex, "pricing_rule", lambda *_: replace(every_rule, rare=0))
    known = 0

    def counted(*args: Any) -> Incidence:
        nonlocal known
        known += 1
        return incidence_of(*args)

    monkeypatch.setattr("pairmatch.flow.network_simplex.incidence_of", counted)
    seen: Counter[str] = Counter()
    for seed in range(250):
        seen += live(seed, edits=10, most_nodes=40)
    assert min(seen[status.name] for status in (FlowStatus.OPTIMAL, FlowStatus.INFEASIBLE)) > 50
    assert known > 100
