"""Potentials from an auction over all pairs, for problems of people rather than of large classes.

Recipients bid for cadres :cite:p:`bertsekas1988auction`: each takes a place with the cadre that is
best for it at the present prices and raises the price until the second best would do as well, plus
an increment; who is outbid bids again. Prices only rise, so a list of the best partners stays
sufficient until everybody on it has become dearer than its worst entry was. Only then are all
pairs looked through again, box by box, for all whose lists are used up at once.

The auction is stopped long before it is exact. What it leaves is good to a kilometre or so nearly
everywhere, which no smaller problem is: there neighbours are one and the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, Int32Array, IntArray
from pairmatch.heaps import replace_top
from pairmatch.transport.guess import Guess, Potentials
from pairmatch.transport.master import load_steps
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.transportation import TransportationProblem

_NOBODY = -1
# above every value, and no sum of two overflows
_BEYOND = 1 << 60
# the price of a class without places: above every other, and small enough to be a potential
_NO_PLACES_M = 1 << 48


class Places(NamedTuple):
    """Places with cadres: heaps by price, one for each class of cadres.

    Attributes
    ----------
    first
        Shape ``(I + 1,)``: where the places of each class begin; the cheapest comes first.
    price, holder
        Shape ``(P,)``: metres, and the bidder who holds the place, or -1.
    """

    first: IntArray
    price: IntArray
    holder: IntArray


class Lists(NamedTuple):
    """The best partners of each class of recipients when it last looked.

    Attributes
    ----------
    cadre, cost
        Shape ``(J, L)``: classes of cadres, and the costs of the pairs in metres.
    length
        Shape ``(J,)``.
    beyond
        Shape ``(J,)``: no partner that is not listed has a cost and a price below that in all.
    """

    cadre: Int32Array
    cost: IntArray
    length: IntArray
    beyond: IntArray


@dataclass(frozen=True)
class Auctioned:
    """What an auction came to.

    Attributes
    ----------
    places
        Prices and holders.
    cadre, recipient, cost
        Shape ``(n,)``: the best partners of each class of recipients at the prices that the
        auction began with, distinct, those of one class side by side. Empty if it was stopped
        before anybody had looked.
    v
        Shape ``(J,)``: what the best partner that a class of recipients knows of costs in all at
        the last prices, but no more than to leave it out.
    least
        Shape ``(J,)``: what no partner at all is below at the last prices, at most to leave it out.
    """

    places: Places
    cadre: IntArray
    recipient: IntArray
    cost: IntArray
    v: IntArray
    least: IntArray

    def guess(self, problem: TransportationProblem) -> Guess:
        """Return the last prices, the pairs that hold places, and potentials that give a bound."""
        holder = self.places.holder
        held = np.flatnonzero(holder != _NOBODY)
        cadre = np.searchsorted(self.places.first, held, side="right") - 1
        pair = (cadre << 32) | class_of_bidder(problem)[holder[held]]
        pair, amount = np.unique(pair, return_counts=True)
        recipient = pair & ((1 << 32) - 1)
        u = _cheapest(self.places)
        # a class without places is as dear as need be for none of its pairs to be negative
        potentials = Potentials(np.minimum(u, max(0, int(self.least.max(initial=0)))), self.least)
        return Guess(u, pair >> 32, recipient, amount.astype(np.int64), potentials)


def is_of_people(problem: TransportationProblem) -> bool:
    """Tell whether most classes of recipients are of one person, so that an auction pays."""
    return 2 * int(problem.demand.shape[0]) > int(problem.wanted.sum())


def class_of_bidder(problem: TransportationProblem) -> IntArray:
    """Return the class of each bidder: one for each cadre that its recipients want."""
    return np.repeat(np.arange(problem.demand.shape[0]), problem.wanted)


def auction(
    problem: TransportationProblem,
    pricing: Pricing,
    u: IntArray,
    stop: Callable[[], bool],
    *,
    open_price: int | None = None,
) -> Auctioned:
    """Let recipients bid from given prices on, shape ``(I,)``, but from no less than places cost.

    ``open_price`` is what a missing recipient costs where some have to be left out, if known.
    Each round prices all pairs of those whose lists are used up, O(boxes) at
    least; a bid takes O(L + log P). Where the auction ends by itself and began at what places
    cost, the pairs that it leaves cost at most one increment each more than the best ones.
    """
    limit, tuning = problem.missing, problem.tuning
    if open_price is not None:
        limit = np.where(problem.is_open, open_price, limit)
    places = _places(problem, u)
    classes = problem.demand.shape[0]
    lists = Lists(
        cadre=np.zeros((classes, tuning.auction_listed), dtype=np.int32),
        cost=np.zeros((classes, tuning.auction_listed), dtype=np.int64),
        length=np.zeros(classes, dtype=np.int64),
        beyond=np.full(classes, -_BEYOND, dtype=np.int64),
    )
    none = np.zeros(0, dtype=np.int64)
    first = (none, none, none)
    u = _cheapest(places)
    of_bidder = class_of_bidder(problem)
    # neighbours are far apart in a shuffled order, and disturb each other less
    waiting = np.random.default_rng(0).permutation(of_bidder.shape[0])
    places_each = places.price.shape[0] / max(1, problem.limit.shape[0])
    increment = problem.metre * min(
        int(tuning.auction_increment_m * places_each), tuning.auction_largest_increment_m
    )
    interrupted = np.zeros(classes, dtype=np.bool_)
    known = np.zeros(classes, dtype=np.int64)
    for nth in range(tuning.auction_rounds):
        if stop():
            break
        look = np.zeros(classes, dtype=np.bool_)
        look[of_bidder[waiting]] = True
        v = np.minimum(_worst_listed(lists, u, look), limit)
        # prices stand still while bidders look: should they be interrupted, that is what they knew
        known = _least_of_all(lists, u, limit, look)
        _forget(lists, look)
        for cadre, recipient, cost in pricing.best(u, v, tuning.auction_listed, stop):
            _note(lists, u, cadre, recipient, cost)
        if stop():
            interrupted = look
            break
        _close(lists, look, limit)
        if nth == 0:
            first = _best_listed(lists, u, tuning.auction_first)
        bidders = waiting.shape[0]
        waiting = _bid(lists, places, u, of_bidder, limit, waiting, increment)
        is_little = waiting.shape[0] <= tuning.auction_left * of_bidder.shape[0]
        if is_little or waiting.shape[0] > tuning.auction_slow * bidders:
            break
    least = _least_of_all(lists, u, limit, ~interrupted)
    least[interrupted] = known[interrupted]
    return Auctioned(places, *first, _values(lists, u, limit), least)


def _places(problem: TransportationProblem, u: IntArray) -> Places:
    steps = load_steps(problem)
    cadre = np.repeat(steps.cadre, steps.capacity)
    price = np.maximum(np.repeat(steps.unit_cost, steps.capacity), u[cadre])
    # sorted by price is a heap
    order = np.lexsort((price, cadre))
    first = np.searchsorted(cadre[order], np.arange(problem.limit.shape[0] + 1))
    return Places(first.astype(np.int64), price[order], np.full(order.shape[0], _NOBODY))


def _cheapest(places: Places) -> IntArray:
    """Return the lowest price of each class of cadres, shape ``(I,)``."""
    first, last = places.first[:-1], places.first[1:]
    u = np.full(first.shape[0], _NO_PLACES_M, dtype=np.int64)
    u[first < last] = places.price[first[first < last]]
    return u


@kernel
def _worst_listed(lists: Lists, u: IntArray, look: BoolArray) -> IntArray:
    """Return above what a class that looks again need not look, and for others below everything."""
    worst = np.full(look.shape[0], -_BEYOND, dtype=np.int64)
    for j in range(look.shape[0]):
        if look[j]:
            if lists.length[j] < lists.cadre.shape[1]:
                worst[j] = _BEYOND
            for k in range(lists.length[j]):
                worst[j] = max(worst[j], lists.cost[j, k] + u[lists.cadre[j, k]] + 1)
    return worst


@kernel
def _forget(lists: Lists, look: BoolArray) -> None:
    """Empty the lists of those who look again."""
    for j in range(look.shape[0]):
        if look[j]:
            lists.length[j] = 0
            lists.beyond[j] = -_BEYOND


@kernel
def _note(lists: Lists, u: IntArray, cadre: IntArray, recipient: IntArray, cost: IntArray) -> None:
    """Put arcs at the ends of lists."""
    for k in range(cadre.shape[0]):
        j = recipient[k]
        lists.cadre[j, lists.length[j]] = cadre[k]
        lists.cost[j, lists.length[j]] = cost[k]
        lists.length[j] += 1
        lists.beyond[j] = max(lists.beyond[j], cost[k] + u[cadre[k]])


@kernel
def _close(lists: Lists, look: BoolArray, limit: IntArray) -> None:
    """Say of lists that are not full that they hold everybody who is worth it at all."""
    for j in range(look.shape[0]):
        if look[j] and lists.length[j] < lists.cadre.shape[1]:
            lists.beyond[j] = limit[j]


@kernel
def _best_listed(lists: Lists, u: IntArray, count: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return at most ``count`` of each class's list, the best ones: cadres, recipients, costs."""
    most = np.minimum(lists.length, count).sum()
    cadre = np.empty(most, dtype=np.int64)
    recipient = np.empty(most, dtype=np.int64)
    cost = np.empty(most, dtype=np.int64)
    value = np.empty(lists.cadre.shape[1], dtype=np.int64)
    place = 0
    for j in range(lists.length.shape[0]):
        length = lists.length[j]
        for k in range(length):
            value[k] = lists.cost[j, k] + u[lists.cadre[j, k]]
        for _ in range(min(length, count)):
            best = 0
            for k in range(1, length):
                if value[k] < value[best]:
                    best = k
            value[best] = _BEYOND
            cadre[place] = lists.cadre[j, best]
            recipient[place] = j
            cost[place] = lists.cost[j, best]
            place += 1
    return cadre, recipient, cost


@kernel
def _values(lists: Lists, u: IntArray, limit: IntArray) -> IntArray:
    """Return what the best listed partner of each class costs in all, at most its limit."""
    v = limit.copy()
    for j in range(v.shape[0]):
        for k in range(lists.length[j]):
            v[j] = min(v[j], lists.cost[j, k] + u[lists.cadre[j, k]])
    return v


@kernel
def _least_of_all(lists: Lists, u: IntArray, limit: IntArray, asked: BoolArray) -> IntArray:
    """Return what no partner of a class that is asked about is below, at most its limit."""
    cheapest = _BEYOND
    for i in range(u.shape[0]):
        cheapest = min(cheapest, u[i])
    least = np.minimum(limit, cheapest)
    for j in range(least.shape[0]):
        if asked[j]:
            value = min(limit[j], lists.beyond[j])
            for k in range(lists.length[j]):
                value = min(value, lists.cost[j, k] + u[lists.cadre[j, k]])
            least[j] = max(least[j], value)
    return least


@kernel
def _bid(
    lists: Lists,
    places: Places,
    u: IntArray,
    of_bidder: IntArray,
    limit: IntArray,
    waiting: IntArray,
    increment: int,
) -> IntArray:
    """Let bidders bid until each holds a place, gives up, or has to look again; return the last.

    ``u`` are the lowest prices of the classes of cadres, and is kept up to date.
    """
    cadre, cost, length, beyond = lists.cadre, lists.cost, lists.length, lists.beyond
    first, price, holder = places.first, places.price, places.holder
    queue = np.empty(of_bidder.shape[0] + 1, dtype=np.int64)
    # number by number: for a slice numba compiles what it would say of unequal lengths, for 2 s
    for k in range(waiting.shape[0]):
        queue[k] = waiting[k]
    begin = 0
    end = waiting.shape[0]
    again = np.empty(of_bidder.shape[0], dtype=np.int64)
    count = 0
    while begin != end:
        bidder = queue[begin]
        begin = begin + 1 if begin + 1 < queue.shape[0] else 0
        j = of_bidder[bidder]
        best = np.int64(_BEYOND)
        second = min(limit[j], beyond[j])
        chosen = -1
        for k in range(length[j]):
            i = cadre[j, k]
            value = cost[j, k] + u[i]
            if value < best:
                second = min(second, best)
                best = value
                chosen = k
            else:
                second = min(second, value)
        if best > beyond[j] and beyond[j] < limit[j]:
            again[count] = bidder
            count += 1
            continue
        if best >= limit[j]:
            continue
        i = cadre[j, chosen]
        top = first[i]
        for child in range(top + 1, min(top + 3, first[i + 1])):
            second = min(second, cost[j, chosen] + price[child])
        outbid = holder[top]
        raised = price[top] + second - best + increment
        replace_top(price, holder, top, first[i + 1], raised, bidder, 1)
        u[i] = price[top]
        if outbid != _NOBODY:
            queue[end] = outbid
            end = end + 1 if end + 1 < queue.shape[0] else 0
    return again[:count]
