"""Potentials from smaller problems: where cadres are scarce, before the first arc is chosen.

The cheapest partners of everybody make a bad start: cadres near many recipients are proposed to
all of them, and those who get none have huge potentials. The potentials of a problem with a
fraction of the classes already know where cadres are scarce; that problem gets its own start from
a still smaller one, and so on down. In a smaller problem neighbours with equal attributes are one
class.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.flow import Engine
from pairmatch.formulate.costs import CadreSide, RecipientSide
from pairmatch.formulate.grouping import group_rows
from pairmatch.limits import Limits
from pairmatch.transport.auction import is_of_people
from pairmatch.transport.boxes import cut_into_runs, table_cost_groups
from pairmatch.transport.candidates import Candidates
from pairmatch.transport.classes import Classes
from pairmatch.transport.guess import Guess
from pairmatch.transport.loop import run_to_optimality
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.seeds import seed_arcs
from pairmatch.transport.transportation import ClassPairs, TransportationProblem

# a cluster of recipients wants several of the classes that cadres stay apart in: that many times
# those that there are for each
_SEEDS_OF_SHARE = 5
_CLEARLY_FEWER = 0.7
# classes of recipients for each of cadres: with more, cadres are few enough to stay apart
_FOR_EACH_CADRE = 4


@dataclass(frozen=True)
class CoarseProblem:
    """A problem over clusters of classes.

    ``problem`` has no known arcs and no closed pairs, and stands for people only roughly: its
    optimum bounds nothing, but its potentials are near those of the problem that it resembles.
    ``cadre`` and ``recipient`` have shapes ``(I,)`` and ``(J,)``: the cluster of each class.
    """

    problem: TransportationProblem
    cadre: IntArray
    recipient: IntArray

    def refined(
        self, fine: TransportationProblem, cadre: IntArray, recipient: IntArray, amount: IntArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Deal flows between clusters out to their classes.

        Parameters
        ----------
        fine
            The problem that was coarsened.
        cadre, recipient, amount
            Shape ``(n,)``: clusters, and people sent from one to the other.

        Returns
        -------
        cadre, recipient, amount
            Distinct pairs of classes. People of a cluster of cadres take turns, so that loads
            differ by at most one; recipients get no more than they want.
        """
        order = np.lexsort((recipient, cadre))
        given = _dealt(self.cadre, fine.cadres.size, cadre[order], amount[order])
        wanted = recipient[order][given.flow]
        back = np.argsort(wanted, kind="stable")
        taken = _dealt(self.recipient, fine.wanted, wanted[back], given.amount[back])
        from_class = given.member[back][taken.flow]
        first, pair, _ = group_rows((from_class << 32) | taken.member)
        sent = np.bincount(pair, weights=taken.amount, minlength=first.shape[0])
        return from_class[first], taken.member[first], sent.astype(np.int64)


class _Dealt(NamedTuple):
    """Shares of flows, shape ``(n,)`` each: of which flow, to which class, and how many people."""

    flow: IntArray
    member: IntArray
    amount: IntArray


def _dealt(cluster: IntArray, size: IntArray, wanted: IntArray, amount: IntArray) -> _Dealt:
    """Deal flows to the classes of their clusters, person by person in turns.

    Parameters
    ----------
    cluster, size
        Shape of the classes: the cluster of each, and its people.
    wanted, amount
        Shape of the flows: their clusters, rising, and amounts.
    """
    clusters = int(cluster.max(initial=-1)) + 1
    first, members = counting_sort(cluster, clusters)
    people = np.bincount(cluster, weights=size, minlength=clusters).astype(np.int64)
    dealt = np.bincount(wanted, weights=amount, minlength=clusters).astype(np.int64)
    # a share ends where a flow ends, or a class has had its turn
    rounds = -(-dealt // np.maximum(people, 1))
    return _Dealt(
        *_deal_in_turns(
            members,
            first,
            size,
            wanted,
            amount,
            wanted.shape[0] + int((rounds * np.diff(first)).sum()),
        )
    )


@kernel
def _deal_in_turns(
    order: IntArray,
    first: IntArray,
    size: IntArray,
    wanted: IntArray,
    amount: IntArray,
    most_shares: int,
) -> tuple[IntArray, IntArray, IntArray]:
    flow = np.empty(most_shares, dtype=np.int64)
    member = np.empty(most_shares, dtype=np.int64)
    share = np.empty(most_shares, dtype=np.int64)
    count = turn = left = 0
    for k in range(wanted.shape[0]):
        cluster = wanted[k]
        if k == 0 or cluster != wanted[k - 1]:
            turn = first[cluster]
            left = size[order[turn]]
        rest = amount[k]
        while rest > 0:
            while left == 0:
                turn = turn + 1 if turn + 1 < first[cluster + 1] else first[cluster]
                left = size[order[turn]]
            flow[count] = k
            member[count] = order[turn]
            share[count] = min(rest, left)
            rest -= share[count]
            left -= share[count]
            count += 1
    return flow[:count], member[:count], share[:count]


def coarsen(problem: TransportationProblem, *, both: bool = False) -> CoarseProblem:
    """Merge up to eight classes at a time, neighbours within a group.

    A cluster has the place of its middle class and as many members as all of its classes. Cadres
    stay apart as long as they do not far outnumber clusters of recipients; with ``both`` the two
    sides are merged alike, up to four classes at a time.
    """
    tuning = problem.tuning
    most = tuning.coarse_merged_both if both else tuning.coarse_merged
    recipients, recipient = _clusters(
        problem.costs.recipients,
        (problem.priority_rank, problem.is_open.astype(np.int64)),
        problem.wanted,
        most,
    )
    is_apart = not both and problem.limit.shape[0] <= tuning.coarse_apart * recipients.size.shape[0]
    cadres, cadre = _clusters(
        problem.costs.cadres,
        (problem.start, problem.limit, problem.floor, problem.curves.kind),
        problem.cadres.size,
        1 if is_apart else most,
    )
    none = np.zeros(0, dtype=np.int64)
    middle_cadre, middle_recipient = cadres.representative, recipients.representative
    return CoarseProblem(
        replace(
            problem,
            costs=problem.costs.take(middle_cadre, middle_recipient),
            cadres=cadres,
            recipients=recipients,
            start=problem.start[middle_cadre],
            limit=problem.limit[middle_cadre],
            floor=problem.floor[middle_cadre],
            curves=problem.curves.take(middle_cadre),
            demand=np.ones(middle_recipient.shape[0], dtype=np.int64),
            priority_rank=problem.priority_rank[middle_recipient],
            is_open=problem.is_open[middle_recipient],
            known=ClassPairs.none(),
            keep_pair=none,
            keep_arc=none,
            closed_cadre=none,
            closed_recipient=none,
            lost_locks=0,
        ),
        cadre,
        recipient,
    )


def _clusters(
    side: CadreSide | RecipientSide, also: tuple[IntArray, ...], size: IntArray, most: int
) -> tuple[Classes, IntArray]:
    """Cut the classes of each group into clusters of at most ``most``, numbered as classes are."""
    _, group, count = table_cost_groups(side, also)
    of_group, order = counting_sort(group, count.shape[0])
    first, last, _ = cut_into_runs(of_group[:-1], of_group[1:], most)
    middle = order[(first + last) // 2]
    number = np.argsort(np.argsort(middle))
    cluster = np.empty(order.shape[0], dtype=np.int64)
    cluster[order] = np.repeat(number, last - first)
    members = np.bincount(cluster, weights=size, minlength=first.shape[0]).astype(np.int64)
    return Classes(np.sort(middle), cluster, members), cluster


def guess_from_below(
    problem: TransportationProblem,
    engine: Engine,
    limits: Limits,
    executor: Executor,
    *,
    both: bool | None = None,
) -> Guess:
    """Guess potentials and partners; any guess is safe, a good one saves rounds and pivots.

    ``both`` is whether cadres are merged as recipients are, by default if most classes of both are
    of one person.
    """
    if both is None:
        both = (
            is_of_people(problem)
            and _FOR_EACH_CADRE * problem.limit.shape[0] > problem.demand.shape[0]
        )
    tuning = problem.tuning
    small = tuning.coarse_small_if_scarce if problem.is_scarce else tuning.coarse_small
    if problem.demand.shape[0] <= small or limits.stop():
        return Guess.of_loads(problem)
    coarse = coarsen(problem, both=both)
    if coarse.problem.demand.shape[0] > _CLEARLY_FEWER * problem.demand.shape[0]:
        # nearly everybody is in a group of one's own: nothing is gained further down
        return Guess.of_loads(problem)
    below = guess_from_below(coarse.problem, engine, limits, executor, both=both)
    return _refined(problem, coarse, below, engine, limits, executor)


def _refined(
    problem: TransportationProblem,
    coarse: CoarseProblem,
    below: Guess,
    engine: Engine,
    limits: Limits,
    executor: Executor,
) -> Guess:
    """Solve a coarse problem from a guess at it, and turn its solution into a guess at a problem.

    There are no partners in it if that was stopped.
    """
    pricing = Pricing(coarse.problem, executor)
    tuning = problem.tuning
    share = coarse.problem.limit.shape[0] // max(1, coarse.problem.demand.shape[0])
    per_recipient = max(tuning.coarse_seeds, _SEEDS_OF_SHARE * share)
    seeds = seed_arcs(coarse.problem, pricing, below.u, per_recipient, limits.stop, lambda _: None)
    if seeds is None:
        return Guess.without_partners(below.u[coarse.cadre])
    candidates = Candidates(coarse.problem, seeds.cadre, seeds.recipient, seeds.cost)
    candidates.add(below.cadre, below.recipient)
    run = run_to_optimality(
        coarse.problem,
        candidates,
        pricing,
        engine,
        limits,
        guess=below,
        per_recipient=tuning.coarse_proposals,
    )
    if run.solution is None:
        return Guess.without_partners(below.u[coarse.cadre])
    # potentials of a solution that was not priced, or of a rough one, are near enough
    u, v = (run.solution.u, run.solution.v) if run.bound is None else (run.u, run.v)
    if coarse.problem.limit.shape[0] < problem.limit.shape[0]:
        u = _interpolated(problem, coarse, v, limits, executor)
    used = np.flatnonzero(run.solution.arc_flow)
    cover = coarse.refined(
        problem,
        run.solution_cadre[used],
        run.solution_recipient[used],
        run.solution.arc_flow[used],
    )
    pair = (cover[0] << 32) | cover[1]
    closed = (problem.closed_cadre << 32) | problem.closed_recipient
    usable = (problem.costs.of_pairs(*cover[:2]) >= 0) & ~np.isin(pair, closed)
    cadre, recipient, amount = (part[usable] for part in cover)
    return Guess(u, cadre, recipient, amount, open_price=run.open_price)


def _interpolated(
    problem: TransportationProblem,
    coarse: CoarseProblem,
    v: IntArray,
    limits: Limits,
    executor: Executor,
) -> IntArray:
    r"""Return potentials of classes of cadres from those of clusters of recipients, ``v``.

    They are the least at which no class of cadres is too cheap for any cluster,
    :math:`u_i = \max_J (v_J - c_{iJ})`, and no less than a place costs, unless it has to be taken.
    The potential of a cluster of cadres would be the same for all of it, and wrong for most: where
    places are short, potentials rise by a metre with every metre towards those left without.
    """
    clusters = coarse.problem
    every = np.arange(problem.limit.shape[0])
    # sides changed: each class of cadres looks for the cluster that it serves best
    changed = replace(
        clusters,
        costs=problem.costs.take(every, clusters.recipients.representative).transposed(),
        cadres=clusters.recipients,
        recipients=problem.cadres,
        demand=problem.limit,
        limit=clusters.demand,
    )
    least = problem.load.marginal(problem.start + 1)
    best = seed_arcs(changed, Pricing(changed, executor), -v, 1, limits.stop, lambda _: None)
    if best is None:
        return least
    # a place that has to be taken may be worth less than nothing
    return np.where(problem.floor > 0, -best.value, np.maximum(least, -best.value))
