"""The formulation: checked tables and policy as arrays, in the tables' order (by id)."""

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, FloatArray, Int32Array, IntArray
from pairmatch.formulate.area_tree import AreaTree, area_tree
from pairmatch.formulate.columns import floats, integers
from pairmatch.formulate.costs import CadreSide, PairCosts, RecipientSide, cost_tables
from pairmatch.formulate.eligibility import INELIGIBLE, eligibility_table
from pairmatch.formulate.exceptions import PairExceptions, pair_exceptions
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.load import LoadCurve, load_curve
from pairmatch.formulate.places import earth_centred
from pairmatch.formulate.sponsorship import sponsorship
from pairmatch.model.places import AREA_LEVELS
from pairmatch.model.policy import Policy, metres
from pairmatch.tables.capacity import resolved_capacity
from pairmatch.tables.checked import CheckedTables
from pairmatch.threads import IN_TURN


@dataclass(frozen=True)
class Formulation:
    """The problem person by person: ``C`` cadres and ``R`` recipients.

    Attributes
    ----------
    costs
        Costs of pairs by position; single pairs that differ are in ``exceptions``.
    cadre_place, recipient_place
        Shapes ``(C,)`` and ``(R,)``: the same number for those at one point of one area.
    by_exception
        Shape (ranks, categories): 1 where a rule merely allows a pair.
    capacity, min_load
        Shape ``(C,)``, recipients.
    load
        What the first, second, ... recipient of a cadre adds.
    demand, priority
        Shape ``(R,)``: cadres wanted; bigger is served first.
    coverage_first, price_m
        Whether coverage stands above every cost, else the price of leaving one out.
    """

    costs: PairCosts
    cadre_place: IntArray
    recipient_place: IntArray
    by_exception: IntArray
    capacity: IntArray
    min_load: IntArray
    load: LoadCurve
    demand: IntArray
    priority: IntArray
    exceptions: PairExceptions
    coverage_first: bool
    price_m: int

    @property
    def cadre_count(self) -> int:
        """Number of cadres."""
        return int(self.capacity.shape[0])

    @property
    def recipient_count(self) -> int:
        """Number of recipients."""
        return int(self.demand.shape[0])

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
        at = self.exceptions.find(cadre_idx[row], recipient_idx[column])
        named = np.flatnonzero(at >= 0)
        row, column, at = row[named], column[named], at[named]
        eligible[row, column] = self.exceptions.eligible[at]
        cost[row, column] = self.exceptions.cost_m[at]
        cost[~eligible] = 0
        return cost, eligible


def formulate(checked: CheckedTables, policy: Policy, executor: Executor = IN_TURN) -> Formulation:
    """Turn checked tables and policy into arrays.

    Parameters
    ----------
    checked, policy
        What is asked, as `pairmatch.tables.checked.check_tables` returns it.
    executor
        Does both sides side by side, where that matters.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    tree = area_tree(checked.areas) if checked.has_areas else _opaque_areas(checked)
    penalty_m, by_exception = eligibility_table(policy)
    cadres, recipients = checked.cadres, checked.recipients
    where = checked.lookups.positions
    cadre_area = where(cadres.column("area"), tree.code)
    recipient_area = where(recipients.column("area"), tree.code)
    of_cadres = executor.submit(_location, cadres, cadre_area, tree)
    of_recipients = executor.submit(_location, recipients, recipient_area, tree)
    sponsored = sponsorship(checked.units, tree)
    if checked.has_units:
        unit = where(cadres.column("unit_id"), checked.units.column("unit_id"))
        sponsor_set = sponsored.set_of_unit[unit]
    else:
        sponsor_set = np.zeros(cadres.num_rows, dtype=np.int64)
    at_cadre, cadre_place = of_cadres.result()
    at_recipient, recipient_place = of_recipients.result()
    costs = PairCosts(
        CadreSide(*at_cadre, sponsor_set, where(cadres.column("rank"), policy.ranks)),
        RecipientSide(
            *at_recipient,
            sponsored.zone_of_area[recipient_area],
            where(recipients.column("category"), policy.categories),
        ),
        cost_tables(policy, penalty_m, sponsored.outside, has_areas=checked.has_areas),
    )
    return Formulation(
        costs=costs,
        cadre_place=cadre_place,
        recipient_place=recipient_place,
        by_exception=by_exception,
        capacity=resolved_capacity(cadres, policy, checked.lookups),
        min_load=integers(cadres, "min_load"),
        load=load_curve(policy),
        demand=integers(recipients, "demand"),
        priority=integers(recipients, "priority"),
        exceptions=pair_exceptions(checked, policy, costs),
        coverage_first=policy.coverage.mode == "first",
        price_m=metres(policy.coverage.price_km),
    )


def _opaque_areas(checked: CheckedTables) -> AreaTree:
    """Without a table of areas, codes are only compared: each is a village of its own."""
    codes = pa.chunked_array(
        [
            *checked.recipients.column("area").chunks,
            *checked.cadres.column("area").chunks,
            *(pc.list_flatten(chunk) for chunk in checked.units.column("sponsors").chunks),
        ],
        type=pa.string(),
    )
    distinct = pc.unique(codes).drop_null()
    count = len(distinct)
    ancestor = np.full((count, len(AREA_LEVELS)), -1, dtype=np.int32)
    ancestor[:, -1] = np.arange(count)
    nowhere = np.full(count, np.nan)
    return AreaTree(distinct, ancestor, nowhere, nowhere, np.zeros(count, dtype=np.bool_))


def _location(
    people: pa.Table, area: IntArray, tree: AreaTree
) -> tuple[tuple[FloatArray, BoolArray, Int32Array], IntArray]:
    """Return point, inherited flag and ancestors of everybody on one side, and their places.

    Where nobody has a place at all, everybody stands at the origin: the distance term is off.
    """
    lon, lat = floats(people, "lon"), floats(people, "lat")
    # areas are few: each is placed once, however many people stand there; the last entry is for
    # people without a known area, whose position is -1
    placed = np.flatnonzero(~np.isnan(tree.lon))
    of_area = np.zeros((3, tree.lon.shape[0] + 1), dtype=np.float64)
    of_area[:, placed] = earth_centred(tree.lon[placed], tree.lat[placed]).T
    # `take` keeps rows together, as kernels want them; indexing does not
    point = of_area.take(area, axis=1)
    inherited = np.append(tree.inherited, False)[area]
    nowhere = np.full((len(AREA_LEVELS), 1), -1, dtype=np.int32)
    ancestor = np.append(tree.ancestor.T, nowhere, axis=1).take(area, axis=1)
    own = np.flatnonzero(~np.isnan(lon))
    if own.shape[0] == 0:
        return (point, inherited, ancestor), area
    point[:, own] = earth_centred(lon[own], lat[own]).T
    inherited[own] = False
    columns = (*point.astype(np.int64), area, inherited.astype(np.int64))
    _, place, _ = group_rows(*pack_columns(*columns))
    return (point, inherited, ancestor), place
