"""A smaller problem that resembles a given one: neighbours with equal attributes as one class."""

from dataclasses import dataclass, replace

import numpy as np

from pairmatch.arcs.boxes import cut_into_runs, look_up_groups, morton
from pairmatch.formulate.arrays import IntArray
from pairmatch.formulate.classes import Classes
from pairmatch.formulate.costs import CadreSide, RecipientSide
from pairmatch.formulate.transportation import ClassPairs, TransportationProblem

_MERGED = 8


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
        cadre, recipient, amount = cadre[order], recipient[order], amount[order]
        unit = np.repeat(np.arange(amount.shape[0]), amount)
        from_class = _dealt(self.cadre, fine.cadres.size, cadre[unit])
        back = np.lexsort((cadre[unit], recipient[unit]))
        to_class = np.empty(unit.shape[0], dtype=np.int64)
        to_class[back] = _dealt(self.recipient, fine.wanted, recipient[unit][back])
        pairs, count = np.unique((from_class << 32) | to_class, return_counts=True)
        return pairs >> 32, pairs & ((1 << 32) - 1), count.astype(np.int64)


def _dealt(cluster: IntArray, size: IntArray, wanted: IntArray) -> IntArray:
    """Return a class for each of a sorted sequence of clusters, its members taking turns."""
    order = np.argsort(cluster, kind="stable")
    end = np.cumsum(size[order])
    members = np.bincount(cluster, weights=size).astype(np.int64)
    begin = np.cumsum(members) - members
    turn = np.arange(wanted.shape[0]) - np.searchsorted(wanted, wanted)
    place = begin[wanted] + turn % members[wanted]
    return order[np.searchsorted(end, place, side="right")]


def coarsen(problem: TransportationProblem) -> CoarseProblem:
    """Merge up to eight classes at a time, neighbours in Morton order within a group.

    A cluster has the place of its middle class and as many members as all of its classes.
    """
    cadres, cadre = _clusters(
        problem.costs.cadres,
        (problem.start, problem.limit, problem.floor),
        problem.cadres.size,
    )
    recipients, recipient = _clusters(problem.costs.recipients, (problem.rank,), problem.wanted)
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
            demand=np.ones(middle_recipient.shape[0], dtype=np.int64),
            rank=problem.rank[middle_recipient],
            known=ClassPairs(none, none, none, none, none.astype(np.bool_)),
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
    side: CadreSide | RecipientSide, also: tuple[IntArray, ...], size: IntArray
) -> tuple[Classes, IntArray]:
    _, group, count = look_up_groups(side, also)
    order = np.lexsort((morton(side.point), group))
    end = np.cumsum(count)
    first, last, _ = cut_into_runs(end - count, end, _MERGED)
    cluster = np.empty(order.shape[0], dtype=np.int64)
    cluster[order] = np.repeat(np.arange(first.shape[0]), last - first)
    members = np.bincount(cluster, weights=size, minlength=first.shape[0]).astype(np.int64)
    return Classes(order[(first + last) // 2].astype(np.int64), cluster, members), cluster
