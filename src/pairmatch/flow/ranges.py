"""Numbers that come from outside: whole, within bounds, and small enough for 64 bits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pairmatch.arrays import Int32Array, IntArray
from pairmatch.errors import FlowRangeError

# as small as the numbers allow, where reading from memory is what takes the time
AnyIntArray = Int32Array | IntArray

_LARGEST = 1 << 62
_LARGEST_PATH = 1 << 60
_MOST_ROWS = 1 << 31


@dataclass(frozen=True)
class Extremes:
    """The largest numbers of a network: absolute unit costs and supplies, and capacities."""

    unit_cost: int
    capacity: int
    supply: int

    def joined(self, other: "Extremes") -> "Extremes":
        """Return the larger number of each kind."""
        return Extremes(
            max(self.unit_cost, other.unit_cost),
            max(self.capacity, other.capacity),
            max(self.supply, other.supply),
        )

    def check(self, nodes: int, arcs: int) -> None:
        """Raise `FlowRangeError` if a potential, a flow or a supply could leave int64."""
        if nodes + arcs >= _MOST_ROWS:
            raise FlowRangeError(f"{nodes} nodes and {arcs} arcs; both together stay below 2**31")
        # a potential is the cost of a path over distinct nodes; engines scale costs by nodes + 1
        # and compare sums of a few potentials
        if (self.unit_cost + 1) * (nodes + 1) >= _LARGEST_PATH:
            raise FlowRangeError(
                f"unit costs up to {self.unit_cost} over {nodes} nodes could overflow 64 bits"
            )
        if self.capacity * max(arcs, 1) >= _LARGEST or self.supply * max(nodes, 1) >= _LARGEST:
            raise FlowRangeError("capacities or supplies could overflow 64 bits when added up")


def largest(values: IntArray) -> int:
    """Return the largest absolute value as a Python integer, 0 of none."""
    return max(abs(int(values.max(initial=0))), abs(int(values.min(initial=0))))


def integers(name: str, values: npt.ArrayLike) -> IntArray:
    """Return values as a contiguous int64 array.

    Raises
    ------
    FlowRangeError
        If they are not one-dimensional, not integers, or beyond 2**62.
    """
    array = np.asarray(values)
    if array.ndim != 1:
        raise FlowRangeError(f"{name} has {array.ndim} dimensions, one is needed")
    if array.shape[0] and array.dtype.kind not in "iu":
        raise FlowRangeError(f"{name} holds {array.dtype}, integers are needed")
    if array.dtype.kind == "u" and array.shape[0] and int(array.max()) >= _LARGEST:
        raise FlowRangeError(f"{name} holds numbers of 2**62 or more")
    return np.ascontiguousarray(array, dtype=np.int64)


def positions(name: str, values: npt.ArrayLike, count: int) -> IntArray:
    """Return distinct positions from 0 to ``count - 1``.

    Raises
    ------
    FlowRangeError
        If one does not exist or is named twice.
    """
    array = integers(name, values)
    if array.shape[0] and (array.min() < 0 or array.max() >= count):
        raise FlowRangeError(
            f"{name} names {int(array.min())} or {int(array.max())}; there are 0 to {count - 1}"
        )
    if np.unique(array).shape != array.shape:
        raise FlowRangeError(f"{name} names something twice")
    return array


def same_shape(name: str, values: npt.ArrayLike, shape: tuple[int, ...]) -> IntArray:
    """Return integers of a given shape.

    Raises
    ------
    FlowRangeError
        If the shape is another one.
    """
    array = integers(name, values)
    if array.shape != shape:
        raise FlowRangeError(f"{name} has shape {array.shape}, {shape} is needed")
    return array
