"""The tree of areas: ancestors by level, and where an area's point comes from."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, FloatArray, Int32Array
from pairmatch.formulate.columns import floats
from pairmatch.model.places import AREA_LEVELS
from pairmatch.tables.keys import Keys


@dataclass(frozen=True)
class AreaTree:
    """``A`` areas, in the order of the table of areas.

    Attributes
    ----------
    ancestor
        Shape ``(A, 5)``, int32: for each of `AREA_LEVELS` the ancestor (or the area itself) at that
        level, -1 where the chain skips the level.
    lon, lat
        Shape ``(A,)``, degrees: the nearest point up the chain, NaN where there is none.
    inherited
        Shape ``(A,)``: the point is an ancestor's.
    """

    ancestor: Int32Array
    lon: FloatArray
    lat: FloatArray
    inherited: BoolArray


def area_tree(areas: pa.Table, keys: Keys) -> AreaTree:
    """Build the tree from the checked table of areas (no cycles, known parents and levels)."""
    count = areas.num_rows
    parent = keys.of("areas", "parent")
    level = keys.among("areas", "level", AREA_LEVELS)
    lon = floats(areas, "lon").copy()
    lat = floats(areas, "lat").copy()
    inherited = np.zeros(count, dtype=np.bool_)
    ancestor = np.full((count, len(AREA_LEVELS)), -1, dtype=np.int32)
    everyone = np.arange(count)
    ancestor[everyone, level] = everyone
    # levels fall strictly along the tree, so parents are complete before their children
    for depth in range(1, len(AREA_LEVELS)):
        children = np.flatnonzero((level == depth) & (parent >= 0))
        above = parent[children]
        ancestor[children, :depth] = ancestor[above, :depth]
        pointless = children[np.isnan(lon[children])]
        source = parent[pointless]
        lon[pointless] = lon[source]
        lat[pointless] = lat[source]
        inherited[pointless] = ~np.isnan(lon[source])
    return AreaTree(ancestor=ancestor, lon=lon, lat=lat, inherited=inherited)


def separate_areas(keys: Keys) -> AreaTree:
    """Return a tree for codes that no table explains: each is a village of its own."""
    columns = (("recipients", "area"), ("cadres", "area"), ("sponsors", "area"))
    count = 1 + max(int(keys.of(*one).max(initial=-1)) for one in columns)
    ancestor = np.full((count, len(AREA_LEVELS)), -1, dtype=np.int32)
    ancestor[:, -1] = np.arange(count)
    nowhere = np.full(count, np.nan)
    return AreaTree(ancestor, nowhere, nowhere, np.zeros(count, dtype=np.bool_))
