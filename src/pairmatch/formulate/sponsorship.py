"""Units that answer for areas: which recipients lie outside of what a unit sponsors."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.area_tree import AreaTree
from pairmatch.formulate.grouping import group_rows
from pairmatch.tables.keys import Keys


@dataclass(frozen=True)
class Sponsorship:
    """Sponsored sets of areas against zones of recipients.

    A zone is a set of recipients' areas that lie in the same sponsored areas, so the table stays
    small however many villages there are.

    Attributes
    ----------
    set_of_unit
        Shape ``(units,)``: the set that a unit sponsors; 0 is 'sponsors nothing'.
    zone_of_area
        Shape ``(areas + 1,)``: the zone of an area; the last entry is for 'no known area'.
    outside
        Shape ``(sets, zones)``: recipients of the zone lie outside of the set. Never for set 0.
    """

    set_of_unit: IntArray
    zone_of_area: IntArray
    outside: BoolArray


def sponsorship(units: int, keys: Keys, tree: AreaTree) -> Sponsorship:
    """Build the table of sponsored sets and zones of a number of units."""
    areas = tree.lon.shape[0]
    if units == 0:
        return Sponsorship(
            np.zeros(0, dtype=np.int64),
            np.zeros(areas + 1, dtype=np.int64),
            np.zeros((1, 1), dtype=np.bool_),
        )
    distinct, column = np.unique(keys.of("sponsors", "area"), return_inverse=True)
    # membership of units in sponsored areas; units with equal rows share a set
    members = np.zeros((units, distinct.shape[0]), dtype=np.bool_)
    members[keys.of("sponsors", "unit"), column] = True
    first, group = _rows(members)
    sets = np.zeros((first.shape[0] + 1, distinct.shape[0]), dtype=np.bool_)
    sets[1:] = members[first]
    set_of_unit = np.where(members.any(axis=1), group + 1, 0)

    # the column of each area that is sponsored; areas that are not share one that is left out
    column_of = np.full(areas + 1, distinct.shape[0], dtype=np.int64)
    column_of[distinct] = np.arange(distinct.shape[0])
    inside = np.zeros((areas + 1, distinct.shape[0] + 1), dtype=np.bool_)
    for above in tree.ancestor.T:
        inside[np.arange(areas), column_of[above]] = True
    inside = np.ascontiguousarray(inside[:, :-1])
    zone_first, zone_of_area = _rows(inside)
    covered = np.zeros((sets.shape[0], zone_first.shape[0]), dtype=np.bool_)
    for in_set, in_zone in zip(_words(sets), _words(inside[zone_first]), strict=True):
        covered |= in_set[:, np.newaxis] & in_zone != 0
    outside = ~covered
    outside[0] = False
    return Sponsorship(set_of_unit, zone_of_area, outside)


def _rows(matrix: BoolArray) -> tuple[IntArray, IntArray]:
    """Group equal rows of a boolean matrix: the first row of each group, the group of each row."""
    if matrix.shape[1] == 0:
        rows = matrix.shape[0]
        return np.zeros(min(rows, 1), dtype=np.int64), np.zeros(rows, dtype=np.int64)
    first, group, _ = group_rows(*_words(matrix))
    return first, group


def _words(matrix: BoolArray) -> IntArray:
    """Pack the rows of a boolean matrix into words of 64 bits, shape ``(words, rows)``."""
    packed = np.packbits(matrix, axis=1)
    words: IntArray = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.int64).T
    return words
