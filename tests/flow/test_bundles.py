import numpy as np
import pytest

from pairmatch.flow import bundles
from pairmatch.flow.bundles import bundle, mixed


@pytest.mark.parametrize("longest", [1, 2, 3, 64])
def test_bundles_hold_every_arc_once_and_arcs_of_one_head_only(
    longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "_LONGEST", longest)
    rng = np.random.default_rng(longest)
    for _ in range(100):
        nodes = int(rng.integers(1, 8))
        head = rng.integers(0, nodes, int(rng.integers(0, 40)))
        order, first, last = bundle(head, nodes)
        assert sorted(order.tolist()) == list(range(head.shape[0]))
        # one after another, without gaps
        assert first.tolist() == [0, *last.tolist()][: first.shape[0]]
        assert (last[-1] if last.shape[0] else 0) == head.shape[0]
        for begin, end in zip(first, last, strict=True):
            arcs = order[begin:end]
            assert 1 <= arcs.shape[0] <= longest
            assert np.unique(head[arcs]).shape[0] == 1
            assert (np.diff(arcs) > 0).all()
        assert (np.diff(head[order]) >= 0).all()
        # as few as may be
        length = np.bincount(head, minlength=nodes)
        assert first.shape[0] == int((-(-length // longest)).sum())


def test_mixed_arcs_are_a_permutation_that_keeps_neighbours_apart() -> None:
    for arcs in (0, 1, 2, 3, 10, 99, 100, 101, 5_000):
        order, first, last = mixed(arcs)
        assert sorted(order.tolist()) == first.tolist() == list(range(arcs))
        assert (last - first == 1).all()
        if arcs > 3:
            assert np.abs(np.diff(order)).min() >= int(arcs**0.5)
