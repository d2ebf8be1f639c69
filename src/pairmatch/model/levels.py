"""Levels of an objective as data: what a unit of each thing costs on each of them.

An objective is a tuple of levels, most important first. Everything that solves, prices, bounds,
certifies, verifies or reports reads that tuple, and none of it knows a level by its name: a further
level is one more entry here.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class PairTable(StrEnum):
    """What of a pair a level counts.

    Every pair that may be made has an entry in each table, and it is at least 0.
    """

    METRES = "metres"
    """Distance, locality, sponsorship and the eligibility penalty, in metre-equivalents."""

    EXCEPTIONS = "exceptions"
    """1 where an eligibility rule merely allows the pair."""


class MissingCost(StrEnum):
    """What a recipient without a cadre costs on a level."""

    PRIORITY_RANK = "priority rank"
    """1 for the lowest priority in use, 2 for the next, and so on: any rising weights lead to the
    lexicographic optimum over priorities :cite:p:`frank1988generalized`."""

    POLICY_PRICE = "policy price"
    """The policy's ``coverage.price_km``, in metre-equivalents."""


class ChangeCost(StrEnum):
    """What a changed pair costs on a level: one of the start that the plan does not have."""

    COUNT = "count"
    """1."""

    PRICE = "price"
    """The price that a re-solve was asked to put on it, in metre-equivalents."""


@dataclass(frozen=True)
class ObjectiveLevel:
    """What a unit of each thing costs on one level; nothing counts unless it is named.

    Attributes
    ----------
    name
        Its name in plans, certificates and reports.
    violation
        What a broken hard rule costs: a recipient short of a minimum load, or a broken lock.
    missing
        What a recipient without a cadre costs.
    load
        Whether the steps of the load curves count, in metre-equivalents.
    pairs
        What of a pair counts.
    corrections
        Whether adjustments and continuity savings of single pairs count.
    changed
        What a changed pair costs.
    in_metres
        Whether its values are metre-equivalents, and otherwise counts.
    counts_missing
        Whether its value is reported as the number of recipients missing, whatever their
        priorities: where the ranked sum is least, so is that number.
    only_if_positive
        Whether it is reported only where its value is above 0.
    """

    name: str
    violation: int = 0
    missing: MissingCost | None = None
    load: bool = False
    pairs: PairTable | None = None
    corrections: bool = False
    changed: ChangeCost | None = None
    in_metres: bool = False
    counts_missing: bool = False
    only_if_positive: bool = False

    @property
    def is_coverage(self) -> bool:
        """Whether nothing counts but broken rules and recipients missing by priority rank."""
        is_plain = not self.load and self.pairs is None and not self.corrections
        is_plain &= self.changed is None
        return is_plain and self.missing is not MissingCost.POLICY_PRICE


VIOLATION = ObjectiveLevel("violation", violation=1, only_if_positive=True)
MISSING = ObjectiveLevel("missing", missing=MissingCost.PRIORITY_RANK, counts_missing=True)
COST = ObjectiveLevel("cost", load=True, pairs=PairTable.METRES, corrections=True, in_metres=True)
PRICED_COST = ObjectiveLevel(
    "cost",
    missing=MissingCost.POLICY_PRICE,
    load=True,
    pairs=PairTable.METRES,
    corrections=True,
    in_metres=True,
)
CHANGED = ObjectiveLevel("changed", changed=ChangeCost.COUNT)


NAMES_IN_METRES = frozenset(
    level.name for level in (VIOLATION, MISSING, COST, PRICED_COST) if level.in_metres
)
"""Names of the levels whose values are metre-equivalents; the values of all others are counts."""


def objective_levels(*, coverage_first: bool) -> tuple[ObjectiveLevel, ...]:
    """Return the levels of an objective, most important first."""
    return (VIOLATION, MISSING, COST) if coverage_first else (VIOLATION, PRICED_COST)


def with_changes(levels: tuple[ObjectiveLevel, ...], *, priced: bool) -> tuple[ObjectiveLevel, ...]:
    """Return the levels of a re-solve, which stays as near to its start as it may.

    Parameters
    ----------
    priced
        Whether a changed pair costs something on the levels in metres.
    """
    if priced:
        levels = tuple(
            replace(level, changed=ChangeCost.PRICE) if level.in_metres else level
            for level in levels
        )
    return (*levels, CHANGED)


def values_of_nobody(
    levels: tuple[ObjectiveLevel, ...], violation: int, missing: int, cost: int, changed: int = 0
) -> dict[str, int]:
    """Return the values that are reported of a plan without a pair, by the names of the levels.

    Parameters
    ----------
    violation, missing
        Rules that such a plan breaks, and cadres that are missing.
    cost
        What leaving everybody out costs, in metre-equivalents.
    changed
        Pairs of the start.
    """
    values = {}
    for level in levels:
        of_missing = missing if level.missing is not None else 0
        value = cost if level.in_metres else level.violation * violation + of_missing
        value += changed if level.changed is ChangeCost.COUNT else 0
        if value or not level.only_if_positive:
            values[level.name] = value
    return values
