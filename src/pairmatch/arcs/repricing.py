"""Price all pairs again where most potentials are as they were the last time.

A pair's reduced cost falls only if its cadre's potential falls or its recipient's rises. So after a
full pass it is enough to look at recipients whose potential rose, or who had a negative pair, with
all cadres, and at all others with the cadres whose potential fell: no other pair can be negative.
Both are passes over all pairs as ever, in which the potentials of everybody else rule them out box
by box, and what they find is exact.
"""

from collections.abc import Callable

import numpy as np

from pairmatch.arcs.pricing import Priced, Pricing
from pairmatch.formulate.arrays import BoolArray, IntArray

# two passes over parts of the pairs pay where each is over no more than that share
_FEW = 0.25
# far beyond every potential, and no sum of two and a cost overflows
_BEYOND = 1 << 60


class Repricing:
    """Prices all pairs of one problem, and remembers the last pass."""

    def __init__(self, pricing: Pricing) -> None:
        self._pricing = pricing
        self._last: tuple[IntArray, IntArray, IntArray] | None = None

    def price(
        self,
        u: IntArray,
        v: IntArray,
        per_recipient: int,
        *,
        margin: int = 0,
        with_cost: bool = True,
        only_best: bool = False,
        sample: int = 0,
        stop: Callable[[], bool] = lambda: False,
        done: Callable[[int], None] = lambda _: None,
    ) -> Priced | None:
        """Price all pairs as `Pricing.price` does, which finds the same arcs in another order."""
        # without costs potentials are shifted left and leave no room for any beyond
        whole = only_best or margin != 0 or sample != 0 or not with_cost
        changed = None if whole else self._changed(u, v)
        if changed is None:
            priced = self._pricing.price(
                u,
                v,
                per_recipient,
                margin=margin,
                with_cost=with_cost,
                only_best=only_best,
                sample=sample,
                stop=stop,
                done=done,
            )
        else:
            priced = self._price_changed(u, v, per_recipient, *changed, stop, done)
        if priced is not None:
            self._last = (u, v, priced.least) if with_cost else None
        return priced

    def _changed(self, u: IntArray, v: IntArray) -> tuple[BoolArray, BoolArray] | None:
        """Return whose pairs may have become negative, cadres and recipients, if these are few."""
        if self._last is None:
            return None
        last_u, last_v, least = self._last
        fallen = u < last_u
        risen = (v > last_v) | (least < 0)
        few = np.count_nonzero(fallen) <= _FEW * u.shape[0]
        return (fallen, risen) if few and np.count_nonzero(risen) <= _FEW * v.shape[0] else None

    def _price_changed(
        self,
        u: IntArray,
        v: IntArray,
        per_recipient: int,
        fallen: BoolArray,
        risen: BoolArray,
        stop: Callable[[], bool],
        done: Callable[[int], None],
    ) -> Priced | None:
        """Price those of ``risen`` with all cadres, and all others with those of ``fallen``."""
        parts = (
            (u, np.where(risen, v, -_BEYOND)),
            (np.where(fallen, u, _BEYOND), np.where(risen, -_BEYOND, v)),
        )
        found = []
        for part_u, part_v in parts:
            priced = self._pricing.price(part_u, part_v, per_recipient, stop=stop)
            if priced is None:
                return None
            found.append(priced)
        done(self._pricing.chunks)
        one, other = found
        return Priced(
            np.concatenate([one.cadre, other.cadre]),
            np.concatenate([one.recipient, other.recipient]),
            np.concatenate([one.cost, other.cost]),
            np.minimum(one.least, other.least),
            one.total + other.total,
            one.evaluated + other.evaluated,
        )
