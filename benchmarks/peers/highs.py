"""HiGHS: the flow problem as a linear programme."""

import numpy as np

from benchmarks.network import Network
from benchmarks.peers.peer import WrongAnswerError


class Highs:
    """``highspy``, the matrix of incidences column by column, default settings.

    Costs are added up from the rounded flow, which is whole at a vertex.
    """

    name = "HiGHS"
    module = "highspy"
    distribution = "highspy"
    largest = 40_000

    def cannot(self, network: Network) -> str | None:  # noqa: ARG002  # takes every network
        """Take every network."""
        return None

    def solve(self, network: Network) -> int:
        """Return the least cost; see `benchmarks.peers.peer.Peer`."""
        import highspy  # noqa: PLC0415  # may not be installed

        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = network.arcs, network.nodes
        programme.col_cost_ = network.unit_cost.astype(np.float64)
        programme.col_lower_ = np.zeros(network.arcs)
        programme.col_upper_ = network.capacity.astype(np.float64)
        programme.row_lower_ = programme.row_upper_ = network.supply.astype(np.float64)
        matrix = programme.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = np.arange(0, 2 * network.arcs + 1, 2)
        matrix.index_ = np.column_stack([network.tail, network.head]).ravel()
        matrix.value_ = np.tile([1.0, -1.0], network.arcs)
        solver = highspy.Highs()
        solver.silent()
        solver.passModel(programme)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise WrongAnswerError(f"HiGHS: {solver.getModelStatus()}")
        flow = np.rint(np.asarray(solver.getSolution().col_value)).astype(np.int64)
        return int(network.unit_cost @ flow)
