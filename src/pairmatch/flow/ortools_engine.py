"""OR-Tools' cost-scaling push-relabel as an engine.

It gives flows but no potentials; they are recovered on the residual network. It holds the
interpreter lock while it runs and knows no time limit, so limits and cancelling are honoured
between two calls.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import FlowRangeError
from pairmatch.flow.max_flow import supply_cut
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus, exact_cost
from pairmatch.flow.potentials import shortest_potentials
from pairmatch.flow.residual import excess_of, not_deliverable


class OrToolsEngine:
    """Google OR-Tools ``SimpleMinCostFlow`` :cite:p:`goldberg1997efficient`."""

    name = "ortools"

    def open(self, network: FlowNetwork) -> "OrToolsSession":
        """Open a session; see `pairmatch.flow.Engine`."""
        network.check_ranges()
        return OrToolsSession(network)


class OrToolsSession:
    """One network; OR-Tools begins from scratch at every solve."""

    def __init__(self, network: FlowNetwork) -> None:
        self._network = network

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs; see `pairmatch.flow.Session`."""
        self._network = self._network.with_arcs(tail, head, capacity, unit_cost)

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs; see `pairmatch.flow.Session`."""
        self._network = self._network.with_unit_cost(arc, unit_cost)

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Do nothing: OR-Tools takes no basis."""

    def solve(
        self,
        stop: Callable[[], bool] = lambda: False,
        *,
        roughly: bool = False,  # noqa: ARG002  # there is no such state to end in
    ) -> FlowResult:
        """Solve the network; ``stop`` is asked once, before.

        Raises
        ------
        FlowRangeError
            If OR-Tools finds the numbers too large.
        """
        network = self._network
        imbalance = int(network.supply.sum())
        if imbalance != 0:
            return FlowResult.unbalanced(imbalance, network.nodes, network.arcs)
        if stop():
            return FlowResult.without_flow(FlowStatus.STOPPED, network.nodes, network.arcs)
        least = network.lower()
        supply = excess_of(network, least)
        reduced = FlowNetwork.unchecked(
            network.tail, network.head, network.capacity - least, network.unit_cost, supply
        )
        above = _flow(reduced)
        if above is None:
            return not_deliverable(network, supply_cut(network))
        flow = above + least
        return FlowResult(
            status=FlowStatus.OPTIMAL,
            flow=flow,
            potential=shortest_potentials(network, flow, np.zeros_like(supply)),
            cost=exact_cost(network.unit_cost, flow),
        )


def _flow(network: FlowNetwork) -> IntArray | None:
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415  # slow import, first use only

    if network.nodes == 0:
        return np.zeros(0, dtype=np.int64)
    solver: Any = min_cost_flow.SimpleMinCostFlow()
    # a self-loop never carries useful flow unless its cost is negative; then it is full
    loop = network.tail == network.head
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[~loop], network.head[~loop], network.capacity[~loop], network.unit_cost[~loop]
    )
    solver.set_nodes_supplies(np.arange(network.nodes), network.supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise FlowRangeError(f"OR-Tools refused the network: {status.name}")
    flow = np.zeros(network.arcs, dtype=np.int64)
    flow[~loop] = cast(IntArray, solver.flows(arcs))
    flow[loop & (network.unit_cost < 0)] = network.capacity[loop & (network.unit_cost < 0)]
    return flow
