"""What of a formulation follows from the tables alone, whatever the policy says."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, FloatArray, Int32Array, IntArray
from pairmatch.formulate.area_tree import AreaTree, area_tree, separate_areas
from pairmatch.formulate.columns import floats, integers
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.points import earth_centred
from pairmatch.formulate.special_pairs import ListedPairs, listed_pairs
from pairmatch.formulate.sponsorship import Sponsorship, sponsorship
from pairmatch.model.places import AREA_LEVELS
from pairmatch.tables.checked import CheckedTables
from pairmatch.threads import IN_TURN


class Locations(NamedTuple):
    """Where ``n`` people are; ``point_idx`` is the same for those at one point of one area.

    Shapes ``(3, n)``, ``(n,)``, ``(5, n)`` and ``(n,)``; see `pairmatch.formulate.costs.CadreSide`.
    """

    point: FloatArray
    inherited: BoolArray
    ancestor: Int32Array
    point_idx: IntArray


@dataclass(frozen=True)
class PolicyFreeData:
    """``C`` cadres and ``R`` recipients, in the order of the checked tables (by id).

    Attributes
    ----------
    cadres, recipients
        Where people are.
    sponsor_set, zone
        Shapes ``(C,)`` and ``(R,)``: the set of areas that the cadre's unit sponsors, and the zone
        that the recipient lives in.
    outside
        Shape (sets, zones): recipients of the zone lie outside of the set.
    min_load, demand, priority
        Shapes ``(C,)``, ``(R,)`` and ``(R,)``.
    pairs
        Single pairs that are named in a table.
    tree, sponsored
        Of the areas and the units, for people who are added later.
    """

    cadres: Locations
    recipients: Locations
    sponsor_set: IntArray
    zone: IntArray
    outside: BoolArray
    min_load: IntArray
    demand: IntArray
    priority: IntArray
    pairs: ListedPairs
    tree: AreaTree
    sponsored: Sponsorship


def policy_free_data(checked: CheckedTables, executor: Executor = IN_TURN) -> PolicyFreeData:
    """Turn checked tables into arrays; an executor does both sides at once."""
    keys = checked.keys
    tree = area_tree(checked.areas, keys) if checked.has_areas else separate_areas(keys)
    area = keys.of("recipients", "area")
    of_cadres = executor.submit(locations, checked.cadres, keys.of("cadres", "area"), tree)
    of_recipients = executor.submit(locations, checked.recipients, area, tree)
    sponsored = sponsorship(checked.units.num_rows, keys, tree)
    return PolicyFreeData(
        cadres=of_cadres.result(),
        recipients=of_recipients.result(),
        sponsor_set=np.append(sponsored.set_of_unit, 0)[keys.of("cadres", "unit_id")],
        zone=sponsored.zone_of_area[area],
        outside=sponsored.outside,
        min_load=integers(checked.cadres, "min_load"),
        demand=integers(checked.recipients, "demand"),
        priority=integers(checked.recipients, "priority"),
        pairs=listed_pairs(checked),
        tree=tree,
        sponsored=sponsored,
    )


def locations(people: pa.Table, area: IntArray, tree: AreaTree) -> Locations:
    """Return where the people of one side are.

    Where nobody has a point at all, everybody stands at the origin: the distance term is off.
    """
    lon, lat = floats(people, "lon"), floats(people, "lat")
    # areas are few: each is placed once, however many people stand there; the last entry is for
    # people without a known area, whose position is -1
    placed = np.flatnonzero(~np.isnan(tree.lon))
    if people.num_rows < placed.shape[0]:
        here = np.unique(area[area >= 0])
        placed = here[~np.isnan(tree.lon[here])]
    of_area = np.zeros((3, tree.lon.shape[0] + 1), dtype=np.float64)
    of_area[:, placed] = earth_centred(tree.lon[placed], tree.lat[placed]).T
    # `take` keeps rows together, as kernels want them; indexing does not
    point = of_area.take(area, axis=1)
    inherited = np.append(tree.inherited, False)[area]
    nowhere = np.full((len(AREA_LEVELS), 1), -1, dtype=np.int32)
    ancestor = np.append(tree.ancestor.T, nowhere, axis=1).take(area, axis=1)
    own = np.flatnonzero(~np.isnan(lon))
    if own.shape[0] == 0:
        return Locations(point, inherited, ancestor, area)
    point[:, own] = earth_centred(lon[own], lat[own]).T
    inherited[own] = False
    columns = (*point.astype(np.int64), area, inherited.astype(np.int64))
    _, point_idx, _ = group_rows(*pack_columns(*columns))
    return Locations(point, inherited, ancestor, point_idx)
