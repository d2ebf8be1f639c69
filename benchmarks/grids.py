"""Networks on grids, in the manner of GRIDGEN and GOTO; made up here, not theirs bit by bit."""

import numpy as np

from benchmarks.network import IntArray, Network

_DEAREST = 10_000
_WIDEST = 1000


def gridgen_like(exponent: int, seed: int = 1) -> Network:
    """Make a two-way grid with random long arcs, eight arcs a node in all.

    GRIDGEN's idea: a node apart, joined to all sources and sinks by wide and dear arcs, makes the
    problem feasible whatever else is drawn.
    """
    rng = np.random.default_rng([seed, exponent])
    nodes = 1 << exponent
    tail, head = _grid(nodes, around=False)
    tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
    ends = rng.permutation(nodes)[: 2 * round(nodes**0.5)]
    sources, sinks = np.split(ends, 2)
    apart = np.full(sources.shape[0], nodes)
    long_arcs = 8 * nodes - tail.shape[0] - ends.shape[0]
    start = rng.integers(0, nodes, long_arcs)
    end = (start + rng.integers(1, nodes, long_arcs)) % nodes
    supply = np.zeros(nodes + 1, dtype=np.int64)
    supply[sources] = _spread(rng, 1000 * sources.shape[0], sources.shape[0])
    supply[sinks] = -_spread(rng, 1000 * sources.shape[0], sources.shape[0])
    drawn = tail.shape[0] + long_arcs
    everything = int(supply[sources].sum())
    return Network.sorted(
        np.concatenate([tail, start, sources, apart]),
        np.concatenate([head, end, apart, sinks]),
        np.concatenate([rng.integers(1, _WIDEST + 1, drawn), np.full(ends.shape[0], everything)]),
        np.concatenate([rng.integers(1, _DEAREST + 1, drawn), np.full(ends.shape[0], _DEAREST)]),
        supply,
    )


def goto_like(exponent: int, seed: int = 1) -> Network:
    """Make a torus with arcs one way, one source and one sink, eight arcs a node.

    GOTO's idea: long arcs are cheap and narrow, short ones dear and wide, so that flow must wind
    around; and the supply is near what the narrowest cut lets through. How much that is, is found
    here by a maximum flow.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415  # only this family needs it
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415  # as above

    rng = np.random.default_rng([seed, exponent])
    nodes = 1 << exponent
    tail, head = _grid(nodes, around=True)
    leap = np.repeat([5, 17, 29, 61, 97, 131], nodes)
    start = np.tile(np.arange(nodes), 6)
    end = (start + leap) % nodes
    short, long = tail.shape[0], start.shape[0]
    capacity = np.concatenate(
        [rng.integers(_WIDEST // 2, _WIDEST + 1, short), rng.integers(1, _WIDEST // 8, long)]
    )
    reach = np.concatenate([np.ones(short, dtype=np.int64), leap])
    cost = rng.integers(1, _DEAREST + 1, short + long) // (1 + reach // 8) + 1
    tail, head = np.concatenate([tail, start]), np.concatenate([head, end])
    source, sink = 0, nodes // 2 + round(nodes**0.5) // 2
    matrix = csr_array((capacity.astype(np.int32), (tail, head)), shape=(nodes, nodes))
    most = int(maximum_flow(matrix, source, sink).flow_value)
    supply = np.zeros(nodes, dtype=np.int64)
    supply[source], supply[sink] = most * 9 // 10, -(most * 9 // 10)
    return Network.sorted(tail, head, capacity, cost, supply)


def _grid(nodes: int, *, around: bool) -> tuple[IntArray, IntArray]:
    """Return arcs east and south on a grid of about as many rows as columns."""
    columns = 1 << (nodes.bit_length() // 2)
    place = np.arange(nodes).reshape(-1, columns)
    if around:
        east, south = np.roll(place, -1, axis=1), np.roll(place, -1, axis=0)
        return (
            np.concatenate([place.ravel(), place.ravel()]),
            np.concatenate([east.ravel(), south.ravel()]),
        )
    return (
        np.concatenate([place[:, :-1].ravel(), place[:-1].ravel()]),
        np.concatenate([place[:, 1:].ravel(), place[1:].ravel()]),
    )


def _spread(rng: np.random.Generator, total: int, parts: int) -> IntArray:
    """Cut a total into random parts of at least 1."""
    return 1 + rng.multinomial(total - parts, np.full(parts, 1 / parts))
