import numpy as np
import pytest

from pairmatch.flow import FlowNetwork, FlowRangeError, FlowStatus, engine_named


def test_a_stop_is_honoured_before_it_begins() -> None:
    session = engine_named("ortools").open(FlowNetwork([0], [1], [4], [1], [3, -3]))
    result = session.solve(lambda: True)
    assert result.status is FlowStatus.STOPPED
    assert not result.flow.any()
    assert session.solve(lambda: False).cost == 3


def test_changes_beyond_the_ranges_are_refused() -> None:
    session = engine_named("ortools").open(FlowNetwork([0], [1], [4], [1], [3, -3]))
    one = np.array([0])
    with pytest.raises(FlowRangeError, match="unit costs"):
        session.set_unit_cost(one, np.array([1 << 60]))
    with pytest.raises(FlowRangeError, match="overflow"):
        session.add_arcs(one, one + 1, np.array([1 << 62]), one)
