"""Which list a recipient or a cadre is on: that of a county, or of a unit."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.formulate.area_tree import area_tree
from pairmatch.model.places import AREA_LEVELS
from pairmatch.problem import Problem
from pairmatch.tables.positions import positions, whole

# the level of counties, and those above it: a prefecture may have no counties
_LEVELS = [AREA_LEVELS.index(level) for level in ("county", "prefecture", "province")]


def counties(problem: Problem) -> pa.Array:
    """Return the code of the county that each recipient lives in.

    Where no county lies above the area, it is the code of the prefecture, or else of the province;
    it is that of the area itself where the tables say nothing of the kind.
    """
    code = whole(problem.recipients.column("area"))
    if not problem.has_areas:
        return code
    keys = problem.checked.keys
    area = keys.of("recipients", "area")
    above = area_tree(problem.areas, keys).ancestor[area]
    at = area.copy()
    for level in reversed(_LEVELS):
        at = np.where(above[:, level] >= 0, above[:, level], at).astype(np.int64)
    return whole(problem.areas.column("area")).take(pa.array(at))


def names_of_areas(problem: Problem, codes: pa.Array) -> pa.Array:
    """Return the names of areas, null where there is none."""
    if not problem.has_areas:
        return pa.nulls(len(codes), pa.string())
    at: IntArray = positions(codes, problem.areas.column("area"))
    return whole(problem.areas.column("name")).take(pa.array(at, mask=at < 0))


def area_names(problem: Problem) -> pa.Array:
    """Return the name of the area of each recipient, null where there is none."""
    return names_of_areas(problem, whole(problem.recipients.column("area")))


def units(problem: Problem) -> pa.Array:
    """Return the unit of each cadre."""
    return pc.cast(whole(problem.cadres.column("unit_id")), pa.string())
