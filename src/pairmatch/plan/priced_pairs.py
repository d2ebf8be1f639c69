"""What the pairs of a plan cost, pair by pair and term by term."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.costs import (
    TERMS,
    CadreSide,
    CostTables,
    RecipientSide,
    terms_of_pair,
)
from pairmatch.formulate.formulation import Formulation

# a cost is below 2**40, so that the terms of that many pairs add up within 64 bits
_CHUNK = 1 << 18


@dataclass(frozen=True)
class PricedPairs:
    """Costs in metres.

    Attributes
    ----------
    cost_m, distance_m, kept
        Shape ``(n,)``: of each pair, and whether it is current.
    terms
        Sums over all pairs, by term.
    """

    cost_m: IntArray
    distance_m: IntArray
    kept: BoolArray
    terms: dict[str, int]


def price_pairs(
    formulation: Formulation, cadre: IntArray, recipient: IntArray, at: IntArray, executor: Executor
) -> PricedPairs:
    """Price pairs of people.

    Parameters
    ----------
    cadre, recipient
        Shape ``(n,)``: positions.
    at
        Shape ``(n,)``: positions among the special pairs, -1 for others.
    """
    special_pairs = formulation.special_pairs
    pairs = cadre.shape[0]
    cost, distance = np.empty(pairs, dtype=np.int64), np.empty(pairs, dtype=np.int64)
    chunks = [(begin, min(begin + _CHUNK, pairs)) for begin in range(0, pairs, _CHUNK)]
    waiting = [
        executor.submit(
            _price_chunk,
            *formulation.named_costs(),
            cadre,
            recipient,
            at,
            special_pairs.adjustment_m,
            special_pairs.saving_m,
            *chunk,
            cost,
            distance,
        )
        for chunk in chunks
    ]
    sums = [chunk.result().tolist() for chunk in waiting]
    kept = np.zeros(pairs, dtype=np.bool_)
    special = np.flatnonzero(at >= 0)
    kept[special] = special_pairs.current[at[special]]
    return PricedPairs(cost, distance, kept, _added_up(sums))


def _added_up(sums: Sequence[Sequence[int]]) -> dict[str, int]:
    """Add the chunks' sums up as Python integers, which do not overflow."""
    names = (*TERMS, "adjustment", "continuity")
    return {name: sum(chunk[term] for chunk in sums) for term, name in enumerate(names)}


@kernel
def _price_chunk(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre: IntArray,
    recipient: IntArray,
    at: IntArray,
    adjustment_m: IntArray,
    saving_m: IntArray,
    begin: int,
    end: int,
    cost: IntArray,
    distance: IntArray,
) -> IntArray:
    sums = np.zeros(7, dtype=np.int64)
    for pair in range(begin, end):
        terms = terms_of_pair(cadres, cadre[pair], recipients, recipient[pair], tables)
        total = np.int64(0)
        for term in range(5):
            sums[term] += terms[term]
            total += terms[term]
        distance[pair] = terms[0]
        if at[pair] >= 0:
            sums[5] += adjustment_m[at[pair]]
            sums[6] -= saving_m[at[pair]]
            total += adjustment_m[at[pair]] - saving_m[at[pair]]
        cost[pair] = total
    return sums
