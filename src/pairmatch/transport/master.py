"""The master problem: a minimum-cost flow over the candidate arcs between classes.

Node 0 holds all recipients that are wanted. It reaches every class of cadres by the steps of its
load curve, and every class of recipients by an arc for those left without. Where some have to be
left out, classes that are open to it are reached through one more node, which that many pass for
nothing: its potential is the price of a missing recipient that is just high enough. Minimum loads
are no lower bounds but rewards on the first steps, and breakable locks are rewards on their arcs: a
rule that cannot be kept then costs its price and the problem is always feasible.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow import Engine, FlowNetwork, FlowStatus
from pairmatch.flow.arc_store import places_of_nonzero
from pairmatch.flow.engine import Session
from pairmatch.flow.reoptimise import ReoptimisingSession
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.guess import Guess, assign_greedily
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.repricing import beyond_unless
from pairmatch.transport.transportation import TransportationProblem


@dataclass(frozen=True)
class LoadSteps:
    """The steps of the classes' load curves as parallel arcs, shape ``(S,)`` each.

    ``required`` marks steps below a minimum load.
    """

    cadre: IntArray
    capacity: IntArray
    unit_cost: IntArray
    required: IntArray


@dataclass(frozen=True)
class MasterSolution:
    """A flow over the candidate arcs.

    Attributes
    ----------
    known_flow, arc_flow
        Shapes of the known arcs and of the candidate arcs.
    missing
        Shape ``(J,)``: cadres that a class of recipients does not get.
    u, v
        Potentials of the classes, shapes ``(I,)`` and ``(J,)``.
    value
        Cost of all at the problem's prices, violations counted from 0.
    violation
        Recipients short of minimum loads, plus broken locks.
    optimal
        Whether the flow is optimal over the candidate arcs; otherwise u and v prove nothing, and
        are near the optimal ones only if that was asked for.
    open_price
        The price of a missing recipient where some have to be left out, None if nobody has.
    """

    known_flow: IntArray
    arc_flow: IntArray
    missing: IntArray
    u: IntArray
    v: IntArray
    value: int
    violation: int
    optimal: bool
    open_price: int | None = None


def load_steps(problem: TransportationProblem) -> LoadSteps:
    """Cut the load curves into arcs of constant cost; a class's size multiplies the capacity."""
    load = problem.load
    classes = np.arange(problem.limit.shape[0])
    first, last = problem.start + 1, problem.start + problem.limit
    parts: list[tuple[IntArray, IntArray, IntArray, IntArray]] = []
    for step, of_kind in enumerate(load.marginal_m.T, start=1):
        cost = of_kind[load.kind]
        low = np.maximum(first, step)
        high = last if step == load.steps else np.minimum(last, step)
        required_end = np.minimum(high, problem.start + problem.floor)
        for begin, end, required in (
            (low, required_end, 1),
            (np.maximum(low, required_end + 1), high, 0),
        ):
            capacity = (end - begin + 1) * problem.cadres.size
            there = np.flatnonzero(end >= begin)
            unit_cost = cost[there] - required * problem.violation
            parts.append(
                (classes[there], capacity[there], unit_cost, np.full(there.shape[0], required))
            )
    return LoadSteps(*(np.concatenate(part).astype(np.int64) for part in zip(*parts, strict=True)))


class Master:
    """The flow problem over the known arcs and the candidate arcs.

    Candidate arcs may be added between solves; an engine that can goes on from its last basis.
    ``steps`` are those of the load curves.
    """

    def __init__(
        self,
        problem: TransportationProblem,
        candidates: Candidates,
        engine: Engine,
        guess: Guess | None,
        pricing: Pricing | None = None,
    ) -> None:
        self._problem, self._pricing = problem, pricing
        self._missing, self._known_cost = problem.missing, problem.known_cost
        self.steps = load_steps(problem)
        self._candidates = candidates
        self._taken = len(candidates)
        self._engine = engine
        network = self._network()
        if guess is not None and guess.earlier is not None and not problem.left_out:
            self._session: Session = ReoptimisingSession(
                network,
                *self._flow_and_potentials(guess.u, *guess.earlier),
                partial(self._opened, guess),
                problem.tuning.reoptimise,
                self._add_near,
                problem.tuning.start_m * problem.metre,
            )
        else:
            self._session = self._opened(guess, network)

    def _opened(self, guess: Guess | None, network: FlowNetwork) -> Session:
        """Return a session of the engine that begins near a guess."""
        session = self._engine.open(network)
        if guess is not None:
            session.start_at(*self._basis(guess.u))
        return session

    def _add_near(self, potential: IntArray, nodes: IntArray, length: IntArray, sign: int) -> int:
        """Add candidates with reduced costs below some lengths; return how many.

        Parameters
        ----------
        potential
            Of all nodes.
        nodes, length
            Cadres' pairs are looked for where ``sign`` is 1, recipients' where it is -1; node 0 has
            none but those that are listed.
        """
        if self._pricing is None:
            return 0
        cadres = self._problem.limit.shape[0]
        recipients = self._problem.demand.shape[0]
        u = potential[1 : cadres + 1] - potential[0]
        v = potential[cadres + 1 : cadres + 1 + recipients] - potential[0]
        wider = np.zeros_like(potential)
        wider[nodes] = length
        if sign > 0:
            wider = wider[1 : cadres + 1]
            u = beyond_unless(wider > 0, u - wider, 1)
        else:
            wider = wider[cadres + 1 : cadres + 1 + recipients]
            v = beyond_unless(wider > 0, v + wider, -1)
        if not wider.any():
            return 0
        priced = self._pricing.price(u, v, self._problem.tuning.start_around)
        if priced is None or not priced.cadre.shape[0]:
            return 0
        added = self._candidates.add(priced.cadre, priced.recipient, priced.cost)
        self._take_new_arcs()
        return added

    def _flow_and_potentials(
        self, u: IntArray, known_flow: IntArray, v: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Return a flow on known arcs and on steps of the load, and potentials of all nodes."""
        problem, steps = self._problem, self.steps
        load = np.zeros(problem.limit.shape[0], dtype=np.int64)
        np.add.at(load, problem.known.cadre, known_flow)
        order, before = steps_in_order(steps)
        step_flow = np.zeros(order.shape[0], dtype=np.int64)
        left = load[steps.cadre[order]] - before
        step_flow[order] = np.clip(left, 0, steps.capacity[order])
        recipients = np.zeros(problem.demand.shape[0], dtype=np.int64)
        candidates = np.zeros(len(self._candidates), dtype=np.int64)
        flow = np.concatenate([step_flow, recipients, known_flow, candidates])
        return flow, np.concatenate([[0], u, v])

    def solve(self, stop: Callable[[], bool], *, roughly: bool = False) -> MasterSolution | None:
        """Solve with all candidate arcs that there are by now.

        ``roughly`` allows potentials that are only nearly optimal.

        Returns
        -------
        MasterSolution or None
            None if stopped without a feasible flow; if stopped with one, or solved roughly, it is
            not ``optimal``.
        """
        self._take_new_arcs()
        result = self._session.solve(stop, roughly=roughly)
        if result.status is FlowStatus.STOPPED:
            return None
        if result.status not in (FlowStatus.OPTIMAL, FlowStatus.FEASIBLE):
            raise RuntimeError(
                f"the engine {self._engine.name} says {result.status.name} of a feasible network"
            )
        problem, steps = self._problem, self.steps
        cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
        bounds = np.cumsum(
            [steps.cadre.shape[0], recipients, self._open_arcs, problem.known.cadre.shape[0]]
        )
        step_flow, missing, _, known_flow, arc_flow = np.split(result.flow, bounds)
        kept = int(step_flow[steps.required == 1].sum())
        kept += int(known_flow[problem.known.lock].sum())
        potential = result.potential - result.potential[0]
        solution = MasterSolution(
            known_flow=known_flow,
            arc_flow=arc_flow,
            missing=missing,
            u=potential[1 : cadres + 1],
            v=potential[cadres + 1 : cadres + 1 + recipients],
            value=result.cost + problem.constant,
            violation=problem.rules - kept,
            optimal=result.status is FlowStatus.OPTIMAL,
            open_price=self._open_price(int(potential[-1])),
        )
        return self._tightened(solution) if solution.optimal or roughly else solution

    @property
    def gave_up(self) -> bool:
        """Whether an earlier plan was too far away to go on from."""
        return isinstance(self._session, ReoptimisingSession) and self._session.gave_up

    @property
    def _open_arcs(self) -> int:
        """Number of arcs to the node of those who may be left out."""
        return 2 * (self._problem.left_out > 0)

    def _open_price(self, potential: int) -> int | None:
        if self._problem.left_out == 0:
            return None
        return min(max(potential, 0), self._problem.missing_at_rank_1)

    def _basis(self, u: IntArray) -> tuple[IntArray, BoolArray]:
        """Return a basis near what is known: tree arcs by node, and which other arcs are full.

        Recipients hang on the cadres who serve them, cadres on node 0 by the step that their load
        has come to. Such a tree is shallow, and pivots on it are quick.

        Parameters
        ----------
        u
            Shape ``(I,)``: potentials of the cadres' classes.
        """
        problem, steps, arcs = self._problem, self.steps, self._candidates
        known = problem.known
        value = arcs.cost + u[arcs.cadre]
        greedy = assign_greedily(
            problem,
            arcs.cadre,
            arcs.recipient,
            value,
            self._known_cost + u[known.cadre] - self._typical(value),
        )
        step_arc, full_steps = _filled_steps(steps, greedy.load)
        recipients = problem.demand.shape[0]
        first_missing = steps.cadre.shape[0]
        first_open = first_missing + recipients
        first_known = first_open + self._open_arcs
        first_arc = first_known + known.cadre.shape[0]
        missing_arc = first_missing + np.arange(recipients)
        tree_arc = np.concatenate(
            [[-1], step_arc, np.where(greedy.arc >= 0, first_arc + greedy.arc, missing_arc)]
        )
        at_upper = np.zeros(first_arc + len(arcs), dtype=np.bool_)
        at_upper[:first_missing] = full_steps
        if self._open_arcs:
            unserved = (greedy.arc < 0) & problem.is_open
            at_upper[first_open] = int(problem.wanted[unserved].sum()) >= problem.left_out
            tree_arc = np.append(tree_arc, first_open + at_upper[first_open])
        at_upper[first_known:first_arc] = greedy.known_full
        return tree_arc.astype(np.int64), at_upper

    def _typical(self, value: IntArray) -> IntArray:
        """Return what serving each known arc's recipient takes otherwise, by candidate arcs."""
        problem, arcs = self._problem, self._candidates
        if problem.known.recipient.shape[0] == 0:
            return problem.known.recipient
        best = np.full(problem.demand.shape[0], np.iinfo(np.int64).max)
        np.minimum.at(best, arcs.recipient, value)
        best = np.minimum(best, self._missing)
        typical: IntArray = best[problem.known.recipient]
        return typical

    def _take_new_arcs(self) -> None:
        arcs, begin = self._candidates, self._taken
        if len(arcs) == begin:
            return
        self._session.add_arcs(*self._ends(begin), self._capacities(begin), arcs.cost[begin:])
        self._taken = len(arcs)

    def _ends(self, begin: int) -> tuple[IntArray, IntArray]:
        cadres = self._problem.limit.shape[0]
        return (
            1 + self._candidates.cadre[begin:],
            1 + cadres + self._candidates.recipient[begin:],
        )

    def _capacities(self, begin: int) -> IntArray:
        """Return how wide arcs between classes are: as wide as there are pairs of people.

        Where a recipient wants only one cadre that never binds, and one more keeps the arc out of
        the potentials' way.
        """
        problem = self._problem
        return arc_capacities(
            self._candidates.cadre[begin:],
            self._candidates.recipient[begin:],
            problem.cadres.size,
            problem.recipients.size,
            problem.demand,
            problem.wanted,
        )

    def _network(self) -> FlowNetwork:
        problem, steps = self._problem, self.steps
        cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
        recipient_node = 1 + cadres + np.arange(recipients)
        tail, head = self._ends(0)
        wanted = problem.wanted
        supply = np.concatenate([[wanted.sum()], np.zeros(cadres, dtype=np.int64), -wanted])
        missing_tail = np.zeros(recipients, dtype=np.int64)
        missing_cost = self._missing
        open_node = np.zeros(self._open_arcs, dtype=np.int64)
        if self._open_arcs:
            supply = np.append(supply, 0)
            open_node += 1 + cadres + recipients
            missing_tail[problem.is_open] = 1 + cadres + recipients
            missing_cost = np.where(problem.is_open, 0, missing_cost)
        return FlowNetwork.unchecked(
            tail=np.concatenate(
                [
                    np.zeros(steps.cadre.shape[0], dtype=np.int64),
                    missing_tail,
                    np.zeros_like(open_node),
                    1 + problem.known.cadre,
                    tail,
                ]
            ),
            head=np.concatenate(
                [
                    1 + steps.cadre,
                    recipient_node,
                    open_node,
                    recipient_node[problem.known.recipient],
                    head,
                ]
            ),
            capacity=np.concatenate(
                [
                    steps.capacity,
                    wanted + 1,
                    np.array([problem.left_out, wanted.sum()])[: self._open_arcs],
                    problem.known.capacity,
                    self._capacities(0),
                ]
            ),
            unit_cost=np.concatenate(
                [
                    steps.unit_cost,
                    missing_cost,
                    np.array([0, problem.missing_at_rank_1])[: self._open_arcs],
                    self._known_cost,
                    self._candidates.cost,
                ]
            ),
            supply=supply.astype(np.int64),
        )

    def _tightened(self, solution: MasterSolution) -> MasterSolution:
        """Move potentials to where the fewest omitted pairs look attractive, at equal bounds.

        A class of cadres without any load may stand as high as its first step costs; one of
        recipients that is served throughout as low as its dearest arc in use.
        """
        problem, steps = self._problem, self.steps
        known, arcs = problem.known, self._candidates
        used_known = places_of_nonzero(solution.known_flow)
        used = places_of_nonzero(solution.arc_flow)
        loaded = np.zeros(problem.limit.shape[0], dtype=np.bool_)
        loaded[known.cadre[used_known]] = loaded[arcs.cadre[used]] = True
        first_step = np.full(problem.limit.shape[0], np.iinfo(np.int64).max)
        np.minimum.at(first_step, steps.cadre, steps.unit_cost)
        u = np.where(loaded, solution.u, np.maximum(solution.u, first_step))
        dearest = np.full(problem.demand.shape[0], np.iinfo(np.int64).min)
        for cadre, recipient, cost in (
            (
                known.cadre[used_known],
                known.recipient[used_known],
                self._known_cost[used_known],
            ),
            (arcs.cadre[used], arcs.recipient[used], arcs.cost[used]),
        ):
            np.maximum.at(dearest, recipient, u[cadre] + cost)
        v = np.where(solution.missing > 0, solution.v, np.minimum(solution.v, dearest))
        return replace(solution, u=u, v=v)


@kernel
def arc_capacities(
    cadre: IntArray,
    recipient: IntArray,
    cadre_size: IntArray,
    recipient_size: IntArray,
    demand: IntArray,
    wanted: IntArray,
) -> IntArray:
    """Return how many people may go along each arc between classes, one more where that is free.

    Two people are paired at most once, which binds only where several cadres are wanted.
    """
    capacity = np.empty(cadre.shape[0], dtype=np.int64)
    for arc in range(capacity.shape[0]):
        j = recipient[arc]
        pairs = cadre_size[cadre[arc]] * recipient_size[j] + (demand[j] == 1)
        capacity[arc] = min(pairs, wanted[j] + 1)
    return capacity


def steps_in_order(steps: LoadSteps) -> tuple[IntArray, IntArray]:
    """Return the steps in the order in which they are filled, and the capacity before each.

    Returns
    -------
    order, before
        Shape ``(S,)``: positions of the steps, class by class, the cheapest first; and for each of
        these the capacity of its class's steps before it.
    """
    order = np.lexsort((steps.unit_cost, steps.cadre))
    cadre, capacity = steps.cadre[order], steps.capacity[order]
    before = np.cumsum(capacity) - capacity
    is_first = np.ones(cadre.shape[0], dtype=np.bool_)
    is_first[1:] = cadre[1:] != cadre[:-1]
    base = before[is_first]
    return order, before - base[np.cumsum(is_first) - 1] if base.shape[0] else before


def _filled_steps(steps: LoadSteps, load: IntArray) -> tuple[IntArray, BoolArray]:
    """Fill the steps of each class in order, up to its load.

    Returns
    -------
    last, full
        For each class the step that its load has come to, or its first, and which other steps are
        full; -1 for a class without steps.
    """
    order, before = steps_in_order(steps)
    cadre, capacity = steps.cadre[order], steps.capacity[order]
    # a class stands on its last step with anything on it
    on_it = (before < load[cadre]) | (before == 0)
    last = np.full(load.shape[0], -1, dtype=np.int64)
    last[cadre[on_it]] = order[on_it]
    full = np.zeros(order.shape[0], dtype=np.bool_)
    full[order] = before + capacity <= load[cadre]
    full[last[last >= 0]] = False
    return last, full
