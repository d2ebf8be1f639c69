"""The auction for potentials: near the optimum by theory, safe in any case."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.agreement.random_problems import drawn_problem
from tests.stop_at import StopAt, never
from tests.transport.class_problems import class_problems, dense_costs
from tests.transport.every_pair import every_pair

from pairmatch.flow import engine_named
from pairmatch.limits import Limits
from pairmatch.transport import levels, starts
from pairmatch.transport.auction import (
    Auctioned,
    Places,
    auction,
    class_of_bidder,
    is_of_people,
)
from pairmatch.transport.master import Master, load_steps
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import ClassPairs, TransportationProblem
from pairmatch.tuning import Tuning

Table = np.ndarray[Any, np.dtype[np.int64]]


def _ordinary(problem: TransportationProblem) -> TransportationProblem:
    """Return the problem with nothing but ordinary pairs, each recipient wanting one cadre."""
    none = np.zeros(0, dtype=np.int64)
    return replace(
        problem,
        known=ClassPairs.none(),
        keep_pair=none,
        keep_arc=none,
        closed_cadre=none,
        closed_recipient=none,
        floor=np.zeros_like(problem.floor),
        demand=np.ones_like(problem.demand),
    )


def _held(problem: TransportationProblem, u: Table) -> Places:
    with ThreadPoolExecutor(1) as pool:
        return auction(problem, Pricing(problem, pool), u, never).places


def _cost_of_places(problem: TransportationProblem, places: Places) -> tuple[int, int]:
    """Return what the pairs of an auction and their loads cost, and how many there are."""
    of_bidder = class_of_bidder(problem)
    steps = load_steps(problem)
    total = pairs = 0
    for i, (first, last) in enumerate(zip(places.first, places.first[1:], strict=False)):
        holder = places.holder[first:last]
        load = int((holder >= 0).sum())
        mine = steps.cadre == i
        step_cost = np.sort(np.repeat(steps.unit_cost[mine], steps.capacity[mine]))
        assert last - first == step_cost.shape[0]
        recipient = of_bidder[holder[holder >= 0]]
        total += int(step_cost[:load].sum())
        total += int(problem.costs.of_pairs(np.full(load, i), recipient).sum())
        pairs += load
    return total, pairs


# until nobody waits, with lists that are used up all the time
EXACT = Tuning(
    auction_rounds=100_000,
    auction_left=0.0,
    auction_slow=1.0,
    auction_listed=2,
    auction_increment_m=400,
)


def test_an_auction_to_the_end_is_within_an_increment_a_pair_of_the_optimum() -> None:
    engine = engine_named("simplex")
    missing = at_once = 0
    for problem in map(_ordinary, class_problems(40, first=31_000, tuning=EXACT)):
        places = _held(problem, np.zeros_like(problem.limit))
        held = places.holder[places.holder >= 0]
        assert np.unique(held).shape == held.shape
        cost, pairs = _cost_of_places(problem, places)
        wanted = int(problem.wanted.sum())
        price = problem.missing
        of_bidder = class_of_bidder(problem)
        without = np.setdiff1d(np.arange(wanted), held)
        value = cost + int(price[of_bidder[without]].sum())
        best = Master(problem, every_pair(problem), engine, None).solve(never)
        assert best is not None
        places_each = places.price.shape[0] / problem.limit.shape[0]
        assert best.value <= value <= best.value + (400 * places_each + 1) * max(pairs, 1)
        missing += without.shape[0]
        at_once += pairs
    assert min(missing, at_once) > 100


def test_prices_begin_at_the_guess_and_never_fall() -> None:
    rng = np.random.default_rng(18)
    higher = 0
    for problem in class_problems(20, first=32_000):
        guess = rng.integers(0, 300_000, problem.limit.shape)
        places = _held(problem, guess)
        there = places.first[:-1] < places.first[1:]
        cheapest = places.price[places.first[:-1][there]]
        assert (cheapest >= guess[there]).all()
        higher += int((cheapest > guess[there]).sum())
        for first, last in zip(places.first, places.first[1:], strict=False):
            heap = places.price[first:last]
            parent = (np.arange(1, heap.shape[0]) - 1) // 2
            assert (heap[1:] >= heap[parent]).all()
    assert higher > 20


def test_pairs_of_an_auction_are_eligible_and_open() -> None:
    pairs = 0
    for problem in class_problems(20, first=33_000):
        places = _held(problem, np.zeros_like(problem.limit))
        of_bidder = class_of_bidder(problem)
        cadre = np.repeat(np.arange(problem.limit.shape[0]), np.diff(places.first))
        taken = places.holder >= 0
        cost = dense_costs(problem)[cadre[taken], of_bidder[places.holder[taken]]]
        assert (cost >= 0).all()
        pairs += int(taken.sum())
    assert pairs > 100


def test_threads_do_not_change_an_auction() -> None:
    problem = max(class_problems(20, largest=80), key=lambda found: found.demand.shape[0])
    found = []
    for threads in (1, 3):
        with ThreadPoolExecutor(threads) as pool:
            places = auction(
                problem, Pricing(problem, pool), np.zeros_like(problem.limit), never
            ).places
        found.append((places.price.tolist(), places.holder.tolist()))
    assert found[0] == found[1]


def test_a_stopped_auction_leaves_the_guess_or_better_prices() -> None:
    problem = next(iter(class_problems(1)))
    u = np.full(problem.limit.shape, 70_000)
    with ThreadPoolExecutor(1) as pool:
        stopped = auction(problem, Pricing(problem, pool), u, lambda: True)
    has_places = problem.supply > 0
    assert (stopped.guess(problem).u[has_places] >= 70_000).all()
    assert stopped.cadre.shape == stopped.recipient.shape == stopped.cost.shape == (0,)


def test_the_first_look_gives_the_best_partners_at_the_first_prices() -> None:
    rng = np.random.default_rng(19)
    full = short = 0
    for problem in class_problems(30, first=34_000, tuning=Tuning(auction_first=3)):
        guess = rng.integers(0, 100_000, problem.limit.shape)
        with ThreadPoolExecutor(1) as pool:
            held = auction(problem, Pricing(problem, pool), guess, never)
        steps = load_steps(problem)
        first_step = np.full(problem.limit.shape, 1 << 60)
        there = steps.capacity > 0
        np.minimum.at(first_step, steps.cadre[there], steps.unit_cost[there])
        cost = dense_costs(problem)
        value = cost + np.maximum(first_step, guess)[:, None]
        limit = problem.missing
        eligible = (cost >= 0) & (value < limit)
        for j in np.flatnonzero(problem.wanted):
            expected = np.sort(value[eligible[:, j], j])[:3]
            mine = held.recipient == j
            assert np.sort(value[held.cadre[mine], j]).tolist() == expected.tolist()
            assert held.cost[mine].tolist() == cost[held.cadre[mine], j].tolist()
            full += expected.shape[0] == 3
            short += expected.shape[0] < 3
    assert min(full, short) > 50


def test_what_the_best_partner_costs_is_never_below_the_truth() -> None:
    exact = 0
    for problem in class_problems(30, first=35_000):
        with ThreadPoolExecutor(1) as pool:
            held = auction(problem, Pricing(problem, pool), np.zeros_like(problem.limit), never)
        u = held.guess(problem).u
        cost = dense_costs(problem)
        best = np.where(cost >= 0, cost + u[:, None], 1 << 60).min(axis=0, initial=1 << 60)
        truth = np.minimum(best, problem.missing)
        assert (held.v >= truth)[problem.wanted > 0].all()
        exact += int((held.v == truth).sum())
    assert exact > 200


def test_a_solve_takes_potentials_from_an_auction_where_classes_are_single_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def counted(problem: TransportationProblem, *args: Any, **options: Any) -> Auctioned:
        calls.append(is_of_people(problem))
        return auction(problem, *args, **options)

    monkeypatch.setattr(starts, "auction", counted)
    kinds = set()
    with ThreadPoolExecutor(1) as pool:
        for seed in range(30):
            formulation = drawn_problem(seed).formulation
            outcome = levels.solve_levels(formulation, engine_named("simplex"), Limits(), pool)
            assert outcome.optimal
            kinds.add(is_of_people(outcome.problem))
    assert calls
    assert all(calls)
    assert kinds == {False, True}


def test_no_partner_is_below_what_an_auction_says_wherever_it_is_stopped() -> None:
    close = stopped = 0
    with ThreadPoolExecutor(1) as pool:
        for seed, problem in enumerate(class_problems(60, first=43_000, largest=40)):
            pricing = Pricing(problem, pool)
            u = problem.load.marginal(problem.start + 1)
            cancel = StopAt(seed % 12)
            held = auction(problem, pricing, u, cancel.is_set)
            guess = held.guess(problem)
            assert guess.potentials is not None
            stopped += cancel.questions_left < 0
            cost = dense_costs(problem)
            value = np.where(
                cost >= 0, cost + guess.potentials.u[:, None], problem.missing_at_rank_1 * 10**6
            )
            least = np.minimum(value.min(axis=0), problem.missing)
            assert (guess.potentials.v <= least).all()
            close += int((guess.potentials.v == least).sum())
    assert close > 200
    assert 10 < stopped < 60
