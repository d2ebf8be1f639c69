import numpy as np
import pytest
from tests.flow.networks import random_network
from tests.flow.sessions import random_forest
from tests.flow.test_pivoting import supply_above
from tests.flow.tree_checks import check_flow, check_tree

from pairmatch.flow import FlowNetwork, SimplexSession
from pairmatch.flow.rebalance import rebalance
from pairmatch.flow.spanning_tree import PARENT, ROOT, set_potentials

pytestmark = pytest.mark.usefixtures("every_rule")

DEAR = 10_000


def test_any_basis_becomes_feasible_with_artificial_flow_for_what_does_not_fit() -> None:
    cut = kept = 0
    for seed in range(300):
        rng = np.random.default_rng([seed, 10])
        network = random_network(rng, most_nodes=14)
        session = SimplexSession(network)
        tree_arc, at_upper = random_forest(rng, network)
        session.start_at(tree_arc, at_upper)
        arcs, tree, excess = session._arcs, session._tree, session._excess
        changed = rebalance(arcs, tree, excess, DEAR)
        assert not excess.any()
        set_potentials(tree, arcs.unit_cost)
        check_tree(arcs, tree)
        check_flow(arcs, supply_above(network))
        given = tree_arc >= 0
        cut_off = given & (tree.node[1:, PARENT] == ROOT)
        assert cut_off.sum() <= changed <= network.nodes
        cut += int(cut_off.sum())
        kept += int((given & ~cut_off).sum())
        # balanced now: doing it again changes nothing
        flow = arcs.flow.copy()
        assert rebalance(arcs, tree, excess, DEAR) == 0
        assert arcs.flow.tolist() == flow.tolist()
    assert cut > 300
    assert kept > 300


def test_what_a_tree_arc_cannot_take_goes_over_the_artificial_arc() -> None:
    # 0 -> 1 takes 4 of the 7 that node 0 has
    session = SimplexSession(FlowNetwork([0], [1], [4], [1], [7, -7]))
    session.start_at(np.array([0, -1]), np.array([False]))
    assert rebalance(session._arcs, session._tree, session._excess, DEAR) >= 1
    assert session._arcs.flow.tolist() == [3, 3, 4]
    assert session._arcs.unit_cost[:2].tolist() == [DEAR, DEAR]
