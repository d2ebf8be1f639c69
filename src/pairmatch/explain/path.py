"""Paths in the residual network of a plan."""

from dataclasses import dataclass
from itertools import pairwise

from pairmatch.explain.fronts import FAR

# the root on a path
_ROOT = -1


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
