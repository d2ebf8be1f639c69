"""Sessions that live: what is done to one between solves, at random."""

from collections import Counter
from collections.abc import Callable

import numpy as np
from tests.flow.networks import check, random_arcs, random_network
from tests.flow.tree_checks import check_tree

from pairmatch.flow import FlowNetwork, FlowResult, FlowStatus, SimplexSession, engine_named


def random_forest(rng: np.random.Generator, network: FlowNetwork) -> tuple[np.ndarray, np.ndarray]:
    """Draw a forest of tree arcs, and arcs that are to be full, good or bad."""
    tree_arc = np.full(network.nodes, -1, dtype=np.int64)
    root = np.arange(network.nodes)

    def top(v: int) -> int:
        while root[v] != v:
            v = int(root[v])
        return v

    for arc in rng.permutation(network.arcs):
        ends = [int(network.tail[arc]), int(network.head[arc])]
        rng.shuffle(ends)
        child, parent = ends
        if root[child] == child and top(parent) != child and rng.random() < 0.8:
            tree_arc[child] = arc
            root[child] = parent
    return tree_arc, rng.random(network.arcs) < 0.3


def add_arcs(rng: np.random.Generator, session: SimplexSession) -> None:
    session.add_arcs(*random_arcs(rng, session.nodes, int(rng.integers(1, 6))))


def set_supply(rng: np.random.Generator, session: SimplexSession) -> None:
    supply = session.network().supply
    node = rng.choice(session.nodes, min(session.nodes, 3), replace=False)
    change = rng.integers(-3, 4, node.shape)
    change[0] -= change.sum()
    session.set_supply(node, supply[node] + change)


def set_unit_cost(rng: np.random.Generator, session: SimplexSession) -> None:
    arc = rng.choice(session.arcs, min(session.arcs, 3), replace=False)
    session.set_unit_cost(arc, rng.integers(-15, 25, arc.shape))


def set_bounds(rng: np.random.Generator, session: SimplexSession) -> None:
    arc = rng.choice(session.arcs, min(session.arcs, 3), replace=False)
    lower = rng.integers(0, 3, arc.shape) * (rng.random(arc.shape) < 0.5)
    session.set_bounds(arc, lower, lower + rng.integers(0, 7, arc.shape))


def start_at(rng: np.random.Generator, session: SimplexSession) -> None:
    session.start_at(*random_forest(rng, session.network()))


def solve_stopped(rng: np.random.Generator, session: SimplexSession) -> None:
    """Stop a solve at its first question; what it says must be true, and the next goes on."""
    result = session.solve(lambda: True)
    network = session.network()
    if result.status is not FlowStatus.STOPPED:
        check(network, result)


EDITS: tuple[Callable[[np.random.Generator, SimplexSession], None], ...] = (
    add_arcs,
    set_supply,
    set_unit_cost,
    set_bounds,
    start_at,
    solve_stopped,
)


def solve_and_check(session: SimplexSession, case: str) -> FlowResult:
    """Solve; the result, the tree and what another engine says from scratch must agree."""
    result = session.solve()
    network = session.network()
    check(network, result)
    check_tree(session._arcs, session._tree)
    cold = engine_named("ortools").open(network).solve(lambda: False)
    assert (result.status, result.cost) == (cold.status, cold.cost), case
    return result


def live(seed: int, edits: int, most_nodes: int) -> Counter[str]:
    """Edit and solve a session at random; every solve must equal one from scratch."""
    rng = np.random.default_rng([seed, 8])
    session = SimplexSession(random_network(rng, most_nodes))
    seen: Counter[str] = Counter()
    for _ in range(edits):
        edit = EDITS[int(rng.integers(len(EDITS)))]
        if session.arcs or edit not in (set_unit_cost, set_bounds):
            edit(rng, session)
            seen[edit.__name__] += 1
        if rng.random() < 0.4:
            continue
        result = solve_and_check(session, f"seed {seed}")
        seen[session.stats.start] += 1
        seen[result.status.name] += 1
    return seen
