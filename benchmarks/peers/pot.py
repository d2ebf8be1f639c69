"""POT: optimal transport by the network simplex of Bonneel, on a matrix or on points."""

import numpy as np

from benchmarks.network import Network
from benchmarks.peers.matrices import cost_matrix, only_complete
from benchmarks.peers.peer import WrongAnswerError

_PIVOTS = 1_000_000_000


class PotMatrix:
    """``ot.emd``, costs added up from the plan."""

    name = "POT emd"
    module = "ot"
    distribution = "POT"
    largest = 20_000_000

    def cannot(self, network: Network) -> str | None:
        """Take complete assignment problems."""
        return only_complete(network)

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import ot  # noqa: PLC0415  # may not be installed

        cost = cost_matrix(network)
        each = np.ones(cost.shape[0])
        plan, log = ot.emd(each, each, cost, numItermax=_PIVOTS, log=True)
        if log["warning"] is not None:
            raise WrongAnswerError(f"POT emd: {log['warning']}")
        return round(float((np.rint(plan) * cost).sum()))


class PotLazy:
    """``ot.lp.emd2_lazy``: it computes city-block distances itself, whenever it needs one."""

    name = "POT emd2_lazy"
    module = "ot"
    distribution = "POT"
    largest = 20_000_000

    def cannot(self, network: Network) -> str | None:
        """Take complete assignment problems between points."""
        if (reason := only_complete(network)) is not None:
            return reason
        return None if network.points.shape[0] else "only distances between points"

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import ot  # noqa: PLC0415  # may not be installed

        people = network.nodes // 2
        points = network.points.astype(np.float64)
        each = np.ones(people)
        cost, log = ot.lp.emd2_lazy(
            points[:people],
            points[people:],
            each,
            each,
            metric="cityblock",
            numItermax=_PIVOTS,
            log=True,
            return_matrix=False,
        )
        if log["warning"] is not None:
            raise WrongAnswerError(f"POT emd2_lazy: {log['warning']}")
        return round(float(cost))
