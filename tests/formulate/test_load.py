import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import Policy
from pairmatch.formulate.load import LoadCurve, load_curve

STEPS = st.lists(st.integers(0, 10**8), min_size=1, max_size=6).map(sorted)


@given(STEPS, st.integers(0, 40))
def test_the_total_is_the_sum_of_the_steps(steps: list[int], load: int) -> None:
    curve = LoadCurve(np.array(steps, dtype=np.int64))
    one_by_one = [int(curve.marginal(np.array([n]))[0]) for n in range(1, load + 1)]
    assert one_by_one == [steps[min(n, len(steps)) - 1] for n in range(1, load + 1)]
    assert curve.total(np.array([load])).tolist() == [sum(one_by_one)]


@given(STEPS)
def test_the_curve_is_convex(steps: list[int]) -> None:
    curve = LoadCurve(np.array(steps, dtype=np.int64))
    total = curve.total(np.arange(12))
    assert total[0] == 0
    assert (np.diff(total, 2) >= 0).all()


def test_the_policys_kilometres_become_metres_exactly() -> None:
    policy = Policy.model_validate({"load": {"marginal_km": ["0.001", 0.3, "15.125"]}})
    assert load_curve(policy).marginal_m.tolist() == [1, 300, 15_125]
    assert load_curve(Policy()).marginal_m.tolist() == [0, 15_000, 45_000, 90_000]


def test_a_curve_that_falls_is_no_policy() -> None:
    with pytest.raises(ValueError, match="steps that fall"):
        Policy.model_validate({"load": {"marginal_km": [10, 5]}})
