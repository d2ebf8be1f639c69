"""What a session refuses leaves it as it was."""

from collections.abc import Callable

import numpy as np
import pytest

from pairmatch.flow import FlowNetwork, FlowRangeError, FlowStatus, SimplexSession

pytestmark = pytest.mark.usefixtures("every_rule")

Edit = Callable[[SimplexSession], None]


def _n(*values: float) -> np.ndarray:
    return np.array(values)


NO = np.zeros(3, dtype=np.bool_)

REFUSED: dict[str, Edit] = {
    "node -1": lambda s: s.set_supply(_n(-1), _n(7)),
    "node 5": lambda s: s.set_supply(_n(5), _n(7)),
    "a node twice": lambda s: s.set_supply(_n(0, 0), _n(4, 5)),
    "a float supply": lambda s: s.set_supply(_n(0), _n(2.5)),
    "fewer supplies than nodes": lambda s: s.set_supply(_n(0, 1), _n(5)),
    "a supply beyond the range": lambda s: s.set_supply(_n(0), _n(1 << 62)),
    "supplies that add up to 2**64": lambda s: s.set_supply(_n(0, 1), _n(1 << 62, 1 << 62)),
    "arc -1": lambda s: s.set_unit_cost(_n(-1), _n(7)),
    "arc 3": lambda s: s.set_unit_cost(_n(3), _n(7)),
    "a float cost": lambda s: s.set_unit_cost(_n(0), _n(2.7)),
    "a cost beyond the range": lambda s: s.set_unit_cost(_n(0), _n(1 << 59)),
    "the most negative cost": lambda s: s.set_unit_cost(_n(0), _n(-(1 << 63))),
    "a negative lower bound": lambda s: s.set_bounds(_n(0), _n(-2), _n(5)),
    "a lower bound above the capacity": lambda s: s.set_bounds(_n(0), _n(6), _n(5)),
    "a capacity beyond the range": lambda s: s.set_bounds(_n(0), _n(0), _n((1 << 63) - 1)),
    "bounds of arc -1": lambda s: s.set_bounds(_n(-1), _n(0), _n(5)),
    "bounds of an arc twice": lambda s: s.set_bounds(_n(0, 0), _n(1, 2), _n(4, 5)),
    "float bounds": lambda s: s.set_bounds(_n(0), _n(0.5), _n(5.5)),
    "capacities that add up beyond the range": lambda s: s.add_arcs(
        np.zeros(8, dtype=np.int64),
        np.ones(8, dtype=np.int64),
        np.full(8, (1 << 59) - 1),
        np.ones(8, dtype=np.int64),
    ),
    "a tree for fewer nodes": lambda s: s.start_at(_n(-1, 0), NO),
    "a tree arc that is not there": lambda s: s.start_at(_n(-1, 0, 9), NO),
    "tree arc -5": lambda s: s.start_at(_n(-1, 0, -5), NO),
    "full arcs of another network": lambda s: s.start_at(_n(-1, 0, 1), np.zeros(7, dtype=np.bool_)),
    "an arc away from its node": lambda s: s.start_at(_n(1, -1, 0), NO),
    "a circle of tree arcs": lambda s: s.start_at(_n(1, 0, -1), NO),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("solved", [False, True])
def test_what_is_refused_changes_nothing(name: str, solved: bool) -> None:
    network = FlowNetwork([0, 1, 0], [1, 0, 2], [5, 5, 5], [1, 1, 5], [3, 0, -3])
    session = SimplexSession(network)
    if solved:
        session.solve()
    with pytest.raises(FlowRangeError):
        REFUSED[name](session)
    now = session.network()
    for field in ("tail", "head", "capacity", "unit_cost", "supply"):
        assert getattr(now, field).tolist() == getattr(network, field).tolist()
    result = session.solve()
    assert (result.status, result.cost) == (FlowStatus.OPTIMAL, 15)
