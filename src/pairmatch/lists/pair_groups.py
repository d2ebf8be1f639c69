"""The county and the unit that each pair of a plan belongs to."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.lists.layout import meaning
from pairmatch.lists.places import counties, units
from pairmatch.plan import Plan


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
    """Return pairs by the county that the recipient lives in, as `counties` has it."""
    _, recipient = plan.positions()
    return PairGroups.of(counties(plan.problem).take(pa.array(recipient)))


def units_of_pairs(plan: Plan) -> PairGroups:
    """Return pairs by the unit of the cadre."""
    cadre, _ = plan.positions()
    return PairGroups.of(units(plan.problem).take(pa.array(cadre)))


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
