"""Assignment problems for the peers that know nothing else."""

import numpy as np

from benchmarks.network import Network

_SIDE = 100_000
_NEAREST = 16


def complete(people: int, seed: int = 1) -> Network:
    """Give each of two sides random points on a square; every pair has an arc.

    Unit costs are city-block distances: whole numbers, also for a peer that computes them itself.
    """
    points = np.random.default_rng([seed, people]).integers(0, _SIDE, (2 * people, 2))
    left, right = points[:people], points[people:]
    cost = np.abs(left[:, None, :] - right[None, :, :]).sum(axis=2)
    tail, head = np.divmod(np.arange(people * people), people)
    return Network(
        tail,
        people + head,
        np.ones(people * people, dtype=np.int64),
        cost.ravel(),
        np.repeat([1, -1], people),
        "complete",
        points,
    )


def nearest(people: int, seed: int = 1) -> Network:
    """As `complete`, with the 16 nearest of each one only, and one arc more to be feasible."""
    from scipy.spatial import KDTree  # noqa: PLC0415  # slow import, first use only

    points = np.random.default_rng([seed, people]).integers(0, _SIDE, (2 * people, 2))
    left, right = points[:people], points[people:]
    near = min(_NEAREST, people)
    _, to_right = KDTree(right).query(left, k=near, p=1)
    _, to_left = KDTree(left).query(right, k=near, p=1)
    each = np.arange(people)
    tail = np.concatenate([np.repeat(each, near), to_left.ravel(), each])
    head = np.concatenate([to_right.ravel(), np.repeat(each, near), each])
    pair = np.unique(tail * people + head)
    tail, head = np.divmod(pair, people)
    return Network(
        tail,
        people + head,
        np.ones(pair.shape[0], dtype=np.int64),
        np.abs(left[tail] - right[head]).sum(axis=1),
        np.repeat([1, -1], people),
        "assignment",
        np.zeros((0, 2), dtype=np.int64),
    )
