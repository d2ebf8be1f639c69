"""How many recipients each cadre may have."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.model.policy import Policy


def resolved_capacity(cadres: pa.Table, rank: IntArray, policy: Policy) -> IntArray:
    """Return each cadre's own capacity, else the rank's, else the default; shape ``(cadres,)``.

    ``rank`` is the position of each cadre's among the policy's, -1 if it is none of these.
    """
    by_rank = np.array(
        [policy.capacity_of(rank) for rank in policy.ranks] + [policy.load.default_capacity],
        dtype=np.int64,
    )
    own = cadres.column("capacity")
    if own.null_count == len(own):
        return by_rank[rank]
    filled: IntArray = pc.fill_null(own, 0).to_numpy()
    return np.where(own.is_valid().to_numpy(), filled, by_rank[rank])
