"""Policy-free data of edited tables: of people who stay as they were it is taken over.

Units and areas must be as they were; all of it equals what `policy_free_data` makes again.
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
) -> tuple[PolicyFreeData, IntArray]:
    """Return the policy-free data of edited tables, and which listed pairs were so before.

    Parameters
    ----------
    before
        That of the tables before.
    old, new
        The tables before and now.
    splices
        How their rows come together, by table.

    Returns
    -------
    data, pairs_before
        ``pairs_before`` has for each listed pair its number before, -1 where it was none, or where
        what it costs by attributes may have changed.
    """
    keys = new.keys
    area = keys.of("recipients", "area")
    sponsored = before.sponsored
    pairs, pairs_before = _pairs(before.pairs, new, splices)
    data = PolicyFreeData(
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
        pairs=pairs,
        tree=before.tree,
        sponsored=sponsored,
    )
    return data, pairs_before


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
    if fresh.shape[0] == 0:
        return _as_they_come(known)
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


def _pairs(
    before: ListedPairs, new: CheckedTables, splices: Mapping[str, Splice]
) -> tuple[ListedPairs, IntArray]:
    """Return the listed pairs: incumbent ones as before, as far as their people are there."""
    if not any(splice.is_touched for splice in splices.values()):
        return before, np.arange(before.cadre.shape[0])
    current = np.flatnonzero(before.current)
    cadre = splices["cadres"].moved(before.cadre[current])
    recipient = splices["recipients"].moved(before.recipient[current])
    here = (cadre >= 0) & (recipient >= 0)
    incumbent = _code(cadre[here], recipient[here])
    named = {
        name: _code(new.keys.of(name, "cadre_id"), new.keys.of(name, "recipient_id"))
        for name in ("locks", "bans", "adjustments")
    }
    others = np.unique(np.concatenate(list(named.values())))
    # incumbent pairs are many, the others mostly few; both are sorted
    at = np.searchsorted(incumbent, others)
    is_new = np.append(incumbent, -1)[at] != others
    code = np.insert(incumbent, at[is_new], others[is_new])
    is_current = np.ones(code.shape[0], dtype=np.bool_)
    is_current[at[is_new] + np.arange(int(is_new.sum()))] = False

    def rows(name: str) -> IntArray:
        return np.searchsorted(code, named[name])

    def flags(name: str) -> BoolArray:
        marked = np.zeros(code.shape[0], dtype=np.bool_)
        marked[rows(name)] = True
        return marked

    adjustment = np.zeros(code.shape[0], dtype=np.int64)
    adjustment[rows("adjustments")] = integers(new.adjustments, "extra_m")
    pairs = ListedPairs(
        cadre=code >> 32,
        recipient=code & ((1 << 32) - 1),
        adjustment_m=adjustment,
        current=is_current,
        banned=flags("bans"),
        locked=flags("locks"),
        started=np.zeros(code.shape[0], dtype=np.bool_),
    )
    pairs_before = np.full(code.shape[0], -1, dtype=np.int64)
    pairs_before[is_current] = current[here]
    for name, at_people in (("cadres", pairs.cadre), ("recipients", pairs.recipient)):
        if splices[name].is_touched:
            fresh = np.zeros(splices[name].source.shape[0], dtype=np.bool_)
            fresh[splices[name].fresh] = True
            pairs_before[fresh[at_people]] = -1
    return pairs, pairs_before


def known_base_m(before: SpecialPairs, pairs_before: IntArray) -> IntArray:
    """Return what listed pairs cost by attributes alone, `UNKNOWN` where that may differ.

    ``pairs_before`` are their numbers before, or -1; the policy must be the same.
    """
    known: IntArray = np.append(before.base_m, UNKNOWN)[pairs_before]
    return known


def _code(cadre: IntArray, recipient: IntArray) -> IntArray:
    """Return one number for each pair, rising with (cadre, recipient)."""
    code: IntArray = (cadre << 32) + recipient
    return code
