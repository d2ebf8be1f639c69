"""What a plan has of each level, and what is proven of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pairmatch.arrays import IntArray, exact_dot, exact_sum
from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.bound import Prices, bound_at_zero, priority_rank
from pairmatch.proof.certificate import Level, levels_with_gaps


@dataclass(frozen=True)
class Counted:
    """What a plan amounts to.

    Attributes
    ----------
    violation
        Broken locks, and recipients short of minimum loads.
    missing_of
        Shape ``(R,)``: cadres that each recipient is missing.
    cadre, recipient
        Shape ``(P,)``: positions of the pairs.
    objective
        Metre-equivalents.
    kept
        Pairs of the start, if there is one.
    """

    violation: int
    missing_of: IntArray
    cadre: IntArray
    recipient: IntArray
    objective: int
    kept: int = 0

    @property
    def missing(self) -> int:
        """Cadres missing in all."""
        return exact_sum(self.missing_of)


def level_values(formulation: Formulation, counted: Counted) -> tuple[int, ...]:
    """Return what a plan has of each level of the objective, recipients missing by rank."""
    objective = formulation.objective
    missing_of = counted.missing_of
    # most plans leave nobody out, and then ranks need not be known
    rank = priority_rank(formulation.priority) if missing_of.any() else missing_of
    values = []
    for level, unit in zip(objective.levels, objective.units, strict=True):
        if level.in_metres:
            values.append(counted.objective)
            continue
        value = objective.violation(unit) * counted.violation
        value += exact_dot(missing_of, objective.missing(unit, rank))
        value += objective.changed(unit) * (objective.start_pairs - counted.kept)
        if level.pairs is not None:
            costs = formulation.named_costs(objective.tables[level.pairs])
            value += exact_sum(costs.of_pairs(counted.cadre, counted.recipient))
        values.append(value)
    return tuple(values)


def bound_of_level(
    total: int, level: int, prices: Prices, values: Sequence[int], most_changes: int | None = None
) -> int:
    """Return what a bound on a sum says of a level, if those above it are kept.

    Parameters
    ----------
    most_changes
        Pairs of the start that may change: with such a bound the last level, which counts them, may
        have a price in the bound of a level above.
    """
    others = sum(price * value for price, value in zip(prices[:level], values[:level], strict=True))
    if level < len(prices) - 1:
        others += prices[-1] * (most_changes or 0)
    # a level whose own price is above 1 is bounded by the next whole number
    return -((others - total) // prices[level])


def reported_levels(
    formulation: Formulation,
    counted: Counted,
    values: Sequence[int],
    bounds: Mapping[int, int],
    *,
    locks_may_break: bool,
    is_solved: bool = True,
) -> tuple[Level, ...]:
    """Return the levels of a plan, most important first, with what is proven of them.

    Parameters
    ----------
    values
        What `level_values` returns.
    bounds
        By level: no plan that keeps those above it has less.
    locks_may_break
        Whether bounds are to hold for plans that break locks as well.
    is_solved
        Whether there is a plan; otherwise nothing is known of any level.
    """
    reported, known = {}, {}
    levels, units = formulation.objective.levels, formulation.objective.units
    locks_may_break |= counted.violation > 0
    for k, (level, value) in enumerate(zip(levels, values, strict=True)):
        if level.only_if_positive and value == 0:
            continue
        reported[level.name] = value
        never_below_zero = not level.corrections and level.changed is None
        if bounds.get(k) == value or (value == 0 and never_below_zero):
            known[level.name] = value
        else:
            least = bound_at_zero(formulation, units[k], locks_may_break=locks_may_break)
            known[level.name] = max(bounds.get(k, least), least)
        if level.counts_missing:
            # the ranked sum is the sum over priorities of what is missing at or above each: when
            # it is tight, so is every one of those, the plain count among them
            is_tight = known[level.name] >= value
            reported[level.name] = counted.missing
            known[level.name] = counted.missing if is_tight else 0
    return levels_with_gaps(reported, known if is_solved else {})


def settles_missing(formulation: Formulation, levels: Sequence[Level]) -> bool:
    """Tell whether it is proven who can be served: on the first level that counts the missing."""
    decisive = next(level for level in formulation.objective.levels if level.missing is not None)
    return any(level.name == decisive.name and level.gap == 0 for level in levels)
