"""All engines against each other, against networkx, and against what an optimum must satisfy."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.flow.drawn_networks import networks
from tests.flow.networks import (
    check,
    cost_by_networkx,
    random_network,
    undeliverable_by_networkx,
)

from pairmatch.errors import OptionError, PairmatchError
from pairmatch.flow import (
    ENGINES,
    FlowNetwork,
    FlowResult,
    FlowStatus,
    choose_engine,
    engine_named,
    min_cost_flow,
)

CHUNK = 250


def _solve(network: FlowNetwork, engine: str) -> FlowResult:
    return min_cost_flow(
        network.tail,
        network.head,
        network.capacity,
        network.unit_cost,
        network.supply,
        lower_bound=network.lower_bound,
        engine=engine,
    )


def _agree(network: FlowNetwork) -> FlowResult:
    results = {name: _solve(network, name) for name in ENGINES}
    for result in results.values():
        check(network, result)
    told = {(result.status, result.cost, result.undeliverable) for result in results.values()}
    assert len(told) == 1
    return results["simplex"]


@pytest.mark.parametrize("first", range(0, 12 * CHUNK, CHUNK))
def test_engines_agree_with_networkx_on_random_networks(first: int) -> None:
    seen: Counter[FlowStatus] = Counter()
    for seed in range(first, first + CHUNK):
        network = random_network(np.random.default_rng(seed))
        result = _agree(network)
        best = result.cost if result.status is FlowStatus.OPTIMAL else None
        assert best == cost_by_networkx(network), f"seed {seed}"
        assert result.undeliverable == undeliverable_by_networkx(network), f"seed {seed}"
        seen[result.status] += 1
    assert set(seen) == {FlowStatus.OPTIMAL, FlowStatus.INFEASIBLE}
    assert min(seen.values()) > CHUNK // 10


def test_engines_agree_with_networkx_on_networks_of_a_hundred_nodes() -> None:
    optimal = 0
    for seed in range(60):
        network = random_network(np.random.default_rng([seed, 1]), most_nodes=120)
        result = _agree(network)
        best = result.cost if result.status is FlowStatus.OPTIMAL else None
        assert best == cost_by_networkx(network), f"seed {seed}"
        assert result.undeliverable == undeliverable_by_networkx(network), f"seed {seed}"
        optimal += best is not None
    assert optimal > 20


@settings(max_examples=300, deadline=None)
@given(networks())
def test_engines_agree_on_whatever_is_drawn(network: FlowNetwork) -> None:
    result = _agree(network)
    best = result.cost if result.status is FlowStatus.OPTIMAL else None
    assert best == cost_by_networkx(network)


@pytest.mark.parametrize("engine", ["simplex", "scaling"])
@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(1, 10**4), st.integers(-(10**4), 10**4))
def test_scaled_costs_and_shifted_potentials_change_nothing(
    engine: str, network: FlowNetwork, factor: int, shift: int
) -> None:
    result = _solve(network, engine)
    # a number added at a node's arcs out and taken off those in cancels but for its supply
    unit_cost = network.unit_cost * factor
    unit_cost = unit_cost + shift * (network.tail == 0) - shift * (network.head == 0)
    moved = FlowNetwork(
        network.tail,
        network.head,
        network.capacity,
        unit_cost,
        network.supply,
        network.lower_bound,
    )
    other = _solve(moved, engine)
    assert other.status is result.status
    if result.status is FlowStatus.OPTIMAL:
        assert other.cost == factor * result.cost + shift * int(network.supply[0])


@pytest.mark.parametrize("engine", [*ENGINES, "auto"])
@pytest.mark.parametrize(
    ("arcs", "supply", "status", "cost"),
    [
        (([], [], [], []), [], FlowStatus.OPTIMAL, 0),
        (([], [], [], []), [0], FlowStatus.OPTIMAL, 0),
        (([], [], [], []), [0, 0, 0], FlowStatus.OPTIMAL, 0),
        (([], [], [], []), [1, -1], FlowStatus.INFEASIBLE, 0),
        (([], [], [], []), [5], FlowStatus.UNBALANCED, 0),
        (([0], [1], [2], [1]), [1, 1], FlowStatus.UNBALANCED, 0),
        (([0], [0], [4], [-3]), [0], FlowStatus.OPTIMAL, -12),
        (([0], [0], [4], [3]), [0], FlowStatus.OPTIMAL, 0),
        (([0], [1], [0], [-3]), [1, -1], FlowStatus.INFEASIBLE, 0),
        (([1], [0], [9], [1]), [1, -1], FlowStatus.INFEASIBLE, 0),
        (([0, 1], [1, 0], [3, 5], [-4, 1]), [0, 0], FlowStatus.OPTIMAL, -9),
        (([0, 0], [1, 1], [1, 5], [2, 3]), [4, -4], FlowStatus.OPTIMAL, 11),
        (([0, 2], [1, 3], [1, 1], [1, 1]), [1, -1, 1, -1], FlowStatus.OPTIMAL, 2),
        (([0, 2], [1, 3], [1, 1], [1, 1]), [1, -1, -1, 1], FlowStatus.INFEASIBLE, 0),
    ],
)
def test_smallest_networks_end_as_they_must(
    engine: str,
    arcs: tuple[list[int], list[int], list[int], list[int]],
    supply: list[int],
    status: FlowStatus,
    cost: int,
) -> None:
    result = min_cost_flow(*arcs, supply, engine=engine)
    assert (result.status, result.cost) == (status, cost)
    check(FlowNetwork(*arcs, supply), result)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_lower_bound_is_kept_where_it_costs(engine: str) -> None:
    result = min_cost_flow([0, 0], [1, 1], [5, 5], [1, 9], [4, -4], lower_bound=[0, 3])
    assert result.status is FlowStatus.OPTIMAL
    assert result.flow.tolist() == [1, 3]
    # nothing is supplied, and still the circle must carry two
    circle = min_cost_flow(
        [0, 1], [1, 0], [5, 5], [1, 1], [0, 0], lower_bound=[2, 0], engine=engine
    )
    assert circle.flow.tolist() == [2, 2]
    nowhere = min_cost_flow([0], [1], [5], [1], [0, 0], lower_bound=[2], engine=engine)
    assert nowhere.status is FlowStatus.INFEASIBLE


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_just_inside_the_ranges_are_exact(engine: str) -> None:
    for seed in range(300):
        small = random_network(np.random.default_rng([seed, 2]))
        widest = int(small.capacity.max(initial=1)) * max(small.arcs, 1)
        most = int(np.abs(small.supply).max(initial=1)) * small.nodes
        wide = ((1 << 62) - 1) // max(widest, most, 1)
        dear = ((1 << 60) - 1) // (small.nodes + 1) - 1
        dear //= max(1, int(np.abs(small.unit_cost).max(initial=1)))
        large = FlowNetwork(
            small.tail,
            small.head,
            small.capacity * wide,
            small.unit_cost * dear,
            small.supply * wide,
            small.lower() * wide,
        )
        result = _solve(large, engine)
        check(large, result)
        expected = _solve(small, engine)
        assert result.status is expected.status
        assert result.cost == expected.cost * wide * dear, f"seed {seed}"


def _assignment(cost: np.ndarray) -> FlowNetwork:
    people = cost.shape[0]
    return FlowNetwork(
        np.repeat(np.arange(people), people),
        people + np.tile(np.arange(people), people),
        np.ones(people * people, dtype=np.int64),
        cost.ravel(),
        np.repeat([1, -1], people),
    )


@pytest.mark.parametrize(("people", "highest"), [(60, 3), (60, 1000), (150, 10**6)])
def test_assignments_cost_what_scipy_finds(people: int, highest: int) -> None:
    cost = np.random.default_rng(people + highest).integers(-highest, highest, (people, people))
    network = _assignment(cost)
    result = _agree(network)
    rows, columns = linear_sum_assignment(cost)
    assert result.cost == int(cost[rows, columns].sum())


def test_grids_agree() -> None:
    rng = np.random.default_rng(3)
    width = 40
    node = np.arange(width * width).reshape(width, width)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
    supply = rng.integers(-5, 6, width * width)
    supply[width * width // 2] -= supply.sum()
    network = FlowNetwork(
        tail, head, rng.integers(5, 400, tail.shape), rng.integers(1, 100, tail.shape), supply
    )
    assert _agree(network).status is FlowStatus.OPTIMAL


@pytest.mark.parametrize("short", [False, True])
def test_transportation_problems_agree(short: bool) -> None:
    rng = np.random.default_rng(4)
    sources, sinks, partners = 120, 900, 12
    wanted = rng.integers(1, 4, sinks)
    partner = np.stack([rng.permutation(sources)[:partners] for _ in range(sinks)])
    served_by = partner[np.arange(sinks), rng.integers(0, partners, sinks)]
    supply = np.zeros(sources, dtype=np.int64)
    np.add.at(supply, served_by, wanted)
    capacity = np.full(partner.size, 9)
    if short:
        # all that could reach the first two sinks does not suffice for them
        capacity[: 2 * partners] = 0
        capacity[0] = int(wanted[:2].sum()) - 1
    network = FlowNetwork(
        partner.ravel(),
        sources + np.repeat(np.arange(sinks), partners),
        capacity,
        rng.integers(0, 5000, partner.size),
        np.concatenate([supply, -wanted]),
    )
    result = _agree(network)
    assert result.status is (FlowStatus.INFEASIBLE if short else FlowStatus.OPTIMAL)


def test_the_engines_have_their_names_and_auto_is_one_of_them() -> None:
    assert {name: engine_named(name).name for name in ENGINES} == {name: name for name in ENGINES}
    assert engine_named("auto").name in ENGINES


def _path(nodes: int, arcs: int, unit_cost: int) -> FlowNetwork:
    """Build a path that one unit takes from end to end, its first arc again and again."""
    along = np.arange(nodes - 1)
    tail = np.concatenate([along, np.zeros(arcs - nodes + 1, dtype=np.int64)])
    one = np.ones(arcs, dtype=np.int64)
    supply = np.zeros(nodes, dtype=np.int64)
    supply[0], supply[-1] = 1, -1
    return FlowNetwork(tail, tail + 1, one, unit_cost * one, supply)


@pytest.mark.parametrize(
    ("engine", "nodes", "arcs", "unit_cost", "taken", "why"),
    [
        ("auto", 3, 2, 1, "simplex", "fewer than 3,000 nodes"),
        ("auto", 5_000, 4_999, 7, "scaling", "at least 3,000 nodes"),
        ("auto", 5_000, 390_625, 7, "simplex", "many arcs for its nodes"),
        ("auto", 5_000, 4_999, 1 << 45, "simplex", "too large to be scaled"),
        ("scaling", 2, 3, 1 << 57, "simplex", "too large to be scaled"),
        ("scaling", 3, 2, 1, "scaling", "asked for"),
        ("simplex", 3, 2, 1, "simplex", "asked for"),
        ("ortools", 3, 2, 1, "ortools", "asked for"),
    ],
)
def test_a_result_says_which_engine_it_is_from_and_why(
    engine: str, nodes: int, arcs: int, unit_cost: int, taken: str, why: str
) -> None:
    result = _solve(_path(nodes, arcs, unit_cost), engine)
    assert result.choice is not None
    assert result.choice.engine == taken
    assert why in result.choice.why
    assert (result.status, result.cost) == (FlowStatus.OPTIMAL, (nodes - 1) * unit_cost)


@pytest.mark.parametrize(("nodes", "taken"), [(5_000, "simplex"), (20_000, "scaling")])
def test_scaling_is_for_more_nodes_where_flow_begins_at_many(nodes: int, taken: str) -> None:
    path = _path(nodes, nodes - 1, 1)
    supply = np.zeros(nodes, dtype=np.int64)
    supply[:9], supply[-1] = 1, -9
    many = replace(path, supply=supply, capacity=9 * path.capacity)
    assert choose_engine(many).engine == taken
    assert "20,000 nodes" in choose_engine(many).why
    assert choose_engine(path).engine == "scaling"


def test_an_engine_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(OptionError, match=r"engine: no such name\n.*choose one of auto, simplex"):
        min_cost_flow([], [], [], [], [], engine="oracle")


@pytest.mark.parametrize("engine", ENGINES)
def test_how_much_is_out_of_balance_is_said(engine: str) -> None:
    result = min_cost_flow([0], [1], [9], [1], [5, -3], engine=engine)
    assert (result.status, result.imbalance) == (FlowStatus.UNBALANCED, 2)
    with pytest.raises(PairmatchError, match=r"UNBALANCED: .* They add up to 2\."):
        result.raise_for_status()


@pytest.mark.parametrize("engine", ENGINES)
def test_how_much_cannot_be_delivered_is_said(engine: str) -> None:
    result = min_cost_flow([0, 1], [1, 2], [9, 3], [1, 1], [5, 0, -5], engine=engine)
    assert (result.status, result.undeliverable) == (FlowStatus.INFEASIBLE, 2)
    assert result.cut is not None
    assert result.cut.tolist() == [True, True, False]
    with pytest.raises(PairmatchError, match=r"INFEASIBLE: .* Too much: 2 units\."):
        result.raise_for_status()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_optimal_flow_raises_nothing(engine: str) -> None:
    min_cost_flow([0], [1], [9], [1], [5, -5], engine=engine).raise_for_status()


def _large() -> FlowNetwork:
    """People on two sides, everybody with everybody."""
    rng, people = np.random.default_rng(5), 150
    return FlowNetwork(
        np.repeat(np.arange(people), people),
        people + np.tile(np.arange(people), people),
        np.ones(people * people, dtype=np.int64),
        rng.integers(0, 1000, people * people),
        np.repeat([1, -1], people),
    )


class _SetAfter:
    """A cancel token that lets a number of questions pass."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("questions", [0, 1, 3, 10**9])
def test_a_flow_may_be_cancelled(engine: str, questions: int) -> None:
    network = _large()
    token = _SetAfter(questions)
    result = min_cost_flow(
        network.tail,
        network.head,
        network.capacity,
        network.unit_cost,
        network.supply,
        engine=engine,
        cancel=token,
    )
    check(network, result)
    # OR-Tools is asked once, before it begins
    is_stopped = token.left < 0
    assert is_stopped == (result.status in (FlowStatus.STOPPED, FlowStatus.FEASIBLE))
    if is_stopped:
        with pytest.raises(PairmatchError, match=f"{result.status}: {result.status.advice}"):
            result.raise_for_status()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_flow_may_have_a_time_limit(engine: str) -> None:
    network = _large()
    arrays = (network.tail, network.head, network.capacity, network.unit_cost, network.supply)
    late = min_cost_flow(*arrays, engine=engine, time_limit=1e-9)
    assert late.status in (FlowStatus.STOPPED, FlowStatus.FEASIBLE)
    check(network, late)
    in_time = min_cost_flow(*arrays, engine=engine, time_limit=600)
    assert in_time.status is FlowStatus.OPTIMAL


def test_every_wrong_option_is_refused_at_once() -> None:
    with pytest.raises(OptionError) as caught:
        min_cost_flow(
            [0],
            [1],
            [1],
            [1],
            [1, -1],
            engine="oracle",
            time_limit=float("nan"),
            cancel=True,  # type: ignore[arg-type]  # wrong on purpose
        )
    columns = [finding.column for finding in caught.value.findings]
    assert columns == ["engine", "time_limit", "cancel"]


@pytest.mark.parametrize("engine", ["simplex", "scaling"])
def test_a_flow_may_be_stopped_before_its_kernels_are_compiled(engine: str, tmp_path: Path) -> None:
    code = (
        "import threading; from pairmatch._kernels import is_compiled, kernels;"
        "from pairmatch.flow import min_cost_flow; token = threading.Event(); token.set();"
        f"result = min_cost_flow([0], [1], [9], [2], [3, -3], engine={engine!r}, cancel=token);"
        "print(result.status.name, any(map(is_compiled, kernels())))"
    )
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["STOPPED", "False"]
