"""Lists of candidates, empty as yet."""

import numpy as np

from pairmatch.flow.simplex_arcs import Listed


def room_for(count: int) -> Listed:
    """Return a list with room for a number of candidates."""
    return Listed(np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64))
