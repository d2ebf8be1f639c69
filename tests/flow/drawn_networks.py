"""Networks as Hypothesis draws them, so that a failing one shrinks."""

from hypothesis import strategies as st

from pairmatch.flow import FlowNetwork


@st.composite
def networks(draw: st.DrawFn) -> FlowNetwork:
    """Draw a network; everything shrinks to fewer nodes and arcs and smaller numbers."""
    nodes = draw(st.integers(1, 5))
    node = st.integers(0, nodes - 1)
    bounds = st.tuples(st.integers(0, 3), st.integers(0, 4)).map(lambda ab: (ab[0], sum(ab)))
    arcs = draw(st.lists(st.tuples(node, node, bounds, st.integers(-5, 9)), max_size=10))
    supply = draw(st.lists(st.integers(-4, 4), min_size=nodes, max_size=nodes))
    supply[0] -= sum(supply)
    return FlowNetwork(
        [tail for tail, _, _, _ in arcs],
        [head for _, head, _, _ in arcs],
        [capacity for _, _, (_, capacity), _ in arcs],
        [cost for _, _, _, cost in arcs],
        supply,
        [lower for _, _, (lower, _), _ in arcs],
    )
