"""OR-Tools' cost-scaling push-relabel as an engine.

It gives flows but no potentials; they are recovered on the residual network. It holds the
interpreter lock while it runs and knows no time limit, so limits and cancelling are honoured
between two calls.
"""

from typing import Any, cast

import numpy as np

from pairmatch.flow.network import FlowNetwork, FlowRangeError, FlowResult, FlowStatus, IntArray
from pairmatch.flow.potentials import shortest_potentials


class OrToolsEngine:
    """Google OR-Tools ``SimpleMinCostFlow`` :cite:p:`goldberg1997efficient`."""

    name = "ortools"

    def solve(self, network: FlowNetwork, potential: IntArray | None = None) -> FlowResult:
        """Solve a network; see `pairmatch.flow.Engine`."""
        empty = FlowResult(
            FlowStatus.UNBALANCED,
            np.zeros(network.arcs, dtype=np.int64),
            np.zeros(network.nodes, dtype=np.int64),
            0,
        )
        if int(network.supply.sum()) != 0:
            return empty
        flow = _flow(network)
        if flow is None:
            return FlowResult(FlowStatus.INFEASIBLE, empty.flow, empty.potential, 0)
        start = np.zeros(network.nodes, dtype=np.int64) if potential is None else potential
        return FlowResult(
            status=FlowStatus.OPTIMAL,
            flow=flow,
            potential=shortest_potentials(network, flow, start),
            cost=exact_cost(network.unit_cost, flow),
        )


def exact_cost(unit_cost: IntArray, flow: IntArray) -> int:
    """Return the total cost as a Python integer, adding up two halves of the unit costs apart."""
    bits = 31
    used = np.flatnonzero(flow)
    cost, amount = unit_cost[used], flow[used]
    if int(amount.max(initial=0)) >= 1 << 31 or used.shape[0] >= 1 << 31:
        return sum(int(c) * int(f) for c, f in zip(cost, amount, strict=True))
    total = 0
    for half, shift in ((cost >> bits, bits), (cost & ((1 << bits) - 1), 0)):
        products = half * amount
        total += (int((products >> 31).sum()) << (31 + shift)) + (
            int((products & ((1 << 31) - 1)).sum()) << shift
        )
    return total


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
