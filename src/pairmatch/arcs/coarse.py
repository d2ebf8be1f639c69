"""A smaller problem that resembles a given one: neighbours with equal attributes as one class."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arcs.boxes import cut_into_runs, look_up_groups
from pairmatch.formulate.arrays import IntArray, group_rows
from pairmatch.formulate.classes import Classes
from pairmatch.formulate.costs import CadreSide, RecipientSide
from pairmatch.formulate.transportation import ClassPairs, TransportationProblem

_MERGED = 8
# where many neighbours are cadres, too, potentials are better that are nearer
_MERGED_BOTH = 4
# with more classes of cadres than that for each cluster of recipients they are merged in any case
_MANY = 8


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
    members = np.bincount(cluster, minlength=clusters)
    people = np.bincount(cluster, weights=size, minlength=clusters).astype(np.int64)
    dealt = np.bincount(wanted, weights=amount, minlength=clusters).astype(np.int64)
    # a share ends where a flow ends, or a class has had its turn
    rounds = -(-dealt // np.maximum(people, 1))
    return _Dealt(
        *_deal_in_turns(
            np.argsort(cluster, kind="stable"),
            np.concatenate([[0], np.cumsum(members)]).astype(np.int64),
            size,
            wanted,
            amount,
            wanted.shape[0] + int((rounds * members).sum()),
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
    most = _MERGED_BOTH if both else _MERGED
    recipients, recipient = _clusters(
        problem.costs.recipients,
        (problem.rank, problem.is_open.astype(np.int64)),
        problem.wanted,
        most,
    )
    is_apart = not both and problem.limit.shape[0] <= _MANY * recipients.size.shape[0]
    cadres, cadre = _clusters(
        problem.costs.cadres,
        (problem.start, problem.limit, problem.floor),
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
            demand=np.ones(middle_recipient.shape[0], dtype=np.int64),
            rank=problem.rank[middle_recipient],
            is_open=problem.is_open[middle_recipient],
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
    side: CadreSide | RecipientSide, also: tuple[IntArray, ...], size: IntArray, most: int
) -> tuple[Classes, IntArray]:
    """Cut the classes of each group into clusters of at most ``most``, numbered as classes are."""
    _, group, count = look_up_groups(side, also)
    order = np.argsort(group, kind="stable")
    end = np.cumsum(count)
    first, last, _ = cut_into_runs(end - count, end, most)
    middle = order[(first + last) // 2]
    number = np.argsort(np.argsort(middle))
    cluster = np.empty(order.shape[0], dtype=np.int64)
    cluster[order] = np.repeat(number, last - first)
    members = np.bincount(cluster, weights=size, minlength=first.shape[0]).astype(np.int64)
    return Classes(np.sort(middle), cluster, members), cluster
