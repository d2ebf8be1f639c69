"""The master problem: a minimum-cost flow over the candidate arcs between classes.

Node 0 holds all recipients that are wanted. It reaches every class of cadres by the steps of its
load curve, and every class of recipients by an arc for those left without. Minimum loads are no
lower bounds but rewards on the first steps, and breakable locks are rewards on their arcs: a rule
that cannot be kept then costs its price and the problem is always feasible.
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.flow import Engine, FlowNetwork, FlowStatus
from pairmatch.formulate.arrays import IntArray, exact_dot
from pairmatch.formulate.transportation import TransportationProblem


@dataclass(frozen=True)
class Prices:
    """What one unit of each level costs, in one sum.

    Attributes
    ----------
    violation
        Of a recipient short of a minimum load, or a broken lock.
    missing
        Of a recipient without a cadre, times the rank of its priority. With priced coverage the
        policy's price stands instead, if costs count.
    with_cost
        Whether pairs and loads cost anything at all.
    """

    violation: int
    missing: int
    with_cost: bool

    def of_missing(self, problem: TransportationProblem) -> IntArray:
        """Return the price of leaving out one recipient of each class, shape ``(J,)``."""
        if not problem.coverage_first and self.with_cost:
            return np.full(problem.rank.shape[0], problem.price_m, dtype=np.int64)
        return problem.rank * self.missing

    def of_known(self, problem: TransportationProblem) -> IntArray:
        """Return the unit costs of the known arcs, rewards included."""
        cost = problem.known.cost_m if self.with_cost else np.zeros_like(problem.known.cost_m)
        return cost - self.violation * problem.known.lock


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
    """An optimal flow over the candidate arcs.

    Attributes
    ----------
    known_flow, arc_flow
        Shapes of the known arcs and of the candidate arcs.
    missing
        Shape ``(J,)``: cadres that a class of recipients does not get.
    u, v
        Potentials of the classes, shapes ``(I,)`` and ``(J,)``.
    value
        Cost of all at the given prices, violations counted from 0.
    violation
        Recipients short of minimum loads, plus broken locks.
    """

    known_flow: IntArray
    arc_flow: IntArray
    missing: IntArray
    u: IntArray
    v: IntArray
    value: int
    violation: int


def load_steps(problem: TransportationProblem, prices: Prices) -> LoadSteps:
    """Cut the load curves into arcs of constant cost; a class's size multiplies the capacity."""
    marginal = problem.load.marginal_m if prices.with_cost else np.zeros(1, dtype=np.int64)
    classes = np.arange(problem.limit.shape[0])
    first, last = problem.start + 1, problem.start + problem.limit
    parts: list[tuple[IntArray, IntArray, IntArray, IntArray]] = []
    for step, cost in enumerate(marginal, start=1):
        low = np.maximum(first, step)
        high = last if step == marginal.shape[0] else np.minimum(last, step)
        required_end = np.minimum(high, problem.start + problem.floor)
        for begin, end, required in (
            (low, required_end, 1),
            (np.maximum(low, required_end + 1), high, 0),
        ):
            room = (end - begin + 1) * problem.cadres.size
            there = np.flatnonzero(end >= begin)
            unit_cost = np.full(there.shape[0], cost - required * prices.violation)
            parts.append(
                (classes[there], room[there], unit_cost, np.full(there.shape[0], required))
            )
    return LoadSteps(*(np.concatenate(part).astype(np.int64) for part in zip(*parts, strict=True)))


def solve_master(
    problem: TransportationProblem,
    prices: Prices,
    cadre: IntArray,
    recipient: IntArray,
    arc_cost: IntArray,
    engine: Engine,
) -> MasterSolution:
    """Solve the flow problem over the known arcs and the candidate arcs ``(cadre, recipient)``."""
    steps = load_steps(problem, prices)
    network, guess = _network(problem, prices, steps, cadre, recipient, arc_cost)
    network.check_ranges()
    result = engine.solve(network, guess)
    if result.status is not FlowStatus.OPTIMAL:
        raise RuntimeError(
            f"the engine {engine.name} says {result.status.name} of a feasible network"
        )
    cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
    bounds = np.cumsum([steps.cadre.shape[0], recipients, problem.known.cadre.shape[0]])
    step_flow, missing, known_flow, arc_flow = np.split(result.flow, bounds)
    rules = exact_dot(problem.cadres.size, problem.floor) + int(problem.known.lock.sum())
    kept = int(step_flow[steps.required == 1].sum()) + int(known_flow[problem.known.lock].sum())
    potential = result.potential - result.potential[0]
    return MasterSolution(
        known_flow=known_flow,
        arc_flow=arc_flow,
        missing=missing,
        u=potential[1 : cadres + 1],
        v=potential[cadres + 1 :],
        value=result.cost + prices.violation * rules,
        violation=rules - kept,
    )


def _network(
    problem: TransportationProblem,
    prices: Prices,
    steps: LoadSteps,
    cadre: IntArray,
    recipient: IntArray,
    arc_cost: IntArray,
) -> tuple[FlowNetwork, IntArray]:
    """Build the network, and a guess at its potentials that no shortest distance exceeds.

    An arc between classes is as wide as there are pairs of people. Where a recipient wants only
    one cadre that never binds, and one more keeps the arc out of the potentials' way.
    """
    cadres, recipients = problem.limit.shape[0], problem.demand.shape[0]
    cadre_node = 1 + np.arange(cadres)
    recipient_node = 1 + cadres + np.arange(recipients)
    wanted = problem.wanted
    of_missing = prices.of_missing(problem)
    room = problem.cadres.size[cadre] * problem.recipients.size[recipient]
    room = np.minimum(room + (problem.demand[recipient] == 1), wanted[recipient] + 1)
    supply = np.concatenate([[wanted.sum()], np.zeros(cadres, dtype=np.int64), -wanted])
    network = FlowNetwork(
        tail=np.concatenate(
            [
                np.zeros(steps.cadre.shape[0] + recipients, dtype=np.int64),
                cadre_node[problem.known.cadre],
                cadre_node[cadre],
            ]
        ),
        head=np.concatenate(
            [
                cadre_node[steps.cadre],
                recipient_node,
                recipient_node[problem.known.recipient],
                recipient_node[recipient],
            ]
        ),
        capacity=np.concatenate([steps.capacity, wanted + 1, problem.known.capacity, room]),
        unit_cost=np.concatenate(
            [steps.unit_cost, of_missing, prices.of_known(problem), arc_cost * prices.with_cost]
        ),
        supply=supply.astype(np.int64),
    )
    dearest = int(of_missing.max(initial=0)) + int(steps.unit_cost.max(initial=0))
    guess = np.concatenate([[0], np.full(cadres, dearest), of_missing]).astype(np.int64)
    return network, guess


def lower_bound(
    problem: TransportationProblem, prices: Prices, u: IntArray, v: IntArray, priced_total: int
) -> int:
    """Evaluate the Lagrangian bound of potentials, over all pairs.

    ``priced_total`` is the sum of the negative reduced costs of the ordinary pairs, as pricing
    found it. The other terms are the recipients', the load curves' and the known arcs'.
    """
    steps = load_steps(problem, prices)
    known = problem.known
    step_gain = np.minimum(0, steps.unit_cost - u[steps.cadre])
    known_gain = np.minimum(0, prices.of_known(problem) + u[known.cadre] - v[known.recipient])
    rules = exact_dot(problem.cadres.size, problem.floor) + int(known.lock.sum())
    return (
        exact_dot(problem.wanted, np.minimum(v, prices.of_missing(problem)))
        + exact_dot(steps.capacity, step_gain)
        + exact_dot(known.capacity, known_gain)
        + priced_total
        + prices.violation * rules
    )
