"""Cost scaling as an engine: the fastest from scratch on large networks.

Flow and potentials are epsilon-optimal. Each phase divides epsilon, and push-relabel makes them
epsilon-optimal again :cite:p:`goldberg1997efficient`. Unit costs are multiplied by the number of
nodes plus one, so that the flow is optimal once epsilon is 1. Nearly always it is optimal much
earlier: from a quarter of a unit of cost on, exact potentials are searched, and if there are any
they prove it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import FlowRangeError
from pairmatch.flow.engine import Session
from pairmatch.flow.max_flow import supply_cut
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus, exact_cost
from pairmatch.flow.network_simplex import SimplexSession
from pairmatch.flow.potentials import correct_labels
from pairmatch.flow.price_update import lower_by_distance
from pairmatch.flow.push_relabel import discharge, labels_of, stack_excess
from pairmatch.flow.ranges import AnyIntArray, largest
from pairmatch.flow.residual import excess_of, not_deliverable
from pairmatch.flow.residual_lists import (
    conditions_hold,
    list_arcs,
    refill,
    room_for_lists,
    take_flows,
    without_flow,
)

# epsilon is divided by this from phase to phase
_DIVISOR = 4
# arcs whose reduced cost is beyond this number of epsilons are left out for a phase
_BEYOND = 1000
# relabels between two checks of the clock
_AT_ONCE = 1 << 14
# after this number of relabels a node all arcs are listed; if they are, potentials are lowered by
# distance: those that fall little by little all along a path take a time quadratic in its length
_PATIENCE = 48
# visits a node in the search for exact potentials, before the last phase
_SEARCH = 4
_EVERYTHING = 1 << 62
# lists are made again when that bound has fallen by this factor, unless they are shorter than
# this for each node
_RELIST = 25
_SHORT = 10


@dataclass(frozen=True)
class ScalingStats:
    """What one solve took.

    Attributes
    ----------
    phases, relabels
        Values that epsilon had, and potentials that were lowered.
    """

    phases: int
    relabels: int


def fits(network: FlowNetwork) -> bool:
    """Tell whether scaled potentials fit 64 bits.

    In a phase a potential falls by at most three epsilons a node :cite:p:`goldberg1997efficient`,
    in all phases by no more than the most expensive path of scaled arcs, and it begins within that.
    """
    scale = network.nodes + 1
    return 4 * (largest(network.unit_cost) + 1) * scale * scale < 1 << 61


def _check_ranges(network: FlowNetwork) -> None:
    network.check_ranges()
    if not fits(network):
        raise FlowRangeError(
            f"unit costs up to {largest(network.unit_cost)} over {network.nodes} nodes are too "
            "large for cost scaling with 64 bits; the engine simplex takes them"
        )


class CostScalingSession:
    """One network; every solve begins from scratch.

    Notes
    -----
    A phase takes O(nodes^2 * arcs) at worst, and there are O(log(nodes * largest cost)) phases. In
    practice a node is relabelled a few times a phase.
    """

    def __init__(self, network: FlowNetwork) -> None:
        self._network = network
        _check_ranges(network)
        self.stats = ScalingStats(0, 0)

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs; see `pairmatch.flow.Session`."""
        self._change(self._network.with_arcs(tail, head, capacity, unit_cost))

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs; see `pairmatch.flow.Session`."""
        self._change(self._network.with_unit_cost(arc, unit_cost))

    def _change(self, network: FlowNetwork) -> None:
        _check_ranges(network)
        self._network = network

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Do nothing: there is no basis here."""

    def solve(
        self,
        stop: Callable[[], bool] = lambda: False,
        *,
        roughly: bool = False,  # noqa: ARG002  # there is no such state to end in
    ) -> FlowResult:
        """Solve the network as it stands; ``stop`` is asked every few milliseconds of a phase.

        Returns
        -------
        FlowResult
            FEASIBLE where stopped with a flow that keeps all rules, which may be of an earlier
            phase than the last one; STOPPED without one.
        """
        network = self._network
        self.stats = ScalingStats(0, 0)
        imbalance = int(network.supply.sum())
        if imbalance != 0:
            return FlowResult.unbalanced(imbalance, network.nodes, network.arcs)
        scaling = _Scaling(network)
        status = scaling.solve(stop)
        self.stats = ScalingStats(scaling.phases, scaling.relabels)
        if status is FlowStatus.INFEASIBLE:
            # some excess is stuck where the phase ends; a minimum cut holds all that is
            return not_deliverable(network, supply_cut(network))
        flow = scaling.feasible_flow()
        if flow is None:
            return FlowResult.without_flow(FlowStatus.STOPPED, network.nodes, network.arcs)
        return FlowResult(status, flow, scaling.potential(), exact_cost(network.unit_cost, flow))


class _Scaling:
    """One solve: the arrays of push-relabel, and the phases."""

    def __init__(self, network: FlowNetwork) -> None:
        self._network = network
        self._scale = network.nodes + 1
        # a loop never carries useful flow unless its cost is negative; then it is full
        loop = network.tail == network.head
        self._fixed = network.lower_bound
        self._proper: slice | IntArray = slice(None)
        if loop.any():
            self._fixed = np.where(
                loop & (network.unit_cost < 0), network.capacity, network.lower()
            )
            self._proper = np.flatnonzero(~loop)
        lower = network.lower_bound
        capacity = network.capacity if lower is None else network.capacity - lower
        kept = self._proper
        self._arcs = without_flow(
            network.tail[kept],
            network.head[kept],
            capacity[kept],
            network.unit_cost[kept],
            self._scale,
        )
        self._excess = network.supply.copy() if lower is None else excess_of(network, lower)
        self._potential = np.zeros(network.nodes, dtype=np.int64)
        self._lists = room_for_lists(network.nodes, self._arcs)
        self._beyond, self._listed, self._everything = _EVERYTHING, 0, False
        # the lists that there are hold the arcs reversed
        self._backward = False
        # flows of the last phase are in the lists only
        self._untaken = False
        self._feasible: AnyIntArray | None = None
        self.phases = self.relabels = 0

    def solve(self, stop: Callable[[], bool]) -> FlowStatus:
        """Run the phases; say OPTIMAL, FEASIBLE where stopped, or INFEASIBLE."""
        epsilon = largest(self._network.unit_cost) * self._scale // _DIVISOR
        # many small senders are quicker than a few large ones
        backward = 2 * int((self._excess > 0).sum()) < int((self._excess < 0).sum())
        while True:
            epsilon = max(1, epsilon)
            if stop():
                self._take_flows()
                return FlowStatus.FEASIBLE
            status = self._phase(epsilon, stop, backward=backward)
            if status is not FlowStatus.OPTIMAL:
                return status
            if self._find_exact_potentials(epsilon):
                return FlowStatus.OPTIMAL
            self._everything = self._everything or epsilon == 1
            backward = False
            epsilon //= _DIVISOR

    def _phase(self, epsilon: int, stop: Callable[[], bool], *, backward: bool) -> FlowStatus:
        """Make the flow optimal up to epsilon; the flow before need not be feasible."""
        self.phases += 1
        makes_lists = self._needs_lists(epsilon, backward=backward)
        if makes_lists or self._listed <= _SHORT * self._network.nodes:
            self._take_flows()
        self._untaken = False
        arcs, lists = self._arcs, self._lists
        potential, excess = self._potential, self._excess
        if backward:
            # from demand to supply: the same network with all arcs reversed
            arcs = arcs._replace(tail=arcs.head, head=arcs.tail)
            potential, excess = -potential, -excess
        nodes = potential.shape[0]
        if makes_lists:
            self._listed = list_arcs(arcs, potential, excess, self._beyond, lists)
        else:
            refill(lists, self._scale, potential, excess)
        labels = labels_of(potential, excess)
        height = stack_excess(lists, labels)
        relabels = 0
        most = _PATIENCE * nodes
        while height > 0:
            height, more = discharge(lists, self._scale, labels, height, epsilon, _AT_ONCE)
            relabels += more
            stuck = more < _AT_ONCE and height > 0
            if stuck or relabels >= most:
                most = relabels + _PATIENCE * nodes
                if self._beyond < _EVERYTHING:
                    # potentials fall so far that arcs left out matter after all
                    take_flows(lists, self._listed, arcs.flow)
                    self._beyond, self._everything = _EVERYTHING, True
                    self._listed = list_arcs(arcs, potential, excess, _EVERYTHING, lists)
                    height = stack_excess(lists, labels)
                elif not lower_by_distance(lists, self._scale, labels, epsilon):
                    return FlowStatus.INFEASIBLE
            if height > 0 and stop():
                return FlowStatus.FEASIBLE
        self._untaken = True
        self.relabels += relabels
        self._potential = -potential if backward else potential
        self._excess[:] = 0
        return FlowStatus.OPTIMAL

    def _take_flows(self) -> None:
        """Keep the flow of the last phase, which the next one may be stopped in.

        That takes its time where lists are long: then it waits until they are made again.
        """
        if self._untaken:
            take_flows(self._lists, self._listed, self._arcs.flow)
            self._feasible = self._arcs.flow.copy()
            self._untaken = False

    def _needs_lists(self, epsilon: int, *, backward: bool) -> bool:
        """Tell whether lists must be made again, or may be as that saves more than it takes."""
        beyond = _EVERYTHING if self.phases == 1 or self._everything else _BEYOND * epsilon
        turned = self.phases == 1 or self._backward != backward
        more = beyond > self._beyond
        fewer = self._listed > _SHORT * self._network.nodes and beyond * _RELIST <= self._beyond
        if turned or more or fewer:
            self._beyond, self._backward = beyond, backward
            return True
        return False

    def _find_exact_potentials(self, epsilon: int) -> bool:
        """Search for potentials that prove the flow optimal; there are always some if epsilon is 1.

        They are multiples of the scale. Arcs in the lists come first, and then all are checked.
        """
        if epsilon > 1 and 4 * epsilon > self._scale:
            return False
        nodes = self._potential.shape[0]
        lists, entry = self._lists, self._lists.entry
        exact = (self._potential + self._scale // 2) // self._scale * self._scale
        most = _SEARCH * nodes if epsilon > 1 else nodes * (nodes + 1)
        if not correct_labels(
            lists.first, entry.node, entry.cost, entry.residual, self._scale, exact, most
        ):
            return False
        self._take_flows()
        if not conditions_hold(self._arcs, exact):
            return False
        self._potential = exact
        return True

    def _flow(self, above: AnyIntArray) -> IntArray:
        """Return flows by the caller's numbers."""
        if isinstance(self._proper, slice) and self._fixed is None:
            return above.astype(np.int64)
        flow = self._network.lower() if self._fixed is None else self._fixed.copy()
        flow[self._proper] += above
        return flow

    def feasible_flow(self) -> IntArray | None:
        """Return the flow at the end of the last phase, by the caller's numbers."""
        return None if self._feasible is None else self._flow(self._feasible)

    def potential(self) -> IntArray:
        """Return the potentials; exact if the last solve said OPTIMAL."""
        return self._potential // self._scale


class CostScalingEngine:
    """Own cost scaling, the fastest from scratch on large networks."""

    name = "scaling"

    def open(self, network: FlowNetwork) -> Session:
        """Open a session; see `pairmatch.flow.Engine`.

        Numbers too large to be scaled with 64 bits are left to the network simplex method.
        """
        network.check_ranges()
        return CostScalingSession(network) if fits(network) else SimplexSession(network)
