"""Assignment problems as matrices."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.network import IntArray, Network

Matrix: TypeAlias = npt.NDArray[np.float64]


def cost_matrix(network: Network) -> Matrix:
    """Return the costs of a complete assignment problem, a row for each node with supply."""
    people = network.nodes // 2
    return network.unit_cost.reshape(people, people).astype(np.float64)


def only_complete(network: Network) -> str | None:
    """Say that a peer wants a matrix."""
    return None if network.kind == "complete" else "only complete assignment problems (a matrix)"


def only_assignment(network: Network) -> str | None:
    """Say that a peer knows nothing but assignments."""
    return None if network.kind != "general" else "only assignment problems"


def row_starts(network: Network) -> IntArray:
    """Return where each row begins among the arcs, shape ``(people + 1,)``."""
    return np.searchsorted(network.tail, np.arange(network.nodes // 2 + 1))
