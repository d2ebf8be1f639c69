"""Networks and results as frozen arrays."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]
ArrayLike: TypeAlias = npt.ArrayLike

_LARGEST = 1 << 62


class FlowRangeError(ValueError):
    """Numbers so large that 64-bit arithmetic could overflow, or arrays that do not fit."""


class FlowStatus(Enum):
    """How a flow problem ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True)
class FlowNetwork:
    """``A`` arcs over ``N`` nodes.

    Attributes
    ----------
    tail, head
        Shape ``(A,)``, node numbers from 0.
    capacity
        Shape ``(A,)``, at least 0. Flow runs between 0 and the capacity.
    unit_cost
        Shape ``(A,)``, may be negative.
    supply
        Shape ``(N,)``: positive where flow enters, negative where it leaves.
    """

    tail: IntArray
    head: IntArray
    capacity: IntArray
    unit_cost: IntArray
    supply: IntArray

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return int(self.supply.shape[0])

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return int(self.tail.shape[0])

    @classmethod
    def checked(
        cls,
        tail: ArrayLike,
        head: ArrayLike,
        capacity: ArrayLike,
        unit_cost: ArrayLike,
        supply: ArrayLike,
    ) -> "FlowNetwork":
        """Build a network and prove that no path, potential or total can overflow int64.

        Raises
        ------
        FlowRangeError
            If shapes differ, a node does not exist, a capacity is negative, or
            ``nodes * max|unit_cost|`` or ``sum(capacity)`` reaches 2**62.
        """
        arrays = {
            "tail": _integers("tail", tail),
            "head": _integers("head", head),
            "capacity": _integers("capacity", capacity),
            "unit_cost": _integers("unit_cost", unit_cost),
        }
        network = cls(**arrays, supply=_integers("supply", supply))
        for name, array in arrays.items():
            if array.shape != network.tail.shape:
                raise FlowRangeError(
                    f"{name} has shape {array.shape}, tail has shape {network.tail.shape}"
                )
        for name in ("tail", "head"):
            array = arrays[name]
            if network.arcs and (array.min() < 0 or array.max() >= network.nodes):
                raise FlowRangeError(
                    f"{name} names node {int(array.min())} or {int(array.max())}; "
                    f"the nodes are 0 to {network.nodes - 1}"
                )
        if network.arcs and network.capacity.min() < 0:
            raise FlowRangeError(f"a capacity is {int(network.capacity.min())}, below 0")
        network.check_ranges()
        return network

    def check_ranges(self) -> None:
        """Raise `FlowRangeError` if a potential, a flow or a supply could leave int64."""
        dearest = max(
            abs(int(self.unit_cost.max(initial=0))), abs(int(self.unit_cost.min(initial=0)))
        )
        # a potential is the cost of a path over distinct nodes; engines scale costs by nodes + 1
        if dearest * (self.nodes + 1) >= _LARGEST:
            raise FlowRangeError(
                f"unit costs up to {dearest} over {self.nodes} nodes could overflow 64 bits"
            )
        widest = int(self.capacity.max(initial=0))
        most = max(abs(int(self.supply.max(initial=0))), abs(int(self.supply.min(initial=0))))
        if widest * max(self.arcs, 1) >= _LARGEST or most * max(self.nodes, 1) >= _LARGEST:
            raise FlowRangeError("capacities or supplies could overflow 64 bits when added up")


@dataclass(frozen=True)
class FlowResult:
    r"""What an engine found.

    Attributes
    ----------
    status
        The arrays below hold zeros unless it is OPTIMAL.
    flow
        Shape ``(A,)``.
    potential
        Shape ``(N,)``: with :math:`\bar c = c + \pi_{tail} - \pi_{head}`, an arc with room left
        has a reduced cost of at least 0, an arc with flow one of at most 0.
    cost
        Total cost, a Python integer, exact.
    """

    status: FlowStatus
    flow: IntArray
    potential: IntArray
    cost: int


def _integers(name: str, values: ArrayLike) -> IntArray:
    array = np.asarray(values)
    if array.ndim != 1:
        raise FlowRangeError(f"{name} has {array.ndim} dimensions, one is needed")
    if array.shape[0] and array.dtype.kind not in "iu":
        raise FlowRangeError(f"{name} holds {array.dtype}, integers are needed")
    if array.dtype.kind == "u" and array.shape[0] and int(array.max()) >= _LARGEST:
        raise FlowRangeError(f"{name} holds numbers of 2**62 or more")
    return np.ascontiguousarray(array, dtype=np.int64)
