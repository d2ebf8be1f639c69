"""The one definition of the cost of a pair, used by engine, pricing and proof.

The cost of a pair is its distance, plus table costs, all of them at least 0:

* the straight line between two integer points, rounded down, times the detour, rounded down;
* ``inherited_m`` once, when the point of either person is an ancestor area's;
* the locality surcharge of the lowest area that holds both;
* ``outside_m``, when the recipient lies outside of what the cadre's unit sponsors;
* the penalty of the first eligibility rule that fits.

What differs for single pairs (continuity, adjustments, bans, locks) is kept apart in
`pairmatch.formulate.special_pairs`, because it may be negative and would spoil every bound.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from pairmatch._kernels import inner_kernel, kernel
from pairmatch.arrays import AnyArray, BoolArray, FloatArray, Int32Array, IntArray
from pairmatch.errors import CostRangeError
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.model.places import AREA_LEVELS
from pairmatch.model.policy import Policy, metres

# behind the levels of areas: no area holds both
ABOVE = len(AREA_LEVELS)
TERMS = ("distance", "inherited", "locality", "sponsorship", "eligibility")

# No pair may cost 2**40 metres (27 times the way to the moon, and policy numbers are capped far
# below): pricing packs a level above the metres into the bits from 40 upwards.
COST_BITS = 40

# Twice the earth's semi-major axis, rounded up: no chord between two points of it is longer.
LONGEST_CHORD_M = 12_756_276


class CadreSide(NamedTuple):
    """What the cost of a pair needs to know of ``n`` cadres (or classes of them).

    ``point`` is integer metres kept in float64, of shape ``(3, n)``; ``ancestor`` is int32 of
    shape ``(5, n)``, with -1 where there is none; the others are of shape ``(n,)``.
    """

    point: FloatArray
    inherited: BoolArray
    ancestor: Int32Array
    sponsor_set: IntArray
    rank: IntArray


class RecipientSide(NamedTuple):
    """What the cost of a pair needs to know of ``n`` recipients (or classes); see `CadreSide`."""

    point: FloatArray
    inherited: BoolArray
    ancestor: Int32Array
    zone: IntArray
    category: IntArray


class CostTables(NamedTuple):
    """The policy's numbers in metres.

    ``eligibility_m`` has shape (ranks, categories) and ``outside_m`` (sets, zones); both hold
    `INELIGIBLE` where no pair is. ``locality_m`` has shape (6,): by level of the lowest common
    area, the last entry for none. ``max_m`` is -1 without a limit. ``metre`` is what a metre of
    the distance costs: 1, or 0 where distances do not count.
    """

    eligibility_m: IntArray
    outside_m: IntArray
    locality_m: IntArray
    detour_numerator: int
    detour_denominator: int
    max_m: int
    inherited_m: int
    metre: int

    def transposed(self) -> "CostTables":
        """Return the same tables with the sides exchanged."""
        return self._replace(
            eligibility_m=np.ascontiguousarray(self.eligibility_m.T),
            outside_m=np.ascontiguousarray(self.outside_m.T),
        )


def combined(parts: Sequence[tuple[int, CostTables]]) -> CostTables:
    """Return the sum of tables, each times a factor; the same pairs must be eligible in all.

    Parameters
    ----------
    parts
        At least one factor with its table.
    """
    _, first = parts[0]

    def entries(name: str) -> IntArray:
        summed = sum(factor * getattr(tables, name) for factor, tables in parts)
        return np.where(getattr(first, name) < 0, INELIGIBLE, summed)

    return first._replace(
        eligibility_m=entries("eligibility_m"),
        outside_m=entries("outside_m"),
        locality_m=entries("locality_m"),
        inherited_m=sum(factor * tables.inherited_m for factor, tables in parts),
        metre=sum(factor * tables.metre for factor, tables in parts),
    )


def cost_tables(
    policy: Policy, eligibility_m: IntArray, outside: BoolArray, *, has_areas: bool
) -> CostTables:
    """Turn a policy into integers.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    outside_m = np.zeros(outside.shape, dtype=np.int64)
    if policy.sponsorship.mode == "prefer":
        outside_m[outside] = metres(policy.sponsorship.outside_km)
    elif policy.sponsorship.mode == "require":
        outside_m[outside] = INELIGIBLE
    locality = policy.locality
    by_level = (*(getattr(locality, level) for level in AREA_LEVELS), locality.above)
    locality_m = np.array([metres(km) if has_areas else 0 for km in by_level], dtype=np.int64)
    numerator, denominator = Decimal(policy.distance.detour).as_integer_ratio()
    max_km = policy.distance.max_km
    tables = CostTables(
        eligibility_m=eligibility_m,
        outside_m=outside_m,
        locality_m=locality_m,
        detour_numerator=numerator,
        detour_denominator=denominator,
        max_m=-1 if max_km is None else metres(max_km),
        inherited_m=metres(policy.distance.inherited_km),
        metre=1,
    )
    largest = largest_cost(tables)
    if largest >= 1 << COST_BITS:
        raise CostRangeError("dear_pair", {"cost": largest, "most": (1 << COST_BITS) - 1})
    return tables


def largest_cost(tables: CostTables) -> int:
    """Return a number of metres that no pair's cost exceeds."""
    distance = LONGEST_CHORD_M * tables.detour_numerator // tables.detour_denominator
    if tables.max_m >= 0:
        distance = min(distance, tables.max_m)
    return (
        distance * tables.metre
        + tables.inherited_m
        + int(tables.locality_m.max())
        + max(0, int(tables.outside_m.max(initial=0)))
        + max(0, int(tables.eligibility_m.max(initial=0)))
    )


@inner_kernel
def with_detour_m(line_m: float, tables: CostTables) -> int:
    """Return a straight distance in whole metres with the detour, rounded down twice."""
    whole = math.floor(line_m)
    return math.floor(whole * tables.detour_numerator / tables.detour_denominator)


@inner_kernel
def distance_m(
    cadres: CadreSide, i: int, recipients: RecipientSide, j: int, tables: CostTables
) -> int:
    """Distance with the detour.

    Exact although it passes through float64: the sum of squares is below 2**49, a correctly
    rounded root of such an integer never crosses an integer, and neither does a quotient of
    integers below 2**53.
    """
    dx = cadres.point[0, i] - recipients.point[0, j]
    dy = cadres.point[1, i] - recipients.point[1, j]
    dz = cadres.point[2, i] - recipients.point[2, j]
    return with_detour_m(math.sqrt(dx * dx + dy * dy + dz * dz), tables)


@inner_kernel
def locality_m(
    cadres: CadreSide, i: int, recipients: RecipientSide, j: int, tables: CostTables
) -> int:
    """Surcharge by the level of the lowest area that holds both."""
    for level in range(ABOVE - 1, -1, -1):
        area = cadres.ancestor[level, i]
        if area >= 0 and area == recipients.ancestor[level, j]:
            return int(tables.locality_m[level])
    return int(tables.locality_m[ABOVE])


@inner_kernel
def table_costs_m(
    cadres: CadreSide, i: int, recipients: RecipientSide, j: int, tables: CostTables
) -> int:
    """Eligibility and sponsorship together, or `INELIGIBLE`."""
    penalty = tables.eligibility_m[cadres.rank[i], recipients.category[j]]
    if penalty < 0:
        return INELIGIBLE
    outside = tables.outside_m[cadres.sponsor_set[i], recipients.zone[j]]
    if outside < 0:
        return INELIGIBLE
    return int(penalty + outside)


@inner_kernel
def pair_cost(
    cadres: CadreSide, i: int, recipients: RecipientSide, j: int, tables: CostTables
) -> int:
    """Cost of one pair in metres, or `INELIGIBLE`."""
    table_costs = table_costs_m(cadres, i, recipients, j, tables)
    if table_costs < 0:
        return INELIGIBLE
    distance = distance_m(cadres, i, recipients, j, tables)
    if tables.max_m >= 0 and distance > tables.max_m:
        return INELIGIBLE
    cost = distance * tables.metre + table_costs + locality_m(cadres, i, recipients, j, tables)
    if cadres.inherited[i] or recipients.inherited[j]:
        cost += tables.inherited_m
    return cost


@kernel
def _cost_block(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_idx: IntArray,
    recipient_idx: IntArray,
) -> IntArray:
    cost = np.empty((cadre_idx.shape[0], recipient_idx.shape[0]), dtype=np.int64)
    for row in range(cadre_idx.shape[0]):
        for column in range(recipient_idx.shape[0]):
            cost[row, column] = pair_cost(
                cadres, cadre_idx[row], recipients, recipient_idx[column], tables
            )
    return cost


@kernel
def _cost_of_pairs(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_idx: IntArray,
    recipient_idx: IntArray,
) -> IntArray:
    cost = np.empty(cadre_idx.shape[0], dtype=np.int64)
    for pair in range(cadre_idx.shape[0]):
        cost[pair] = pair_cost(cadres, cadre_idx[pair], recipients, recipient_idx[pair], tables)
    return cost


@inner_kernel
def terms_of_pair(
    cadres: CadreSide, i: int, recipients: RecipientSide, j: int, tables: CostTables
) -> tuple[int, int, int, int, int]:
    """Return the `TERMS` of an eligible pair."""
    is_inherited = cadres.inherited[i] or recipients.inherited[j]
    return (
        distance_m(cadres, i, recipients, j, tables),
        tables.inherited_m if is_inherited else 0,
        locality_m(cadres, i, recipients, j, tables),
        tables.outside_m[cadres.sponsor_set[i], recipients.zone[j]],
        tables.eligibility_m[cadres.rank[i], recipients.category[j]],
    )


@kernel
def _terms_of_pairs(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_idx: IntArray,
    recipient_idx: IntArray,
) -> IntArray:
    terms = np.empty((5, cadre_idx.shape[0]), dtype=np.int64)
    for pair in range(cadre_idx.shape[0]):
        of_pair = terms_of_pair(cadres, cadre_idx[pair], recipients, recipient_idx[pair], tables)
        for term in range(5):
            terms[term, pair] = of_pair[term]
    return terms


class PairCosts(NamedTuple):
    """Costs between two sides: persons, or the classes of a solver, or the groups of a proof."""

    cadres: CadreSide
    recipients: RecipientSide
    tables: CostTables

    def block(self, cadre_idx: IntArray, recipient_idx: IntArray) -> IntArray:
        """Return costs of every cadre with every recipient, shape (cadres, recipients)."""
        return _cost_block(*self, cadre_idx, recipient_idx)

    def of_pairs(self, cadre_idx: IntArray, recipient_idx: IntArray) -> IntArray:
        """Return costs pair by pair, shape (pairs,), `INELIGIBLE` where not eligible."""
        return _cost_of_pairs(*self, cadre_idx, recipient_idx)

    def terms_of_pairs(self, cadre_idx: IntArray, recipient_idx: IntArray) -> IntArray:
        """Return the `TERMS` of eligible pairs, shape (5, pairs), summing to their cost."""
        return _terms_of_pairs(*self, cadre_idx, recipient_idx)

    def transposed(self) -> "PairCosts":
        """Return the same costs with the sides exchanged."""
        cadres, recipients, tables = self
        return PairCosts(
            CadreSide(*recipients),
            RecipientSide(*cadres),
            tables.transposed(),
        )

    def under(self, tables: CostTables) -> "PairCosts":
        """Return what the same pairs cost by other tables."""
        return self._replace(tables=tables)

    def take(self, cadre_idx: IntArray, recipient_idx: IntArray) -> "PairCosts":
        """Return the costs between some of the cadres and some of the recipients."""
        return PairCosts(
            CadreSide(*_take(self.cadres, cadre_idx)),
            RecipientSide(*_take(self.recipients, recipient_idx)),
            self.tables,
        )


def _take(side: CadreSide | RecipientSide, idx: IntArray) -> list[AnyArray]:
    return [np.ascontiguousarray(array[..., idx]) for array in side]
