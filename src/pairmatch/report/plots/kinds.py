"""Ranks and categories of a plot: in the policy's order, the last of many together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.report.plots.lettering import Lettering

_MOST = 7


@dataclass(frozen=True)
class Kinds:
    """Ranks or categories.

    Attributes
    ----------
    ids
        Those of the policy.
    called
        Returns the name of one in a language.
    """

    ids: Sequence[str]
    called: Callable[[str, str], str]

    def names(self, language: str) -> list[str]:
        """Return all names."""
        return [self.called(one, language) for one in self.ids]

    def split(self, at: IntArray, letters: Lettering) -> tuple[IntArray, list[str]]:
        """Return a part for each of those that are there, and the parts' labels.

        Parameters
        ----------
        at
            Shape ``(n,)``, positions in `ids`.
        letters
            Of the labels.

        Returns
        -------
        part
            Shape ``(n,)``, positions in the labels.
        labels
            In the policy's order; of many, the rarest are the last part together.
        """
        counts = np.bincount(at, minlength=len(self.ids))
        there = np.flatnonzero(counts)
        shown = there
        if there.shape[0] > _MOST:
            shown = np.sort(there[np.argsort(-counts[there], kind="stable")[: _MOST - 1]])
        part = np.full(len(self.ids), shown.shape[0], dtype=np.int64)
        part[shown] = np.arange(shown.shape[0])
        labels = [self._label(int(one), letters) for one in shown]
        if shown.shape[0] < there.shape[0]:
            labels.append(letters.say("others"))
        return part[at], labels

    def _label(self, idx: int, letters: Lettering) -> str:
        one = self.ids[idx]
        names = [self.called(one, letters.language), self.called(one, "en"), one]
        return letters.name(names, idx + 1)
