"""Arcs as the network simplex method keeps them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pairmatch.arrays import IntArray

AT_LOWER = 1
IN_TREE = 0
AT_UPPER = -1

# bundles visited side by side before the next stride: fast in memory, while lists need a sample
RUN = 64


class SimplexArcs(NamedTuple):
    """Arcs as the simplex method keeps them, shape ``(A,)`` each.

    ``tail`` and ``head`` are nodes of the tree, unsigned so that kernels need no check for
    negative positions; ``flow`` runs from 0 to ``capacity``; ``state`` is `AT_LOWER`, `IN_TREE` or
    `AT_UPPER`, int8. A violation is a negative product of state and reduced cost.
    """

    tail: npt.NDArray[np.uint32]
    head: npt.NDArray[np.uint32]
    capacity: IntArray
    unit_cost: IntArray
    flow: IntArray
    state: npt.NDArray[np.int8]


class Listed(NamedTuple):
    """Candidates for entering, shape ``(C,)`` each.

    ``value`` is how far each of them violated its optimality condition when it was listed, below 0.
    """

    arc: IntArray
    value: IntArray


class Bundles(NamedTuple):
    """Runs of arcs that are priced together.

    ``first`` has one entry a bundle, its first arc, and ``last`` the arc after its last one. They
    are visited in runs of `RUN`; ``stride`` and the number of runs have no common divisor. Where
    ``block`` is not 0, every bundle is one arc, they are stored side by side in a mixed order,
    and a candidate is the worst of that many.
    """

    first: IntArray
    last: IntArray
    stride: int
    block: int
