r"""The bound, evaluated person by person and pair by pair.

For any u and v, whatever their origin,

.. math::

    \sum_j d_j \min(v_j, M_j)
    + \sum_i \min_{k_i \le l \le h_i} \bigl( \varphi_i(l) + V \max(0, \lambda_i - l) - u_i l \bigr)
    + \sum_{ij} \min(0, c_{ij} + u_i - v_j)

is a lower bound on the cost of every plan, with a missing recipient at :math:`M_j` and a breach
of a hard rule at :math:`V`; locked pairs enter whole :cite:p:`ahuja1993network`. The last sum runs
over all eligible pairs and is the only one that takes time: people with the same attributes and
the same dual are grouped, and the groups are visited class block by class block.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

from pairmatch.arrays import AnyArray, BoolArray, IntArray, exact_dot, exact_sum
from pairmatch.formulate.costs import CadreSide, PairCosts, RecipientSide
from pairmatch.formulate.formulation import Formulation
from pairmatch.proof.pairs import negative_sums

Prices: TypeAlias = tuple[int, ...]
"""How the levels of the objective are weighed in one bound, most important first."""


class BoundTerms(NamedTuple):
    """The parts of a bound: recipients, cadres, pairs, and the constant for hard rules."""

    recipients: int
    cadres: int
    pairs: int

    @property
    def total(self) -> int:
        """The bound."""
        return self.recipients + self.cadres + self.pairs


def missing_prices(formulation: Formulation, prices: Prices) -> IntArray:
    """Return what leaving out one demand of each recipient costs, shape ``(R,)``."""
    return formulation.objective.missing(prices, priority_rank(formulation.priority))


def priority_rank(priority: IntArray) -> IntArray:
    """Return each priority's rank among those in use, from 1, the lowest first."""
    _, rank = np.unique(priority, return_inverse=True)
    return rank.astype(np.int64).reshape(-1) + 1


def recipients_term(formulation: Formulation, prices: Prices, v: IntArray) -> int:
    """Evaluate the first sum."""
    return exact_dot(formulation.demand, np.minimum(v, missing_prices(formulation, prices)))


def cadres_term(
    formulation: Formulation, prices: Prices, u: IntArray, *, locks_may_break: bool
) -> int:
    """Evaluate the second sum; the function of the load is convex, so a local minimum is one."""
    pairs = formulation.special_pairs
    least = np.zeros(formulation.cadre_count, dtype=np.int64)
    if not locks_may_break:
        least = np.bincount(pairs.cadre[pairs.locked], minlength=formulation.cadre_count)
    most = np.maximum(formulation.capacity, least)
    required = np.clip(formulation.min_load, least, most)
    violation = formulation.objective.violation(prices)
    curves = formulation.load.times(formulation.objective.load(prices))

    def steps_below(price: IntArray) -> IntArray:
        count = np.empty(price.shape[0], dtype=np.int64)
        for kind, marginal in enumerate(curves.marginal_m):
            of_kind = curves.kind == kind
            count[of_kind] = np.searchsorted(marginal, price[of_kind], side="left")
        return np.where(count == curves.steps, most, count)

    load = np.clip(steps_below(u + violation), least, required)
    load = np.maximum(load, np.clip(steps_below(u), required, most) * (load == required))

    def value(at: IntArray) -> IntArray:
        short = np.maximum(formulation.min_load - at, 0)
        cost: IntArray = curves.total(at) + short * violation - u * at
        return cost

    lowest = value(load)
    for beside in (np.maximum(load - 1, least), np.minimum(load + 1, most)):
        if (value(beside) < lowest).any():
            raise RuntimeError("a load was taken for the cheapest that is not")
    return exact_sum(lowest)


def pairs_term(
    formulation: Formulation,
    prices: Prices,
    u: IntArray,
    v: IntArray,
    *,
    locks_may_break: bool,
) -> int:
    """Evaluate the third sum, over every eligible pair, and what is constant.

    That is a violation for each breakable lock, and what it costs to change all pairs of a start:
    keeping one is worth that much.
    """
    cadres, cadre_dual, cadre_count = _group(formulation.costs.cadres, u)
    recipients, recipient_dual, recipient_count = _group(formulation.costs.recipients, v)
    tables = formulation.objective.pair_tables(prices)
    costs = PairCosts(CadreSide(*cadres), RecipientSide(*recipients), tables)
    # a row's sum stays below 2**62: see `largest_dual`
    by_cadre = negative_sums(costs, cadre_dual, recipient_dual, recipient_count)
    total = exact_dot(cadre_count, by_cadre)
    return total + _corrections(formulation, prices, u, v, locks_may_break=locks_may_break)


def bound_at_zero(formulation: Formulation, prices: Prices, *, locks_may_break: bool) -> int:
    """Return a bound from duals of 0: what locks cost, and single pairs that cost less than 0."""
    pairs, objective = formulation.special_pairs, formulation.objective
    if pairs.cadre.shape[0] == 0:
        return objective.all_changed(prices)
    u = np.zeros(formulation.cadre_count, dtype=np.int64)
    v = np.zeros(formulation.recipient_count, dtype=np.int64)
    total = _corrections(formulation, prices, u, v, locks_may_break=locks_may_break)
    if locks_may_break or not pairs.locked.any():
        return total
    least = np.bincount(pairs.cadre[pairs.locked], minlength=formulation.cadre_count)
    return total + exact_sum(formulation.load.times(objective.load(prices)).total(least))


def bound_terms(
    formulation: Formulation, prices: Prices, u: IntArray, v: IntArray, *, locks_may_break: bool
) -> BoundTerms:
    """Evaluate the whole bound."""
    return BoundTerms(
        recipients_term(formulation, prices, v),
        cadres_term(formulation, prices, u, locks_may_break=locks_may_break),
        pairs_term(formulation, prices, u, v, locks_may_break=locks_may_break),
    )


def largest_dual(formulation: Formulation) -> int:
    """Return how large duals and prices may be, lest anything they add up to leave 64 bits.

    That is the sum over one cadre's pairs, a load times its dual, what a cadre lacks of its
    minimum load times the price of a breach, and the rank of a priority times its price.
    """
    factor = max(
        formulation.recipient_count,
        int(formulation.capacity.max(initial=1)),
        int(formulation.min_load.max(initial=1)),
        1,
    )
    return (1 << 60) // factor


def _corrections(
    formulation: Formulation, prices: Prices, u: IntArray, v: IntArray, *, locks_may_break: bool
) -> int:
    """Replace what the groups said of special pairs by what holds for them."""
    pairs = formulation.special_pairs
    duals = u[pairs.cadre] - v[pairs.recipient]
    objective = formulation.objective
    tables = objective.pair_tables(prices)
    base = formulation.costs.under(tables).of_pairs(pairs.cadre, pairs.recipient)
    said = np.where(base >= 0, np.minimum(0, base + duals), 0)
    if formulation.is_restricted:
        base = formulation.named_costs(tables).of_pairs(pairs.cadre, pairs.recipient)
    reduced = base + pairs.weighed(objective, prices) + duals
    violation = objective.violation(prices)
    holds = np.where(pairs.eligible, np.minimum(0, reduced), 0)
    locks: BoolArray = pairs.locked
    constant = objective.all_changed(prices)
    if locks_may_break:
        rewarded = np.where(pairs.eligible, np.minimum(0, reduced - violation), 0)
        holds = np.where(locks, rewarded, holds)
        constant += violation * int(locks.sum())
    else:
        holds = np.where(locks, reduced, holds)
    return exact_sum(holds) - exact_sum(said) + constant


def _group(
    side: CadreSide | RecipientSide, dual: IntArray
) -> tuple[list[AnyArray], IntArray, IntArray]:
    """Group equal people: their attributes as arrays of a side, their dual, how many they are."""
    flat: list[AnyArray] = []
    for array in side:
        flat.extend(array if array.ndim == 2 else [array])
    names = [f"attribute_{position}" for position in range(len(flat))] + ["dual"]
    table = pa.table(dict(zip(names, [pa.array(column) for column in (*flat, dual)], strict=True)))
    groups = table.group_by(names, use_threads=False).aggregate([([], "count_all")])
    columns = [groups.column(name).to_numpy() for name in names]
    attributes: list[AnyArray] = []
    position = 0
    for array in side:
        rows = array.shape[0] if array.ndim == 2 else 1
        taken = np.stack(columns[position : position + rows]).astype(array.dtype)
        attributes.append(np.ascontiguousarray(taken if array.ndim == 2 else taken[0]))
        position += rows
    count = groups.column("count_all").to_numpy().astype(np.int64)
    return attributes, columns[-1].astype(np.int64), count
