"""Groups and reach among more people than fit into one block, against every pair one by one."""

from typing import Any

import numpy as np
import pytest
from tests.agreement.people_network import People, people_of

from pairmatch import Plan, Problem, Status, solve
from pairmatch.diagnosis.cut import can_be_served, minimum_cut
from pairmatch.diagnosis.pairing import Pairing, pairing
from pairmatch.diagnosis.picking import pick_partners
from pairmatch.diagnosis.reach import Crowds, barred_by, count_allowed, count_in_reach
from pairmatch.formulate.formulation import Formulation
from pairmatch.tables.positions import positions


def _problem(
    seed: int, max_km: float | None, *, priced: bool = False, capacity: int = 1
) -> Problem:
    """Return people scattered over a plane of some 100 km, bans among neighbours included."""
    rng = np.random.default_rng(seed)
    cadres, recipients = 220, 260
    forbidden = {"categories": ["orphan"], "ranks": ["staff"], "verdict": "forbidden"}
    coverage: dict[str, Any] = {"mode": "priced", "price_km": 25} if priced else {"mode": "first"}
    bans = {(int(rng.integers(recipients)), int(rng.integers(cadres))) for _ in range(400)}
    return Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n:03d}" for n in range(cadres)],
            "unit_id": ["u"] * cadres,
            "rank": [("staff", "division")[int(n)] for n in rng.random(cadres) < 0.3],
            "lon": (103 + rng.random(cadres)).tolist(),
            "lat": (36 + rng.random(cadres)).tolist(),
        },
        recipients={
            "recipient_id": [f"r{n:03d}" for n in range(recipients)],
            "category": [
                ("destitute_household", "orphan")[int(n)] for n in rng.random(recipients) < 0.3
            ],
            "area": ["a"] * recipients,
            "lon": (103 + rng.random(recipients)).tolist(),
            "lat": (36 + rng.random(recipients)).tolist(),
            "demand": rng.choice([1, 1, 1, 2], recipients).tolist(),
        },
        bans={
            "recipient_id": [f"r{r:03d}" for r, _ in sorted(bans)],
            "cadre_id": [f"c{c:03d}" for _, c in sorted(bans)],
        },
        policy={
            "eligibility": [forbidden],
            "distance": {"max_km": max_km, "detour": 1.3},
            "load": {"default_capacity": capacity},
            "coverage": coverage,
        },
    )


def _pairing(plan: Plan, formulation: Formulation) -> Pairing:
    problem = plan.problem
    cadre = positions(plan.pairs.column("cadre_id"), problem.cadres.column("cadre_id"))
    recipient = positions(
        plan.pairs.column("recipient_id"), problem.recipients.column("recipient_id")
    )
    return pairing(formulation, cadre, recipient, formulation.special_pairs.find(cadre, recipient))


def _solved(problem: Problem) -> tuple[Plan, People, Formulation, Pairing, Crowds]:
    plan = solve(problem, threads=1)
    assert plan.status is Status.OPTIMAL
    formulation = problem.formulation
    return (
        plan,
        people_of(plan),
        formulation,
        _pairing(plan, formulation),
        Crowds(formulation.costs),
    )


@pytest.mark.parametrize("max_km", [None, 4, 8, 15, 60])
def test_groups_are_those_whom_paths_come_to(max_km: float | None) -> None:
    plan, people, formulation, pairs, crowds = _solved(_problem(1, max_km))
    assert plan.missing > 40
    cut = minimum_cut(formulation, pairs, crowds)
    expected = {(tuple(recipients), tuple(cadres)) for recipients, cadres in people.groups()}
    found = {
        (
            tuple(np.flatnonzero(cut.recipient_group == group).tolist()),
            tuple(np.flatnonzero(cut.cadre_group == group).tolist()),
        )
        for group in range(cut.groups)
    }
    assert found == expected
    assert (cut.recipient_group >= 0).tolist() == cut.recipients.tolist()
    assert (cut.cadre_group >= 0).tolist() == cut.cadres.tolist()
    assert (pairs.left[cut.cadres] == 0).all()


@pytest.mark.parametrize("max_km", [None, 4, 15])
def test_who_could_be_served_at_a_price(max_km: float | None) -> None:
    plan, people, formulation, pairs, crowds = _solved(_problem(2, max_km, priced=True))
    assert plan.missing > 40
    found = can_be_served(formulation, pairs, crowds)
    out = np.flatnonzero(pairs.missing > 0)
    # backwards over every pair: from cadres with a place left
    free = np.array([limit > load for limit, load in zip(people.capacity, pairs.load, strict=True)])
    while True:
        reached = (people.eligible & ~people.made)[free].any(axis=0)
        freed = free | (people.made & reached[None, :]).any(axis=1)
        if (freed == free).all():
            break
        free = freed
    assert found[out].tolist() == reached[out].tolist()
    for j in out[:3].tolist():
        assert people.one_more_is_possible_for(j) == bool(reached[j])


@pytest.mark.parametrize("max_km", [None, 4, 15])
def test_cadres_are_counted_without_single_pairs(max_km: float | None) -> None:
    problem = _problem(3, max_km)
    formulation = problem.formulation
    crowds = Crowds(formulation.costs)
    spare = np.arange(formulation.cadre_count) % 3
    counts = count_in_reach(
        formulation.costs,
        crowds.cadres.blocks(),
        crowds.recipients.blocks(),
        formulation.capacity,
        spare,
    )
    idx = np.arange(formulation.cadre_count), np.arange(formulation.recipient_count)
    may = formulation.costs.block(*idx) >= 0
    assert counts.tolist() == [
        may.sum(axis=0).tolist(),
        (may * formulation.capacity[:, None]).sum(axis=0).tolist(),
        (may * spare[:, None]).sum(axis=0).tolist(),
    ]
    anywhere = formulation.costs._replace(tables=formulation.costs.tables._replace(max_m=-1))
    assert count_allowed(formulation.costs).tolist() == (
        (anywhere.block(*idx) >= 0).sum(axis=0).tolist()
    )


@pytest.mark.parametrize("max_km", [None, 4, 15])
def test_whoever_can_have_further_cadres_is_found_as_many(max_km: float | None) -> None:
    _, people, formulation, _, crowds = _solved(_problem(4, max_km))
    recipient, cadre = np.nonzero((~people.eligible | people.made).T)
    barred = barred_by(recipient, cadre, formulation.recipient_count)
    wanted = np.where(np.arange(formulation.recipient_count) % 3 == 0, 3, 0)
    picked = np.zeros(formulation.cadre_count, dtype=np.int64)
    chosen = pick_partners(
        formulation.costs,
        crowds.cadres.blocks(),
        crowds.recipients.blocks(wanted > 0),
        barred,
        wanted,
        picked,
    )
    pair_list = list(zip(*chosen.tolist(), strict=True))
    assert len(set(pair_list)) == len(pair_list)
    further = people.eligible & ~people.made
    assert all(further[i, j] for j, i in pair_list)
    found = np.bincount(chosen[0], minlength=formulation.recipient_count)
    assert found.tolist() == np.minimum(wanted, further.sum(axis=0)).tolist()
    assert picked.tolist() == np.bincount(chosen[1], minlength=formulation.cadre_count).tolist()
    if max_km is None:
        # choices are spread: nobody is chosen often while others of the kind are not
        assert picked.max() <= 1 + len(pair_list) // 60


def test_a_ban_between_two_keeps_them_apart() -> None:
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c1", "c2"], "unit_id": ["u"] * 2, "rank": ["staff"] * 2},
        recipients={
            "recipient_id": ["r1", "r2", "r3", "r4"],
            "category": ["destitute_household"] * 4,
            "area": ["a"] * 4,
        },
        bans={
            "recipient_id": ["r1", "r2", "r3", "r4"],
            "cadre_id": ["c1", "c1", "c2", "c2"],
        },
        policy={"load": {"default_capacity": 1}},
    )
    _, people, formulation, pairs, crowds = _solved(problem)
    cut = minimum_cut(formulation, pairs, crowds)
    assert cut.groups == len(people.groups()) == 2
    assert cut.recipient_group.tolist() in ([0, 0, 1, 1], [1, 1, 0, 0])
