"""Where the problem is a plain assignment or a plain flow, it agrees with libraries for those."""

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import linear_sum_assignment
from tests.agreement.random_problems import drawn_problem

from pairmatch import Plan, Problem, Status, solve

Costs = npt.NDArray[np.int64]


def _people(seed: int, cadres: int, recipients: int, policy: dict[str, object]) -> Problem:
    """Return a problem in which everybody may help everybody, each from a place of their own."""
    rng = np.random.default_rng(seed)

    def places(count: int) -> dict[str, list[float]]:
        # on a coarse grid, so that many costs are equal and some people are interchangeable
        return {
            "lon": (100 + rng.integers(0, 40, count) / 10).tolist(),
            "lat": (34 + rng.integers(0, 10, count) / 10).tolist(),
        }

    count = int(rng.integers(0, recipients))
    current = rng.permutation(recipients)[:count]
    return Problem.from_tables(
        cadres={
            "cadre_id": [f"c{n}" for n in range(cadres)],
            "unit_id": ["u"] * cadres,
            "rank": rng.choice(["division", "staff"], cadres).tolist(),
            **places(cadres),
        },
        recipients={
            "recipient_id": [f"r{n}" for n in range(recipients)],
            "category": rng.choice(["orphan", "severely_disabled"], recipients).tolist(),
            "area": ["a"] * recipients,
            **places(recipients),
        },
        current={
            "recipient_id": [f"r{n}" for n in current],
            "cadre_id": [f"c{n}" for n in rng.integers(0, cadres, count)],
        },
        policy=policy,
    )


def _costs(problem: Problem) -> tuple[Costs, npt.NDArray[np.bool_], Costs]:
    cadre_ids = problem.cadres.column("cadre_id").to_pylist()
    cost, eligible = problem.costs(cadre_ids, problem.recipients.column("recipient_id").to_pylist())
    return cost, eligible, problem.load_cost(cadre_ids)


def _values(plan: Plan) -> dict[str, int]:
    assert plan.status is Status.OPTIMAL
    return {level.name: level.value for level in plan.levels}


@pytest.mark.parametrize(
    ("cadres", "recipients"), [(1, 1), (7, 7), (20, 12), (12, 20), (60, 60), (90, 70), (70, 90)]
)
@pytest.mark.parametrize("seed", range(6))
def test_one_each_is_an_assignment(seed: int, cadres: int, recipients: int) -> None:
    load = {"default_capacity": 1, "marginal_km": [7]}
    problem = _people(seed, cadres, recipients, {"load": load})
    cost, eligible, load_cost = _costs(problem)
    assert eligible.all()
    assert load_cost.shape == (cadres, 1)
    row, column = linear_sum_assignment(cost + load_cost)
    assert _values(solve(problem)) == {
        "missing": max(0, recipients - cadres),
        "cost": int((cost + load_cost)[row, column].sum()),
    }


@pytest.mark.parametrize("price_km", [0, 40, 120, 5000])
@pytest.mark.parametrize("seed", range(6))
def test_one_each_at_a_price_is_an_assignment_with_a_way_out(seed: int, price_km: int) -> None:
    problem = _people(
        seed,
        20,
        30,
        {
            "load": {"default_capacity": 1},
            "coverage": {"mode": "priced", "price_km": price_km},
            "continuity": {"keep_km": 20},
        },
    )
    cost, eligible, load_cost = _costs(problem)
    assert eligible.all()
    out = np.full((30, 30), price_km * 1000)
    whole = np.concatenate([cost + load_cost, out])
    row, column = linear_sum_assignment(whole)
    plan = solve(problem)
    assert _values(plan) == {"cost": int(whole[row, column].sum())}
    assert plan.verify().proven


def _flow_levels(problem: Problem) -> tuple[int, int]:
    """Return what is missing and the least cost, by networkx's flows."""
    cost, eligible, load_cost = _costs(problem)
    demand = problem.recipients.column("demand").to_pylist()
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for i, step in zip(*np.nonzero(load_cost >= 0), strict=True):
        graph.add_edge("source", ("step", i, step), capacity=1, weight=int(load_cost[i, step]))
        graph.add_edge(("step", i, step), ("cadre", i), capacity=1, weight=0)
    for i, j in zip(*np.nonzero(eligible), strict=True):
        graph.add_edge(("cadre", i), ("recipient", j), capacity=1, weight=int(cost[i, j]))
    for j, wanted in enumerate(demand):
        graph.add_edge(("recipient", j), "sink", capacity=wanted, weight=0)
    flow = nx.max_flow_min_cost(graph, "source", "sink")
    served = sum(flow["source"].values())
    return sum(demand) - served, int(nx.cost_of_flow(graph, flow))


@pytest.mark.parametrize("seed", range(8))
def test_load_curves_are_flows_of_networkx(seed: int) -> None:
    rng = np.random.default_rng(seed)
    load = {
        "default_capacity": int(rng.integers(1, 5)),
        "capacity_by_rank": {"division": int(rng.integers(0, 4))},
        "marginal_km": sorted(rng.integers(0, 200, size=3).tolist()),
    }
    problem = _people(seed, 12, 25, {"load": load})
    missing, cost = _flow_levels(problem)
    assert _values(solve(problem)) == {"missing": missing, "cost": cost}


def _plain(problem: Problem) -> bool:
    """Whether neither hard rules nor priorities nor a price make it more than a flow."""
    return (
        problem.policy.coverage.mode == "first"
        and problem.locks.num_rows == 0
        and not any(problem.cadres.column("min_load").to_pylist())
        and len(set(problem.recipients.column("priority").to_pylist())) == 1
    )


def test_random_problems_without_hard_rules_are_flows_of_networkx() -> None:
    plain = [problem for problem in map(drawn_problem, range(7000, 7300)) if _plain(problem)]
    assert len(plain) > 50
    for problem in plain:
        missing, cost = _flow_levels(problem)
        assert _values(solve(problem, threads=1)) == {"missing": missing, "cost": cost}
