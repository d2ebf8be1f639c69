"""A minimum-cost flow problem as plain arrays, the same for every solver."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]
Kind = Literal["general", "assignment", "complete"]

_ARRAYS = ("tail", "head", "capacity", "unit_cost", "supply", "points")


@dataclass(frozen=True)
class Network:
    """``A`` arcs over ``N`` nodes, arcs sorted by tail, then by head.

    Attributes
    ----------
    tail, head, capacity, unit_cost
        Shape ``(A,)``.
    supply
        Shape ``(N,)``: positive where flow enters.
    kind
        ``assignment``: N/2 nodes with supply 1, then N/2 with supply -1, all arcs from the former
        to the latter with capacity 1. ``complete``: an assignment with every arc.
    points
        Shape ``(N, 2)`` if unit costs are city-block distances between points, else ``(0, 2)``.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray
    supply: IntArray
    kind: Kind
    points: IntArray

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return int(self.supply.shape[0])

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return int(self.tail.shape[0])

    @classmethod
    def sorted(
        cls,
        tail: IntArray,
        head: IntArray,
        capacity: IntArray,
        unit_cost: IntArray,
        supply: IntArray,
        kind: Kind = "general",
        points: IntArray | None = None,
    ) -> "Network":
        """Sort arcs by tail, then by head: one solver needs that, and none should pay for it."""
        order = np.lexsort((head, tail))
        return cls(
            tail[order],
            head[order],
            capacity[order],
            unit_cost[order],
            supply,
            kind,
            np.zeros((0, 2), dtype=np.int64) if points is None else points,
        )

    def save(self, path: Path) -> None:
        """Write the arrays to one file, for a process of its own."""
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez(path, kind=np.array(get_args(Kind).index(self.kind)), **arrays)

    @classmethod
    def load(cls, path: Path) -> "Network":
        """Read what `save` wrote."""
        with np.load(path) as data:
            kind: Kind = get_args(Kind)[int(data["kind"])]
            arrays = {name: data[name] for name in _ARRAYS}
        return cls(**arrays, kind=kind)
