"""How many could be served if some rules were lifted: solved as a flow without costs.

Without costs people differ only by whom they may be paired with and by how much they may take, so
a flow between few kinds is exact, however many people there are. Those in a single pair that may
not be made, or that stands to be lifted, are kinds of their own. Minimum loads are left out, since
they never cost anybody a cadre (see `pairmatch.diagnosis.cut`).
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.reach import kind_columns
from pairmatch.flow import max_flow, min_cost_flow
from pairmatch.formulate.costs import CadreSide, CostTables, PairCosts, RecipientSide
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.grouping import group_rows, pack_columns

# that many pairs of kinds take about half a second
MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Relaxed:
    """The most that can be served, and what of the lifted rules that takes.

    Attributes
    ----------
    served
        Units of demand, in all.
    lifted
        Shape ``(E,)``, bool: bans that the flow makes use of, or locks that it does not keep; as
        few as possible.
    dear
        Shape (ranks, categories): units that the flow sends over each of the pairs that
        ``cells`` marks; as few as possible.
    """

    served: int
    lifted: BoolArray
    dear: IntArray


def most_served(
    formulation: Formulation,
    pairs: Pairing,
    tables: CostTables,
    *,
    bans: BoolArray | None = None,
    locks: BoolArray | None = None,
    cells: BoolArray | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Relaxed | None:
    """Solve with other tables, or with some bans and locks lifted where that helps.

    Parameters
    ----------
    tables
        Eligibility, sponsorship and distance limit to be used.
    bans, locks
        Shape ``(E,)``, bool: special pairs whose ban or lock may be lifted.
    cells
        Shape (ranks, categories), bool: pairs to be used as little as possible.

    Returns
    -------
    Relaxed or None
        None if there are more than ``most_pairs`` pairs of kinds.
    """
    special_pairs = formulation.special_pairs
    nothing = np.zeros(special_pairs.cadre.shape[0], dtype=np.bool_)
    may_ban = nothing if bans is None else bans
    may_unlock = nothing if locks is None else locks & pairs.made
    fixed = special_pairs.locked & pairs.made & ~may_unlock
    limit = formulation.capacity - np.bincount(
        special_pairs.cadre[fixed], minlength=formulation.cadre_count
    ).astype(np.int64)
    demand = formulation.demand - np.bincount(
        special_pairs.recipient[fixed], minlength=formulation.recipient_count
    ).astype(np.int64)
    costs = PairCosts(formulation.costs.cadres, formulation.costs.recipients, tables)
    allowed = costs.of_pairs(special_pairs.cadre, special_pairs.recipient) != INELIGIBLE
    single = (may_ban | may_unlock) & allowed
    closed = special_pairs.banned | fixed | single
    # how much a cadre may take matters only where pairs have a capacity that may bind
    cadre_columns = [limit] if (demand > 1).any() else []
    columns = [demand]
    if cells is not None:
        cadre_columns.append(costs.cadres.rank)
        columns.append(costs.recipients.category)
    cadre_kind, cadre_of, cadre_size = _kinds(
        costs.cadres, tables, limit, special_pairs.cadre[closed], cadre_columns
    )
    kind, kind_of, size = _kinds(
        costs.recipients, tables, demand, special_pairs.recipient[closed], columns
    )
    if cadre_kind.shape[0] * kind.shape[0] > most_pairs:
        return None
    eligible = costs.block(cadre_kind, kind) != INELIGIBLE
    shut = closed & (limit[special_pairs.cadre] > 0) & (demand[special_pairs.recipient] > 0)
    eligible[cadre_of[special_pairs.cadre[shut]], kind_of[special_pairs.recipient[shut]]] = False
    row, column = (part.astype(np.int64) for part in np.nonzero(eligible))
    at = np.flatnonzero(single & shut)
    supply = np.bincount(
        cadre_of[limit > 0], weights=limit[limit > 0], minlength=cadre_size.shape[0]
    ).astype(np.int64)
    cost = np.zeros(row.shape[0], dtype=np.int64)
    if cells is not None:
        cost[cells[costs.cadres.rank[cadre_kind[row]], costs.recipients.category[kind[column]]]] = 1
    network = _Network(
        cadre=np.concatenate([row, cadre_of[special_pairs.cadre[at]]]),
        recipient=np.concatenate([column, kind_of[special_pairs.recipient[at]]]),
        capacity=np.concatenate(
            [cadre_size[row] * size[column], np.ones(at.shape[0], dtype=np.int64)]
        ),
        cost=np.concatenate([cost, np.where(may_unlock[at], -1, 1)]),
        supply=supply,
        wanted=size * demand[kind],
    )
    flow = network.solve()
    lifted = may_unlock.copy()
    lifted[at] = flow[row.shape[0] :] > 0
    lifted[at] ^= may_unlock[at]
    dear = np.zeros(tables.eligibility_m.shape, dtype=np.int64)
    if cells is not None:
        used = flow[: row.shape[0]] * cost
        ranks = costs.cadres.rank[cadre_kind[row]]
        np.add.at(dear, (ranks, costs.recipients.category[kind[column]]), used)
    return Relaxed(int(fixed.sum()) + int(flow.sum()), lifted, dear)


def _kinds(
    side: CadreSide | RecipientSide,
    tables: CostTables,
    amount: IntArray,
    alone: IntArray,
    further: list[IntArray],
) -> tuple[IntArray, IntArray, IntArray]:
    """Group those with any ``amount`` to give or to receive, by what else is to be told apart.

    Returns
    -------
    first, kind, size
        A member of each kind, the kind of each person (-1 for nobody's), and the kinds' sizes.
    """
    idx = np.flatnonzero(amount > 0)
    columns = [column[idx] for column in (*kind_columns(side, tables), *further)]
    if tables.max_m >= 0:
        columns += [axis[idx].astype(np.int64) for axis in side.point]
    own = np.zeros(amount.shape[0], dtype=np.int64)
    own[alone] = alone + 1
    columns.append(own[idx])
    first, kind, size = group_rows(*pack_columns(*columns))
    of_person = np.full(amount.shape[0], -1, dtype=np.int64)
    of_person[idx] = kind
    return idx[first], of_person, size


@dataclass(frozen=True)
class _Network:
    """Arcs between kinds, with what cadres may give (``supply``) and recipients want."""

    cadre: IntArray
    recipient: IntArray
    capacity: IntArray
    cost: IntArray
    supply: IntArray
    wanted: IntArray

    def solve(self) -> IntArray:
        """Serve as many as can be, then at the least cost; return the flow of each arc."""
        cadres, recipients = self.supply.shape[0], self.wanted.shape[0]
        arcs = self.cadre.shape[0]
        one, two = np.arange(cadres), cadres + np.arange(recipients)
        last = cadres + recipients
        if not self.cost.any():
            result = max_flow(
                np.concatenate([self.cadre, np.full(cadres, last), two]),
                np.concatenate([cadres + self.recipient, one, np.full(recipients, last + 1)]),
                np.concatenate([self.capacity, self.supply, self.wanted]),
                last + 2,
                last,
                last + 1,
            )
            return result.flow[:arcs]
        # one served is worth more than all costs together
        price = int((np.minimum(self.capacity, self.wanted.sum()) * abs(self.cost)).sum()) + 1
        found = min_cost_flow(
            np.concatenate([self.cadre, np.full(cadres + recipients, last)]),
            np.concatenate([cadres + self.recipient, one, two]),
            np.concatenate([self.capacity, self.supply, self.wanted]),
            np.concatenate(
                [self.cost, np.zeros(cadres, dtype=np.int64), np.full(recipients, price)]
            ),
            np.concatenate(
                [np.zeros(cadres, dtype=np.int64), -self.wanted, [int(self.wanted.sum())]]
            ),
        )
        return found.flow[:arcs]
