"""Re-solves from an earlier plan, against the integer program and against solves from nothing."""

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from tests.agreement.integer_program import Optimum, solve_by_integer_program
from tests.agreement.later_problems import later_problem
from tests.agreement.random_problems import drawn_problem

from pairmatch import InputError, Plan, Problem, Status, solve

Pairs = set[tuple[str, str]]


def _pairs(plan: Plan) -> Pairs:
    columns = (plan.pairs.column(name).to_pylist() for name in ("recipient_id", "cadre_id"))
    return set(zip(*columns, strict=True))


def _values(plan: Plan) -> dict[str, int]:
    return {level.name: level.value for level in plan.levels}


@pytest.mark.parametrize("seed", range(20_000, 20_120))
def test_a_restart_equals_a_cold_solve_and_changes_the_fewest_pairs(seed: int) -> None:
    before = drawn_problem(seed)
    after = later_problem(before, seed)
    start = solve(before)
    plan, cold = solve(after, start=start), solve(after)
    plan.verify()
    changed = _pairs(start) - _pairs(plan)
    best = solve_by_integer_program(after, start=_pairs(start))
    assert plan.status is cold.status
    assert all(level.gap == 0 for level in plan.levels)
    assert _values(plan) == {**_values(cold), "changed": len(changed)}
    assert len(changed) == len(_pairs(start)) - best.kept
    assert plan.objective == cold.objective


@pytest.mark.parametrize("seed", range(21_000, 21_020))
def test_a_changed_pair_costs_what_it_is_said_to(seed: int) -> None:
    before = drawn_problem(seed)
    after = later_problem(before, seed)
    start = solve(before)
    plan = solve(after, start=start, change_km=7.5)
    plan.verify()
    best = solve_by_integer_program(after, start=_pairs(start), change_m=7500)
    changed = len(_pairs(start) - _pairs(plan))
    assert plan.objective_terms["changes"] == 7500 * changed
    if plan.status is Status.OPTIMAL:
        assert (plan.objective, changed) == (best.cost, len(_pairs(start)) - best.kept)


@pytest.mark.parametrize("seed", range(22_000, 22_020))
def test_no_more_than_the_most_changes_and_no_better_than_the_bound(seed: int) -> None:
    before = drawn_problem(seed)
    after = later_problem(before, seed)
    start = solve(before)
    free = solve(after, start=start)
    for most in range(_values(free)["changed"] + 1):
        try:
            plan = solve(after, start=start, most_changes=most)
        except InputError as error:
            _check_refusal(after, start, most, error)
            continue
        plan.verify()
        assert len(_pairs(start) - _pairs(plan)) <= most
        best = solve_by_integer_program(after, start=_pairs(start), most_changes=most)
        _check_bounds(plan, best)


def _check_refusal(after: Problem, start: Plan, most: int, error: InputError) -> None:
    (finding,) = error.findings
    must = finding.parameters["must"]
    assert finding.kind == "too_few_changes"
    assert isinstance(must, int)
    assert must > most
    free = solve_by_integer_program(after, start=_pairs(start))
    enough = solve_by_integer_program(after, start=_pairs(start), most_changes=must)
    assert enough.violation == free.violation
    try:
        fewer = solve_by_integer_program(after, start=_pairs(start), most_changes=must - 1)
    except RuntimeError:
        return
    assert fewer.violation > free.violation


def _check_bounds(plan: Plan, best: Optimum) -> None:
    """Values are no better than the best, bounds no worse, as far as levels above are the best."""
    found = {level.name: level for level in plan.levels}
    violation = found["violation"].value if "violation" in found else 0
    assert violation >= best.violation
    if violation > best.violation or plan.missing > best.all_missing:
        return
    bound = found["cost"].bound
    assert bound is not None
    assert bound <= best.cost <= plan.objective
    if plan.status is Status.OPTIMAL:
        assert best.cost == plan.objective


@pytest.mark.parametrize("seed", range(23_000, 23_040))
def test_what_is_outside_of_a_restriction_stands(seed: int) -> None:
    before = drawn_problem(seed)
    after = later_problem(before, seed)
    start = solve(before)
    names = _names(after, seed)
    inside = _inside(after, names)
    stands = _standing(after, start, inside)
    if _clashes(after, stands, inside):
        with pytest.raises(InputError, match="clash"):
            solve(after, start=start, only=names)
        return
    plan = solve(after, start=start, only=names)
    plan.verify()
    assert stands <= _pairs(plan)
    for recipient, cadre in _pairs(plan) - _pairs(start):
        assert recipient in inside or cadre in inside
    if plan.status is Status.OPTIMAL:
        best = _best_inside(after, start, inside, stands)
        changed = len(_pairs(start)) - best.kept
        assert (plan.objective, _values(plan)["changed"]) == (best.cost, changed)


def _names(problem: Problem, seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    cadres = problem.cadres.column("cadre_id").to_pylist()
    people = problem.recipients.column("recipient_id").to_pylist()
    return [
        [*map(str, rng.choice(cadres, size=1)), *map(str, rng.choice(people, size=2))],
        [str(rng.choice(problem.recipients.column("area").to_pylist()))],
        [str(rng.choice(problem.cadres.column("unit_id").to_pylist()))],
    ][seed % 3]


def _inside(problem: Problem, names: list[str]) -> set[str]:
    """Return the ids of those inside, found by walking up the areas."""
    parent = dict(
        zip(*(problem.areas.column(c).to_pylist() for c in ("area", "parent")), strict=True)
    )

    def is_under(area: str | None) -> bool:
        while area is not None:
            if area in names:
                return True
            area = parent.get(area)
        return False

    cadres = [
        row["cadre_id"]
        for row in problem.cadres.to_pylist()
        if row["cadre_id"] in names or row["unit_id"] in names or is_under(row["area"])
    ]
    recipients = [
        row["recipient_id"]
        for row in problem.recipients.to_pylist()
        if row["recipient_id"] in names or is_under(row["area"])
    ]
    return {*cadres, *recipients}


def _standing(problem: Problem, start: Plan, inside: set[str]) -> Pairs:
    cadres = set(problem.cadres.column("cadre_id").to_pylist()) - inside
    recipients = set(problem.recipients.column("recipient_id").to_pylist()) - inside
    outside = [(r, c) for r, c in _pairs(start) if r in recipients and c in cadres]
    return {(r, c) for r, c in outside if problem.costs([c], [r])[1][0, 0]}


def _clashes(problem: Problem, stands: Pairs, inside: set[str]) -> bool:
    """Tell whether what stands and the locks cannot all be made."""
    locks = [(row["recipient_id"], row["cadre_id"]) for row in problem.locks.to_pylist()]
    for recipient, cadre in locks:
        is_outside = recipient not in inside and cadre not in inside
        if not problem.costs([cadre], [recipient])[1][0, 0]:
            return True
        if is_outside and (recipient, cadre) not in stands:
            return True
    made = {*stands, *locks}
    capacity = dict(
        zip(problem.cadres.column("cadre_id").to_pylist(), problem.capacity(), strict=True)
    )
    demand = {row["recipient_id"]: row["demand"] for row in problem.recipients.to_pylist()}
    load = Counter(cadre for _, cadre in made)
    served = Counter(recipient for recipient, _ in made)
    return any(load[c] > capacity[c] for c in load) or any(served[r] > demand[r] for r in served)


def _best_inside(problem: Problem, start: Plan, inside: set[str], stands: Pairs) -> Optimum:
    cadres = problem.cadres.column("cadre_id").to_pylist()
    recipients = problem.recipients.column("recipient_id").to_pylist()
    pairs = _pairs(start)
    allowed: npt.NDArray[np.bool_] = np.array(
        [[c in inside or r in inside or (r, c) in pairs for r in recipients] for c in cadres]
    )
    locked = {(row["recipient_id"], row["cadre_id"]) for row in problem.locks.to_pylist()}
    tables: dict[str, Any] = problem.tables()
    nothing = {"reason": None, "author": None}
    rows = [
        *problem.locks.to_pylist(),
        *({"recipient_id": r, "cadre_id": c, **nothing} for r, c in sorted(stands - locked)),
    ]
    tables["locks"] = pa.Table.from_pylist(rows, schema=problem.locks.schema)
    held = Problem.from_tables(**tables, policy=problem.policy, attributes=problem.attributes)
    return solve_by_integer_program(held, start=pairs, allowed=allowed)
