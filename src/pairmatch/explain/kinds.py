"""What the levels above the metres add at least from anybody to one person.

Without the metres, people whom the same others may help (or who may help the same others) and who
have the same duals are alike, wherever they live: *kinds*. A shortest path between kinds is never
longer than one between people, so it may serve as a potential that leads a search to one person.
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.fronts import FAR
from pairmatch.explain.placed import PlacedPlan
from pairmatch.explain.reach import Groups
from pairmatch.explain.residual import ResidualArcs
from pairmatch.formulate.costs import PairCosts
from pairmatch.formulate.grouping import group_rows, pack_columns

_MOST_KINDS = 4_000_000


@dataclass(frozen=True)
class Distances:
    """Distances of the levels above to one person: by kind, and from the root; `FAR` for none."""

    cadre: IntArray
    recipient: IntArray
    root: int

    @property
    def key(self) -> bytes:
        """Something that is equal for equal distances."""
        return self.cadre.tobytes() + self.recipient.tobytes() + str(self.root).encode()


class Kinds:
    """The network of kinds.

    Attributes
    ----------
    of_cadre, of_recipient
        Shapes ``(C,)`` and ``(R,)``.
    """

    def __init__(
        self,
        placed: PlacedPlan,
        arcs: ResidualArcs,
        is_free: BoolArray,
        cadres: Groups,
        recipients: Groups,
    ) -> None:
        self._placed, self._arcs = placed, arcs
        costs = placed.formulation.costs
        if cadres.count * recipients.count <= _MOST_KINDS:
            # few enough to know of each two groups whether they are near enough as well
            first_c, self.of_cadre = cadres.representative, cadres.of_person
            first_r, self.of_recipient = recipients.representative, recipients.of_person
            may = costs.block(first_c, first_r) >= 0
        else:
            first_c, self.of_cadre, first_r, self.of_recipient = _by_tables(costs, arcs)
        self.is_small = first_c.shape[0] * first_r.shape[0] <= _MOST_KINDS
        self._cadres, self._recipients = first_c.shape[0], first_r.shape[0]
        self._cadre_size = np.bincount(self.of_cadre, minlength=self._cadres)
        self._recipient_size = np.bincount(self.of_recipient, minlength=self._recipients)
        if not self.is_small:
            return
        if cadres.count * recipients.count > _MOST_KINDS:
            may = _may_by_tables(costs, first_c, first_r)
        pair = arcs.u[first_c][:, None] - arcs.v[first_r][None, :]
        # a pair that is not made and may be made is not negative
        self._pair = np.where(may & (pair >= 0), pair, FAR)
        self._close_full_blocks()
        free = np.flatnonzero(is_free)
        kinds = (
            self.of_recipient[placed.recipient[free]] * first_c.shape[0]
            + self.of_cadre[placed.cadre[free]]
        )
        one, _, _ = group_rows(kinds)
        self._made = kinds[one] // first_c.shape[0], kinds[one] % first_c.shape[0]
        self._undo = arcs.undo[free[one]]
        self._give, self._take = (
            _least(values, self.of_cadre, self._cadres) for values in (arcs.give, arcs.take)
        )
        self._regain, self._lack = (
            _least(values, self.of_recipient, self._recipients)
            for values in (arcs.regain, arcs.lack)
        )

    def _close_full_blocks(self) -> None:
        """Leave out two kinds of whom every pair is made or may not be made."""
        placed = self._placed
        special = placed.formulation.special_pairs
        left = np.delete(np.arange(special.cadre.shape[0]), placed.at[placed.at >= 0])
        left = left[~special.eligible[left]]
        cadre = self.of_cadre[np.concatenate([placed.cadre, special.cadre[left]])]
        recipient = self.of_recipient[np.concatenate([placed.recipient, special.recipient[left]])]
        if cadre.shape[0] == 0:
            return
        one, _, count = group_rows(*pack_columns(cadre, recipient))
        cadre, recipient = cadre[one], recipient[one]
        is_full = count == self._cadre_size[cadre] * self._recipient_size[recipient]
        self._pair[cadre[is_full], recipient[is_full]] = FAR

    def to_cadre(self, cadre: int, recipient: int) -> Distances:
        """Return the distances to a cadre, on the way from a recipient."""
        placed, arcs = self._placed, self._arcs
        start = np.full(self._recipients, FAR, dtype=np.int64)
        for pair in placed.by_cadre[placed.of_cadre[cadre] : placed.of_cadre[cadre + 1]].tolist():
            kind = self.of_recipient[placed.recipient[pair]]
            start[kind] = min(int(start[kind]), int(arcs.undo[pair]))
        none = np.full(self._cadres, FAR, dtype=np.int64)
        return self._distances(none, start, int(arcs.take[cadre]), (cadre, recipient))

    def to_recipient(self, cadre: int, recipient: int) -> Distances:
        """Return the distances to a recipient, on the way from a cadre that it has."""
        start = self._pair[:, self.of_recipient[recipient]].copy()
        kinds, count = np.unique(
            self.of_cadre[self._placed.cadres_of(recipient)], return_counts=True
        )
        # nobody of such a kind could come to the recipient who is not there
        start[kinds[count == self._cadre_size[kinds]]] = FAR
        none = np.full(self._recipients, FAR, dtype=np.int64)
        return self._distances(start, none, int(self._arcs.lack[recipient]), (cadre, recipient))

    def from_recipient(self, recipient: int, cadre: int, to: Distances) -> int:
        """Return the distance of one recipient to a cadre that it has not."""
        placed, arcs = self._placed, self._arcs
        least = int(arcs.regain[recipient]) + to.root
        for pair in range(placed.of_recipient[recipient], placed.of_recipient[recipient + 1]):
            other = int(placed.cadre[pair])
            if other != cadre:
                on = int(to.cadre[self.of_cadre[other]])
                least = min(least, int(arcs.undo[pair]) + on)
        return least

    def from_cadre(self, cadre: int, to: Distances) -> int:
        """Return the distance of one cadre to a recipient that it has."""
        on = self._pair[self.of_cadre[cadre]] + to.recipient
        return min(int(self._arcs.give[cadre]) + to.root, int(on.min(initial=FAR)))

    def _distances(
        self, cadre: IntArray, recipient: IntArray, root: int, ends: tuple[int, int]
    ) -> Distances:
        """Relax all arcs until nothing changes :cite:p:`bellman1958routing`.

        No path leads through its own ends: a kind of nobody else is passed by.
        """
        passed = self.of_cadre[ends[0]], self.of_recipient[ends[1]]
        closed_cadre = passed[0] if self._cadre_size[passed[0]] == 1 else self._cadres
        closed_recipient = passed[1] if self._recipient_size[passed[1]] == 1 else self._recipients
        while True:
            before = cadre.copy(), recipient.copy(), root
            cadre = np.minimum(cadre, (self._pair + recipient).min(axis=1, initial=FAR))
            cadre = np.minimum(cadre, self._give + root)
            cadre[closed_cadre : closed_cadre + 1] = FAR
            np.minimum.at(recipient, self._made[0], self._undo + cadre[self._made[1]])
            recipient = np.minimum(recipient, self._regain + root)
            recipient[closed_recipient : closed_recipient + 1] = FAR
            root = min(
                root,
                int((self._take + cadre).min(initial=FAR)),
                int((self._lack + recipient).min(initial=FAR)),
            )
            after = cadre, recipient
            same = all(np.array_equal(*pair) for pair in zip(before[:2], after, strict=True))
            if same and root == before[2]:
                return Distances(cadre, recipient, root)


def _by_tables(
    costs: PairCosts, arcs: ResidualArcs
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Group people by whom the tables allow them and by duals: one of each kind, and the kinds."""
    tables, cadres, recipients = costs.tables, costs.cadres, costs.recipients
    of_rank, of_set = _patterns(tables.eligibility_m), _patterns(tables.outside_m)
    of_category, of_zone = _patterns(tables.eligibility_m.T), _patterns(tables.outside_m.T)
    first_c, of_cadre, _ = group_rows(
        *pack_columns(of_rank[cadres.rank], of_set[cadres.sponsor_set]), arcs.u
    )
    first_r, of_recipient, _ = group_rows(
        *pack_columns(of_category[recipients.category], of_zone[recipients.zone]), arcs.v
    )
    return first_c, of_cadre, first_r, of_recipient


def _may_by_tables(costs: PairCosts, cadre: IntArray, recipient: IntArray) -> BoolArray:
    """Tell whether the tables allow each cadre each recipient, shape (cadres, recipients)."""
    tables = costs.tables
    rank, category = costs.cadres.rank[cadre], costs.recipients.category[recipient]
    sets, zone = costs.cadres.sponsor_set[cadre], costs.recipients.zone[recipient]
    may: BoolArray = tables.eligibility_m[rank[:, None], category] >= 0
    return may & (tables.outside_m[sets[:, None], zone] >= 0)


def _patterns(table: IntArray) -> IntArray:
    """Return a number for each row of a table: one number where the same entries are eligible."""
    _, number = np.unique(table >= 0, axis=0, return_inverse=True)
    return number.astype(np.int64).reshape(-1)


def _least(values: IntArray, kind: IntArray, kinds: int) -> IntArray:
    least = np.full(kinds, FAR, dtype=np.int64)
    np.minimum.at(least, kind, values)
    return least
