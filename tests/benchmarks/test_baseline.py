import numpy as np
import pytest
from benchmarks.baseline import baseline_network
from benchmarks.network import IntArray, Network
from benchmarks.province import province_tables

from benchmarks import baseline
from pairmatch.flow import FlowStatus, min_cost_flow
from pairmatch.formulate.formulation import Formulation
from pairmatch.problem import Problem
from pairmatch.synth import Geometry

GEOMETRIES: tuple[Geometry, ...] = ("codes", "household", "point")


def small(geometry: Geometry) -> Problem:
    return Problem.from_tables(**province_tables(geometry, 0.005))


def pairs_of(network: Network, formulation: Formulation) -> set[tuple[int, int]]:
    between = network.tail > 0
    cadre = network.tail[between] - 1
    recipient = network.head[between] - 1 - formulation.cadre_count
    return set(zip(cadre.tolist(), recipient.tolist(), strict=True))


def nearest_by_hand(point: IntArray, others: IntArray, count: int = 16) -> IntArray:
    square = ((point[:, None, :] - others[None, :, :]) ** 2).sum(axis=2)
    # a stable sort keeps those of smaller ids first
    return np.argsort(square, axis=1, kind="stable")[:, :count]


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_everybody_has_an_arc_to_each_of_the_16_nearest_ties_by_id(geometry: Geometry) -> None:
    problem = small(geometry)
    formulation = problem.formulation
    pairs = pairs_of(baseline_network(problem), formulation)
    cadres = formulation.costs.cadres.point.T.astype(np.int64)
    recipients = formulation.costs.recipients.point.T.astype(np.int64)
    near = nearest_by_hand(recipients, cadres)
    expected = {(int(i), j) for j in range(near.shape[0]) for i in near[j]}
    near = nearest_by_hand(cadres, recipients)
    expected |= {(i, int(j)) for i in range(near.shape[0]) for j in near[i]}
    assert expected <= pairs
    # what is beyond them was added to serve everybody
    assert len(pairs - expected) == short_without(expected, formulation)


def short_without(pairs: set[tuple[int, int]], formulation: Formulation) -> int:
    """Return how many cannot be served over some pairs, by a flow that may leave people out."""
    cadre, recipient = np.array(sorted(pairs)).T
    cadres, recipients = formulation.cadre_count, formulation.recipient_count
    served_by = 1 + cadre
    wanted = 1 + cadres + np.arange(recipients)
    found = min_cost_flow(
        np.concatenate([np.zeros(cadres + recipients, dtype=np.int64), served_by]),
        np.concatenate([1 + np.arange(cadres), wanted, wanted[recipient]]),
        np.concatenate([formulation.capacity, formulation.demand, np.ones_like(cadre)]),
        np.concatenate([np.zeros(cadres), np.ones(recipients), np.zeros(cadre.shape[0])]).astype(
            np.int64
        ),
        np.concatenate(
            [[formulation.demand.sum()], np.zeros(cadres, dtype=np.int64), -formulation.demand]
        ),
        engine="ortools",
    )
    assert found.status is FlowStatus.OPTIMAL
    return found.cost


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_everybody_can_be_served_on_the_baseline(geometry: Geometry) -> None:
    network = baseline_network(small(geometry))
    found = min_cost_flow(
        network.tail, network.head, network.capacity, network.unit_cost, network.supply
    )
    assert found.status is FlowStatus.OPTIMAL


def test_a_pair_that_is_not_eligible_is_refused() -> None:
    tables = province_tables("codes", 0.005, "unservable")
    with pytest.raises(ValueError, match="every pair is eligible"):
        baseline_network(Problem.from_tables(**tables))


def test_places_at_equal_distance_are_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    # 30 partners on a circle of whole numbers, all as far away, the ids out of order
    ring = np.array(
        [(x, y, 0) for x in range(-65, 66) for y in range(-65, 66) if x * x + y * y == 65 * 65]
    )
    monkeypatch.setattr(baseline, "_NEAREST", 3)
    who, whom = baseline._nearest(np.zeros((1, 3), dtype=np.int64), ring[::-1].copy())
    assert who.tolist() == [0, 0, 0]
    assert whom.tolist() == [0, 1, 2]
