"""The problem as an integer program, solved level by level by HiGHS.

It is built from `Problem.costs`, `Problem.load_cost` and the tables, and shares nothing with the
engine: no classes, no network, no duals.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from pairmatch import Problem


@dataclass(frozen=True)
class Optimum:
    violation: int
    missing: list[int]  # by priority, the highest first
    cost: int
    counted: int = 0  # of the pairs that are counted before the cost
    kept: int = 0  # of the pairs of a start, as many as can be at that cost

    @property
    def all_missing(self) -> int:
        return sum(self.missing)


def solve_by_integer_program(  # noqa: C901  # rows and levels, one after the other
    problem: Problem,
    *,
    counted: npt.NDArray[np.int64] | None = None,
    load_cost: npt.NDArray[np.int64] | None = None,
    start: Collection[tuple[str, str]] | None = None,
    change_m: int = 0,
    most_changes: int | None = None,
    allowed: npt.NDArray[np.bool_] | None = None,
) -> Optimum:
    """Minimise violations, then missing by priority, then cost (or cost with priced coverage).

    Every variable counts something, so the minima are read off whole numbers and not off the
    solver's floats.

    Parameters
    ----------
    counted
        Shape (cadres, recipients): what each pair counts on a level of its own, before the cost.
    load_cost
        What `Problem.load_cost` returns, if that of the policy is not meant.
    start
        Pairs (recipient, cadre) of an earlier plan, of which as many as can be are kept.
    change_m, most_changes
        What a pair of the start that is not kept costs, and how many there may be.
    allowed
        Shape (cadres, recipients): pairs that may be made at all.
    """
    cadre_ids = problem.cadres.column("cadre_id").to_pylist()
    recipient_ids = problem.recipients.column("recipient_id").to_pylist()
    cost, eligible = problem.costs(cadre_ids, recipient_ids)
    if allowed is not None:
        eligible &= allowed
    load_cost = problem.load_cost(cadre_ids) if load_cost is None else load_cost
    demand = problem.recipients.column("demand").to_numpy()
    priority = problem.recipients.column("priority").to_numpy()
    min_load = problem.cadres.column("min_load").to_numpy()
    i, j = np.nonzero(eligible)
    step_cadre, step = np.nonzero(load_cost >= 0)
    pairs, steps, people, cadres = len(i), len(step), len(demand), len(cadre_ids)
    lock_rows = list(
        zip(
            problem.locks.column("cadre_id").to_pylist(),
            problem.locks.column("recipient_id").to_pylist(),
            strict=True,
        )
    )
    locks = [(cadre_ids.index(c), recipient_ids.index(r)) for c, r in lock_rows]
    # variables: pairs, load steps, missing, short of min_load, broken locks
    starts = np.cumsum([0, pairs, steps, people, cadres, len(locks)])
    size = int(starts[-1])
    rows: list[tuple[list[int], list[float], float, float]] = []
    for r in range(people):
        mine = np.flatnonzero(j == r)
        rows.append(([*mine, starts[2] + r], [1.0] * (len(mine) + 1), demand[r], demand[r]))
    for c in range(cadres):
        mine = np.flatnonzero(i == c)
        mine_steps = np.flatnonzero(step_cadre == c)
        rows.append(
            ([*mine, *(starts[1] + mine_steps)], [1.0] * len(mine) + [-1.0] * len(mine_steps), 0, 0)
        )
        if min_load[c]:
            rows.append(([*mine, starts[3] + c], [1.0] * (len(mine) + 1), min_load[c], np.inf))
    for n, (c, r) in enumerate(locks):
        mine = np.flatnonzero((i == c) & (j == r))
        rows.append(([*mine, starts[4] + n], [1.0] * (len(mine) + 1), 1, np.inf))
    upper = np.concatenate(
        [np.ones(pairs), np.ones(steps), demand, min_load, np.ones(len(locks))]
    ).astype(float)

    violation = np.zeros(size)
    violation[starts[3] :] = 1
    metres = np.zeros(size)
    metres[:pairs] = cost[i, j]
    metres[starts[1] : starts[2]] = load_cost[step_cadre, step]
    levels = [violation]
    first = problem.policy.coverage.mode == "first"
    if first:
        for value in np.unique(priority)[::-1]:
            level = np.zeros(size)
            level[starts[2] : starts[3]] = priority == value
            levels.append(level)
    else:
        metres[starts[2] : starts[3]] = int(problem.policy.coverage.price_km * 1000)
    if counted is not None:
        level = np.zeros(size)
        level[:pairs] = counted[i, j]
        levels.append(level)
    levels.append(metres)
    if start is not None:
        kept = np.zeros(size)
        pairs_of_start = set(start)
        kept[:pairs] = [
            (recipient_ids[r], cadre_ids[c]) in pairs_of_start for c, r in zip(i, j, strict=True)
        ]
        metres -= change_m * kept
        levels.append(-kept)
        if most_changes is not None:
            used = np.flatnonzero(kept)
            rows.append(([*used], [1.0] * len(used), len(start) - most_changes, np.inf))
    values: list[int] = []
    for level in levels:
        values.append(_minimum(level, rows, upper))
        used = np.flatnonzero(level)
        rows.append(([*used], [*level[used]], -np.inf, values[-1]))
    if start is not None:
        total = values[-2] + change_m * len(start)
        return Optimum(values[0], values[1:-2], total, kept=-values[-1])
    if counted is None:
        return Optimum(values[0], values[1:-1], values[-1])
    return Optimum(values[0], values[1:-2], values[-1], values[-2])


def _minimum(
    level: npt.NDArray[np.float64],
    rows: list[tuple[list[int], list[float], float, float]],
    upper: npt.NDArray[np.float64],
) -> int:
    entries = [
        (n, c, x)
        for n, (cols, coef, _, _) in enumerate(rows)
        for c, x in zip(cols, coef, strict=True)
    ]
    row, column, value = (np.array(part) for part in zip(*entries, strict=True))
    matrix = coo_array(
        (value, (row.astype(int), column.astype(int))), shape=(len(rows), len(upper))
    )
    result = milp(
        level,
        constraints=LinearConstraint(
            matrix.tocsr(), [low for _, _, low, _ in rows], [high for _, _, _, high in rows]
        ),
        bounds=Bounds(0, upper),
        integrality=np.ones(len(upper), dtype=np.int64),
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        raise RuntimeError(result.message)
    whole = np.rint(result.x)
    if np.abs(result.x - whole).max() > 1e-5:
        raise RuntimeError("the integer program's solution is not whole")
    activity = matrix.tocsr() @ whole
    if any(
        not low <= value <= high for value, (_, _, low, high) in zip(activity, rows, strict=True)
    ):
        raise RuntimeError("the integer program's solution, made whole, breaks a row")
    return int(level @ whole)
