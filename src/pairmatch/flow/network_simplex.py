"""The primal network simplex method as an engine that stays warm.

A session keeps its basis: arcs may be added, and supplies, bounds and unit costs changed, and the
next solve continues from the last one. The basis is a spanning tree :cite:p:`ahuja1993network`
(chapter 11). `pairmatch.flow.spanning_tree` says how the tree is stored, and
`pairmatch.flow.pivoting` which arcs enter and leave.

Every node has an artificial arc to or from the root, which costs more than any path. At the start
these arcs carry all supply. Flow that is left on them in the end cannot be sent at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import FlowRangeError
from pairmatch.flow.arc_store import ArcStore, places_of_nonzero, places_with_flow
from pairmatch.flow.dual_repair import repair
from pairmatch.flow.incidence import incidence_of, nothing_known
from pairmatch.flow.network import FlowNetwork, FlowResult, FlowStatus, exact_cost
from pairmatch.flow.pivoting import LISTED, LISTED_NEARBY, Progress, any_violates, pivot_repeatedly
from pairmatch.flow.pricing_rule import pricing_rule
from pairmatch.flow.ranges import AnyIntArray, Extremes, largest, positions, same_shape
from pairmatch.flow.rebalance import balance_along_tree, rebalance
from pairmatch.flow.residual import not_deliverable, source_side
from pairmatch.flow.simplex_arcs import AT_LOWER, AT_UPPER, IN_TREE, RUN, Bundles, Listed
from pairmatch.flow.spanning_tree import (
    ARC,
    NONE,
    TERMINAL,
    UP,
    all_potentials,
    make_all_explicit,
    make_leaves_implicit,
    rebuild,
    set_potentials,
    star,
)

# passes over all nodes and arcs that a dual repair may take: about as long as primal pivots take
_REPAIR_BUDGET = 2
# nodes and arcs between two checks of the clock: a few milliseconds
_LOOKS_AT_ONCE = 1_000_000
# an artificial arc takes whatever comes: no sum of supplies reaches this
_WIDE = 1 << 61

_FROM_LAST = "warm: from the last basis"

Report = Callable[[int], None]


@dataclass(frozen=True)
class SimplexStats:
    """What one solve took.

    Attributes
    ----------
    pivots, degenerate
        Primal pivots, and those of them that moved no flow.
    dual_pivots
        Pivots that repaired the last basis after supplies or bounds had changed.
    start
        ``cold`` or ``warm``, and why.
    """

    pivots: int
    degenerate: int
    dual_pivots: int
    start: str


class SimplexSession:
    """One network, solved again and again as it changes.

    Parameters
    ----------
    network
        The network to begin with. Arcs keep their numbers; new ones are numbered on.

    Notes
    -----
    A pivot takes O(nodes) at worst and usually touches a few dozen; there is no useful bound on
    their number, but in practice it is a small multiple of the number of nodes.
    """

    def __init__(self, network: FlowNetwork) -> None:
        network.check_ranges()
        self._supply = network.supply.copy()
        # of all so far: they only grow, so that a change need not read all other numbers
        self._extremes = network.extremes()
        self._terminal = np.ones(network.nodes, dtype=np.bool_)
        self._terminal[network.tail] = False
        self._rule = pricing_rule(network, int(self._terminal.sum()))
        if self._rule.by_blocks:
            # all potentials are stored, so that a reduced cost takes two of them and no branch
            self._terminal[:] = False
        self._store = ArcStore(network.nodes, is_mixed=self._rule.by_blocks)
        none = np.zeros(0, dtype=np.int64)
        self._first, self._last = none, none
        self._append(network)
        self._has_lower = bool(self._lower.any())
        self._at = 0
        self._optimal = False
        # bundles from here on are new since the last optimal solve
        self._fresh = 0
        self._pivots = self._degenerate = self._dual_pivots = 0
        length = LISTED + LISTED_NEARBY
        self._listed = Listed(np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.int64))
        # which arcs each node has, as far as they are known: the first ones
        self._incidence = nothing_known()
        self._arcs_known = -1
        none_up = np.zeros(network.nodes, dtype=np.bool_)
        self._tree = star(none_up, np.zeros(network.nodes, dtype=np.int64), self._terminal)
        self._excess = np.zeros(network.nodes + 1, dtype=np.int64)
        # supplies or bounds have changed; so have unit costs or arcs; a tree arc breaks a bound
        self._moved = self._repriced = self._beyond_bounds = False
        self._dearest = 0
        # arcs outside of the tree whose unit costs have changed, and nothing else about prices
        self._suspects: list[AnyIntArray] = []
        self._potential: IntArray | None = None
        self._why = "cold: the first solve"
        self.stats = SimplexStats(0, 0, 0, self._why)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return int(self._supply.shape[0])

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return int(self._place.shape[0])

    def network(self) -> FlowNetwork:
        """Return the network as it stands."""
        place = self._place
        return FlowNetwork.unchecked(
            tail=self._arcs.tail[place].astype(np.int64) - 1,
            head=self._arcs.head[place].astype(np.int64) - 1,
            capacity=self._arcs.capacity[place] + self._lower,
            unit_cost=self._arcs.unit_cost[place],
            supply=self._supply.copy(),
            lower_bound=self._lower.copy(),
        )

    def add_arcs(
        self, tail: IntArray, head: IntArray, capacity: IntArray, unit_cost: IntArray
    ) -> None:
        """Add arcs without flow; the basis stays as it is.

        Raises
        ------
        FlowRangeError
            If the arrays do not fit each other or the nodes.
        """
        new = FlowNetwork(tail, head, capacity, unit_cost, np.zeros_like(self._supply))
        self._allow(new.extremes(), self.arcs + new.arcs)
        self._no_longer_terminal(new.tail)
        self._append(new)
        self._repriced = True

    def _append(self, new: FlowNetwork) -> None:
        first, last = self._store.append(new)
        self._first = np.concatenate([self._first, first])
        self._last = np.concatenate([self._last, last])
        self._arcs, self._lower = self._store.arcs, self._store.lower
        self._place, self._caller = self._store.place, self._store.caller

    def _no_longer_terminal(self, tail: IntArray) -> None:
        if self._terminal[tail].any():
            make_all_explicit(self._tree, self._arcs.unit_cost)
            self._terminal[tail] = False
            self._tree.node[1:, TERMINAL] = self._terminal
            make_leaves_implicit(self._tree.node)

    def set_supply(self, node: IntArray, supply: IntArray) -> None:
        """Change the supplies of some nodes, each named once.

        Raises
        ------
        FlowRangeError
            If a node does not exist or is named twice, or numbers could overflow.
        """
        node = positions("node", node, self.nodes)
        supply = same_shape("supply", supply, node.shape)
        self._allow(Extremes(0, 0, largest(supply)), self.arcs)
        np.add.at(self._excess, node + 1, supply - self._supply[node])
        self._supply[node] = supply
        self._moved = True

    def set_unit_cost(self, arc: IntArray, unit_cost: IntArray) -> None:
        """Change the unit costs of some arcs, each named once.

        Raises
        ------
        FlowRangeError
            If an arc does not exist or is named twice, or numbers could overflow.
        """
        arc = positions("arc", arc, self.arcs)
        unit_cost = same_shape("unit_cost", unit_cost, arc.shape)
        before = self._extremes
        self._allow(Extremes(largest(unit_cost), 0, 0), self.arcs)
        place = self._place[arc]
        self._arcs.unit_cost[place] = unit_cost
        if self._extremes != before or (self._arcs.state[place] == IN_TREE).any():
            self._repriced = True
        else:
            self._suspects.append(place)

    def set_bounds(self, arc: IntArray, lower_bound: IntArray, capacity: IntArray) -> None:
        """Change the lower bounds and the capacities of some arcs, each named once.

        Raises
        ------
        FlowRangeError
            If an arc does not exist or is named twice, a lower bound is below 0 or above its
            capacity, or numbers could overflow.
        """
        arc = positions("arc", arc, self.arcs)
        lower_bound = same_shape("lower_bound", lower_bound, arc.shape)
        capacity = same_shape("capacity", capacity, arc.shape)
        if (lower_bound < 0).any():
            raise FlowRangeError(f"a lower bound is {int(lower_bound.min())}, below 0")
        if (lower_bound > capacity).any():
            raise FlowRangeError("a lower bound is above its capacity")
        self._allow(Extremes(0, int(capacity.max(initial=0)), 0), self.arcs)
        place = self._place[arc]
        tail, head = self._arcs.tail[place], self._arcs.head[place]
        # all flow on the arc: the lower bound plus what is above it
        before = self._lower[arc] + self._arcs.flow[place]
        self._lower[arc] = lower_bound
        self._has_lower = self._has_lower or bool(lower_bound.any())
        self._arcs.capacity[place] = capacity - lower_bound
        outside = self._arcs.state[place] != IN_TREE
        upper = self._arcs.state[place] == AT_UPPER
        above = np.where(upper, capacity - lower_bound, 0)
        # in the tree, flow stays what it was in all; it may now break a bound
        self._arcs.flow[place] = np.where(outside, above, before - lower_bound)
        self._beyond_bounds = self._beyond_bounds or bool(
            ((before < lower_bound) | (before > capacity))[~outside].any()
        )
        change = np.where(outside, lower_bound + above - before, 0)
        np.subtract.at(self._excess, tail, change)
        np.add.at(self._excess, head, change)
        self._moved = True

    def start_at(self, tree_arc: IntArray, at_upper: BoolArray) -> None:
        """Begin the next solve from a given basis; any basis will do, a good one saves pivots.

        Parameters
        ----------
        tree_arc
            Shape ``(N,)``: for each node the arc to its parent in the tree, or -1 for an
            artificial one. Only nodes with -1 may be without a parent.
        at_upper
            Shape ``(A,)``: arcs outside of the tree that are full.

        Raises
        ------
        FlowRangeError
            If an arc does not exist or does not end at its node, or the arcs do not form a
            forest. The next solve then begins from scratch.
        """
        tree_arc = same_shape("tree_arc", tree_arc, (self.nodes,))
        if tree_arc.shape[0] and (tree_arc.min() < -1 or tree_arc.max() >= self.arcs):
            raise FlowRangeError(f"tree_arc names an arc that is not -1 to {self.arcs - 1}")
        if at_upper.dtype != np.bool_ or at_upper.shape != (self.arcs,):
            raise FlowRangeError(f"at_upper is no array of truth values of shape ({self.arcs},)")
        self._start_cold("cold: a basis was refused")
        arcs, nodes = self._arcs, self.nodes
        every = np.arange(1, nodes + 1)
        given = np.flatnonzero(tree_arc >= 0)
        arc = every - 1
        arc[given] = self._place[tree_arc[given]]
        tail, head = arcs.tail[arc].astype(np.int64), arcs.head[arc].astype(np.int64)
        if ((tail != every) & (head != every)).any() or (tail == head).any():
            raise FlowRangeError("a tree arc does not join its node to another one")
        up = tail == every
        parent = np.concatenate([[NONE], np.where(up, head, tail)])
        self._put_at_lower()
        full = self._place[at_upper]
        arcs.state[full] = AT_UPPER
        arcs.flow[full] = arcs.capacity[full]
        arcs.state[arc] = IN_TREE
        arcs.flow[arc] = 0
        node = self._tree.node
        node[1:, ARC] = arc
        node[1:, UP] = up
        if not rebuild(node, parent):
            raise FlowRangeError("the tree arcs form a cycle")
        make_leaves_implicit(node)
        self._excess[:] = self._supply_left(at_upper)
        self._moved = self._repriced = self._beyond_bounds = True
        self._why = "warm: from a given basis"

    def _allow(self, new: Extremes, arcs: int) -> None:
        """Take note of larger numbers, or refuse them before anything is changed."""
        extremes = self._extremes.joined(new)
        extremes.check(self.nodes, arcs)
        self._extremes = extremes

    def solve(
        self,
        stop: Callable[[], bool] = lambda: False,
        report: Report = lambda _: None,
        *,
        roughly: bool = False,
    ) -> FlowResult:
        """Solve the network as it stands.

        Parameters
        ----------
        stop
            Asked every few milliseconds; True ends the solve.
        report
            Told the number of pivots so far, dual ones among them, as often.
        roughly
            Stop as well where only few arcs are left that violate their optimality condition. It
            takes long to find them all, and the potentials are nearly right without.

        Returns
        -------
        FlowResult
            FEASIBLE where stopped with a flow that keeps all rules, STOPPED without one. The
            potentials of a FEASIBLE one are those of the last basis.
        """
        imbalance = int(self._supply.sum())
        if imbalance != 0:
            self.stats = SimplexStats(0, 0, 0, "none: supplies do not add up to 0")
            return FlowResult.unbalanced(imbalance, self.nodes, self.arcs)
        self._pivots = self._degenerate = self._dual_pivots = 0
        self._optimal = self._prepare(stop, report) or self._pivot(stop, report, roughly=roughly)
        self.stats = SimplexStats(self._pivots, self._degenerate, self._dual_pivots, self._why)
        self._why = _FROM_LAST
        carried = bool(self._arcs.flow[: self.nodes].any())
        if self._optimal:
            self._fresh = self._first.shape[0]
            return self._result(FlowStatus.INFEASIBLE if carried else FlowStatus.OPTIMAL)
        return self._result(FlowStatus.STOPPED if carried else FlowStatus.FEASIBLE)

    def _pivot(self, stop: Callable[[], bool], report: Report, *, roughly: bool) -> bool:
        """Pivot until optimal, or until stopped; return which.

        ``roughly`` stops where few arcs violate.
        """
        # new arcs come first: after an optimal solve only they can violate
        begin = self._fresh if self._optimal and self._why == _FROM_LAST else 0
        # without cycling a warm start never takes this long; with it, a cold one ends all the same
        patience = 1_000_000 + 50 * self.nodes
        searched = 0
        bundles = self._bundles(begin)
        while True:
            # once the search has taken about as long as it takes to sort the arcs
            if searched > bundles.first.shape[0] and self._arcs_known < self.arcs:
                self.learn_incidence()
                searched = 0
            progress = pivot_repeatedly(
                self._arcs,
                self._tree,
                bundles,
                nothing_known() if begin else self._incidence,
                0 if begin else self._at,
                self._listed,
                self._rule.rare,
                self._rule.at_once,
                bundles.first.shape[0],
            )
            self._pivots += progress.pivots
            self._degenerate += progress.degenerate
            self._potential = self._potential if progress.pivots == 0 else None
            report(self._dual_pivots + self._pivots)
            if not begin:
                self._at = progress.at
                searched += progress.searched
                if progress.optimal:
                    return True
                if roughly and self._is_nearly_optimal(progress):
                    return False
            elif progress.optimal:
                begin, bundles = 0, self._bundles(0)
            if self._why.startswith("warm") and self._pivots > patience:
                self._start_cold("cold: the warm start did not come to an end")
                begin, bundles = 0, self._bundles(0)
            elif stop():
                return False

    def _bundles(self, begin: int) -> Bundles:
        first, last = self._first[begin:], self._last[begin:]
        stride = _stride(-(-first.shape[0] // RUN))
        return Bundles(first, last, stride, self._rule.block(self.arcs))

    def learn_incidence(self) -> None:
        """Sort the arcs by node, as a solve does once it has searched long for rare candidates."""
        bundles = Bundles(self._first, self._last, 1, 0)
        self._incidence = incidence_of(self._arcs, bundles, self.nodes + 1)
        self._arcs_known = self.arcs

    def _is_nearly_optimal(self, progress: Progress) -> bool:
        """Tell whether few arcs violate their optimality condition, and all supply is sent."""
        few = self._rule.finds_few(progress.visited, progress.found, self.arcs)
        return few and not self._arcs.flow[: self.nodes].any()

    def _prepare(self, stop: Callable[[], bool], report: Report) -> bool:
        """Make the basis fit the network, and tell whether it is still known to be optimal."""
        if self._why.startswith("cold"):
            self._start_cold(self._why)
            return False
        changed = 0
        if self._repriced:
            self._set_artificial_cost()
        # no arc violates as long as neither prices nor arcs have changed
        unchanged = self._optimal and not self._repriced
        unchanged = unchanged and not any_violates(self._arcs, self._tree, self._suspected())
        if (
            self._moved
            and not self._is_balanced()
            and not (unchanged and self._repair(stop, report))
        ):
            changed = rebalance(self._arcs, self._tree, self._excess, self._dearest)
        if self._repriced or changed:
            self._potential = None
            set_potentials(self._tree, self._arcs.unit_cost)
        unchanged = unchanged and not changed
        self._repriced = self._moved = self._beyond_bounds = False
        self._suspects = []
        return unchanged

    def _repair(self, stop: Callable[[], bool], report: Report) -> bool:
        """Make flows keep their bounds by dual pivots, within a budget; tell whether they do."""
        if self._arcs_known < self.arcs:
            self.learn_incidence()
        left = _REPAIR_BUDGET * (self.arcs + self.nodes)
        least = self.nodes + 1
        while True:
            found = repair(
                self._arcs,
                self._tree,
                Bundles(self._first, self._last, 1, 0),
                self._incidence,
                self._excess,
                min(max(_LOOKS_AT_ONCE, least), left),
            )
            self._dual_pivots += found.pivots
            left -= found.looked
            report(self._dual_pivots)
            if found.done or found.stuck or left < least or stop():
                break
        self._potential = self._potential if self._dual_pivots == 0 else None
        if not found.done:
            self._why = "warm: from the last basis, which dual pivots did not repair"
        return found.done

    def _suspected(self) -> IntArray:
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._suspects])

    def _is_balanced(self) -> bool:
        """Tell whether the tree could take what has moved, which a few nodes' excess is sent by."""
        if self._beyond_bounds:
            return False
        return balance_along_tree(self._arcs, self._tree, self._excess)

    def _start_cold(self, why: str) -> None:
        """Join every node to the root by its artificial arc, with all flows at their lower bounds.

        Nodes without demand point up: that keeps the tree strongly feasible.
        """
        self._why = why
        arcs, nodes = self._arcs, self.nodes
        self._put_at_lower()
        arcs.state[:nodes] = IN_TREE
        excess = self._supply_left(np.zeros(self.arcs, dtype=np.bool_))
        gives = excess[1:] >= 0
        every = np.arange(1, nodes + 1)
        arcs.tail[:nodes] = np.where(gives, every, 0)
        arcs.head[:nodes] = np.where(gives, 0, every)
        arcs.capacity[:nodes] = _WIDE
        arcs.flow[:nodes] = np.abs(excess[1:])
        self._set_artificial_cost()
        self._tree = star(gives, arcs.unit_cost[:nodes], self._terminal)
        make_leaves_implicit(self._tree.node)
        self._excess[:] = 0
        self._potential = None
        self._suspects = []
        self._repriced = self._moved = self._beyond_bounds = False

    def _put_at_lower(self) -> None:
        """Take all flow off the arcs; in what has none already, nothing is written to."""
        self._arcs.flow[places_with_flow(self._arcs.state, self._arcs.flow)] = 0
        self._arcs.state[:] = AT_LOWER

    def _supply_left(self, full: BoolArray) -> IntArray:
        """Return what lower bounds and full arcs leave of the supplies, by nodes of the tree.

        No arc but the full ones has any flow above its lower bound.
        """
        sends = np.flatnonzero(full | (self._lower > 0) if self._has_lower else full)
        place = self._place[sends]
        sent = self._lower[sends] + self._arcs.flow[place]
        left = np.concatenate([[0], self._supply])
        np.subtract.at(left, self._arcs.tail[place], sent)
        np.add.at(left, self._arcs.head[place], sent)
        return left

    def _set_artificial_cost(self) -> None:
        """Make artificial arcs cost more than any path.

        A potential is at most one artificial arc and one path, a reduced cost two of those:
        `Extremes.check` leaves bits for that.
        """
        self._dearest = (self._extremes.unit_cost + 1) * (self.nodes + 1)
        self._arcs.unit_cost[: self.nodes] = self._dearest

    def _result(self, status: FlowStatus) -> FlowResult:
        """Return the result by the caller's numbers; only arcs with flow are visited."""
        flow = np.zeros(self.arcs, dtype=np.int64)
        if status is FlowStatus.STOPPED:
            return FlowResult.without_flow(status, self.nodes, self.arcs)
        above = self._arcs.flow[self.nodes :]
        used = places_with_flow(self._arcs.state[self.nodes :], above)
        flow[self._caller[used]] = above[used]
        cost = exact_cost(self._arcs.unit_cost[self.nodes :][used], above[used])
        if self._has_lower:
            least = places_of_nonzero(self._lower)
            flow[least] += self._lower[least]
            cost += exact_cost(self._arcs.unit_cost[self._place[least]], self._lower[least])
        if status is FlowStatus.INFEASIBLE:
            network = self.network()
            return not_deliverable(network, source_side(network, flow))
        if self._potential is None:
            self._potential = all_potentials(self._tree, self._arcs.unit_cost)[1:]
        return FlowResult(status, flow, self._potential.copy(), cost)


class NetworkSimplexEngine:
    """Own primal network simplex, warm from one solve to the next."""

    name = "simplex"

    def open(self, network: FlowNetwork) -> SimplexSession:
        """Open a session; see `pairmatch.flow.Engine`."""
        return SimplexSession(network)


def _stride(count: int) -> int:
    """Return a stride near the golden section of a count, without a common divisor with it."""
    stride = max(1, round(count * 0.6180339887498949))
    while np.gcd(stride, count) != 1:
        stride += 1
    return stride % max(count, 1)
