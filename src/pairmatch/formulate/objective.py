"""The objective in integers: levels, with the cost tables that they name, at a price each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.formulate.costs import CostTables, combined
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.model.levels import CHANGED, ChangeCost, MissingCost, ObjectiveLevel, PairTable


@dataclass(frozen=True)
class Objective:
    """Levels, most important first, and what they count.

    A vector of prices, one a level, makes one sum of them; the methods return what a unit of each
    thing costs in it.

    Attributes
    ----------
    levels
        The definitions.
    tables
        The tables of costs of pairs that levels may name; the same pairs are eligible in all.
    price_m
        The policy's price of leaving somebody out.
    start_pairs
        Pairs of the start, those of people who are gone included; 0 without a start.
    most_changes
        How many pairs of the start may change; None for any number.
    change_m
        What a pair of the start that the plan does not have costs in metre-equivalents.
    """

    levels: tuple[ObjectiveLevel, ...]
    tables: Mapping[PairTable, CostTables]
    price_m: int
    start_pairs: int = 0
    change_m: int = 0
    most_changes: int | None = None

    @property
    def ranks_priorities(self) -> bool:
        """Whether a missing recipient costs by the rank of its priority on any level."""
        return any(level.missing is MissingCost.PRIORITY_RANK for level in self.levels)

    @property
    def last_of_pairs(self) -> int:
        """The position of the last level on which a pair costs something by itself."""
        return max(k for k, level in enumerate(self.levels) if level.pairs is not None)

    @property
    def counts_changes(self) -> bool:
        """Whether the last level counts changed pairs and nothing else."""
        return self.levels[-1] == CHANGED

    @property
    def coverage_first(self) -> bool:
        """Whether coverage stands above all that a plan costs."""
        return bool(self.coverage_levels)

    @property
    def missing_price_m(self) -> int:
        """What a missing recipient costs in metre-equivalents, 0 where coverage is not priced."""
        is_priced = any(level.missing is MissingCost.POLICY_PRICE for level in self.levels)
        return self.price_m if is_priced else 0

    @property
    def coverage_levels(self) -> tuple[ObjectiveLevel, ...]:
        """The first levels, down to that of recipients missing, if they count nothing else."""
        ranked = [level.missing is MissingCost.PRIORITY_RANK for level in self.levels]
        first = self.levels[: ranked.index(True) + 1] if True in ranked else ()
        return first if all(level.is_coverage for level in first) else ()

    @property
    def units(self) -> list[tuple[int, ...]]:
        """For each level the prices that leave nothing but itself, at 1."""
        count = len(self.levels)
        return [tuple(int(k == level) for k in range(count)) for level in range(count)]

    def pair_tables(self, prices: Sequence[int]) -> CostTables:
        """Return the cost tables of pairs in the sum, single pairs' corrections apart."""
        weights = dict.fromkeys(self.tables, 0)
        for level, price in zip(self.levels, prices, strict=True):
            if level.pairs is not None:
                weights[level.pairs] += price
        return combined([(weights[table], self.tables[table]) for table in self.tables])

    def correction(self, prices: Sequence[int]) -> int:
        """Return what a metre of an adjustment or of a continuity saving costs in the sum."""
        return self._weight(prices, [int(level.corrections) for level in self.levels])

    def changed(self, prices: Sequence[int]) -> int:
        """Return what a changed pair costs in the sum: one of the start that the plan lacks."""
        counted = [int(level.changed is ChangeCost.COUNT) for level in self.levels]
        priced = [int(level.changed is ChangeCost.PRICE) for level in self.levels]
        return self._weight(prices, counted) + self.change_m * self._weight(prices, priced)

    def all_changed(self, prices: Sequence[int]) -> int:
        """Return what it costs in the sum to change all pairs of the start.

        It is a constant: each pair that is kept takes its share off again.
        """
        return self.start_pairs * self.changed(prices)

    def load(self, prices: Sequence[int]) -> int:
        """Return what a metre-equivalent of the load curves costs in the sum."""
        return self._weight(prices, [int(level.load) for level in self.levels])

    def violation(self, prices: Sequence[int]) -> int:
        """Return what a broken hard rule costs in the sum."""
        return self._weight(prices, [level.violation for level in self.levels])

    def missing(self, prices: Sequence[int], rank: IntArray) -> IntArray:
        """Return what a missing cadre costs in the sum, by the rank of a recipient's priority."""
        ranked = [int(level.missing is MissingCost.PRIORITY_RANK) for level in self.levels]
        priced = [int(level.missing is MissingCost.POLICY_PRICE) for level in self.levels]
        return rank * self._weight(prices, ranked) + self.price_m * self._weight(prices, priced)

    def transposed(self) -> "Objective":
        """Return the same objective with the sides exchanged."""
        tables = {name: table.transposed() for name, table in self.tables.items()}
        return replace(self, tables=tables)

    @staticmethod
    def _weight(prices: Sequence[int], of_level: Sequence[int]) -> int:
        return sum(price * amount for price, amount in zip(prices, of_level, strict=True))


def pair_tables(metres: CostTables, by_exception: IntArray) -> dict[PairTable, CostTables]:
    """Return the cost tables that levels may name.

    Parameters
    ----------
    metres
        The costs in metre-equivalents.
    by_exception
        Shape (ranks, categories): 1 where an eligibility rule merely allows a pair.
    """
    nothing = combined([(0, metres)])
    counted = np.where(metres.eligibility_m < 0, INELIGIBLE, by_exception)
    return {
        PairTable.METRES: metres,
        PairTable.EXCEPTIONS: nothing._replace(eligibility_m=counted),
    }
