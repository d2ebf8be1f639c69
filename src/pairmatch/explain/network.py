"""The residual network of a proven plan, and shortest paths in it."""

from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.explain.fronts import FAR, Half, front
from pairmatch.explain.kinds import Distances, Kinds
from pairmatch.explain.placed import LevelDuals, PlacedPlan
from pairmatch.explain.reach import Groups, Reach, cadre_groups, reaches, recipient_groups
from pairmatch.explain.reduced import reduced_costs
from pairmatch.explain.residual import combined_arcs, residual_arcs
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


class ResidualNetwork:
    """Shortest paths between people of a plan.

    Lexicographic order is kept by potentials: distances of the levels above, by kind, lead to the
    person who is sought (`pairmatch.explain.kinds`). Only arcs that lose nothing on those levels
    are followed, so that lengths are those of the last level alone. Where no path between people
    is as short as between kinds, none is found, and the caller has to solve again.
    """

    def __init__(self, placed: PlacedPlan, duals: tuple[LevelDuals, ...]) -> None:
        self._placed = placed
        self._lock = Lock()
        special = placed.formulation.special_pairs
        self._is_free = ~np.append(special.locked, False)[placed.at]
        arcs = [residual_arcs(placed, level, self._is_free) for level in duals]
        above = combined_arcs(tuple(arcs[:-1]), _FACTOR)
        plain = all(level.is_coverage for level in placed.formulation.objective.levels[:-1])
        self.is_usable = plain and above is not None and all(level.is_tight for level in arcs)
        if above is None or not self.is_usable:
            return
        self._last, self._above = arcs[-1], above
        self._kinds = Kinds(placed, above, self._is_free)
        self.is_usable = self._kinds.is_small
        if self.is_usable:
            self._ahead, self._back = self._halves(duals)
            self._levels_of: dict[bytes, tuple[Half, Half]] = {}

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
            None where it cannot be told.
        """
        if not self.is_usable:
            return None
        with self._lock:
            return (
                self._to_cadre(cadre, recipient) if make else self._to_recipient(cadre, recipient)
            )

    def _to_cadre(self, cadre: int, recipient: int) -> Path | None:
        above, placed = self._above, self._placed
        into = placed.by_cadre[placed.of_cadre[cadre] : placed.of_cadre[cadre + 1]]
        entries = [
            (int(placed.recipient[pair]), int(above.undo[pair]))
            for pair in into.tolist()
            if self._is_free[pair]
        ]
        to = self._kinds.to_cadre(entries, int(above.take[cadre]))
        ahead, back = self._led(to)
        least = self._least_from(recipient, cadre, to)
        if least >= FAR:
            return None
        own = int(above.u[cadre]), int(above.v[recipient]) - least
        levels = ahead.expander_level, ahead.target_level
        takes = int(above.take[cadre]) == to.root
        regains = int(above.regain[recipient]) + to.root == least
        roots = (
            (back.target_root, cadre, self._last.take[cadre] if takes else FAR),
            (ahead.target_root, recipient, self._last.regain[recipient] if regains else FAR),
            (levels[0], cadre, own[0]),
            (levels[1], recipient, own[1]),
        )
        before = [int(array[at]) for array, at, _ in roots]
        for array, at, value in roots:
            array[at] = value
        try:
            return self._shortest(ahead, back, (1, recipient), (1, cadre))
        finally:
            for (array, at, _), value in zip(roots, before, strict=True):
                array[at] = value

    def _to_recipient(self, cadre: int, recipient: int) -> Path | None:
        above = self._above
        to = self._kinds.to_recipient(recipient, int(above.lack[recipient]))
        kinds = self._kinds.of_cadre[cadre], self._kinds.of_recipient[recipient]
        # these two expand as all of their groups do
        if int(to.recipient[kinds[1]]) != 0 or int(to.cadre[kinds[0]]) >= FAR:
            return None
        ahead, back = self._led(to)
        return self._shortest(ahead, back, (0, cadre), (0, recipient))

    def _least_from(self, recipient: int, cadre: int, to: Distances) -> int:
        """Return the distance of one recipient to a cadre on the levels above."""
        placed, above = self._placed, self._above
        least = int(above.regain[recipient]) + to.root
        for pair in range(placed.of_recipient[recipient], placed.of_recipient[recipient + 1]):
            other = int(placed.cadre[pair])
            on = 0 if other == cadre else int(to.cadre[self._kinds.of_cadre[other]])
            least = min(least, int(above.undo[pair]) + on)
        return least

    def _shortest(
        self, ahead: Half, back: Half, begins: tuple[int, int], ends: tuple[int, int]
    ) -> Path | None:
        limit, room = _FIRST_LIMIT, _ROOM
        while True:
            fronts = front(ahead, room), front(back, room)
            length, people = shortest_path(ahead, back, *fronts, begins, ends, limit, _MOST_PRICED)
            if 0 <= length < FAR:
                return Path(int(length), tuple(people.tolist()))
            if length < 0 or limit >= FAR:
                return None
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

    def _halves(self, duals: tuple[LevelDuals, ...]) -> tuple[Half, Half]:
        """Return the network from both ends; roots and levels are put in for each person sought."""
        placed, last = self._placed, duals[-1]
        formulation = placed.formulation
        self._cadres = cadres = cadre_groups(formulation, tuple(level.u for level in duals))
        self._recipients = recipients = recipient_groups(
            formulation, tuple(level.v for level in duals)
        )
        costs = formulation.costs.take(cadres.representative, recipients.representative)
        costs = costs.under(formulation.objective.pair_tables(last.prices))
        u, v = last.u[cadres.representative], last.v[recipients.representative]
        ahead, back = reaches(costs, u, v)
        single = self._singles(duals)
        special = formulation.special_pairs
        made_at = placed.at[placed.at >= 0]
        left = np.delete(np.arange(special.cadre.shape[0]), made_at)
        apart = (
            np.concatenate([placed.cadre, special.cadre[left]]),
            np.concatenate([placed.recipient, special.recipient[left]]),
        )
        free = np.flatnonzero(self._is_free)
        made = placed.cadre[free], placed.recipient[free], self._last.undo[free]
        return (
            _half(ahead, cadres, recipients, (made[1], made[0], made[2]), apart, single),
            _half(back, recipients, cadres, made, apart[::-1], (single[1], single[0], single[2])),
        )

    def _singles(self, duals: tuple[LevelDuals, ...]) -> tuple[IntArray, IntArray, IntArray]:
        """Return the special pairs that may be made and are not, with their reduced costs."""
        placed = self._placed
        special = placed.formulation.special_pairs
        made = np.zeros(special.cadre.shape[0], dtype=np.bool_)
        made[placed.at[placed.at >= 0]] = True
        left = np.flatnonzero(~made & special.eligible)
        reduced, may = reduced_costs(placed, duals, special.cadre[left], special.recipient[left])
        left = left[may]
        return special.cadre[left], special.recipient[left], reduced[-1]


def _half(
    reach: Reach,
    expanders: Groups,
    targets: Groups,
    made: tuple[IntArray, IntArray, IntArray],
    apart: tuple[IntArray, IntArray],
    single: tuple[IntArray, IntArray, IntArray],
) -> Half:
    """Return one half: ``made`` by target, ``apart`` and ``single`` by expander."""
    people = expanders.of_person.shape[0], targets.of_person.shape[0]
    made_begin, by_target = counting_sort(made[0], people[1])
    apart_begin, by_expander = counting_sort(apart[0], people[0])
    single_begin, singles = counting_sort(single[0], people[0])
    none = np.zeros(0, dtype=np.int64)
    return Half(
        reach=reach,
        expander_group=expanders.of_person,
        target_group=targets.of_person,
        member_begin=targets.begin,
        member=targets.member,
        made_begin=made_begin,
        made=made[1][by_target],
        made_weight=made[2][by_target],
        apart_begin=apart_begin,
        apart=apart[1][by_expander],
        single_begin=single_begin,
        single=single[1][singles],
        single_weight=single[2][singles],
        expander_root=none,
        target_root=none,
        expander_level=none,
        target_level=none,
        expander_group_level=none,
        target_group_level=none,
    )


def _less(values: IntArray, distance: IntArray, nowhere: int) -> IntArray:
    return np.where(distance < FAR, values - distance, nowhere)
