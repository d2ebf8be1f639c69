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
from pairmatch.explain.residual import ResidualArcs
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

    def __init__(self, placed: PlacedPlan, arcs: ResidualArcs, is_free: BoolArray) -> None:
        formulation = placed.formulation
        costs = formulation.costs
        tables = costs.tables
        first_c, self.of_cadre, _ = group_rows(
            *pack_columns(
                _patterns(tables.eligibility_m)[costs.cadres.rank],
                _patterns(tables.outside_m)[costs.cadres.sponsor_set],
            ),
            arcs.u,
        )
        first_r, self.of_recipient, _ = group_rows(
            *pack_columns(
                _patterns(tables.eligibility_m.T)[costs.recipients.category],
                _patterns(tables.outside_m.T)[costs.recipients.zone],
            ),
            arcs.v,
        )
        self.is_small = first_c.shape[0] * first_r.shape[0] <= _MOST_KINDS
        self._cadres, self._recipients = first_c.shape[0], first_r.shape[0]
        if not self.is_small:
            return
        may = tables.eligibility_m[
            costs.cadres.rank[first_c][:, None], costs.recipients.category[first_r][None, :]
        ]
        near = tables.outside_m[
            costs.cadres.sponsor_set[first_c][:, None], costs.recipients.zone[first_r][None, :]
        ]
        pair = arcs.u[first_c][:, None] - arcs.v[first_r][None, :]
        # a pair that is not made and may be made is not negative
        self._pair = np.where((may >= 0) & (near >= 0) & (pair >= 0), pair, FAR)
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

    def to_cadre(self, entries: list[tuple[int, int]], from_root: int) -> Distances:
        """Return the distances to a cadre.

        Parameters
        ----------
        entries
            (recipient, length) of each arc into it.
        from_root
            The length of the arc from the root; `FAR` for none.
        """
        start = np.full(self._recipients, FAR, dtype=np.int64)
        for recipient, length in entries:
            kind = self.of_recipient[recipient]
            start[kind] = min(int(start[kind]), length)
        return self._distances(np.full(self._cadres, FAR, dtype=np.int64), start, from_root)

    def to_recipient(self, recipient: int, from_root: int) -> Distances:
        """Return the distances to a recipient."""
        start = self._pair[:, self.of_recipient[recipient]].copy()
        return self._distances(start, np.full(self._recipients, FAR, dtype=np.int64), from_root)

    def _distances(self, cadre: IntArray, recipient: IntArray, root: int) -> Distances:
        """Relax all arcs until nothing changes :cite:p:`bellman1958routing`."""
        while True:
            before = cadre.copy(), recipient.copy(), root
            cadre = np.minimum(cadre, (self._pair + recipient).min(axis=1, initial=FAR))
            cadre = np.minimum(cadre, self._give + root)
            np.minimum.at(recipient, self._made[0], self._undo + cadre[self._made[1]])
            recipient = np.minimum(recipient, self._regain + root)
            root = min(
                root,
                int((self._take + cadre).min(initial=FAR)),
                int((self._lack + recipient).min(initial=FAR)),
            )
            after = cadre, recipient
            same = all(np.array_equal(*pair) for pair in zip(before[:2], after, strict=True))
            if same and root == before[2]:
                return Distances(cadre, recipient, root)


def _patterns(table: IntArray) -> IntArray:
    """Return a number for each row of a table: one number where the same entries are eligible."""
    _, number = np.unique(table >= 0, axis=0, return_inverse=True)
    return number.astype(np.int64).reshape(-1)


def _least(values: IntArray, kind: IntArray, kinds: int) -> IntArray:
    least = np.full(kinds, FAR, dtype=np.int64)
    np.minimum.at(least, kind, values)
    return least
