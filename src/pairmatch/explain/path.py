"""Paths in the residual network of a plan."""

from dataclasses import dataclass
from itertools import pairwise

from pairmatch.explain.fronts import FAR, Half, front
from pairmatch.explain.search import shortest_path

# the root on a path
_ROOT = -1
# paths are first sought up to that length, metre-equivalents, and then up to so many times it
_FIRST_LIMIT = 50_000
_LONGER = 16
# entries of a front
ROOM = 1 << 22


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


def path_between(
    ahead: Half, back: Half, begins: tuple[int, int], ends: tuple[int, int], most: int
) -> Path | None:
    """Return the shortest path between two people, sought from both ends.

    Parameters
    ----------
    begins, ends
        Of each end whether it is a target of its half, 1, or an expander, 0, and its position.
    most
        Pairs of groups that may be priced.

    Returns
    -------
    Path or None
        `NO_PATH` where there is none; None where it cannot be told within the limits.
    """
    limit = _FIRST_LIMIT
    while True:
        fronts = front(ahead, ROOM), front(back, ROOM)
        length, people = shortest_path(ahead, back, *fronts, begins, ends, limit, most)
        if 0 <= length < FAR:
            return Path(int(length), tuple(people.tolist()))
        if length < 0:
            return None
        if limit >= FAR:
            return NO_PATH
        limit = min(limit * _LONGER, FAR)
