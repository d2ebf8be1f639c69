import numpy as np

from pairmatch.flow import FlowNetwork
from pairmatch.flow.arc_store import ArcStore, places_with_flow
from pairmatch.flow.simplex_arcs import AT_LOWER, AT_UPPER, IN_TREE


def test_arcs_are_found_by_the_callers_numbers_however_they_came() -> None:
    rng = np.random.default_rng(2)
    for _ in range(40):
        nodes = int(rng.integers(2, 7))
        store = ArcStore(nodes)
        columns: list[list[int]] = [[], [], [], [], []]
        bundles: list[tuple[int, int]] = []
        for _ in range(int(rng.integers(1, 5))):
            count = int(rng.integers(0, 12))
            lower = rng.integers(0, 4, count)
            new = FlowNetwork(
                tail=rng.integers(0, nodes, count),
                head=rng.integers(0, nodes, count),
                capacity=lower + rng.integers(0, 9, count),
                unit_cost=rng.integers(-9, 9, count),
                supply=np.zeros(nodes, dtype=np.int64),
                lower_bound=lower,
            )
            first, last = store.append(new)
            bundles += zip(first.tolist(), last.tolist(), strict=True)
            values = (new.tail, new.head, new.capacity, new.unit_cost, lower)
            for column, part in zip(columns, values, strict=True):
                column.extend(part.tolist())
        arcs, place = store.arcs, store.place
        assert (arcs.tail[place] - 1).tolist() == columns[0]
        assert (arcs.head[place] - 1).tolist() == columns[1]
        assert (arcs.capacity[place] + store.lower).tolist() == columns[2]
        assert arcs.unit_cost[place].tolist() == columns[3]
        assert store.lower.tolist() == columns[4]
        assert (store.caller[place - nodes] == np.arange(place.shape[0])).all()
        assert not arcs.flow.any()
        assert (arcs.state[nodes:] == AT_LOWER).all()
        # bundles follow each other behind the artificial arcs, and each has one head
        assert [first for first, _ in bundles] == [nodes, *(last for _, last in bundles)][:-1]
        assert all(np.unique(arcs.head[first:last]).shape[0] == 1 for first, last in bundles)


def test_arcs_with_flow_are_found_by_their_state_first() -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        count = int(rng.integers(0, 30))
        state = rng.choice([AT_LOWER, IN_TREE, AT_UPPER], count).astype(np.int8)
        flow = np.where(state == AT_LOWER, 0, rng.integers(0, 3, count))
        assert places_with_flow(state, flow).tolist() == np.flatnonzero(flow).tolist()
