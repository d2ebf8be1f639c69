"""Price all pairs again where most potentials are nearly as they were the last time.

A pair's reduced cost falls by what its cadre's potential falls and its recipient's rises. A pass
that lists all pairs with reduced costs below a margin so says which others may be negative later:
pairs of cadres whose potential has fallen by more than half of the margin since, and of recipients
whose potential has risen by more than the falls of the other cadres leave of it. These are passes
over all pairs as ever, in which the potentials of everybody else rule them out box by box. The
listed pairs are priced one by one, and what is found is exact.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray, exact_dot
from pairmatch.transport.pricing import Priced, Pricing

# far beyond every potential, and no sum of two and a cost overflows
_BEYOND = 1 << 60


@dataclass(frozen=True)
class Listed:
    """What the last pass over all pairs found.

    Attributes
    ----------
    u, v
        The potentials of that pass.
    margin
        The margin of that pass.
    complete
        Shape ``(J,)``: every pair of a class with a reduced cost below that is listed. It is the
        margin, or the largest reduced cost listed where a class proposed as many as it may.
    cadre, recipient, cost
        Shape ``(n,)``: the listed pairs.
    """

    u: IntArray
    v: IntArray
    margin: int
    complete: IntArray
    cadre: IntArray
    recipient: IntArray
    cost: IntArray


class Repricing:
    """Prices all pairs of one problem, and remembers the last pass; ``last`` is one before."""

    def __init__(self, pricing: Pricing, last: Listed | None = None) -> None:
        self._pricing = pricing
        self._last = last

    @property
    def chunks(self) -> int:
        """Number of chunks of one pass."""
        return self._pricing.chunks

    def price(
        self,
        u: IntArray,
        v: IntArray,
        per_recipient: int,
        *,
        margin: int = 0,
        only_best: bool = False,
        stop: Callable[[], bool] = lambda: False,
        done: Callable[[int], None] = lambda _: None,
    ) -> Priced | None:
        """Price all pairs as `Pricing.price` does.

        Where few potentials have moved, every negative pair is proposed, in another order and
        whatever ``per_recipient`` says, and none that is not negative, whatever ``margin`` says.
        """
        # shifted potentials leave no bits for any beyond
        is_partial = only_best or self._pricing.is_shifted
        last = self._last
        changed = None if is_partial else self._changed(u, v)
        if last is not None and changed is not None:
            return self._price_changed(last, u, v, per_recipient, margin, *changed, stop, done)
        priced = self._pricing.price(
            u,
            v,
            per_recipient,
            margin=margin,
            only_best=only_best,
            stop=stop,
            done=done,
        )
        if priced is not None:
            self._last = None if is_partial else listed(u, v, margin, per_recipient, priced)
        return priced

    def _changed(self, u: IntArray, v: IntArray) -> tuple[BoolArray, BoolArray] | None:
        """Return whose unlisted pairs may be negative, cadres and recipients, if these are few."""
        last = self._last
        if last is None:
            return None
        fall = last.u - u
        others = min(max(0, int(fall.max(initial=0))), last.margin // 2)
        fallen = fall > others
        risen = v - last.v > last.complete - others
        share = self._pricing.tuning.repriced_share
        few = np.count_nonzero(fallen) <= share * u.shape[0]
        return (fallen, risen) if few and np.count_nonzero(risen) <= share * v.shape[0] else None

    def _price_changed(
        self,
        last: Listed,
        u: IntArray,
        v: IntArray,
        per_recipient: int,
        margin: int,
        fallen: BoolArray,
        risen: BoolArray,
        stop: Callable[[], bool],
        done: Callable[[int], None],
    ) -> Priced | None:
        """Price ``risen`` with all cadres, all others with ``fallen``, and what is listed."""
        parts = (
            (u, beyond_unless(risen, v, -1)),
            (beyond_unless(fallen, u, 1), beyond_unless(~risen, v, -1)),
        )
        found = [self._price_listed(last, u, v, margin, fallen, risen)]
        for part_u, part_v in parts:
            priced = self._pricing.price(part_u, part_v, per_recipient, margin=margin, stop=stop)
            if priced is None:
                return None
            found.append(priced)
        done(self._pricing.chunks)
        return Priced(
            np.concatenate([part.cadre for part in found]),
            np.concatenate([part.recipient for part in found]),
            np.concatenate([part.cost for part in found]),
            np.minimum.reduce([part.least for part in found]),
            sum(part.total for part in found),
            sum(part.evaluated for part in found),
        )

    def _price_listed(
        self,
        last: Listed,
        u: IntArray,
        v: IntArray,
        margin: int,
        fallen: BoolArray,
        risen: BoolArray,
    ) -> Priced:
        """Price the listed pairs of cadres and recipients who are priced nowhere else."""
        reduced = last.cost + u[last.cadre] - v[last.recipient]
        apart = ~(fallen[last.cadre] | risen[last.recipient])
        near = np.flatnonzero((reduced < max(margin, 1)) & apart)
        cadre, recipient, reduced = last.cadre[near], last.recipient[near], reduced[near]
        least = np.zeros_like(v)
        np.minimum.at(least, recipient, np.minimum(reduced, 0))
        people = self._pricing.people(cadre, recipient)
        return Priced(
            cadre,
            recipient,
            last.cost[near],
            least,
            exact_dot(people, np.minimum(reduced, 0)),
            int(np.count_nonzero(apart)),
        )


def beyond_unless(some: BoolArray, values: IntArray, sign: int) -> IntArray:
    """Return potentials at which only some classes have pairs that may be negative.

    ``sign`` is 1 for cadres and -1 for recipients.
    """
    return np.where(some, values, sign * _BEYOND)


def listed(u: IntArray, v: IntArray, margin: int, per_recipient: int, priced: Priced) -> Listed:
    """Return what a pass has found, for passes that follow."""
    cadre, recipient, cost = priced.cadre, priced.recipient, priced.cost
    largest = np.full(v.shape, np.iinfo(np.int64).min)
    np.maximum.at(largest, recipient, cost + u[cadre] - v[recipient])
    is_full = np.bincount(recipient, minlength=v.shape[0]) >= per_recipient
    complete = np.where(is_full, largest, margin)
    return Listed(u, v, margin, complete, cadre, recipient, cost)
