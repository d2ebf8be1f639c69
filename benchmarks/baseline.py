"""The baseline network: people, and each side's nearest partners, completed so that all are served.

A node that holds all recipients reaches every cadre by the steps of its load curve, as parallel
arcs. Arcs between people go to the 16 nearest partners of each side, ties by id. Where that cannot
serve everybody, a maximum flow says how many are short, and as many arcs are added: from each one
left over to the nearest cadre with a place to spare.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow
from scipy.spatial import KDTree

from benchmarks.network import IntArray, Network
from pairmatch.formulate.formulation import Formulation
from pairmatch.problem import Problem

_NEAREST = 16


def baseline_network(problem: Problem) -> Network:
    """Build the baseline network of a problem in which every pair is eligible.

    Raises
    ------
    ValueError
        If a pair of it is not eligible, or places are fewer than recipients.
    """
    formulation = problem.formulation
    cadre, recipient = _nearest_pairs(formulation)
    more_cadre, more_recipient = _completion(formulation, cadre, recipient)
    cadre = np.concatenate([cadre, more_cadre])
    recipient = np.concatenate([recipient, more_recipient])
    cost = formulation.costs.of_pairs(cadre, recipient)
    if (cost < 0).any():
        raise ValueError("the baseline is made for problems in which every pair is eligible")
    cadres = formulation.cadre_count
    step_cadre, step_cost = _steps(formulation)
    return Network.sorted(
        np.concatenate([np.zeros_like(step_cadre), 1 + cadre]),
        np.concatenate([1 + step_cadre, 1 + cadres + recipient]),
        np.ones(step_cadre.shape[0] + cadre.shape[0], dtype=np.int64),
        np.concatenate([step_cost, cost]),
        np.concatenate(
            [[formulation.demand.sum()], np.zeros(cadres, dtype=np.int64), -formulation.demand]
        ),
    )


def _steps(formulation: Formulation) -> tuple[IntArray, IntArray]:
    """Return the cadre and the marginal cost of every place that there is."""
    cadre = np.repeat(np.arange(formulation.cadre_count), formulation.capacity)
    nth = np.arange(cadre.shape[0]) - np.repeat(
        np.cumsum(formulation.capacity) - formulation.capacity, formulation.capacity
    )
    return cadre, formulation.load.take(cadre).marginal(nth + 1)


def _nearest_pairs(formulation: Formulation) -> tuple[IntArray, IntArray]:
    cadres = formulation.costs.cadres.point.T.astype(np.int64)
    recipients = formulation.costs.recipients.point.T.astype(np.int64)
    one, its = _nearest(cadres, recipients)
    other, their = _nearest(recipients, cadres)
    key = np.unique(np.concatenate([one << 32 | its, their << 32 | other]))
    return key >> 32, key & 0xFFFFFFFF


def _nearest(people: IntArray, partners: IntArray) -> tuple[IntArray, IntArray]:
    """Return everybody with each of the 16 nearest partners, those of smaller ids first.

    Everybody at one place has the same ones, so places are looked up instead of people.
    """
    count = min(_NEAREST, partners.shape[0])
    place, at = np.unique(people, axis=0, return_inverse=True)
    partner_place, partner_at = np.unique(partners, axis=0, return_inverse=True)
    by_place = np.argsort(partner_at.ravel(), kind="stable")
    start = np.searchsorted(partner_at.ravel()[by_place], np.arange(partner_place.shape[0] + 1))
    nearest = np.full((place.shape[0], count), -1, dtype=np.int64)
    open_places = np.arange(place.shape[0])
    looked = count + 1
    tree = KDTree(partner_place)
    while open_places.shape[0]:
        looked = min(looked, partner_place.shape[0])
        distance, found = tree.query(place[open_places], k=looked, workers=2)
        found = found.reshape(-1, looked)
        if looked < partner_place.shape[0]:
            distance = np.reshape(distance, (-1, looked))
            # a place as far away as the last one that was looked at may have been left out
            settled = distance[:, count - 1] < distance[:, -1]
        else:
            settled = np.ones(open_places.shape[0], dtype=np.bool_)
        chosen = np.flatnonzero(settled)
        for begin in range(0, chosen.shape[0], 20_000):
            part = chosen[begin : begin + 20_000]
            nearest[open_places[part]] = _first_partners(
                place[open_places[part]], found[part], partner_place, (start, by_place), count
            )
        open_places = open_places[~settled]
        looked *= 2
    return np.repeat(np.arange(people.shape[0]), count), nearest[at.ravel()].ravel()


def _first_partners(
    place: IntArray,
    found: IntArray,
    partner_place: IntArray,
    partners: tuple[IntArray, IntArray],
    count: int,
) -> IntArray:
    """Return the ``count`` nearest partners by exact squared distance, then by id.

    Parameters
    ----------
    found
        Shape ``(places, looked)``: the partners' places that matter.
    partners
        For each partners' place where its partners begin, and the partners by place and id.
    """
    start, by_place = partners
    square = ((partner_place[found] - place[:, None, :]) ** 2).sum(axis=2)
    # of one place the first few are enough
    there = np.minimum(start[found + 1] - start[found], count)
    row = np.repeat(np.arange(place.shape[0]), there.sum(axis=1))
    flat = there.ravel()
    nth = np.arange(int(flat.sum())) - np.repeat(np.cumsum(flat) - flat, flat)
    partner = by_place[np.repeat(start[found].ravel(), flat) + nth]
    order = np.lexsort((partner, np.repeat(square.ravel(), flat), row))
    first = np.searchsorted(row, np.arange(place.shape[0]))
    chosen: IntArray = partner[order][first[:, None] + np.arange(count)]
    return chosen


def _completion(
    formulation: Formulation, cadre: IntArray, recipient: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the fewest further pairs with which everybody can be served.

    Every further arc serves at most one more, so as many are needed as are short.
    """
    cadres, recipients = formulation.cadre_count, formulation.recipient_count
    if int(formulation.capacity.sum()) < int(formulation.demand.sum()):
        raise ValueError("there are fewer places than recipients")
    source, sink = 0, 1 + cadres + recipients
    tail = np.concatenate(
        [np.zeros(cadres, dtype=np.int64), 1 + cadre, 1 + cadres + np.arange(recipients)]
    )
    head = np.concatenate(
        [1 + np.arange(cadres), 1 + cadres + recipient, np.full(recipients, sink)]
    )
    capacity = np.concatenate(
        [formulation.capacity, np.ones(cadre.shape[0], dtype=np.int64), formulation.demand]
    )
    matrix = csr_array(
        (capacity.astype(np.int32), (tail.astype(np.int32), head.astype(np.int32))),
        shape=(sink + 1, sink + 1),
    )
    flow = maximum_flow(matrix, source, sink, method="dinic").flow
    # the flow back out of the sink stands with a minus
    used = flow[[source], 1 : 1 + cadres].toarray().ravel().astype(np.int64)
    served = -flow[[sink], 1 + cadres : sink].toarray().ravel().astype(np.int64)
    return _nearest_spare(formulation, formulation.capacity - used, formulation.demand - served)


def _nearest_spare(
    formulation: Formulation, spare: IntArray, short: IntArray
) -> tuple[IntArray, IntArray]:
    """Pair those left over with places to spare, the nearest pair first, then by id.

    Whoever is at the same point is taken together: what one of them may have, all may.
    """
    place, slots, slot_start = _slots(formulation.costs.cadres.point, spare)
    wait_place, waiting, wait_start = _slots(formulation.costs.recipients.point, short)
    room, left = np.diff(slot_start), np.diff(wait_start)
    cadre: list[IntArray] = []
    recipient: list[IntArray] = []
    while left.any():
        free, open_places = np.flatnonzero(room), np.flatnonzero(left)
        count = min(_NEAREST, free.shape[0])
        distance, found = KDTree(place[free]).query(wait_place[open_places], k=count)
        whom, who = free[found.reshape(-1)], np.repeat(open_places, count)
        order = np.lexsort((whom, who, np.reshape(distance, -1)))
        for one, other in zip(who[order].tolist(), whom[order].tolist(), strict=True):
            taken = min(int(left[one]), int(room[other]))
            if taken:
                first = int(wait_start[one + 1] - left[one])
                recipient.append(waiting[first : first + taken])
                first = int(slot_start[other + 1] - room[other])
                cadre.append(slots[first : first + taken])
                left[one] -= taken
                room[other] -= taken
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *cadre]), np.concatenate([none, *recipient])


def _slots(
    point: npt.NDArray[np.float64], count: IntArray
) -> tuple[npt.NDArray[np.float64], IntArray, IntArray]:
    """Return places, everybody ``count`` times by place and id, and where each place begins."""
    person = np.repeat(np.arange(count.shape[0]), count)
    place, at = np.unique(point.T[person], axis=0, return_inverse=True)
    order = np.argsort(at.ravel(), kind="stable")
    start = np.searchsorted(at.ravel()[order], np.arange(place.shape[0] + 1))
    return place, person[order], start
