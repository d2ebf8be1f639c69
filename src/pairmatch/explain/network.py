"""The residual network of a proven plan, and shortest paths in it."""

from threading import Lock

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.explain.fronts import FAR, Half
from pairmatch.explain.halves import halves
from pairmatch.explain.kinds import Distances, Kinds
from pairmatch.explain.packed import PackedNetwork
from pairmatch.explain.path import NO_PATH, Path, path_between
from pairmatch.explain.placed import LevelDuals, PlacedPlan
from pairmatch.explain.reach import cadre_groups, recipient_groups
from pairmatch.explain.residual import ResidualArcs, combined_arcs, residual_arcs

# pairs of groups that are priced for one path, for those of the least price, and then at the most
_PRICED = 60_000_000
_FEW_PRICED = 10_000_000
_MOST_PRICED = 100_000_000
# how far the levels above are apart in one number
_FACTOR = 1 << 32
# likewise, where the last level is to be in the same number
_SMALL, _LARGE = 1 << 10, 1 << 40
# different distances of the levels above that are kept with their arcs
_KEPT = 4


class ResidualNetwork:
    """Shortest paths between people of a plan, in lexicographic order of the levels.

    Potentials keep the order: distances of the levels above, by kind, lead to the person who is
    sought (`pairmatch.explain.kinds`). Only arcs that lose nothing on those levels are followed, so
    that lengths are those of the last level alone. Where no path between people is as short as
    between kinds, all levels are put into one number, if they are small enough.
    """

    def __init__(self, placed: PlacedPlan, duals: tuple[LevelDuals, ...]) -> None:
        self._placed, self._prices = placed, duals[-1].prices
        self._lock = Lock()
        formulation = placed.formulation
        special = formulation.special_pairs
        self._is_free = ~np.append(special.locked, False)[placed.at]
        self._arcs = [residual_arcs(placed, level, self._is_free) for level in duals]
        above = combined_arcs(tuple(self._arcs[:-1]), _FACTOR)
        plain = all(level.is_coverage for level in formulation.objective.levels[:-1])
        self.is_usable = plain and above is not None and all(one.is_tight for one in self._arcs)
        if above is None or not self.is_usable:
            return
        self._last, self._above = self._arcs[-1], above
        self._cadres = cadre_groups(formulation, tuple(level.u for level in duals))
        self._recipients = recipient_groups(formulation, tuple(level.v for level in duals))
        self._kinds = Kinds(placed, above, self._is_free, self._cadres, self._recipients)
        self.is_usable = self._kinds.is_small
        if self.is_usable:
            self._ahead, self._back = self._halves(self._last)
            self._levels_of: dict[bytes, tuple[Half, Half]] = {}
            self._whole: ResidualArcs | None = None
            self._networks: dict[bool, PackedNetwork] = {}

    def between(self, cadre: int, recipient: int, *, make: bool) -> Path | None:
        """Return the shortest path that makes room for a pair, or that does without it.

        Parameters
        ----------
        make
            From the recipient to the cadre, for a pair that is not made; otherwise from the cadre
            to the recipient.

        Returns
        -------
        Path or None
            `NO_PATH` where there is none; None where it cannot be told.
        """
        if not self.is_usable:
            return None
        with self._lock:
            led = self._to_cadre if make else self._to_recipient
            found = led(cadre, recipient)
            if found is not None:
                return found
            packed = self._packed(shifted=True)
            return (
                None
                if packed is None
                else packed.between(cadre, recipient, _MOST_PRICED, make=make)
            )

    def closest(
        self, cadre: int | None, recipient: int | None, others: IntArray, many: int
    ) -> IntArray | None:
        """Return those of some others whose pairs with one person have the least prices.

        Parameters
        ----------
        cadre, recipient
            The one of them who is not None.
        others
            Positions on the other side; their pairs may be made, and are not.

        Returns
        -------
        IntArray or None
            Positions, the lowest price first; None where it cannot be told.
        """
        if not self.is_usable:
            return None
        to_cadres = recipient is not None
        person = recipient if recipient is not None else cadre or 0
        for shifted in (False, True):
            with self._lock:
                packed = self._packed(shifted=shifted)
                if packed is None:
                    return None
                one = np.full(others.shape[0], person, dtype=np.int64)
                pairs = (others, one) if to_cadres else (one, others)
                count = self._placed.formulation
                own = np.full(count.cadre_count if to_cadres else count.recipient_count, FAR)
                own[others] = packed.reduced(*pairs)
                most = _MOST_PRICED if shifted else _FEW_PRICED
                found = packed.closest(person, own, many, most, to_cadres=to_cadres)
            if found is not None:
                return found
        return None

    def _packed(self, *, shifted: bool) -> PackedNetwork | None:
        """Return the network with all levels in one number, made once; None if they do not fit.

        Which duals it has depends on the question alone, and not on those before it.
        """
        if self._whole is None:
            above = combined_arcs(tuple(self._arcs[:-1]), _SMALL)
            self._whole = None if above is None else combined_arcs((above, self._last), _LARGE)
        if self._whole is None:
            return None
        if shifted not in self._networks:
            people = self._placed, self._whole, self._prices, self._is_free
            self._networks[shifted] = PackedNetwork(*people)
            if shifted:
                self._networks[shifted].shift(_MOST_PRICED)
        return self._networks[shifted]

    def _halves(self, arcs: ResidualArcs) -> tuple[Half, Half]:
        people = self._cadres, self._recipients
        return halves(self._placed, arcs, self._prices, self._is_free, *people)

    def _to_cadre(self, cadre: int, recipient: int) -> Path | None:
        above = self._above
        to = self._kinds.to_cadre(cadre, recipient)
        ahead, back = self._led(to)
        least = self._kinds.from_recipient(recipient, cadre, to)
        takes = int(above.take[cadre]) == to.root
        regains = int(above.regain[recipient]) + to.root == least
        own = (
            (ahead.expander_level, cadre, int(above.u[cadre])),
            (ahead.target_level, recipient, int(above.v[recipient]) - least),
            (back.target_root, cadre, int(self._last.take[cadre]) if takes else FAR),
            (ahead.target_root, recipient, int(self._last.regain[recipient]) if regains else FAR),
        )
        return self._shortest(ahead, back, (1, recipient), (1, cadre), least, own)

    def _to_recipient(self, cadre: int, recipient: int) -> Path | None:
        above = self._above
        to = self._kinds.to_recipient(cadre, recipient)
        ahead, back = self._led(to)
        least = self._kinds.from_cadre(cadre, to)
        lacks = int(above.lack[recipient]) == to.root
        gives = int(above.give[cadre]) + to.root == least
        own = (
            (ahead.expander_level, cadre, int(above.u[cadre]) - least),
            (ahead.target_level, recipient, int(above.v[recipient])),
            (back.expander_root, recipient, int(self._last.lack[recipient]) if lacks else FAR),
            (ahead.expander_root, cadre, int(self._last.give[cadre]) if gives else FAR),
        )
        ahead = ahead._replace(lone_expander=cadre, lone_target=recipient)
        back = back._replace(lone_expander=recipient, lone_target=cadre)
        return self._shortest(ahead, back, (0, cadre), (0, recipient), least, own)

    def _shortest(
        self,
        ahead: Half,
        back: Half,
        begins: tuple[int, int],
        ends: tuple[int, int],
        least: int,
        own: tuple[tuple[IntArray, int, int], ...],
    ) -> Path | None:
        """Search with levels and roots of these two people's own in the place of their kinds'."""
        if least >= FAR:
            return NO_PATH
        before = [int(array[at]) for array, at, _ in own]
        for array, at, value in own:
            array[at] = value
        try:
            found = path_between(ahead, back, begins, ends, _PRICED)
            return None if found is NO_PATH else found
        finally:
            for (array, at, _), value in zip(own, before, strict=True):
                array[at] = value

    def _led(self, to: Distances) -> tuple[Half, Half]:
        """Return both halves with arcs that lose nothing on the levels above on the way."""
        known = self._levels_of.get(to.key)
        if known is not None:
            return known
        above, last, kinds = self._above, self._last, self._kinds
        # whoever cannot get there is on no level, cadres on another one than recipients
        of_cadre = _less(above.u, to.cadre[kinds.of_cadre], -FAR)
        of_recipient = _less(above.v, to.recipient[kinds.of_recipient], -FAR - 1)

        def masked(length: IntArray, extra: IntArray, tail: IntArray, head: IntArray) -> IntArray:
            """Return lengths of arcs that lose nothing, and `FAR` for all others."""
            is_tight = (extra < FAR) & (tail < FAR) & (head < FAR) & (extra + head == tail)
            return np.where(is_tight, length, FAR)

        root = np.array([to.root])
        h_cadre, h_recipient = to.cadre[kinds.of_cadre], to.recipient[kinds.of_recipient]
        give = masked(last.give, above.give, h_cadre, root)
        take = masked(last.take, above.take, root, h_cadre)
        regain = masked(last.regain, above.regain, h_recipient, root)
        lack = masked(last.lack, above.lack, root, h_recipient)
        group_cadre = of_cadre[self._cadres.representative]
        group_recipient = of_recipient[self._recipients.representative]
        halves = (
            self._ahead._replace(
                expander_root=give,
                target_root=regain,
                expander_level=of_cadre,
                target_level=of_recipient,
                expander_group_level=group_cadre,
                target_group_level=group_recipient,
            ),
            self._back._replace(
                expander_root=lack,
                target_root=take,
                expander_level=of_recipient,
                target_level=of_cadre,
                expander_group_level=group_recipient,
                target_group_level=group_cadre,
            ),
        )
        if len(self._levels_of) >= _KEPT:
            self._levels_of.clear()
        self._levels_of[to.key] = halves
        return halves


def _less(values: IntArray, distance: IntArray, nowhere: int) -> IntArray:
    return np.where(distance < FAR, values - distance, nowhere)
