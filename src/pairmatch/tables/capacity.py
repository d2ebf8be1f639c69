"""How many recipients each cadre may have."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model.policy import Policy


def resolved_capacity(cadres: pa.Table, policy: Policy) -> npt.NDArray[np.int64]:
    """Return each cadre's own capacity, else the rank's, else the default; shape ``(cadres,)``."""
    ranks = pa.array(policy.ranks, pa.string())
    by_rank = np.array(
        [policy.capacity_of(rank) for rank in policy.ranks] + [policy.load.default_capacity],
        dtype=np.int64,
    )
    rank = pc.fill_null(pc.index_in(cadres.column("rank"), value_set=ranks), -1).to_numpy()
    own = cadres.column("capacity")
    filled: npt.NDArray[np.int64] = pc.fill_null(own, 0).to_numpy()
    return np.where(own.is_valid().to_numpy(), filled, by_rank[rank])
