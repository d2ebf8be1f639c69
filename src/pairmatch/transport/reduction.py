r"""The problem that is left once it is known who can be served at all.

Let :math:`u^\circ, v^\circ` prove the least that can go without (`coverage`). Every plan that
attains it keeps their optimality conditions, so that

- a recipient whose priority ranks below :math:`v^\circ` goes without, one above is served, and at
  :math:`v^\circ` it is open who of the equals is served;
- cadres are full where :math:`u^\circ > 0`;
- nobody is paired across two values of the potentials.

Where one value :math:`t` is left with people on both sides, the metres are minimised among those
alone, and no price has to outweigh them. With :math:`t = 0` there are places enough, and everybody
is served. With :math:`t > 0` places are short and all of them are used, so the sides change
parts: cadres want recipients, of whom there are too many. Who wants is then again the smaller side,
for which column generation and the auction are made. Priorities do not matter any more but for who
is open, so classes that differ in nothing else are merged.

Potentials :math:`u, v` of what is left become such of the whole problem as
:math:`u + t\,P, v + t\,P` at a price :math:`P` for each rank of a priority, above the differences
of potentials.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_dot
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.load import LoadCurves
from pairmatch.transport.classes import Classes
from pairmatch.transport.coverage import Coverage
from pairmatch.transport.loop import Run
from pairmatch.transport.lower_bound import lower_bound
from pairmatch.transport.master import MasterSolution, load_steps
from pairmatch.transport.prices import with_price
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import ClassPairs, TransportationProblem
from pairmatch.transport.values import cost_of_loads

_OUT = -1


@dataclass(frozen=True)
class Reduction:
    """What is left of a problem, and the way back.

    Attributes
    ----------
    whole, problem
        The problem that was given, and the one to be solved.
    cadre, known_arc
        Positions of those of the whole problem's classes of cadres and known arcs that are left.
    merged
        Shape ``(J,)``: the class of recipients that each one has become, -1 where it goes without.
    level
        The value of the potentials that is left; above 0 places are short.
    changed
        Whether the sides have changed parts.
    known
        Whether it is known who can be served. Otherwise the problem is the whole one.
    """

    whole: TransportationProblem
    problem: TransportationProblem
    cadre: IntArray
    known_arc: IntArray
    merged: IntArray
    level: int
    changed: bool = False
    known: bool = True

    @classmethod
    def unknown(cls, whole: TransportationProblem) -> "Reduction":
        """Return a problem of which nothing is known as it is."""
        none = np.zeros(0, dtype=np.int64)
        return cls(whole, whole, none, none, none, 0, known=False)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was reduced."""
        return self.problem is self.whole

    def restored(self, run: Run, executor: Executor) -> Run:
        """Return a run over what is left as one over the whole problem, with a bound of its own.

        Where the run is optimal and serves whom it has to, the bound meets the value. Otherwise all
        pairs are priced once more.
        """
        if self.is_whole:
            return run
        done = (
            run.optimal
            and run.solution is not None
            and attains_coverage(self.problem, run.solution)
        )
        if self.changed:
            run = replace(
                run,
                solution_cadre=run.solution_recipient,
                solution_recipient=run.solution_cadre,
                u=-run.v,
                v=-run.u,
            )
        elif self.problem.left_out:
            price = run.problem.missing_at_rank_1 if run.open_price is None else run.open_price
            run = replace(run, u=run.u - price, v=run.v - price)
        whole, u, v = self._potentials(run)
        run = replace(run, problem=whole, u=u, v=v)
        if run.solution is not None:
            run = self._with_solution(run, run.solution)
        if done and run.solution is not None:
            return replace(run, bound=run.solution.value)
        if run.bound is None:
            return run
        priced = Pricing(whole, executor).price(u, v, 1)
        if priced is None:
            return replace(run, bound=None)
        bound = lower_bound(whole, load_steps(whole), u, v, priced.total)
        return replace(run, bound=bound)

    def carried_over(self, v: IntArray, known: BoolArray) -> tuple[IntArray, BoolArray]:
        """Return potentials of the recipients that are left, of some of those that were merged.

        Parameters
        ----------
        v, known
            Shape ``(J,)`` of the whole problem: potentials, and for whom they mean anything.
        """
        some = np.flatnonzero(known & (self.merged != _OUT))
        count = self.problem.demand.shape[0]
        merged, is_known = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
        merged[self.merged[some]] = v[some]
        is_known[self.merged[some]] = True
        return merged, is_known

    def _potentials(self, run: Run) -> tuple[TransportationProblem, IntArray, IntArray]:
        """Return the whole problem at prices, and potentials; those of a run may be missing."""
        whole = self.whole.at(run.problem.prices)
        u = np.zeros(whole.limit.shape[0], dtype=np.int64)
        if run.bound is None:
            return whole, u, np.zeros(whole.demand.shape[0], dtype=np.int64)
        price = whole.missing_at_rank_1
        if self.level > 0:
            last_step = whole.load.take(self.cadre).marginal(
                (whole.start + whole.limit)[self.cadre]
            )
            price = 1 + max(0, int((last_step - run.u).max()), int(run.v.max()))
            whole = whole.at(with_price(whole, len(whole.objective.coverage_levels) - 1, price))
        u[self.cadre] = run.u + price * self.level
        v = np.append(run.v + price * self.level, 0)[self.merged]
        return whole, u, np.where(self.merged == _OUT, price * whole.priority_rank, v)

    def _with_solution(self, run: Run, solution: MasterSolution) -> Run:
        whole = run.problem
        known_flow = np.zeros(whole.known.cadre.shape[0], dtype=np.int64)
        known_flow[self.known_arc] = solution.known_flow
        cadre, recipient, flow = self._arcs(run, solution)
        load = np.bincount(cadre, flow, whole.limit.shape[0]).astype(np.int64)
        np.add.at(load, whole.known.cadre, known_flow)
        found = np.bincount(recipient, flow, whole.demand.shape[0]).astype(np.int64)
        np.add.at(found, whole.known.recipient, known_flow)
        missing = whole.wanted - found
        short = np.maximum(whole.cadres.size * whole.floor - load, 0)
        violation = int(short.sum())
        value = (
            exact_dot(flow, whole.costs.of_pairs(cadre, recipient))
            + exact_dot(known_flow, whole.known_cost)
            + cost_of_loads(whole, whole.load, load)
            + exact_dot(missing, whole.missing)
            + whole.violation * violation
            + whole.objective.changed(whole.prices) * whole.start_pairs
        )
        whole_solution = replace(
            solution,
            known_flow=known_flow,
            arc_flow=flow,
            missing=missing,
            u=run.u,
            v=run.v,
            value=value,
            violation=violation,
        )
        return replace(
            run, solution=whole_solution, solution_cadre=cadre, solution_recipient=recipient
        )

    def _arcs(self, run: Run, solution: MasterSolution) -> tuple[IntArray, IntArray, IntArray]:
        """Share flows to merged classes out to their parts, the highest priority first."""
        whole = self.whole
        classes = np.flatnonzero(self.merged != _OUT)
        classes = classes[np.lexsort((-whole.priority_rank[classes], self.merged[classes]))]
        wanted = whole.wanted[classes]
        last = np.cumsum(wanted)
        group = self.merged[classes]
        begin = (last - wanted)[np.searchsorted(group, np.arange(int(group.max(initial=-1)) + 1))]
        order = np.argsort(run.solution_recipient, kind="stable")
        flow, to = solution.arc_flow[order], run.solution_recipient[order]
        # arcs of a merged class follow each other on a line, and so do its parts
        end = np.cumsum(flow)
        first_of_group = np.searchsorted(to, to)
        end += begin[to] - (end - flow)[first_of_group]
        first_part = np.searchsorted(last, end - flow, side="right")
        last_part = np.maximum(np.searchsorted(last, end - 1, side="right"), first_part)
        # an arc without flow at the end of its line would stand on the next one
        first_part = np.where(flow > 0, first_part, np.searchsorted(group, to))
        count = np.where(flow > 0, last_part - first_part, 0) + 1
        arc = np.repeat(np.arange(order.shape[0]), count)
        part = (
            first_part[arc] + np.arange(arc.shape[0]) - np.repeat(np.cumsum(count) - count, count)
        )
        amount = np.minimum(end[arc], last[part]) - np.maximum(
            (end - flow)[arc], (last - wanted)[part]
        )
        amount = np.where(flow[arc] > 0, amount, 0)
        return self.cadre[run.solution_cadre[order][arc]], classes[part], amount


def attains_coverage(problem: TransportationProblem, solution: MasterSolution) -> bool:
    """Tell whether a solution of what is left serves everybody who has to be."""
    return solution.violation == 0 and int(solution.missing.sum()) == problem.left_out


def reduce_by(coverage: Coverage, problem: TransportationProblem) -> Reduction | None:
    """Reduce a problem to what its coverage leaves open.

    Returns
    -------
    Reduction or None
        None if people on both sides are left at several values of the potentials.
    """
    u, v = np.maximum(coverage.u, 0), np.maximum(coverage.v, 0)
    left = problem.priority_rank >= v
    levels = np.unique(v[left])
    if levels.shape[0] != 1:
        return None
    level = int(levels[0])
    cadre = np.flatnonzero(u == level)
    is_plain = level == 0 and left.all() and cadre.shape[0] == u.shape[0]
    if is_plain and int(problem.priority_rank.max()) == 1:
        return replace(Reduction.unknown(problem), known=True)
    recipient = np.flatnonzero(left)
    # at the level itself it is open who is served
    is_open = (problem.priority_rank == level)[recipient]
    merged, some = _merged(problem, recipient, is_open)
    known = np.flatnonzero((u == level)[problem.known.cadre] & left[problem.known.recipient])
    smaller = _part(problem, cadre, merged, some, known)
    if level == 0:
        return Reduction(problem, smaller, cadre, known, merged, level)
    is_open = (problem.priority_rank == level)[some]
    changed = cadre.shape[0] > problem.tuning.changed_above * some.shape[0]
    if changed:
        smaller = _with_sides_changed(smaller, is_open)
    else:
        left_out = int(smaller.wanted.sum() - smaller.supply.sum())
        smaller = replace(smaller, left_out=left_out, is_open=is_open)
    return Reduction(problem, smaller, cadre, known, merged, level, changed=changed)


def _merged(
    problem: TransportationProblem, recipient: IntArray, is_open: IntArray
) -> tuple[IntArray, IntArray]:
    """Merge classes that differ in priority only.

    Returns
    -------
    merged, some
        The number of each class of the problem, -1 for those that are not given; and one of each.
    """
    side = problem.costs.recipients
    alone = np.zeros(problem.demand.shape[0], dtype=np.int64)
    for apart in (
        problem.known.recipient,
        problem.closed_recipient,
        np.flatnonzero(problem.demand > 1),
    ):
        alone[apart] = apart + 1
    columns = [
        *side.point.astype(np.int64),
        *side.ancestor.astype(np.int64),
        side.inherited.astype(np.int64),
        side.zone,
        side.category,
        alone,
    ]
    first, group, _ = group_rows(
        *pack_columns(*(column[recipient] for column in columns), is_open.astype(np.int64))
    )
    merged = np.full(problem.demand.shape[0], _OUT, dtype=np.int64)
    merged[recipient] = group
    return merged, recipient[first]


def _part(
    problem: TransportationProblem,
    cadre: IntArray,
    merged: IntArray,
    some: IntArray,
    known: IntArray,
) -> TransportationProblem:
    """Return a problem of some cadres and merged recipients, all of whom have to be served."""
    number = np.full(problem.limit.shape[0], _OUT, dtype=np.int64)
    number[cadre] = np.arange(cadre.shape[0])
    arcs = problem.known
    keep = int((known < problem.keep_arcs).sum())
    closed = number[problem.closed_cadre], merged[problem.closed_recipient]
    inside = (closed[0] != _OUT) & (closed[1] != _OUT)
    size = np.bincount(merged[merged != _OUT], problem.recipients.size[merged != _OUT])
    return replace(
        problem,
        costs=problem.costs.take(cadre, some),
        cadres=Classes(cadre, number, problem.cadres.size[cadre]),
        recipients=Classes(some, merged, size.astype(np.int64)),
        start=problem.start[cadre],
        limit=problem.limit[cadre],
        floor=problem.floor[cadre],
        curves=problem.curves.take(cadre),
        demand=problem.demand[some],
        priority_rank=np.ones(some.shape[0], dtype=np.int64),
        is_open=np.ones(some.shape[0], dtype=np.bool_),
        known=ClassPairs(
            number[arcs.cadre[known]],
            merged[arcs.recipient[known]],
            arcs.correction_m[known],
            arcs.capacity[known],
            arcs.started[known],
            arcs.lock[known],
        ),
        keep_pair=np.arange(keep),
        keep_arc=np.arange(keep),
        closed_cadre=closed[0][inside],
        closed_recipient=closed[1][inside],
    )


def _with_sides_changed(problem: TransportationProblem, is_open: IntArray) -> TransportationProblem:
    """Return the same problem with cadres who want recipients.

    All places are used, so that load curves add the same to every plan and are left out. Who has to
    be served has a minimum load.
    """
    order = np.lexsort((problem.closed_cadre, problem.closed_recipient))
    arcs = problem.known
    return replace(
        problem,
        objective=problem.objective.transposed(),
        costs=problem.costs.transposed(),
        cadres=problem.recipients,
        recipients=problem.cadres,
        start=np.zeros_like(problem.demand),
        limit=problem.demand,
        floor=np.where(is_open, 0, problem.demand),
        curves=LoadCurves.flat(problem.demand.shape[0]),
        demand=problem.limit,
        priority_rank=np.ones_like(problem.limit),
        is_open=np.ones(problem.limit.shape[0], dtype=np.bool_),
        known=replace(arcs, cadre=arcs.recipient, recipient=arcs.cadre),
        closed_cadre=problem.closed_recipient[order],
        closed_recipient=problem.closed_cadre[order],
    )
