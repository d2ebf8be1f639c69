import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import CostRangeError, Policy, Problem
from pairmatch._kernels import callable_from_python
from pairmatch.formulate.costs import CadreSide, CostTables, RecipientSide
from pairmatch.formulate.costs import distance_m as inner_distance_m
from pairmatch.transport.transportation import transportation_problem

# only kernels call them
distance_m = callable_from_python(inner_distance_m)

COORDINATE = st.integers(-6_378_137, 6_378_137)
POINT = st.tuples(COORDINATE, COORDINATE, COORDINATE)


def _distance(a: tuple[int, ...], b: tuple[int, ...], detour: Decimal) -> int:
    def at(point: tuple[int, ...]) -> np.ndarray:
        return np.array(point, dtype=np.float64).reshape(3, 1)

    no, area, zero = np.zeros(1, bool), np.zeros((5, 1), np.int32), np.zeros(1, np.int64)
    numerator, denominator = detour.as_integer_ratio()
    tables = CostTables(
        np.zeros((1, 1), np.int64),
        np.zeros((1, 1), np.int64),
        np.zeros(6, np.int64),
        numerator,
        denominator,
        -1,
        0,
        1,
    )
    return distance_m(
        CadreSide(at(a), no, area, zero, zero),
        0,
        RecipientSide(at(b), no, area, zero, zero),
        0,
        tables,
    )


@given(POINT, POINT, st.decimals("0.000001", "10", places=6))
def test_distances_are_exact_integer_roots(
    a: tuple[int, ...], b: tuple[int, ...], detour: Decimal
) -> None:
    square = sum((x - y) ** 2 for x, y in zip(a, b, strict=True))
    assert _distance(a, b, detour) == math.floor(math.isqrt(square) * Fraction(detour))


@given(st.integers(1, 12_000_000))
def test_a_distance_just_below_a_whole_metre_is_rounded_down(line: int) -> None:
    # line**2 - 1 is split into three squares only for some lines, so the root is checked directly
    assert math.floor(math.sqrt(float(line * line - 1))) == line - 1


def test_costs_that_could_overflow_are_refused_before_solving() -> None:
    policy = Policy.model_validate({"distance": {"detour": 10}, "locality": {"above": 100_000}})
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"], "area": ["a"]},
        recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
        areas={"area": ["a"], "parent": [None], "level": ["county"]},
        policy=policy,
    )
    cost, eligible = problem.costs(["c"], ["r"])
    assert eligible.all()
    assert cost.tolist() == [[10_000 + 60_000]]
    classes = transportation_problem(problem.formulation, soft_locks=False)
    with pytest.raises(CostRangeError, match="64 bits"):
        classes.at((1, 1 << 61, 1))
