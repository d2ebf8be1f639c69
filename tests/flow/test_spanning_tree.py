import numpy as np
import pytest
from tests.flow.networks import random_network
from tests.flow.test_pivoting import cold
from tests.flow.tree_checks import check_tree

from pairmatch._kernels import callable_from_python
from pairmatch.arrays import Int32Array
from pairmatch.flow import SimplexSession
from pairmatch.flow.pricing_rule import LISTS
from pairmatch.flow.spanning_tree import (
    CHILD,
    DEPTH,
    NONE,
    PARENT,
    ROOT,
    TERMINAL,
    all_potentials,
    make_all_explicit,
    make_leaves_implicit,
    rebuild,
    set_potentials,
    star,
)
from pairmatch.flow.spanning_tree import (
    following as inner_following,
)
from pairmatch.flow.spanning_tree import (
    is_implicit as inner_is_implicit,
)
from pairmatch.flow.spanning_tree import (
    shift_subtree as inner_shift_subtree,
)

# only kernels call them
following = callable_from_python(inner_following)
is_implicit = callable_from_python(inner_is_implicit)
shift_subtree = callable_from_python(inner_shift_subtree)

# where arcs are looked at in blocks, no node is taken for terminal
pytestmark = [
    pytest.mark.usefixtures("every_rule"),
    pytest.mark.parametrize("every_rule", [LISTS], indirect=True),
]


def _solved(seed: int) -> SimplexSession:
    session = SimplexSession(random_network(np.random.default_rng([seed, 6]), most_nodes=20))
    session.solve()
    return session


def _kept_below(node: Int32Array, top: int) -> list[int]:
    """Return the nodes of a subtree that are not implicit."""
    kept = [top]
    at = following(node, top, top)
    while at != NONE:
        kept.append(at)
        at = following(node, at, top)
    return kept


def test_a_star_hangs_every_node_on_the_root() -> None:
    up = np.array([True, False, True])
    tree = star(up, np.array([5, 6, 7]), np.array([False, True, False]))
    assert tree.node[1:, PARENT].tolist() == [ROOT] * 3
    assert tree.node[:, DEPTH].tolist() == [0, 1, 1, 1]
    assert tree.potential.tolist() == [0, -5, 6, -7]
    nobody = star(np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64), up[:0])
    assert nobody.node[ROOT, CHILD] == NONE
    assert following(nobody.node, ROOT, ROOT) == NONE


def test_depth_first_order_meets_every_node_that_is_not_implicit_once() -> None:
    implicit = 0
    for seed in range(60):
        session = _solved(seed)
        node = session._tree.node
        met = []
        at = following(node, ROOT, ROOT)
        while at != NONE:
            met.append(at)
            at = following(node, at, ROOT)
        away = [v for v in range(1, node.shape[0]) if is_implicit(node, v)]
        assert sorted(met + away) == list(range(1, node.shape[0]))
        # a node comes after its parent
        place = {v: n for n, v in enumerate(met)}
        assert all(place[node[v, PARENT]] < place[v] for v in met if node[v, PARENT] != ROOT)
        implicit += len(away)
    assert implicit > 30


def test_nodes_that_were_made_explicit_can_be_made_implicit_again() -> None:
    for seed in range(60):
        session = _solved(seed)
        arcs, tree = session._arcs, session._tree
        before = all_potentials(tree, arcs.unit_cost)
        make_all_explicit(tree, arcs.unit_cost)
        # every potential is kept now
        assert tree.potential[1:].tolist() == before[1:].tolist()
        make_leaves_implicit(tree.node)
        check_tree(arcs, tree)
        assert all_potentials(tree, arcs.unit_cost).tolist() == before.tolist()


def test_potentials_computed_anew_are_those_that_pivots_left() -> None:
    for seed in range(60):
        session = _solved(seed)
        arcs, tree = session._arcs, session._tree
        before = all_potentials(tree, arcs.unit_cost)
        tree.potential[1:] = -99
        set_potentials(tree, arcs.unit_cost)
        assert all_potentials(tree, arcs.unit_cost).tolist() == before.tolist()


def test_a_shift_moves_a_subtree_and_nothing_else() -> None:
    for seed in range(30):
        session = _solved(seed)
        arcs, tree = session._arcs, session._tree
        before = all_potentials(tree, arcs.unit_cost)
        parent = tree.node[:, PARENT]
        for top in range(1, tree.node.shape[0]):
            if is_implicit(tree.node, top):
                continue
            assert shift_subtree(tree, top, 7) == len(_kept_below(tree.node, top))
            after = all_potentials(tree, arcs.unit_cost)
            shift_subtree(tree, top, -7)
            below = {top}
            for _ in range(parent.shape[0]):
                below |= {v for v in range(1, parent.shape[0]) if parent[v] in below}
            moved = set(np.flatnonzero(after != before).tolist())
            assert moved == below
            check_tree(arcs, tree)


def test_a_tree_is_rebuilt_from_its_parents() -> None:
    for seed in range(60):
        session = _solved(seed)
        arcs, tree = session._arcs, session._tree
        parent = tree.node[:, PARENT].astype(np.int64)
        assert rebuild(tree.node, parent)
        make_leaves_implicit(tree.node)
        set_potentials(tree, arcs.unit_cost)
        check_tree(arcs, tree)


def test_parents_that_go_round_in_a_circle_are_no_tree() -> None:
    node = star(
        np.zeros(4, dtype=np.bool_), np.zeros(4, dtype=np.int64), np.zeros(4, dtype=np.bool_)
    ).node
    assert rebuild(node, np.array([NONE, 0, 1, 2, 0]))
    assert node[:, DEPTH].tolist() == [0, 1, 2, 3, 1]
    assert not rebuild(node, np.array([NONE, 2, 1, 0, 0]))
    assert not rebuild(node, np.array([NONE, 2, 3, 4, 1]))


def test_nodes_that_no_arc_leaves_are_terminal() -> None:
    for seed in range(30):
        network = random_network(np.random.default_rng([seed, 7]), most_nodes=20)
        terminal = cold(network)._tree.node[1:, TERMINAL].astype(bool)
        assert terminal.tolist() == [v not in network.tail for v in range(network.nodes)]
