"""Greedy flows keep all capacities, count what they cost, and only get better."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.stop_at import never
from tests.transport.class_problems import class_problems, dense_costs
from tests.transport.every_pair import LEVELS, loads, summed, value_of, violations

from pairmatch.transport.candidates import Candidates
from pairmatch.transport.greedy_flow import GreedyFlow
from pairmatch.transport.master import MasterSolution
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import TransportationProblem


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def _completed(problem: TransportationProblem, pricing: Pricing) -> GreedyFlow:
    flow = GreedyFlow(problem)
    flow.fill_known(np.zeros_like(problem.limit), problem.missing)
    while flow.wanted.any() and flow.complete(pricing, 3, never):
        pass
    return flow


def _solution(
    problem: TransportationProblem, flow: GreedyFlow
) -> tuple[Candidates, MasterSolution]:
    candidates = Candidates(problem, flow.cadre, flow.recipient)
    solution = MasterSolution(
        known_flow=flow.known,
        arc_flow=flow.amount,
        missing=flow.wanted,
        u=np.zeros_like(problem.limit),
        v=np.zeros_like(problem.demand),
        value=flow.value(),
        violation=flow.violation(),
        optimal=False,
    )
    return candidates, solution


def _check(problem: TransportationProblem, flow: GreedyFlow) -> None:
    """Hold a flow against its rules, and against a sum person by person and step by step."""
    cost = dense_costs(problem)[flow.cadre, flow.recipient]
    assert (cost >= 0).all()
    assert (flow.amount > 0).all()
    arcs = list(zip(flow.cadre.tolist(), flow.recipient.tolist(), strict=True))
    assert len(set(arcs)) == len(arcs)
    pairs = problem.cadres.size[flow.cadre] * problem.recipients.size[flow.recipient]
    assert (flow.amount <= pairs).all()
    candidates, solution = _solution(problem, flow)
    assert loads(problem, candidates, solution).tolist() == flow.load.tolist()
    assert (flow.load <= problem.supply).all()
    assert (flow.wanted >= 0).all()
    assert (flow.known <= problem.known.capacity).all()
    assert flow.value() == value_of(problem, candidates, solution)
    assert flow.violation() == violations(problem, candidates, solution)


@pytest.mark.parametrize("level", LEVELS)
def test_a_flow_that_is_completed_and_improved_keeps_its_rules_and_its_cost(
    pool: ThreadPoolExecutor, level: str
) -> None:
    moved = 0
    for whole in class_problems(40, first=61_000, largest=40):
        problem = summed(whole, level)
        pricing = Pricing(problem, pool)
        flow = _completed(problem, pricing)
        _check(problem, flow)
        if not problem.weighs_all:
            continue
        value = flow.value()
        while flow.improve(pricing, 4, never):
            _check(problem, flow)
            assert flow.value() < value
            value = flow.value()
            moved += 1
    assert moved >= 5 or level != "sum"


def test_whoever_is_left_has_no_cadre_with_room(pool: ThreadPoolExecutor) -> None:
    left = 0
    for problem in class_problems(60, first=62_000, largest=40):
        flow = _completed(problem, Pricing(problem, pool))
        has_room = flow.load < problem.supply
        for j in np.flatnonzero(flow.wanted):
            open_to = has_room & (dense_costs(problem)[:, j] >= 0)
            used = flow.cadre[flow.recipient == j]
            # whoever wants several cadres wants different ones
            open_to[used[problem.demand[j] > 1]] = False
            assert not open_to.any()
            left += 1
    assert left > 10


def test_what_is_sent_stays_within_what_there_is(pool: ThreadPoolExecutor) -> None:
    rng = np.random.default_rng(5)
    cut = 0
    for problem in class_problems(30, first=63_000, largest=30):
        cadre, recipient = np.nonzero(dense_costs(problem) >= 0)
        amount = rng.integers(0, 1 + int(problem.wanted.max()), cadre.shape)
        flow = GreedyFlow(problem)
        sent = flow.send(cadre, recipient, amount)
        assert sent == flow.amount.sum() <= amount.sum()
        cut += sent < amount.sum()
        _check(problem, flow)
    assert cut > 10


def test_potentials_that_fit_lie_between_the_last_step_and_the_next(
    pool: ThreadPoolExecutor,
) -> None:
    for problem in class_problems(20, first=64_000, largest=30):
        flow = _completed(problem, Pricing(problem, pool))
        (marginal,) = problem.load.marginal_m
        low = flow.nearest_potentials(np.full_like(problem.limit, -(1 << 50)))
        high = flow.nearest_potentials(np.full_like(problem.limit, 1 << 50))
        assert (low <= high).all()
        for i in np.flatnonzero((problem.floor == 0) & (problem.cadres.size == 1)):
            last = int(problem.start[i] + flow.load[i])
            step = marginal.tolist() + [int(marginal[-1])] * (last + 1)
            assert low[i] == (step[last - 1] if flow.load[i] else 0)
            assert high[i] == step[last] or flow.load[i] == problem.supply[i]
