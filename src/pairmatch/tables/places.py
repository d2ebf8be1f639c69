"""Where the rows of a table stand in the files that they were read from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.errors import Source


@dataclass(frozen=True, eq=False)
class Places:
    """Where each row of a table stands.

    Attributes
    ----------
    numbers
        Shape (rows,), the number of each row in its source, from 1.
    sources
        What the rows were read from, one after another.
    ends
        Shape (sources,), the position after the last row of each source.
    """

    numbers: IntArray
    sources: tuple[Source, ...]
    ends: IntArray

    @classmethod
    def of(cls, source: Source, numbers: IntArray) -> "Places":
        """Return the places of a table of one source."""
        return cls(numbers, (source,), np.array([numbers.shape[0]], dtype=np.int64))

    @classmethod
    def joined(cls, parts: Sequence["Places"]) -> "Places":
        """Return the places of tables one below the other."""
        lengths = [length for part in parts for length in np.diff(part.ends, prepend=0)]
        return cls(
            np.concatenate([part.numbers for part in parts]),
            tuple(source for part in parts for source in part.sources),
            np.cumsum(np.array(lengths, dtype=np.int64)),
        )

    def taken(self, idx: IntArray) -> "Places":
        """Return the places of some of the rows, whose positions rise."""
        return Places(self.numbers[idx], self.sources, np.searchsorted(idx, self.ends))

    def by_source(self, idx: IntArray) -> list[tuple[Source, IntArray, IntArray]]:
        """Return each source that has some of the rows, with their positions and numbers.

        Parameters
        ----------
        idx
            Positions of rows, rising.
        """
        cuts = np.searchsorted(idx, self.ends)
        return [
            (source, part, self.numbers[part])
            for source, part in zip(self.sources, np.split(idx, cuts[:-1]), strict=True)
            if part.shape[0]
        ]


def letter(at: int) -> str:
    """Return how a spreadsheet calls the column at a position from 0: A, B, ... Z, AA, AB, ..."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
