"""Policy-free data of edited tables: of people who stay as they were it is taken over.

Units and areas must be as they were; all of it equals what `policy_free_data` makes anew.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from pairmatch.arrays import AnyArray, BoolArray, IntArray
from pairmatch.formulate.columns import integers
from pairmatch.formulate.grouping import group_rows, pack_columns
from pairmatch.formulate.policy_free import Locations, PolicyFreeData, locations
from pairmatch.formulate.special_pairs import UNKNOWN, ListedPairs, SpecialPairs
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.edits.splice import Splice

# odd numbers with bits all over: sums of products tell most points apart
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_SLOT_BITS = 16


def edited_policy_free_data(
    before: PolicyFreeData, old: CheckedTables, new: CheckedTables, splices: Mapping[str, Splice]
) -> PolicyFreeData:
    """Return the policy-free data of edited tables.

    Parameters
    ----------
    before
        That of the tables before.
    old, new
        The tables before and now.
    splices
        How their rows come together, by table.
    """
    keys = new.keys
    area = keys.of("recipients", "area")
    sponsored = before.sponsored
    return PolicyFreeData(
        cadres=_locations(before, before.cadres, old, new, "cadres", splices["cadres"]),
        recipients=_locations(
            before, before.recipients, old, new, "recipients", splices["recipients"]
        ),
        sponsor_set=np.append(sponsored.set_of_unit, 0)[keys.of("cadres", "unit_id")],
        zone=sponsored.zone_of_area[area],
        outside=sponsored.outside,
        min_load=integers(new.cadres, "min_load"),
        demand=integers(new.recipients, "demand"),
        priority=integers(new.recipients, "priority"),
        pairs=_pairs(before.pairs, new, splices),
        tree=before.tree,
        sponsored=sponsored,
    )


def _locations(
    data: PolicyFreeData,
    before: Locations,
    old: CheckedTables,
    new: CheckedTables,
    name: str,
    splice: Splice,
) -> Locations:
    """Return where the people of one side are."""
    if not splice.is_touched:
        return before
    people: pa.Table = getattr(new, name)
    was: pa.Table = getattr(old, name)
    area = new.keys.of(name, "area")
    nobody_now, nobody_then = (
        table.column("lon").null_count == table.num_rows for table in (people, was)
    )
    if nobody_then and not nobody_now:
        # the numbers of points were those of areas
        return locations(people, area, data.tree)
    fresh = splice.fresh
    added = locations(people.take(pa.array(fresh)), area[fresh], data.tree)
    point = splice.take(before.point, added.point)
    inherited = splice.take(before.inherited, added.inherited)
    ancestor = splice.take(before.ancestor, added.ancestor)
    if nobody_now:
        return Locations(point, inherited, ancestor, area)
    known = splice.take(before.point_idx, np.full(fresh.shape[0], -1, dtype=np.int64))
    point_idx = _points(point, area, inherited, known, fresh)
    return Locations(point, inherited, ancestor, point_idx)


def _points(
    point: AnyArray, area: IntArray, inherited: BoolArray, known: IntArray, fresh: IntArray
) -> IntArray:
    """Return the numbers of points, given those before, -1 for people who are fresh.

    Only people who may be where a fresh one is are compared; then the numbers are those in which
    points first come.
    """
    columns = (*point.astype(np.int64), area, inherited.astype(np.int64))
    mixed = np.zeros(area.shape[0], dtype=np.uint64)
    for values, factor in zip(columns, (*_MIX, *_MIX[:2]), strict=True):
        mixed += values.astype(np.uint64) * factor
    slot = (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
    wanted = np.zeros(1 << _SLOT_BITS, dtype=np.bool_)
    wanted[slot[fresh]] = True
    few = np.flatnonzero(wanted[slot])
    number = known.copy()
    if few.shape[0]:
        _, group, _ = group_rows(*pack_columns(*(column[few] for column in columns)))
        of_group = np.full(int(group.max()) + 1, -1, dtype=np.int64)
        np.maximum.at(of_group, group, known[few])
        new = np.flatnonzero(of_group < 0)
        of_group[new] = int(known.max(initial=-1)) + 1 + np.arange(new.shape[0])
        number[few] = of_group[group]
    return _as_they_come(number)


def _as_they_come(number: IntArray) -> IntArray:
    """Return numbers in the order in which they first come."""
    rows = number.shape[0]
    first = np.full(int(number.max(initial=-1)) + 1, rows, dtype=np.int64)
    # of several rows the last one written stays, which is the smallest
    first[number[::-1]] = np.arange(rows - 1, -1, -1)
    begins = np.zeros(rows + 1, dtype=np.int64)
    begins[first] = 1
    begins[rows] = 0
    rank: IntArray = np.cumsum(begins) - 1
    of_number: IntArray = rank[first]
    return of_number[number]


def _pairs(before: ListedPairs, new: CheckedTables, splices: Mapping[str, Splice]) -> ListedPairs:
    """Return the listed pairs: incumbent ones as before, as far as their people are there."""
    if not any(splice.is_touched for splice in splices.values()):
        return before
    current = np.flatnonzero(before.current)
    incumbent = _codes(before, current, splices)
    incumbent = incumbent[incumbent >= 0]
    named = {name: _code(*_sides(new, name)) for name in ("locks", "bans", "adjustments")}
    others = np.unique(np.concatenate(list(named.values())))
    # among sorted codes, both sorted: incumbent pairs are many, the others mostly few
    at = np.searchsorted(incumbent, others)
    is_new = np.append(incumbent, -1)[at] != others
    code = np.insert(incumbent, at[is_new], others[is_new])
    is_current = np.ones(code.shape[0], dtype=np.bool_)
    is_current[at[is_new] + np.arange(int(is_new.sum()))] = False

    def flags(name: str) -> BoolArray:
        marked = np.zeros(code.shape[0], dtype=np.bool_)
        marked[np.searchsorted(code, named[name])] = True
        return marked

    adjustment = np.zeros(code.shape[0], dtype=np.int64)
    adjustment[np.searchsorted(code, named["adjustments"])] = integers(new.adjustments, "extra_m")
    return ListedPairs(
        cadre=code >> 32,
        recipient=code & ((1 << 32) - 1),
        adjustment_m=adjustment,
        current=is_current,
        banned=flags("bans"),
        locked=flags("locks"),
        started=np.zeros(code.shape[0], dtype=np.bool_),
    )


def known_base_m(
    before: SpecialPairs, pairs: ListedPairs, splices: Mapping[str, Splice]
) -> IntArray:
    """Return what listed pairs cost before, by attributes alone, `UNKNOWN` where that may differ.

    The policy must be the same.
    """
    known = np.full(pairs.cadre.shape[0], UNKNOWN, dtype=np.int64)
    code = _code(pairs.cadre, pairs.recipient)
    was = _codes(before, np.arange(before.cadre.shape[0]), splices)
    stays = was >= 0
    for people, at in (("cadres", before.cadre), ("recipients", before.recipient)):
        if splices[people].is_touched:
            kept = np.zeros(splices[people].now_at.shape[0], dtype=np.bool_)
            source = splices[people].source
            kept[source[source < kept.shape[0]]] = True
            stays &= kept[at]
    was, base_m = was[stays], before.base_m[stays]
    if was.shape[0] and code.shape[0]:
        at = np.minimum(np.searchsorted(code, was), code.shape[0] - 1)
        is_there = code[at] == was
        known[at[is_there]] = base_m[is_there]
    return known


def _sides(tables: CheckedTables, name: str) -> tuple[IntArray, IntArray]:
    return tables.keys.of(name, "cadre_id"), tables.keys.of(name, "recipient_id")


def _code(cadre: IntArray, recipient: IntArray) -> IntArray:
    """Return one number for each pair, rising with (cadre, recipient)."""
    code: IntArray = (cadre << 32) + recipient
    return code


def _codes(pairs: ListedPairs, rows: IntArray, splices: Mapping[str, Splice]) -> IntArray:
    """Return the codes now of some of the pairs before, -1 where somebody is gone."""
    cadre = splices["cadres"].moved(pairs.cadre[rows])
    recipient = splices["recipients"].moved(pairs.recipient[rows])
    return np.where((cadre < 0) | (recipient < 0), -1, _code(cadre, recipient))
