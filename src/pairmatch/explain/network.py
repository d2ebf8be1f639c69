"""The residual network of a proven plan, and shortest paths in it."""

from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.explain.fronts import FAR, Half, front
from pairmatch.explain.halves import halves
from pairmatch.explain.kinds import Distances, Kinds
from pairmatch.explain.placed import LevelDuals, PlacedPlan
from pairmatch.explain.reach import cadre_groups, recipient_groups
from pairmatch.explain.residual import ResidualArcs, combined_arcs, residual_arcs
from pairmatch.explain.search import shortest_path

# pairs of groups that are priced for one path, and entries of a heap
_MOST_PRICED = 60_000_000
_ROOM = 1 << 20
# paths are first sought up to that length, metre-equivalents, and then up to so many times it
_FIRST_LIMIT = 50_000
_LONGER = 16
# the root on a path
_ROOT = -1
# how far the levels above are apart in one number
_FACTOR = 1 << 32
# likewise, where the last level is to be in the same number
_SMALL, _LARGE = 1 << 10, 1 << 40
# different distances of the levels above that are kept with their arcs
_KEPT = 4


@dataclass(frozen=True)
class Path:
    """People from one end to the other; ``length`` is its reduced cost on the last level.

    ``people`` has cadres as they are, recipients as -2 less their position, the root as -1.
    """

    length: int
    people: tuple[int, ...]

    def changes(self) -> list[tuple[int, int, int]]:
        """Return the pairs added and removed along the path, as (cadre, recipient, 1 or -1)."""
        simple: list[int] = []
        for one in self.people:
            if one in simple:
                # back where it has been: what lies between costs nothing
                del simple[simple.index(one) + 1 :]
            else:
                simple.append(one)
        return [
            (here, -2 - there, 1) if here >= 0 else (there, -2 - here, -1)
            for here, there in pairwise(simple)
            if here != _ROOT and there != _ROOT
        ]


NO_PATH = Path(FAR, ())
"""No way to make a pair, or to do without it, that keeps all locks."""


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
            self._in_one: tuple[Half, Half] | None = None

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
            both = self._all_levels()
            if both is None:
                return None
            ends = (1, recipient), (1, cadre)
            return self._within_limits(*both, *(ends if make else ((0, cadre), (0, recipient))))

    def _all_levels(self) -> tuple[Half, Half] | None:
        """Return the network with all levels in one number, made once; None if they do not fit."""
        if self._in_one is None:
            above = combined_arcs(tuple(self._arcs[:-1]), _SMALL)
            whole = None if above is None else combined_arcs((above, self._last), _LARGE)
            if whole is None:
                return None
            self._in_one = self._halves(whole)
        return self._in_one

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
            found = self._within_limits(ahead, back, begins, ends)
            return None if found is NO_PATH else found
        finally:
            for (array, at, _), value in zip(own, before, strict=True):
                array[at] = value

    def _within_limits(
        self, ahead: Half, back: Half, begins: tuple[int, int], ends: tuple[int, int]
    ) -> Path | None:
        limit = _FIRST_LIMIT
        while True:
            fronts = front(ahead, _ROOM), front(back, _ROOM)
            length, people = shortest_path(ahead, back, *fronts, begins, ends, limit, _MOST_PRICED)
            if 0 <= length < FAR:
                return Path(int(length), tuple(people.tolist()))
            if length < 0:
                return None
            if limit >= FAR:
                return NO_PATH
            limit = min(limit * _LONGER, FAR)

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
