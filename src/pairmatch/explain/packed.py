"""The residual network with all levels in one number, at duals that are distances from the root.

Of all duals that prove a plan, those by which everybody is as near to the root as can be make the
shortest searches: what is left of a path over the root is how far one of its ends is from there and
back.
"""

from dataclasses import replace

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.fronts import FAR, NOBODY, Half, front
from pairmatch.explain.halves import halves
from pairmatch.explain.path import ROOM, Path, path_between
from pairmatch.explain.placed import PlacedPlan
from pairmatch.explain.reach import cadre_groups, recipient_groups
from pairmatch.explain.residual import ResidualArcs
from pairmatch.explain.spread import Onward, onward, spread
from pairmatch.proof.bound import Prices

# everybody who is further from the root counts as being that far
_HORIZON = 400_000


class PackedNetwork:
    """Paths and prices in one number."""

    def __init__(
        self, placed: PlacedPlan, arcs: ResidualArcs, prices: Prices, is_free: BoolArray
    ) -> None:
        self._placed, self._prices, self._is_free = placed, prices, is_free
        self._put(arcs)

    def _put(self, arcs: ResidualArcs) -> None:
        formulation = self._placed.formulation
        self._arcs = arcs
        groups = cadre_groups(formulation, (arcs.u,)), recipient_groups(formulation, (arcs.v,))
        made = halves(self._placed, arcs, self._prices, self._is_free, *groups)
        self._halves: tuple[Half, Half] = made
        self._onward: tuple[Onward, Onward] = (
            onward(arcs.take, arcs.lack),
            onward(arcs.regain, arcs.give),
        )

    def shift(self, most: int) -> None:
        """Let duals be distances from the root, as far as these can be told within ``most``."""
        ahead, back = self._halves
        fronts = front(ahead, ROOM), front(back, 1)
        none = np.full(fronts[0].expander.shape[0], FAR, dtype=np.int64)
        is_done, _, _ = spread(ahead, *fronts, self._onward[0], NOBODY, none, 0, _HORIZON, most)
        if not is_done:
            return
        arcs, placed = self._arcs, self._placed
        of_cadre = np.minimum(fronts[0].expander, _HORIZON)
        of_recipient = np.minimum(fronts[0].target, _HORIZON)
        shifted = of_recipient[placed.recipient] - of_cadre[placed.cadre]
        self._put(
            replace(
                arcs,
                u=arcs.u + of_cadre,
                v=arcs.v + of_recipient,
                undo=_added(arcs.undo, shifted),
                give=_added(arcs.give, of_cadre),
                take=_added(arcs.take, -of_cadre),
                regain=_added(arcs.regain, of_recipient),
                lack=_added(arcs.lack, -of_recipient),
            )
        )

    def between(self, cadre: int, recipient: int, most: int, *, make: bool) -> Path | None:
        """Return the shortest path from the recipient to the cadre, or without ``make`` back."""
        ends = ((1, recipient), (1, cadre)) if make else ((0, cadre), (0, recipient))
        return path_between(*self._halves, *ends, most)

    def closest(
        self, person: int, own: IntArray, many: int, most: int, *, to_cadres: bool
    ) -> IntArray | None:
        """Return those of the least price, the lowest first; None where it cannot be told.

        Parameters
        ----------
        person
            A recipient, or a cadre with ``to_cadres`` false.
        own
            Reduced costs of its pairs with everybody on the other side, `FAR` for none.
        """
        half, other = self._halves if to_cadres else self._halves[::-1]
        further = self._onward[0 if to_cadres else 1]
        fronts = front(half, ROOM), front(other, 1)
        is_done, _, who = spread(half, *fronts, further, person, own, many, FAR, most)
        return who if is_done else None

    def reduced(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        """Return the reduced costs of pairs that may be made."""
        formulation, at = self._placed.formulation, None
        special = formulation.special_pairs
        costs = formulation.costs.under(formulation.objective.pair_tables(self._prices))
        found = costs.of_pairs(cadre, recipient) + self._arcs.u[cadre] - self._arcs.v[recipient]
        at = special.find(cadre, recipient)
        listed = np.flatnonzero(at >= 0)
        found[listed] += special.correction_m[at[listed]] * formulation.objective.correction(
            self._prices
        )
        return found


def _added(length: IntArray, change: IntArray) -> IntArray:
    return np.where(length == FAR, FAR, length + change)
