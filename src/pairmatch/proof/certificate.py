"""What proves a plan: bounds on its levels, and the duals that anybody can check them with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import pyarrow as pa

from pairmatch.proof.bound import BoundTerms, Prices
from pairmatch.words.en.grammar import counted


class Scope(StrEnum):
    """Which pairs a bound was evaluated over by the solver."""

    ALL_PAIRS = "ALL_PAIRS"
    CANDIDATE_ARCS = "CANDIDATE_ARCS"


class Level(NamedTuple):
    """One level of the objective.

    Attributes
    ----------
    name, value
        The level, and what the plan has of it.
    bound
        No plan that does at least as well on the levels above has less; None if nothing is known.
    gap
        ``value - bound``; None as long as a level above is not proven, since a plan that does
        better there may cost more here.
    """

    name: str
    value: int
    bound: int | None
    gap: int | None


def levels_with_gaps(values: Mapping[str, int], bounds: Mapping[str, int]) -> tuple[Level, ...]:
    """Return levels from their values and bounds, most important first.

    A level that has no bound is not known at all, and neither is any gap below it.
    """
    levels: list[Level] = []
    proven = True
    for name, value in values.items():
        bound = bounds.get(name)
        gap = value - bound if proven and bound is not None else None
        levels.append(Level(name, value, bound, gap))
        proven = gap == 0
    return tuple(levels)


class LevelCertificate(NamedTuple):
    """The prices of all levels, and the parts of the bound, behind one level's duals."""

    level: str
    prices: Prices
    terms: BoundTerms


@dataclass(frozen=True)
class Certificate:
    """Bounds and duals.

    Attributes
    ----------
    lower_bound, gap
        Of the last level, metre-equivalents; None as long as a level above it is not proven, and
        if there is no plan.
    relative_gap
        ``gap`` as a share of the last level's value; 0 where the gap is 0, None where it is None.
    scope
        ALL_PAIRS only if the bound of the last level holds over every eligible pair and is not
        merely the trivial one.
    locks_may_break
        The bounds weigh broken locks as violations; otherwise they hold for plans that keep all
        locks.
    levels
        One entry for each level that was proven by duals of its own.
    cadre_duals
        Arrow: cadre_id, then an int64 column a level in ``levels``: the dual values u.
    recipient_duals
        Arrow: recipient_id, then an int64 column a level in ``levels``: the dual values v.
    """

    lower_bound: int | None
    gap: int | None
    relative_gap: float | None
    scope: Scope
    locks_may_break: bool
    levels: tuple[LevelCertificate, ...]
    cadre_duals: pa.Table
    recipient_duals: pa.Table

    def __repr__(self) -> str:
        """Return what is proven in a line; the duals are as long as the tables."""
        bound = "unknown" if self.lower_bound is None else f"{self.lower_bound:,}"
        gap = "unknown" if self.gap is None else f"{self.gap:,}"
        return (
            f"<Certificate: lower bound {bound}, gap {gap}, scope {self.scope}, duals of "
            f"{counted(self.cadre_duals.num_rows, 'cadre')} and "
            f"{counted(self.recipient_duals.num_rows, 'recipient')} on "
            f"{counted(len(self.levels), 'level')}>"
        )

    @classmethod
    def of_levels(
        cls,
        levels: Sequence[Level],
        *,
        scope: Scope,
        locks_may_break: bool,
        entries: tuple[LevelCertificate, ...],
        cadre_duals: pa.Table,
        recipient_duals: pa.Table,
    ) -> "Certificate":
        """Return a certificate whose bound and gaps are those of the last level."""
        last = levels[-1]
        return cls(
            lower_bound=None if last.gap is None else last.bound,
            gap=last.gap,
            relative_gap=relative_gap(last),
            scope=scope,
            locks_may_break=locks_may_break,
            levels=entries,
            cadre_duals=cadre_duals,
            recipient_duals=recipient_duals,
        )


def relative_gap(level: Level) -> float | None:
    """Return a level's gap as a share of its value, None where the gap is."""
    return None if level.gap is None else level.gap / max(1, abs(level.value))
