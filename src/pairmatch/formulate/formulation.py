"""The formulation: checked tables and policy as arrays, in the tables' order (by id)."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    PairCosts,
    RecipientSide,
    cost_tables,
)
from pairmatch.formulate.eligibility import INELIGIBLE, eligibility_table
from pairmatch.formulate.load import LoadCurves, load_curves
from pairmatch.formulate.objective import Objective, pair_tables
from pairmatch.formulate.policy_free import PolicyFreeData, policy_free_data
from pairmatch.formulate.special_pairs import SpecialPairs, special_pairs
from pairmatch.model.policy import Policy, metres
from pairmatch.tables.capacity import resolved_capacity
from pairmatch.tables.checked import CheckedTables


@dataclass(frozen=True)
class Formulation:
    """The problem person by person: ``C`` cadres and ``R`` recipients.

    Attributes
    ----------
    costs
        Costs of pairs by position; single pairs that differ are in ``special_pairs``.
    cadre_point_idx, recipient_point_idx
        Shapes ``(C,)`` and ``(R,)``: the same number for those at one point of one area.
    by_exception
        Shape (ranks, categories): 1 where a rule merely allows a pair.
    capacity, min_load
        Shape ``(C,)``, recipients.
    load
        What the first, second, ... recipient of each cadre adds.
    demand, priority
        Shape ``(R,)``: cadres wanted; bigger is served first.
    objective
        The levels, with the cost tables that they name.
    is_restricted
        Whether a re-solve leaves alone what is outside of some areas, units or people. Each set of
        sponsored areas and each zone stands in the tables twice then, for those inside and those
        outside.
    """

    costs: PairCosts
    cadre_point_idx: IntArray
    recipient_point_idx: IntArray
    by_exception: IntArray
    capacity: IntArray
    min_load: IntArray
    load: LoadCurves
    demand: IntArray
    priority: IntArray
    special_pairs: SpecialPairs
    objective: Objective
    is_restricted: bool = False

    @property
    def coverage_first(self) -> bool:
        """Whether coverage stands above every cost."""
        return self.objective.coverage_first

    @property
    def cadre_count(self) -> int:
        """Number of cadres."""
        return int(self.capacity.shape[0])

    @property
    def recipient_count(self) -> int:
        """Number of recipients."""
        return int(self.demand.shape[0])

    def named_costs(self, tables: CostTables | None = None) -> PairCosts:
        """Return costs for pairs that may be made wherever their people are.

        Special pairs may stand outside of what a re-solve is restricted to.

        Parameters
        ----------
        tables
            Of a sum of levels; by default those in metres.
        """
        tables = self.costs.tables if tables is None else tables
        if self.is_restricted:
            outside_m = tables.outside_m.copy()
            outside_m[1::2, 1::2] = outside_m[::2, ::2]
            tables = tables._replace(outside_m=outside_m)
        return self.costs.under(tables)

    def standing(self, cadre: IntArray, recipient: IntArray) -> BoolArray:
        """Tell which pairs of a plan stand outside of what a re-solve is restricted to.

        By the ordinary costs these could not be made.
        """
        if not self.is_restricted:
            return np.zeros(cadre.shape[0], dtype=np.bool_)
        stands: BoolArray = self.costs.of_pairs(cadre, recipient) == INELIGIBLE
        return stands

    def merely_allowed(self, cadre: IntArray, recipient: IntArray) -> BoolArray:
        """Tell of each pair whether a rule of eligibility merely allows it, shape ``(pairs,)``."""
        rank, category = self.costs.cadres.rank[cadre], self.costs.recipients.category[recipient]
        allowed: BoolArray = self.by_exception[rank, category] == 1
        return allowed

    def block(self, cadre_idx: IntArray, recipient_idx: IntArray) -> tuple[IntArray, BoolArray]:
        """Return cost and eligibility of each of some cadres with each of some recipients.

        Returns
        -------
        cost_m, eligible
            Shape (cadres, recipients): metres, 0 where not eligible.
        """
        cost = self.costs.block(cadre_idx, recipient_idx)
        eligible = cost != INELIGIBLE
        row = np.repeat(np.arange(cadre_idx.shape[0]), recipient_idx.shape[0])
        column = np.tile(np.arange(recipient_idx.shape[0]), cadre_idx.shape[0])
        at = self.special_pairs.find(cadre_idx[row], recipient_idx[column])
        named = np.flatnonzero(at >= 0)
        row, column, at = row[named], column[named], at[named]
        eligible[row, column] = self.special_pairs.eligible[at]
        cost[row, column] = self.special_pairs.cost_m[at]
        cost[~eligible] = 0
        return cost, eligible


def formulate(
    checked: CheckedTables,
    policy: Policy,
    of_tables: PolicyFreeData | None = None,
    known_m: IntArray | None = None,
) -> Formulation:
    """Turn checked tables and policy into arrays.

    Parameters
    ----------
    checked, policy
        What is asked, as `pairmatch.tables.checked.check_tables` returns it.
    of_tables
        What the tables alone give, as `policy_free_data` returns it; made here where it is not
        given.
    known_m
        Costs of listed pairs that are known already, as `special_pairs` takes them.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    data = policy_free_data(checked) if of_tables is None else of_tables
    penalty_m, by_exception = eligibility_table(policy)
    rank = checked.keys.among("cadres", "rank", policy.ranks)
    category = checked.keys.among("recipients", "category", policy.categories)
    costs = PairCosts(
        CadreSide(*data.cadres[:-1], data.sponsor_set, rank),
        RecipientSide(*data.recipients[:-1], data.zone, category),
        cost_tables(policy, penalty_m, data.outside, has_areas=checked.has_areas),
    )
    return Formulation(
        costs=costs,
        cadre_point_idx=data.cadres.point_idx,
        recipient_point_idx=data.recipients.point_idx,
        by_exception=by_exception,
        capacity=resolved_capacity(checked.cadres, rank, policy),
        min_load=data.min_load,
        load=load_curves(policy, checked.cadres.num_rows),
        demand=data.demand,
        priority=data.priority,
        special_pairs=special_pairs(data.pairs, policy, costs, known_m),
        objective=Objective(
            policy.objective,
            pair_tables(costs.tables, by_exception),
            metres(policy.coverage.price_km),
        ),
    )
