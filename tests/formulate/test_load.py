import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import Policy
from pairmatch.formulate.load import LoadCurves, load_curves

STEPS = st.lists(st.integers(0, 10**8), min_size=1, max_size=6).map(sorted)


def _curves(*steps: list[int]) -> LoadCurves:
    """Return a cadre on each curve, all of them as long as the longest: the last step goes on."""
    longest = max(map(len, steps))
    rows = [curve + curve[-1:] * (longest - len(curve)) for curve in steps]
    return LoadCurves(np.array(rows, dtype=np.int64), np.arange(len(steps)))


@given(STEPS, STEPS, st.integers(0, 40))
def test_the_total_is_the_sum_of_the_steps_of_each_kind(
    steps: list[int], other: list[int], load: int
) -> None:
    curves = _curves(steps, other)
    one_by_one = [curves.marginal(np.array([n, n])).tolist() for n in range(1, load + 1)]
    assert one_by_one == [
        [kind[min(n, len(kind)) - 1] for kind in (steps, other)] for n in range(1, load + 1)
    ]
    expected = np.array(one_by_one, dtype=np.int64).reshape(-1, 2).sum(axis=0)
    assert curves.total(np.array([load, load])).tolist() == expected.tolist()
    assert curves.take(np.array([1, 1, 0])).total(np.full(3, load)).tolist() == [
        expected[1],
        expected[1],
        expected[0],
    ]


@given(STEPS, st.integers(0, 1000))
def test_the_curve_is_convex_and_costs_are_multiplied_step_by_step(
    steps: list[int], factor: int
) -> None:
    alike = LoadCurves(np.array([steps], dtype=np.int64), np.zeros(12, dtype=np.int64))
    total = alike.total(np.arange(12))
    assert total[0] == 0
    assert (np.diff(total, 2) >= 0).all()
    assert alike.times(factor).total(np.arange(12)).tolist() == (factor * total).tolist()
    assert LoadCurves.flat(12).total(np.arange(12)).tolist() == [0] * 12


def test_the_policys_kilometres_become_metres_exactly() -> None:
    policy = Policy.model_validate({"load": {"marginal_km": ["0.001", 0.3, "15.125"]}})
    assert load_curves(policy, 2).marginal_m.tolist() == [[1, 300, 15_125]]
    assert load_curves(Policy(), 2).marginal_m.tolist() == [[0, 15_000, 45_000, 90_000]]
    assert load_curves(Policy(), 2).kind.tolist() == [0, 0]


def test_a_curve_that_falls_is_no_policy() -> None:
    with pytest.raises(ValueError, match="steps that fall"):
        Policy.model_validate({"load": {"marginal_km": [10, 5]}})
