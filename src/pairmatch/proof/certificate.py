"""What proves a plan: bounds on its levels, and the duals that anybody can check them with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import pyarrow as pa

from pairmatch.proof.bound import BoundTerms, LevelPrices


class Scope(StrEnum):
    """Which pairs a bound was evaluated over by the solver."""

    ALL_PAIRS = "ALL_PAIRS"
    CANDIDATE_ARCS = "CANDIDATE_ARCS"


class Level(NamedTuple):
    """One level of the objective; ``gap`` is ``value - bound``, given the levels above it."""

    name: str
    value: int
    bound: int
    gap: int


class LevelCertificate(NamedTuple):
    """The prices and the parts of the bound behind one level's duals."""

    level: str
    prices: LevelPrices
    terms: BoundTerms


@dataclass(frozen=True)
class Certificate:
    """Bounds and duals.

    Attributes
    ----------
    lower_bound, gap
        Of the last level, metre-equivalents.
    relative_gap
        ``gap`` as a share of the last level's value; 0 where the gap is 0.
    scope
        ALL_PAIRS only if every eligible pair was priced with these duals.
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

    lower_bound: int
    gap: int
    relative_gap: float
    scope: Scope
    locks_may_break: bool
    levels: tuple[LevelCertificate, ...]
    cadre_duals: pa.Table
    recipient_duals: pa.Table
