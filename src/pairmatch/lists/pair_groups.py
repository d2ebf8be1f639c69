"""The county and the unit that each pair of a plan belongs to."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.area_tree import area_tree
from pairmatch.lists.layout import meaning
from pairmatch.model.places import AREA_LEVELS
from pairmatch.plan import Plan
from pairmatch.problem import Problem
from pairmatch.tables.positions import positions, whole

# the level of counties, and those above it: a prefecture may have no counties
_LEVELS = [AREA_LEVELS.index(level) for level in ("county", "prefecture", "province")]


@dataclass(frozen=True, eq=False)
class PairGroups:
    """Counties, or units, with the one of each pair.

    Attributes
    ----------
    codes
        Of the groups, distinct, in their order.
    of_pair
        Shape (pairs,): positions among the groups.
    """

    codes: pa.Array
    of_pair: IntArray

    @classmethod
    def of(cls, values: pa.Array) -> "PairGroups":
        """Return groups by a code for each pair."""
        encoded = values.dictionary_encode()
        order = pc.sort_indices(encoded.dictionary).to_numpy()
        place = np.empty(order.shape[0], dtype=np.int64)
        place[order] = np.arange(order.shape[0])
        return cls(encoded.dictionary.take(pa.array(order)), place[encoded.indices.to_numpy()])

    def of_code(self, code: str) -> BoolArray | None:
        """Tell which pairs are of one group, None if there is no such group."""
        at = pc.index(self.codes, code).as_py()
        return None if at < 0 else self.of_pair == at


def counties_of_pairs(plan: Plan) -> PairGroups:
    """Return pairs by the county that the recipient lives in.

    Where no county lies above the area, it is the prefecture, or else the province; it is the area
    itself where the tables say nothing of the kind.
    """
    problem = plan.problem
    code = whole(problem.recipients.column("area"))
    if problem.has_areas:
        keys = problem.checked.keys
        area = keys.of("recipients", "area")
        above = area_tree(problem.areas, keys).ancestor[area]
        at = area.copy()
        for level in reversed(_LEVELS):
            at = np.where(above[:, level] >= 0, above[:, level], at).astype(np.int64)
        code = whole(problem.areas.column("area")).take(pa.array(at))
    _, recipient = plan.positions()
    return PairGroups.of(code.take(pa.array(recipient)))


def units_of_pairs(plan: Plan) -> PairGroups:
    """Return pairs by the unit of the cadre."""
    cadre, _ = plan.positions()
    return PairGroups.of(whole(plan.problem.cadres.column("unit_id")).take(pa.array(cadre)))


def names_of_areas(problem: Problem, codes: pa.Array) -> pa.Array:
    """Return the names of areas, null where there is none."""
    if not problem.has_areas:
        return pa.nulls(len(codes), pa.string())
    at = positions(codes, problem.areas.column("area"))
    return whole(problem.areas.column("name")).take(pa.array(at, mask=at < 0))


class Lists:
    """Which pairs are on the list of a county or a unit."""

    def __init__(self, plan: Plan) -> None:
        self._groups = {"county": counties_of_pairs(plan), "unit": units_of_pairs(plan)}

    def pairs_of(self, by: str, code: str) -> BoolArray | None:
        """Tell which pairs are on a list, None if there is no such list.

        Parameters
        ----------
        by
            What the list is of, in the words of any language.
        code
            The county's or unit's.
        """
        groups = self._groups.get(meaning("by", by) or "")
        return None if groups is None else groups.of_code(code)
